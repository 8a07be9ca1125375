"""Drawings of papers and plates: a record sheet, a certificate, a nameplate, plans."""

from __future__ import annotations

from assessor.workspace.sample_pictures.canvas import (
    BLUE,
    GREEN,
    INK,
    MUTED,
    NAVY,
    PAPER,
    RED,
    TEAL,
    WIDTH,
    Box,
    Canvas,
)
from assessor.workspace.sample_pictures.scene import Scene

_PEN = "#1D4E9E"


def record_sheet(canvas: Canvas, scene: Scene) -> None:
    """A filled-in form on a desk. Words: number of the form, four column heads, then the cells row
    by row."""
    _desk(canvas, (210, 40, 1390, 1130))
    canvas.text((800, 110), scene.title, 44, INK, bold=True, anchor="mm")
    canvas.text((1330, 160), scene.word(0), 24, MUTED, anchor="ra")
    lefts = (270, 500, 860, 1110, 1330)
    rows = (len(scene.words) - 5 + 3) // 4
    step = min(96, 780 / max(rows + 1, 1))
    bottom = 220 + step * (rows + 1)
    canvas.box((270, 220, 1330, 220 + step), "#E7EDF2")
    for line in range(rows + 2):
        canvas.line([(270, 220 + line * step), (1330, 220 + line * step)], "#7C8893", 2)
    for left in lefts:
        canvas.line([(left, 220), (left, bottom)], "#7C8893", 2)
    for column in range(4):
        head = (lefts[column] + 16, 220 + step / 2)
        canvas.text(head, scene.word(column + 1), 30, INK, bold=True, anchor="lm")
    for index, words in enumerate(scene.words[5:]):
        row, column = divmod(index, 4)
        place = (lefts[column] + 16, 220 + step * (row + 1.5))
        canvas.text(place, words, 30, _PEN if column else INK, anchor="lm")
    _squiggle(canvas, scene, (1040, 1070))


def _desk(canvas: Canvas, sheet: Box) -> None:
    canvas.gradient((0, 0, WIDTH, 1200), "#B99A77", "#A3835F")
    left, top, right, bottom = sheet
    canvas.box((left + 14, top + 16, right + 14, bottom + 16), "#846747", radius=4)
    canvas.box(sheet, PAPER, radius=2)


def _squiggle(canvas: Canvas, scene: Scene, at: tuple[float, float]) -> None:
    chance, (x, y) = scene.chance(), at
    points = [(x + 12 * step, y + chance.uniform(-22, 22)) for step in range(18)]
    canvas.line(points, _PEN, 4)


def certificate(canvas: Canvas, scene: Scene) -> None:
    """A document with a heading and lines; its round mark says that it is a sample. Words: the
    mark, then the lines."""
    _desk(canvas, (300, 40, 1300, 1130))
    canvas.box((330, 70, 1270, 1100), None, edge="#B08D3E", width=4)
    canvas.box((344, 84, 1256, 1086), None, edge="#D8C48D", width=2)
    canvas.text((800, 190), scene.title, 50, INK, bold=True, anchor="mm")
    canvas.line([(520, 246), (1080, 246)], "#B08D3E", 3)
    for row, words in enumerate(scene.words[1:11]):
        canvas.text((420, 310 + row * 66), words, 30, INK)
    canvas.disc((1080, 930), 112, None, edge=RED)
    canvas.ring((968, 818, 1192, 1042), 0, 360, RED, 6)
    canvas.text((1080, 930), scene.word(0), 34, RED, bold=True, anchor="mm")


def nameplate(canvas: Canvas, scene: Scene) -> None:
    """A machine's metal plate with a square code. Words: heading, then lines; the code is a pattern
    drawn by chance and says nothing."""
    canvas.gradient((0, 0, WIDTH, 1200), "#56636E", "#3A454E")
    canvas.box((168, 188, 1448, 1028), "#20282E", radius=30)
    canvas.gradient((160, 180, 1440, 1020), "#E4E9EC", "#B4BEC5")
    canvas.box((160, 180, 1440, 1020), None, edge="#7E8A93", width=6)
    for centre in ((205, 225), (1395, 225), (205, 975), (1395, 975)):
        canvas.disc(centre, 22, "#8D99A2", edge="#5D6870")
        canvas.line([(centre[0] - 14, centre[1]), (centre[0] + 14, centre[1])], "#5D6870", 5)
    canvas.box((260, 240, 1340, 340), NAVY)
    canvas.text((800, 290), scene.word(0), 50, "#FFFFFF", bold=True, anchor="mm")
    for row, words in enumerate(scene.words[1:8]):
        canvas.text((270, 390 + row * 78), words, 36, INK)
        canvas.line([(270, 446 + row * 78), (900, 446 + row * 78)], "#94A0A8", 2)
    _pattern(canvas, scene, 960, 460, 16)


def _pattern(canvas: Canvas, scene: Scene, left: float, top: float, cell: float) -> None:
    chance, count = scene.chance(), 21
    canvas.box((left - 24, top - 24, left + count * cell + 24, top + count * cell + 24), PAPER)
    for row in range(count):
        for column in range(count):
            if chance.getrandbits(1):
                x, y = left + column * cell, top + row * cell
                canvas.box((x, y, x + cell, y + cell), INK)
    for row, column in ((0, 0), (0, count - 7), (count - 7, 0)):
        x, y = left + column * cell, top + row * cell
        for ring, tone in ((-1, PAPER), (0, INK), (1, PAPER), (2, INK)):
            inset, size = ring * cell, 7 * cell
            canvas.box((x + inset, y + inset, x + size - inset, y + size - inset), tone)


def floor_plan(canvas: Canvas, scene: Scene) -> None:
    """A plan of a workshop with its flow of material. Words: names of six areas."""
    canvas.box((0, 0, WIDTH, 1200), "#F7FAFC")
    for step in range(0, WIDTH, 40):
        canvas.line([(step, 0), (step, 1144)], "#E6EDF2", 1)
        canvas.line([(0, step), (WIDTH, step)], "#E6EDF2", 1)
    canvas.text((60, 36), scene.title, 38, NAVY, bold=True)
    areas: tuple[Box, ...] = (
        (80, 130, 560, 520),
        (560, 130, 1100, 520),
        (1100, 130, 1520, 520),
        (80, 660, 460, 1080),
        (460, 660, 1040, 1080),
        (1040, 660, 1520, 1080),
    )
    for index, area in enumerate(areas):
        _area(canvas, area, scene.word(index))
    canvas.line([(140, 590), (1460, 590)], TEAL, 10)
    canvas.shape([(1500, 590), (1450, 562), (1450, 618)], TEAL)
    for x in (320, 830, 1310):
        canvas.line([(x, 520), (x, 584)], BLUE, 6)
    for x in (270, 750, 1280):
        canvas.line([(x, 596), (x, 660)], BLUE, 6)


def _area(canvas: Canvas, area: Box, name: str) -> None:
    left, top, right, bottom = area
    canvas.box(area, None, edge=NAVY, width=6)
    canvas.text((left + 20, top + 16), name, 28, NAVY, bold=True)
    columns = max(int((right - left - 40) // 120), 1)
    for row in range(2):
        for column in range(columns):
            x, y = left + 30 + column * 120, top + 90 + row * 140
            if y + 90 < bottom:
                canvas.box((x, y, x + 84, y + 90), "#DCE8F1", edge="#6F8CA5", radius=4)
                canvas.line([(x + 14, y + 66), (x + 70, y + 66)], "#6F8CA5", 3)


def network_plan(canvas: Canvas, scene: Scene) -> None:
    """Levels of a network from the field up. Words: names of four levels from the top, each
    followed by three nodes."""
    canvas.box((0, 0, WIDTH, 1200), "#FBFCFD")
    canvas.text((60, 36), scene.title, 38, NAVY, bold=True)
    tones = ("#EAF1F8", "#E9F5F3", "#FBF5E6", "#F3F0F7")
    edges = (BLUE, TEAL, "#B0862B", "#7660A0")
    for level in range(4):
        top = 120 + level * 252
        canvas.box((60, top, 1540, top + 200), tones[level], edge=edges[level], radius=12)
        name, edge = scene.word(4 * level), edges[level]
        canvas.text((90, top + 100), name, 30, edge, bold=True, anchor="lm")
        for node in range(3):
            x = 480 + node * 360
            if level:
                canvas.line([(x + 130, top - 102), (x + 130, top + 50)], "#8D9AA6", 5)
            canvas.box((x, top + 50, x + 290, top + 150), PAPER, edge=edges[level], radius=8)
            canvas.disc((x + 28, top + 100), 9, GREEN)
            words = scene.word(4 * level + node + 1)
            canvas.text((x + 50, top + 100), words, 26, INK, anchor="lm")
