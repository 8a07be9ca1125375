"""Contrast, sizes, style sheets, icons and the font."""

from __future__ import annotations

import re
from importlib import resources
from itertools import pairwise

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication

from assessor.i18n import domain, domains
from assessor.paths import fonts_folder
from assessor.ui.actions import ACTIONS
from assessor.ui.icons import icon_names, pixmap_of
from assessor.ui.navigation import SCREENS
from assessor.ui.theme import DARK, LIGHT, Palette, Sizes, choose_palette
from assessor.ui.theme.fonts import FAMILY, font_of, load_fonts
from assessor.ui.theme.palette import EDGE_PAIRS, TEXT_PAIRS, contrast
from assessor.ui.theme.sheets import style_sheet
from assessor.ui.widgets.state_icon import STATE_ICONS
from tests.ui.accessibility import TOUCH_TARGET

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
TEXT_CONTRAST, EDGE_CONTRAST = 4.5, 3.0


@PALETTES
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_text_is_readable(palette: Palette, pair: tuple[str, str]) -> None:
    colours = palette.colours()
    assert contrast(colours[pair[0]], colours[pair[1]]) >= TEXT_CONTRAST


@PALETTES
@pytest.mark.parametrize("pair", EDGE_PAIRS, ids="-on-".join)
def test_edges_are_seen(palette: Palette, pair: tuple[str, str]) -> None:
    colours = palette.colours()
    assert contrast(colours[pair[0]], colours[pair[1]]) >= EDGE_CONTRAST


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
PROPERTY = re.compile(r"(?<![-\w])(color|background)\s*:\s*(#[0-9A-Fa-f]{6})")


@PALETTES
def test_every_rule_that_sets_text_and_ground_is_readable(palette: Palette) -> None:
    """Whatever the templates combine, beyond the pairs that were thought of."""
    weak = {}
    for selector, body in RULE.findall(style_sheet(palette, Sizes())):
        colours = dict(PROPERTY.findall(body))
        if len(colours) == 2 and ":disabled" not in selector:
            ratio = contrast(colours["color"], colours["background"])
            if ratio < TEXT_CONTRAST:
                weak[selector.strip()] = ratio
    assert weak == {}


@PALETTES
def test_style_sheets_are_complete(palette: Palette) -> None:
    sheet = style_sheet(palette, Sizes())
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}") > 20
    assert not re.search(r"-\d+px", sheet)


def test_style_sheets_name_no_colour_of_their_own() -> None:
    folder = resources.files("assessor.ui.theme") / "style"
    texts = [entry.read_text(encoding="utf-8") for entry in folder.iterdir()]
    assert len(texts) > 3
    assert [text for text in texts if re.search(r"#[0-9A-Fa-f]{3,8}\b", text)] == []


def test_both_palettes_differ_everywhere() -> None:
    light, dark = LIGHT.colours(), DARK.colours()
    assert light.keys() == dark.keys()
    assert [role for role in light if light[role] == dark[role]] == []


def test_sizes_follow_the_text() -> None:
    standard, large = Sizes(), Sizes(200)
    assert (standard.caption, standard.text, standard.question) == (12, 14, 21)
    assert (large.caption, large.text, large.question) == (24, 28, 42)
    assert standard.control == 32
    assert large.control == 64


@pytest.mark.parametrize("percent", [90, 100, 130, 200])
def test_touch_targets_are_large_enough(percent: int) -> None:
    assert Sizes(percent, touch=True).control >= TOUCH_TARGET


def test_sizes_only_grow() -> None:
    heights = [Sizes(percent).control for percent in (90, 100, 115, 130, 150, 175, 200)]
    assert all(one < other for one, other in pairwise(heights))


def test_the_choice_of_palette() -> None:
    assert choose_palette("light") is LIGHT
    assert choose_palette("dark") is DARK
    assert choose_palette("system") in (LIGHT, DARK)


# --- the font -------------------------------------------------------------------------------------


def test_the_bundled_font_is_used(qapp: QApplication) -> None:
    assert load_fonts() == FAMILY
    assert font_of(14).family() == FAMILY
    assert font_of(14, bold=True).weight() == QFont.Weight.Bold


def test_no_word_of_the_window_lacks_a_glyph(qapp: QApplication) -> None:
    raw = QRawFont(str(fonts_folder() / "NotoSansSC-Regular.ttf"), 14)
    texts = "".join(
        text
        for name in domains()
        if name.startswith("ui")
        for entry in domain(name).values()
        for text in entry.values()
    )
    missing = {
        letter for letter in texts if letter > " " and not raw.supportsCharacter(ord(letter))
    }
    assert missing == set()


def test_figures_stand_in_columns(qapp: QApplication) -> None:
    for bold in (False, True):
        metrics = QFontMetricsF(font_of(14, bold))
        assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


# --- icons ----------------------------------------------------------------------------------------


def used_icons() -> set[str]:
    states = {icon for icon, _ in STATE_ICONS.values()}
    return {spec.icon for spec in ACTIONS if spec.icon} | {s.icon for s in SCREENS} | states


def test_icons_that_are_named_exist() -> None:
    assert used_icons() - set(icon_names()) == set()


@pytest.mark.parametrize("name", icon_names())
def test_icons_are_drawn_in_the_colour_asked_for(name: str, qapp: QApplication) -> None:
    image = pixmap_of(name, "#ff0000", 24).toImage()
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    drawn = [image.pixelColor(x, y) for x, y in points if image.pixelColor(x, y).alpha() > 200]
    assert len(drawn) > 20
    assert {(colour.red() > 200, colour.blue() < 60) for colour in drawn} == {(True, True)}


def test_states_differ_in_shape() -> None:
    icons = [icon for icon, _ in STATE_ICONS.values()]
    assert len(set(icons)) == len(icons)
