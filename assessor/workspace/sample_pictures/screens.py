"""Drawings of screens: a dashboard, a board over the line, a control room, a solid model."""

from __future__ import annotations

import random

from assessor.workspace.sample_pictures.canvas import (
    AMBER,
    GREEN,
    INK,
    MUTED,
    NAVY,
    RED,
    WIDTH,
    Box,
    Canvas,
)
from assessor.workspace.sample_pictures.scene import Scene
from assessor.workspace.sample_pictures.shop_floor import hall

_SCREEN = "#0E1B27"
_PANEL = "#152838"
_FRAME = "#27455C"
_PALE = "#C9D9E6"
_DIM = "#7F98AB"
_ON_PLAN, _BEHIND = 0.95, 0.85
"""Shares of the plan from which a bar is green, and amber."""
_SERIES = ("#4FA3E3", "#43C59E", "#F0B84A", "#E57373")


def dashboard(canvas: Canvas, scene: Scene) -> None:
    """A dashboard. Words: four names of figures, then the titles of three charts and of the ring;
    figures: the four figures and the ring's percentage, without which there is none."""
    chance = scene.chance()
    canvas.box((0, 0, WIDTH, 1200), _SCREEN)
    canvas.box((0, 0, WIDTH, 92), "#12344D")
    canvas.text((40, 46), scene.title, 38, "#FFFFFF", bold=True, anchor="lm")
    canvas.text((1560, 46), scene.taken, 26, _PALE, anchor="rm")
    for index in range(4):
        left = 40 + index * 385
        canvas.box((left, 120, left + 365, 290), _PANEL, edge=_FRAME, radius=10)
        canvas.text((left + 24, 140), scene.word(index), 26, _PALE)
        figure = str(scene.figure(index, 0))
        canvas.text((left + 24, 184), figure, 66, _SERIES[index], bold=True)
    _bars(canvas, chance, (40, 320, 790, 700), scene.word(4))
    _curve(canvas, chance, (810, 320, 1560, 700), scene.word(5))
    ring = scene.figure(4, 0)
    right = 1060 if ring else 1560
    _bars(canvas, chance, (40, 720, right, 1120), scene.word(6), count=20, tone=1)
    if ring:
        _ring(canvas, (1080, 720, 1560, 1120), scene.word(7), ring)


def _panel(canvas: Canvas, at: Box, title: str) -> None:
    canvas.box(at, _PANEL, edge=_FRAME, radius=10)
    canvas.text((at[0] + 24, at[1] + 18), title, 26, _PALE)
    for step in range(4):
        y = at[3] - 40 - step * (at[3] - at[1] - 120) / 3
        canvas.line([(at[0] + 30, y), (at[2] - 30, y)], "#20394D", 2)


def _bars(
    canvas: Canvas, chance: random.Random, at: Box, title: str, count: int = 12, tone: int = 0
) -> None:
    _panel(canvas, at, title)
    step = (at[2] - at[0] - 80) / count
    for index in range(count):
        height = (at[3] - at[1] - 130) * chance.uniform(0.45, 1.0)
        left = at[0] + 44 + index * step
        bar = (left, at[3] - 40 - height, left + step * 0.62, at[3] - 40)
        canvas.box(bar, _SERIES[chance.choice((*[tone] * 9, 2))], radius=3)


def _curve(canvas: Canvas, chance: random.Random, at: Box, title: str) -> None:
    _panel(canvas, at, title)
    width, height = at[2] - at[0] - 90, at[3] - at[1] - 150
    for tone in (0, 1):
        level, points = 0.35 + 0.3 * tone, []
        for index in range(25):
            level = min(0.98, max(0.08, level + chance.uniform(-0.1, 0.115)))
            points.append((at[0] + 45 + width * index / 24, at[3] - 45 - height * level))
        canvas.line(points, _SERIES[tone], 5)
    limit = at[3] - 45 - height * 0.9
    for left in range(round(at[0]) + 45, round(at[2]) - 45, 24):
        canvas.line([(left, limit), (left + 12, limit)], _SERIES[3], 3)


def _ring(canvas: Canvas, at: Box, title: str, share: int) -> None:
    canvas.box(at, _PANEL, edge=_FRAME, radius=10)
    canvas.text((at[0] + 24, at[1] + 18), title, 26, _PALE)
    x, y, radius = (at[0] + at[2]) / 2, (at[1] + at[3]) / 2 + 20, 135
    ring = (x - radius, y - radius, x + radius, y + radius)
    canvas.ring(ring, 0, 360, "#24405A", 44)
    canvas.ring(ring, -90, -90 + 3.6 * min(share, 100), _SERIES[1], 44)
    canvas.text((x, y), f"{min(share, 100)}%", 60, "#FFFFFF", bold=True, anchor="mm")


def workshop_board(canvas: Canvas, scene: Scene) -> None:
    """A board hanging over the line. Words: board's title, four column heads, then the names of the
    rows; figures: plan and actual of each row."""
    hall(canvas)
    for left in (330, 1250):
        canvas.box((left, 90, left + 16, 180), "#6A7681")
    canvas.box((140, 170, 1460, 850), "#222C35", radius=14)
    canvas.box((164, 194, 1436, 826), "#0A141C", radius=4)
    canvas.text((800, 244), scene.word(0), 46, "#FFD76A", bold=True, anchor="mm")
    for column, left in enumerate((200, 640, 900, 1160)):
        canvas.text((left, 310), scene.word(column + 1), 32, "#7FD3F0")
    canvas.line([(190, 366), (1410, 366)], "#2C4C5F", 3)
    for row, name in enumerate(scene.words[5:11]):
        plan, actual = scene.figure(2 * row, 0), scene.figure(2 * row + 1, 0)
        share = actual / plan if plan else 0
        tone = GREEN if share >= _ON_PLAN else AMBER if share >= _BEHIND else RED
        y = 386 + row * 70
        canvas.text((200, y), name, 34, "#E8F1F6")
        canvas.text((640, y), str(plan), 34, "#E8F1F6")
        canvas.text((900, y), str(actual), 34, "#E8F1F6")
        canvas.box((1160, y + 8, 1160 + 220 * min(share, 1), y + 40), tone, radius=4)
        canvas.box((1160, y + 8, 1380, y + 40), None, edge="#3B5A6C", radius=4)
    for left in range(60, 1560, 300):
        canvas.box((left, 900, left + 240, 1010), "#DDE4EA", edge="#9AA8B5", radius=8)
        canvas.box((left + 20, 920, left + 120, 980), NAVY, radius=4)


def control_screen(canvas: Canvas, scene: Scene) -> None:
    """A process on a control room's screen. Words: names of three vessels, then tags with their
    readings; figures: levels of the vessels in percent."""
    canvas.box((0, 0, WIDTH, 1200), "#1B2229")
    canvas.box((0, 0, WIDTH, 80), "#2A343E")
    canvas.text((36, 40), scene.title, 34, "#FFFFFF", bold=True, anchor="lm")
    canvas.text((1560, 40), scene.taken, 24, _DIM, anchor="rm")
    pipe = "#6E8CA5"
    canvas.line([(60, 330), (250, 330)], pipe, 12)
    canvas.line([(450, 540), (640, 540), (640, 300), (760, 300)], pipe, 12)
    canvas.line([(960, 540), (1140, 540), (1140, 340), (1260, 340)], pipe, 12)
    canvas.line([(1440, 600), (1540, 600)], pipe, 12)
    for index, left in enumerate((250, 760, 1260)):
        _vessel(canvas, left, scene.word(index), scene.figure(index, 50))
    for centre in ((160, 330), (640, 420), (1140, 450)):
        _valve(canvas, centre)
    for index, words in enumerate(scene.words[3:9]):
        left, top = 60 + index % 6 * 255, 780
        canvas.box((left, top, left + 225, top + 74), "#0F151A", edge="#3E5263", radius=4)
        canvas.text((left + 14, top + 37), words, 26, "#7BE0B0", anchor="lm")
    _trend(canvas, scene)


def _vessel(canvas: Canvas, left: float, name: str, level: int) -> None:
    canvas.box((left, 230, left + 200, 660), "#3A4855", edge="#93A7B8", radius=60, width=4)
    height = 350 * min(level, 100) / 100
    canvas.box((left + 12, 620 - height, left + 188, 645), "#2F7FB8", radius=30)
    canvas.line([(left + 100, 170), (left + 100, 560)], "#C3CFD8", 6)
    canvas.line([(left + 50, 560), (left + 150, 560)], "#C3CFD8", 10)
    canvas.box((left + 66, 130, left + 134, 190), "#5C6E7D", radius=8)
    canvas.text((left + 100, 690), name, 28, "#DCE6ED", anchor="ma")


def _valve(canvas: Canvas, centre: tuple[float, float]) -> None:
    x, y = centre
    canvas.shape([(x - 26, y - 20), (x - 26, y + 20), (x, y)], GREEN)
    canvas.shape([(x + 26, y - 20), (x + 26, y + 20), (x, y)], GREEN)
    canvas.line([(x, y), (x, y - 34)], "#B8C6D1", 5)
    canvas.box((x - 16, y - 50, x + 16, y - 32), "#B8C6D1", radius=8)


def _trend(canvas: Canvas, scene: Scene) -> None:
    chance = scene.chance()
    canvas.box((60, 880, 1540, 1120), "#0F151A", edge="#3E5263", radius=4)
    for y in range(920, 1120, 50):
        canvas.line([(70, y), (1530, y)], "#1F2B35", 2)
    for tone, colour in enumerate(_SERIES[:3]):
        level, points = 920.0 + 60 * tone, []
        for x in range(80, 1530, 24):
            level = min(1100, max(900, level + chance.uniform(-9, 9)))
            points.append((x, level))
        canvas.line(points, colour, 4)


def solid_model(canvas: Canvas, scene: Scene) -> None:
    """A solid model in a design program. Words: entries of the model's tree."""
    canvas.gradient((0, 0, WIDTH, 1200), "#E8EEF3", "#BFCBD6")
    canvas.box((0, 0, WIDTH, 70), NAVY)
    canvas.text((30, 35), scene.title, 30, "#FFFFFF", bold=True, anchor="lm")
    canvas.box((0, 70, 380, 1200), "#F6F8FA")
    canvas.line([(380, 70), (380, 1200)], "#B5C1CB", 3)
    for row, words in enumerate(scene.words[:12]):
        left, top = (40 if row == 0 else 84), 104 + row * 60
        canvas.box((left, top + 4, left + 26, top + 30), "#4F8CC0", radius=4)
        canvas.text((left + 42, top), words, 26, INK if row == 0 else MUTED, bold=row == 0)
    _block(canvas, (990, 930), (420, 420, 130), ("#7E93A5", "#93A8B9", "#B4C4D1"))
    _block(canvas, (990, 780), (330, 330, 170), ("#54799B", "#6A90B2", "#8FB2CF"))
    for index in range(3):
        shift = (index - 1) * 150
        _cavity(canvas, 990 + shift * 0.87, 472)
    for end, colour in (((560, 1080), RED), ((440, 1080), GREEN), ((500, 1000), "#2F6FB2")):
        canvas.line([(500, 1110), end], colour, 6)


def _block(
    canvas: Canvas,
    foot: tuple[float, float],
    size: tuple[float, float, float],
    tones: tuple[str, str, str],
) -> None:
    """A block seen from above: lowest corner, lengths to the left, to the right and up."""
    (x, y), (left, right, up) = foot, size
    a, b = (x - left * 0.87, y - left * 0.42), (x + right * 0.87, y - right * 0.42)
    back = (a[0] + right * 0.87, a[1] - right * 0.42)
    lifted = [(px, py - up) for px, py in ((x, y), a, b, back)]
    canvas.shape([(x, y), a, lifted[1], lifted[0]], tones[0], edge="#3F5265")
    canvas.shape([(x, y), b, lifted[2], lifted[0]], tones[1], edge="#3F5265")
    canvas.shape([lifted[0], lifted[1], lifted[3], lifted[2]], tones[2], edge="#3F5265")


def _cavity(canvas: Canvas, x: float, y: float) -> None:
    canvas.oval((x - 62, y - 30, x + 62, y + 30), "#4A6B89", edge="#2E4961")
    canvas.oval((x - 40, y - 16, x + 40, y + 20), "#36536D")
