"""Schematic pictures for the samples, drawn by the program and the same each time."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assessor.workspace.sample_pictures import papers, plant, screens, shop_floor
from assessor.workspace.sample_pictures.canvas import HEIGHT, WIDTH, Canvas
from assessor.workspace.sample_pictures.scene import Draw, Scene

__all__ = ["DRAWINGS", "PICTURE_HEIGHT", "PICTURE_WIDTH", "Scene", "draw"]

PICTURE_WIDTH, PICTURE_HEIGHT = WIDTH, HEIGHT
"""Pixels of every picture."""

DRAWINGS: Mapping[str, Draw] = MappingProxyType(
    {
        "machine_row": shop_floor.machine_row,
        "robot_cell": shop_floor.robot_cell,
        "vehicle_aisle": shop_floor.vehicle_aisle,
        "measuring_machine": shop_floor.measuring_machine,
        "dashboard": screens.dashboard,
        "workshop_board": screens.workshop_board,
        "control_screen": screens.control_screen,
        "solid_model": screens.solid_model,
        "process_unit": plant.process_unit,
        "energy_meter": plant.energy_meter,
        "server_rack": plant.server_rack,
        "record_sheet": papers.record_sheet,
        "certificate": papers.certificate,
        "nameplate": papers.nameplate,
        "floor_plan": papers.floor_plan,
        "network_plan": papers.network_plan,
    }
)


def draw(scene: Scene, mark: str) -> bytes:
    """Return the picture as a JPEG file of 1600 x 1200; `mark` says in it that it is a drawing.

    The bytes depend on the arguments and the drawing library alone. Raises `KeyError` for an
    unknown drawing.
    """
    canvas = Canvas("#FFFFFF")
    DRAWINGS[scene.drawing](canvas, scene)
    canvas.footer(scene.title, f"{mark}  {scene.taken}".rstrip())
    return canvas.jpeg()
