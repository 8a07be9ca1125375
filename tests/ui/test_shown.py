"""Widgets that show: labels, states, charts, panels, messages, thumbnails."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFontMetricsF, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from assessor.errors import Problem
from assessor.i18n import Language, message
from assessor.ui.bridge import Notice
from assessor.ui.theme import Theme
from assessor.ui.widgets import (
    CollapsiblePanel,
    FlowLabel,
    Radar,
    ShareBar,
    StateIcon,
    Strip,
    StripStack,
    Thumb,
    ThumbStrip,
)
from assessor.ui.widgets.radar import wrapped
from assessor.ui.widgets.state_icon import STATE_ICONS
from assessor.ui.widgets.strip import MOST_PROBLEMS, MOST_STRIPS
from assessor.ui.words import Words
from tests.strategies.visits import SHIPPED, shipped
from tests.ui.holding import Heard, held

ZH = Words("zh")


# --- shown things ---------------------------------------------------------------------------------


def test_chinese_wraps_and_keeps_its_height(plain: Theme) -> None:
    label = FlowLabel(plain, "任选一件成品，现场反查到原料批次并计时。" * 6)
    wide, narrow = label.heightForWidth(2000), label.heightForWidth(200)
    assert narrow > 3 * wide
    assert label.minimumSizeHint().width() < 200
    label.deleteLater()


@pytest.mark.parametrize("state", list(STATE_ICONS))
def test_states_say_what_they_are(plain: Theme, state: str) -> None:
    icon = StateIcon(plain, state, "said")  # type: ignore[arg-type]
    assert icon.accessibleName() == "said"
    assert not icon.pixmap().isNull()
    icon.deleteLater()


def test_charts_say_their_figures(plain: Theme) -> None:
    bar, radar = ShareBar(plain, "Lean"), Radar(plain, "Dimensions")
    bar.set_share(Decimal("0.625"), Decimal("0.9"), Decimal("0.75"))
    radar.set_axes(["Lean", "Green", "Chain"], [Decimal("0.5"), Decimal(1), Decimal("1.2")])
    assert bar.accessibleName() == "Lean 62 %"
    assert radar.accessibleDescription() == "Lean 50 %, Green 100 %, Chain 100 %"
    bar.deleteLater()
    radar.deleteLater()


def test_a_radar_grows_with_its_shares(plain: Theme) -> None:
    radar = Radar(plain, "Dimensions")
    radar.resize(300, 240)

    def painted(share: str) -> int:
        radar.set_axes(["A", "B", "C", "D", "E"], [Decimal(share)] * 5)
        image = radar.grab().toImage()
        wanted = plain.colour("accent").name()
        pixels = ((x, y) for x in range(image.width()) for y in range(image.height()))
        return sum(image.pixelColor(x, y).name() == wanted for x, y in pixels)

    small, large = painted("0.3"), painted("0.9")
    assert large > 2 * small > 0
    radar.deleteLater()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rubric", SHIPPED)
@pytest.mark.parametrize("width", [290, 330, 580])
def test_names_of_a_radar_wrap_and_are_never_cut(
    plain: Theme, language: Language, rubric: str, width: int
) -> None:
    radar = Radar(plain, "Dimensions")
    every = [node.name.pick(language) for node, _ in shipped(rubric).rubric.walk_dimensions()]
    for some in (every[:5], every[:9], every[-6:]):
        names = list(dict.fromkeys(some))
        radar.set_axes(names, [Decimal("0.5")] * len(names))
        radar.resize(width, radar.heightForWidth(width))
        areas = radar.name_areas()
        whole = QRectF(radar.rect()).adjusted(-1, -1, 1, 1)
        assert [name for name, area in areas.items() if not whole.contains(area)] == []
        meeting = [
            pair
            for pair in combinations(areas, 2)
            if areas[pair[0]].adjusted(1, 1, -1, -1).intersects(areas[pair[1]])
        ]
        assert meeting == []
        said = radar.told_at(areas[names[0]].center())
        assert said == f"{names[0]} 50 %"
    radar.deleteLater()


def test_a_name_breaks_between_words_and_evenly(plain: Theme) -> None:
    metrics = QFontMetricsF(plain.font(12))
    name = "Smart supply chain management"
    lines = wrapped(name, metrics, metrics.horizontalAdvance(name) * 0.6)
    assert len(lines) == 2
    assert " ".join(lines) == name
    assert wrapped("数字化设计", metrics, 1000) == ["数字化设计"]
    assert wrapped("Infrastructure", metrics, 10) == ["Infrastructure"]
    assert "".join(wrapped("智慧供应链与产业协同", metrics, 50)) == "智慧供应链与产业协同"


def test_a_panel_folds(plain: Theme) -> None:
    panel = CollapsiblePanel(plain, ZH, "结果", "right")
    window, heard = held(panel), Heard()
    panel.folded_changed.connect(heard)
    width = panel.width()
    panel.set_folded(True)
    assert panel.width() < width / 4
    panel.set_folded(False)
    assert (panel.width(), heard.values) == (width, [True, False])
    window.close()


# --- messages -------------------------------------------------------------------------------------


def test_a_strip_offers_what_to_do(plain: Theme) -> None:
    stack, done = StripStack(plain, ZH), Heard()
    window = held(stack)
    strip = stack.show_notice(
        Notice(message("ui.saving"), "caution", (), message("ui.close"), lambda: done(1))
    )
    button = next(b for b in strip.findChildren(QWidget) if getattr(b, "kind", "") == "plain")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (done.values, stack.strips, stack.isHidden()) == ([1], (), True)
    window.close()


def test_the_oldest_message_gives_way(plain: Theme) -> None:
    stack = StripStack(plain, ZH)
    window = held(stack)
    keys = ("ui.saving", "ui.close", "ui.copied", "ui.dismiss", "ui.nothing_to_save")
    for key in (*keys, keys[3]):
        stack.show_notice(Notice(message(key)))
    assert [notice.message.key for notice in stack.notices] == [keys[2], keys[4], keys[3]]
    assert len(stack.strips) == MOST_STRIPS
    window.close()


def test_problems_are_listed_with_their_remedy(plain: Theme) -> None:
    problem = Problem(message("ui.saving"), fix=message("ui.close"))
    stack = StripStack(plain, ZH)
    strip = stack.show_notice(Notice(message("ui.crash_text"), "bad", (problem,) * 7))
    lines = strip.label.text.splitlines()
    assert len(lines) == 1 + MOST_PROBLEMS + 1
    assert lines[1] == "• 正在保存… 关闭"
    assert "2" in lines[-1]
    assert isinstance(strip, Strip)
    stack.close()
    stack.deleteLater()


# --- thumbnails -----------------------------------------------------------------------------------


def test_thumbnails_are_opened_and_kept(plain: Theme) -> None:
    strip = ThumbStrip(plain, "evidence", "add")
    window, opened, asked = held(strip), Heard(), Heard()
    strip.thumb_opened.connect(opened)
    strip.add_requested.connect(asked)
    strip.set_thumbs([Thumb("a", "one"), Thumb("b", "two")])
    QApplication.processEvents()
    kept = strip.tiles["b"]
    blank = kept.grab().toImage()
    picture = QPixmap(60, 40)
    picture.fill(Qt.GlobalColor.darkGreen)
    strip.set_picture("b", picture)
    strip.set_thumbs([Thumb("b", "two"), Thumb("c", "three")])
    assert (list(strip.tiles), strip.tiles["b"]) == (["b", "c"], kept)
    assert kept.grab().toImage() != blank
    QTest.mouseClick(kept, Qt.MouseButton.LeftButton)
    QTest.mouseClick(strip.add_tile, Qt.MouseButton.LeftButton)
    assert (opened.values, len(asked.values)) == (["b"], 1)
    window.close()


def test_dropped_files_are_announced(plain: Theme, tmp_path: Path) -> None:
    strip = ThumbStrip(plain, "evidence", "add")
    window, heard = held(strip), Heard()
    strip.files_dropped.connect(heard)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.jpg")), QUrl("https://example.invalid/b")])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    strip.dropEvent(event)
    assert heard.values == [[tmp_path / "a.jpg"]]
    window.close()
