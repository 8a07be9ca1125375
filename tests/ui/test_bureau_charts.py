"""The bureau's charts: every figure is said, reached by keys and by the mouse, and asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from assessor.ui.theme import Theme
from assessor.ui.theme.palette import contrast
from assessor.ui.views.bureau.charts.bars import BarRow, BarRows
from assessor.ui.views.bureau.charts.boxes import BoxPlots, BoxRow
from assessor.ui.views.bureau.charts.distribution import Bar, Distribution, GradeLine
from assessor.ui.views.bureau.charts.heat_map import HeatMap, HeatRow
from assessor.ui.views.bureau.charts.spots import SpotChart
from tests.ui.conftest import shown, sweep

RATES = tuple(Decimal(rate) / 100 for rate in (45, 55, 65, 75, 85))
READABLE = 4.5


def heat(theme: Theme) -> HeatMap:
    chart = HeatMap(theme, "heat", "n")
    rows = [
        HeatRow(
            f"d{at}",
            (*RATES[:4], None if at == 1 else RATES[4]),
            tuple(f"d{at} c{column}" for column in range(5)),
            tuple((at * 10 + column,) for column in range(5)),
            9,
        )
        for at in range(3)
    ]
    chart.set_rows([f"dimension {at}" for at in range(5)], rows)
    return chart


def distribution(theme: Theme) -> Distribution:
    chart = Distribution(theme, "scores")
    bars = [
        Bar(Decimal(at), Decimal(at + 5), f"bar {at}", tuple(range(at - 55))) for at in (55, 60, 65)
    ]
    chart.set_bars(bars, [GradeLine(Decimal(60), "pass"), GradeLine(Decimal(90), "high")])
    return chart


def boxes(theme: Theme) -> BoxPlots:
    chart = BoxPlots(theme, "groups")
    five = (Decimal(10), Decimal(20), Decimal(30), Decimal(40), Decimal(50))
    chart.set_rows([BoxRow("a", five, "a told", (1, 2)), BoxRow("b", None, "b", (3,))])
    return chart


def bars(theme: Theme) -> BarRows:
    chart = BarRows(theme, "criteria", ("rate",))
    chart.set_rows(
        [
            BarRow("one", Decimal("0.4"), ("40",), "one told", (1,), mark=Decimal(1)),
            BarRow("none", None, ("-",), "none told", ()),
            BarRow("two", Decimal("1.4"), ("140",), "two told", (2, 3)),
        ]
    )
    return chart


MAKERS: list[Callable[[Theme], SpotChart]] = [heat, distribution, boxes, bars]
FIGURES = {"heat": 14, "distribution": 2, "boxes": 1, "bars": 2}


@pytest.fixture(params=MAKERS, ids=lambda maker: maker.__name__)
def chart(request: pytest.FixtureRequest, theme: Theme) -> Iterator[SpotChart]:
    made: SpotChart = request.param(theme)
    shown(made, 480, 260)
    assert len(made.spots()) == FIGURES[request.param.__name__]
    yield made
    made.close()
    made.deleteLater()
    sweep()


def test_a_figure_is_asked_for_by_the_mouse(chart: SpotChart) -> None:
    asked: list[tuple[str, object]] = []
    chart.chosen.connect(lambda what, visits: asked.append((what, visits)))
    for spot in chart.spots():
        where = spot.area.center().toPoint()
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=where)
    assert asked == [(spot.told, frozenset(spot.visits)) for spot in chart.spots()]


def test_every_figure_is_reached_by_keys_and_said(chart: SpotChart) -> None:
    asked: list[str] = []
    chart.chosen.connect(lambda what, _: asked.append(what))
    QTest.keyClick(chart, Qt.Key.Key_Right)
    ways = (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up)
    told = [spot.told for spot in chart.spots()]
    waiting, said = [chart.current], {chart.accessibleDescription()}
    while waiting:
        at = waiting.pop()
        for way in ways:
            chart.current = at
            QTest.keyClick(chart, way)
            if chart.current != at and told[chart.current] not in said:
                assert chart.accessibleDescription() == told[chart.current]
                said.add(told[chart.current])
                waiting.append(chart.current)
    assert said == set(told)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert asked == [told[chart.current]]


def test_every_figure_lies_inside(chart: SpotChart) -> None:
    inside = chart.rect().toRectF().adjusted(-1, -1, 1, 1)
    assert [spot.told for spot in chart.spots() if not inside.contains(spot.area)] == []


def test_a_click_beside_the_figures_asks_for_nothing(theme: Theme) -> None:
    made = heat(theme)
    shown(made, 480, 260)
    asked: list[object] = []
    made.chosen.connect(lambda *found: asked.append(found))
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert asked == []
    made.deleteLater()


@pytest.mark.parametrize("share", [0.06, 0.16, 0.28, 0.44, 1.0])
def test_figures_in_cells_can_be_read(share: float, theme: Theme) -> None:
    made = heat(theme)
    role = "on_accent" if share == 1 else "text"
    ground = made.mixed(share).name()
    assert contrast(theme.palette.colours()[role], ground) >= READABLE
    made.deleteLater()


def test_charts_without_figures_can_be_looked_at(plain: Theme) -> None:
    empty: list[SpotChart] = [
        HeatMap(plain, "heat", "n"),
        Distribution(plain, "scores"),
        BoxPlots(plain, "groups"),
        BarRows(plain, "bars", ("a",)),
    ]
    for made in empty:
        shown(made, 300, 120)
        made.grab()
        QTest.keyClick(made, Qt.Key.Key_Return)
        assert made.spots() == []
        made.close()
        made.deleteLater()
    sweep()
