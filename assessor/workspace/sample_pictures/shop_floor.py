"""Drawings of a shop floor: machines, a robot cell, an aisle, a measuring machine."""

from __future__ import annotations

from assessor.workspace.sample_pictures.canvas import (
    AMBER,
    BLUE,
    GREEN,
    INK,
    NAVY,
    RED,
    TEAL,
    WIDTH,
    Canvas,
)
from assessor.workspace.sample_pictures.scene import Scene

_LAMPS = (GREEN, AMBER, RED)
_DARK = ("#5B7A6C", "#7D7159", "#7A5B5B")


def hall(canvas: Canvas) -> None:
    """Draw the empty hall: wall, ceiling lights, floor with a marked lane."""
    canvas.gradient((0, 0, WIDTH, 720), "#DDE4EA", "#C3CDD6")
    canvas.gradient((0, 720, WIDTH, 1200), "#A7B1B9", "#7F8B95")
    canvas.box((0, 0, WIDTH, 96), "#B3BEC8")
    for left in range(-60, WIDTH, 230):
        canvas.line([(left, 0), (left + 60, 96)], "#99A6B2", 6)
        canvas.box((left + 70, 84, left + 210, 104), "#FBFDFF", radius=6)
    canvas.box((0, 712, WIDTH, 724), "#8C98A3")
    canvas.shape([(0, 1030), (WIDTH, 1030), (WIDTH, 1046), (0, 1046)], "#D9B23A")
    canvas.shape([(0, 1118), (WIDTH, 1118), (WIDTH, 1138), (0, 1138)], "#D9B23A")


def machine_row(canvas: Canvas, scene: Scene) -> None:
    """A row of machining centres. Figures: lamp of each (0 green, 1 amber, 2 red); words: name
    board, then the label of each machine."""
    hall(canvas)
    for index in range(6):
        _machine(canvas, 60 + index * 255, 330, 0.62, 0, "")
    canvas.box((500, 150, 1100, 236), NAVY, radius=8)
    canvas.text((800, 193), scene.word(0), 40, "#FFFFFF", bold=True, anchor="mm")
    for index in range(4):
        lamp = scene.figure(index, 0) % 3
        _machine(canvas, 70 + index * 385, 480, 1.0, lamp, scene.word(index + 1))


def _machine(canvas: Canvas, left: float, top: float, scale: float, lamp: int, label: str) -> None:
    def at(a: float, b: float, c: float, d: float) -> tuple[float, float, float, float]:
        return left + a * scale, top + b * scale, left + c * scale, top + d * scale

    canvas.oval(at(-14, 476, 324, 520), "#6F7B85")
    canvas.box(at(0, 60, 310, 500), "#EEF2F5", edge="#AEBAC5", radius=14 * scale)
    canvas.box(at(0, 60, 310, 112), NAVY, radius=14 * scale)
    canvas.box(at(0, 420, 310, 500), "#C7D1DA", radius=10 * scale)
    canvas.box(at(22, 138, 206, 398), "#2B3A47", edge="#90A0AE", radius=8 * scale)
    canvas.shape(_corners(at(40, 156, 120, 300)), "#3C5161")
    canvas.box(at(86, 190, 142, 250), "#8FA2B2")
    canvas.box(at(104, 250, 124, 300), "#CBD6DE")
    canvas.box(at(52, 330, 176, 372), "#71879A", radius=4 * scale)
    canvas.box(at(222, 150, 296, 300), "#DDE4EA", edge="#9AA8B5", radius=6 * scale)
    canvas.box(at(230, 160, 288, 214), "#15506B", radius=4 * scale)
    for row in range(3):
        for column in range(3):
            x, y = 236 + column * 20, 230 + row * 20
            canvas.disc(_middle(at(x, y, x + 12, y + 12)), 5 * scale, "#7B8A98")
    canvas.box(at(258, 44, 274, 62), "#7B8A98")
    for index in range(3):
        lit = index == 2 - lamp
        colour = _LAMPS[2 - index] if lit else _DARK[2 - index]
        canvas.box(at(250, -28 + index * 24, 282, -6 + index * 24), colour, radius=4 * scale)
    if label:
        canvas.text(_middle(at(0, 60, 250, 112)), label, 26, "#FFFFFF", bold=True, anchor="mm")


def _corners(at: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    left, top, right, bottom = at
    return [(left, bottom), (left, top + 30), (right, top), (right, bottom - 60)]


def _middle(at: tuple[float, float, float, float]) -> tuple[float, float]:
    return (at[0] + at[2]) / 2, (at[1] + at[3]) / 2


def robot_cell(canvas: Canvas, scene: Scene) -> None:
    """A robot behind a fence feeding a conveyor. Words: sign on the fence."""
    hall(canvas)
    _machine(canvas, 1130, 400, 1.15, scene.figure(0, 0) % 3, scene.word(1))
    canvas.box((110, 770, 1060, 812), "#56646F", radius=8)
    for left in range(130, 1050, 46):
        canvas.disc((left, 791), 15, "#8FA0AE")
    for left in (180, 390, 600):
        canvas.box((left, 690, left + 110, 770), "#B7793E", edge="#8A5A2C", radius=6)
        canvas.disc((left + 55, 730), 22, "#D9A36C")
    for left in (150, 980):
        canvas.box((left, 812, left + 30, 960), "#46525D")
    _robot(canvas)
    canvas.line([(0, 620), (WIDTH, 620)], AMBER, 8)
    canvas.line([(0, 990), (WIDTH, 990)], AMBER, 8)
    for left in range(30, WIDTH, 62):
        canvas.line([(left, 620), (left, 990)], "#D8C27A", 2)
    for left in (20, 540, 1070, 1580):
        canvas.box((left - 12, 580, left + 12, 1040), AMBER)
    canvas.box((590, 850, 1020, 950), "#FFF6D6", edge=INK, radius=6)
    canvas.text((805, 900), scene.word(0), 36, INK, bold=True, anchor="mm")


def _robot(canvas: Canvas) -> None:
    joints = [(880, 690), (850, 500), (990, 330), (720, 300), (655, 420)]
    canvas.box((780, 680, 980, 780), "#3A4753", radius=10)
    for first, last, width in zip(joints, joints[1:], (74, 62, 50, 34), strict=False):
        canvas.line([first, last], "#C9681F", width + 8)
        canvas.line([first, last], "#E88A3A", width)
    for joint, radius in zip(joints, (58, 48, 42, 34, 24), strict=True):
        canvas.disc(joint, radius, "#3A4753")
        canvas.disc(joint, radius * 0.55, "#6B7A87")
    canvas.line([(655, 440), (625, 500)], "#3A4753", 16)
    canvas.line([(655, 440), (690, 500)], "#3A4753", 16)


def vehicle_aisle(canvas: Canvas, scene: Scene) -> None:
    """An aisle between racks with a driverless vehicle. Words: board above, vehicle's number."""
    canvas.gradient((0, 0, WIDTH, 1200), "#D3DBE2", "#B4BFC9")
    canvas.shape([(620, 470), (980, 470), (WIDTH + 260, 1200), (-260, 1200)], "#98A4AE")
    canvas.shape([(790, 470), (810, 470), (850, 1200), (750, 1200)], "#3F4C57")
    for side in (-1, 1):
        edge = [(800 + side * 178, 470), (800 + side * 186, 470)]
        canvas.shape([*edge, (800 + side * 780, 1200), (800 + side * 730, 1200)], "#D9B23A")
        _rack(canvas, scene, side)
    canvas.box((520, 60, 1080, 150), NAVY, radius=8)
    canvas.text((800, 105), scene.word(0), 40, "#FFFFFF", bold=True, anchor="mm")
    canvas.oval((520, 1010, 1080, 1090), "#6D7882")
    canvas.box((560, 660, 1040, 900), "#B98A54", edge="#8B6437", radius=6)
    for top in (720, 780, 840):
        canvas.line([(560, top), (1040, top)], "#9A7144", 4)
    canvas.box((520, 900, 1080, 1050), "#EDF1F4", edge="#9AA7B2", radius=26)
    canvas.box((520, 960, 1080, 1000), TEAL)
    canvas.disc((600, 935), 16, BLUE)
    canvas.disc((1000, 935), 16, BLUE)
    canvas.text((800, 933), scene.word(1), 32, INK, bold=True, anchor="mm")


def _rack(canvas: Canvas, scene: Scene, side: int) -> None:
    chance = scene.chance()
    tones = ("#B98A54", "#C79A66", "#8FA7BC", "#A9B7A0", "#C9CED3")
    steps = [0.0, 0.2, 0.42, 0.68, 1.0]
    for near, far in zip(steps[1:], steps, strict=False):
        for shelf in range(4):
            a, b = _rack_point(side, far, shelf), _rack_point(side, near, shelf)
            c, d = _rack_point(side, near, shelf + 0.72), _rack_point(side, far, shelf + 0.72)
            if chance.choice(range(7)):
                canvas.shape([a, b, c, d], chance.choice(tones), edge="#77838E")
    for shelf in range(5):
        ends = [_rack_point(side, 0.0, shelf), _rack_point(side, 1.0, shelf)]
        canvas.line(ends, "#2F5E93", 10)
    for step in steps:
        ends = [_rack_point(side, step, 0), _rack_point(side, step, 4.2)]
        canvas.line(ends, "#E07B2E", 8 + 10 * step)


def _rack_point(side: int, step: float, shelf: float) -> tuple[float, float]:
    """A point on the rack's face: `step` 0 far to 1 near, `shelf` counted from the floor."""
    x = 800 + side * (230 + 620 * step)
    floor, ceiling = 500 + 520 * step, 330 - 330 * step
    return x, floor - (floor - ceiling) * shelf / 4.2


def measuring_machine(canvas: Canvas, scene: Scene) -> None:
    """A coordinate measuring machine with its read-out. Words: three lines of the read-out."""
    canvas.gradient((0, 0, WIDTH, 1200), "#EEF2F5", "#CFD8DF")
    canvas.box((0, 980, WIDTH, 1200), "#AEB9C2")
    canvas.box((130, 820, 1010, 930), "#4A5560", radius=6)
    canvas.gradient((130, 780, 1010, 830), "#6D7984", "#515D68")
    for left in (210, 860):
        canvas.box((left, 930, left + 80, 1080), "#D5DDE3", edge="#9AA7B2")
    for left in (190, 850):
        canvas.box((left, 300, left + 96, 790), "#F4F6F8", edge="#A9B5BF", radius=8)
    canvas.box((160, 210, 980, 330), "#E3E9EE", edge="#A9B5BF", radius=10)
    canvas.box((160, 250, 980, 274), TEAL)
    canvas.box((520, 180, 630, 520), "#F8FAFB", edge="#A9B5BF", radius=8)
    canvas.box((566, 520, 584, 640), "#7D8A95")
    canvas.disc((575, 652), 12, RED)
    canvas.gradient((430, 664, 730, 782), "#B9C4CC", "#8D9AA5")
    for left in (470, 560, 650):
        canvas.disc((left + 15, 724), 22, "#5D6974")
    _readout(canvas, scene)


def _readout(canvas: Canvas, scene: Scene) -> None:
    canvas.box((1090, 330, 1520, 730), "#2C3742", radius=14)
    canvas.box((1112, 352, 1498, 690), "#0F1D28", radius=6)
    canvas.box((1260, 730, 1350, 820), "#3B4752")
    canvas.box((1170, 815, 1440, 838), "#3B4752", radius=8)
    for row, tone in enumerate(("#6FE3B4", "#6FE3B4", "#F0C75E")):
        canvas.text((1138, 384 + row * 62), scene.word(row), 30, tone)
    points = [(1138 + 36 * index, 640 - 18 * (index * 7 % 4)) for index in range(10)]
    canvas.line([(1132, 660), (1480, 660)], "#3B5568", 2)
    canvas.line(points, "#58A6E0", 4)
    for point in points:
        canvas.disc(point, 5, "#9CCBF0")
