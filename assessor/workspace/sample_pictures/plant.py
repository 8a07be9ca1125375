"""Drawings of plant: process vessels, an energy meter's panel, racks of servers."""

from __future__ import annotations

import random

from assessor.workspace.sample_pictures.canvas import (
    AMBER,
    GREEN,
    INK,
    MUTED,
    NAVY,
    WIDTH,
    Canvas,
)
from assessor.workspace.sample_pictures.scene import Scene


def process_unit(canvas: Canvas, scene: Scene) -> None:
    """Vessels and pipes out of doors. Words: numbers of three vessels, then of the instruments."""
    canvas.gradient((0, 0, WIDTH, 860), "#BFD6E8", "#E6EEF3")
    canvas.gradient((0, 860, WIDTH, 1200), "#B3B8B9", "#93999B")
    _steel_frame(canvas)
    for index, place in enumerate(((150, 300, 300), (640, 180, 240), (1090, 360, 340))):
        _tank(canvas, place, scene.word(index))
    for top, colour in ((905, "#3F8F5F"), (950, "#B44B43"), (995, "#8D979E")):
        canvas.line([(0, top), (WIDTH, top)], "#5C666C", 26)
        canvas.line([(0, top - 3), (WIDTH, top - 3)], colour, 18)
        for left in range(90, WIDTH, 330):
            canvas.box((left, top - 22, left + 20, top + 18), "#737D84", radius=3)
    for x, words in zip((545, 975, 1465), scene.words[3:6], strict=False):
        _instrument(canvas, x, 700, words)


def _steel_frame(canvas: Canvas) -> None:
    for left in (60, 500, 960, 1500):
        canvas.box((left, 230, left + 26, 900), "#8796A2")
    for top in (420, 660):
        canvas.box((40, top, 1560, top + 22), "#98A6B1")
        for left in range(60, 1560, 60):
            canvas.line([(left, top - 70), (left, top)], "#D4B13F", 5)
        canvas.line([(40, top - 70), (1560, top - 70)], "#D4B13F", 6)


def _tank(canvas: Canvas, place: tuple[float, float, float], name: str) -> None:
    left, top, width = place
    right, bottom, middle = left + width, 880, left + width / 2
    canvas.oval((left, bottom - 40, right, bottom + 24), "#8A959D")
    half = left + width * 0.35
    canvas.oval((left, top - 50, right, top + 60), "#E6EBEF", edge="#9AA6AF")
    canvas.gradient((left, top, half, bottom), "#A3AFB8", "#F2F5F7", across=True)
    canvas.gradient((half, top, right, bottom), "#F2F5F7", "#8D9AA4", across=True)
    for band in (top + 60, (top + bottom) / 2, bottom - 70):
        canvas.line([(left, band), (right, band)], "#8C98A2", 4)
    canvas.box((middle - 40, top - 120, middle + 40, top - 40), NAVY, radius=8)
    sign = (left + width * 0.18, top + 110, right - width * 0.18, top + 190)
    canvas.box(sign, "#FFFFFF", edge=NAVY)
    canvas.text((middle, top + 150), name, 36, NAVY, bold=True, anchor="mm")


def _instrument(canvas: Canvas, x: float, y: float, words: str) -> None:
    canvas.box((x - 6, y + 40, x + 6, y + 190), "#6C7881")
    canvas.disc((x, y), 58, "#DDE4E9", edge="#6C7881")
    canvas.box((x - 40, y - 24, x + 40, y + 16), "#12222D", radius=4)
    canvas.text((x, y - 4), words, 20, "#7BE0B0", anchor="mm")


def energy_meter(canvas: Canvas, scene: Scene) -> None:
    """A panel with three meters. Words: name and reading of each, in turn."""
    canvas.box((0, 0, WIDTH, 1200), "#C5CDD4")
    canvas.box((90, 60, 1510, 1120), "#E9EDF0", edge="#9AA7B1", radius=12, width=4)
    canvas.box((90, 60, 1510, 160), NAVY, radius=12)
    canvas.text((800, 110), scene.title, 40, "#FFFFFF", bold=True, anchor="mm")
    for index, lamp in enumerate((GREEN, GREEN, AMBER)):
        left = 150 + index * 450
        canvas.box((left, 230, left + 400, 690), "#39454F", radius=18)
        canvas.box((left + 34, 300, left + 366, 480), "#B9CBB4", radius=6)
        reading = scene.word(2 * index + 1)
        canvas.text((left + 346, 350), reading, 62, "#1E2C22", bold=True, anchor="ra")
        for key in range(4):
            side = left + 44 + key * 82
            canvas.box((side, 540, side + 64, 600), "#56646F", radius=8)
        canvas.text((left + 200, 255), scene.word(2 * index), 28, "#E7EDF1", anchor="mm")
        canvas.disc((left + 60, 650), 12, lamp)
    for index, tone in enumerate((GREEN, GREEN, AMBER, "#7A4A4A", GREEN, GREEN)):
        x = 240 + index * 225
        canvas.disc((x, 830), 48, "#8A96A0")
        canvas.disc((x, 830), 38, tone)
        canvas.box((x - 44, 900, x + 44, 936), "#FFFFFF", edge="#9AA7B1")
        canvas.text((x, 918), f"L{index + 1}", 24, INK, anchor="mm")
    canvas.box((560, 980, 1040, 1070), "#FFF7DF", edge="#B79A3B", radius=4)
    canvas.text((800, 1025), scene.word(6), 30, "#6B5614", bold=True, anchor="mm")


def server_rack(canvas: Canvas, scene: Scene) -> None:
    """Racks of servers. Words: label of each rack."""
    chance = scene.chance()
    canvas.gradient((0, 0, WIDTH, 1200), "#D9E1E7", "#AEBAC4")
    canvas.gradient((0, 1040, WIDTH, 1200), "#8C98A2", "#727E88")
    for rack in range(4):
        left = 70 + rack * 375
        canvas.box((left, 90, left + 340, 1080), "#1C242B", edge="#0D1318", radius=8, width=4)
        canvas.box((left + 14, 104, left + 326, 168), "#2F3B45", radius=4)
        canvas.text((left + 170, 136), scene.word(rack), 28, "#E7EDF1", anchor="mm")
        for unit in range(17):
            _unit(canvas, left, 186 + unit * 51, chance)
    canvas.line([(0, 60), (WIDTH, 60)], "#8D99A3", 26)
    canvas.line([(0, 60), (WIDTH, 60)], AMBER, 6)


def _unit(canvas: Canvas, left: float, top: float, chance: random.Random) -> None:
    if not chance.choice(range(6)):
        canvas.box((left + 22, top, left + 318, top + 44), "#11171C")
        return
    canvas.box((left + 22, top, left + 318, top + 44), "#37444F", radius=3)
    for hole in range(9):
        x = left + 96 + hole * 19
        canvas.box((x, top + 9, x + 13, top + 35), "#232D35", radius=2)
    canvas.disc((left + 42, top + 22), 6, chance.choice((*[GREEN] * 14, AMBER)))
    canvas.disc((left + 64, top + 22), 6, chance.choice(("#3E8FD0", "#2B3A46")))
    canvas.box((left + 276, top + 12, left + 304, top + 32), MUTED, radius=2)
