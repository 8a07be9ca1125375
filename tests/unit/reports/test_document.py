"""A Document says every visible figure once, in order, and refuses tables that do not fit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.reports.document import (
    Beside,
    Cell,
    Column,
    Figure,
    Heading,
    Headline,
    Paragraph,
    Radar,
    Row,
    Run,
    Series,
    Table,
    figures,
    plain,
)

TABLE = Table(
    (Column("能力域"), Column("得分", align="right")),
    (
        Row((Cell("一、基础"),), "group"),
        Row((Cell("技术支撑"), Cell("15.00", Decimal("15.00")))),
    ),
)


def test_figures_come_in_reading_order_with_their_place_and_value() -> None:
    found = list(figures((Heading(2, "各能力域"), TABLE)))
    assert [figure.text for figure in found] == [
        "各能力域",
        "能力域",
        "得分",
        "一、基础",
        "技术支撑",
        "15.00",
    ]
    assert found[-1] == Figure("各能力域 / 2 / 得分", "15.00", Decimal("15.00"))


def test_figures_are_found_inside_nested_blocks() -> None:
    card = Headline("结论", "达到", (Run("差 4 题"),), "214.60", "满分 345", Decimal("214.60"))
    nested = Beside(((card,), (Paragraph((Run("甲"), Run("乙", strong=True))),)), (Decimal(1),) * 2)
    found = list(figures((nested,)))
    assert [figure.text for figure in found][-2:] == ["满分 345", "甲乙"]
    assert Figure("结论", "214.60", Decimal("214.60")) in found


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells, not 2"):
        Table(TABLE.columns, (Row((Cell("alone"),)),))


def test_a_radar_line_needs_a_share_for_every_axis() -> None:
    with pytest.raises(ValueError, match="one share per axis"):
        Radar(("a", "b", "c"), (Series("now", (Decimal(1), Decimal(0))),))


def test_plain_joins_runs_without_a_space() -> None:
    assert plain((Run("得分 "), Run("15.00", strong=True))) == "得分 15.00"
    assert plain("already plain") == "already plain"
