"""The vendored fonts embed, and draw everything the program says."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from assessor import i18n, paths

FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
RUBRICS = Path(__file__).resolve().parents[2] / "rubrics"
# From extension A, from beyond GBK and from a supplementary plane: names of people and elements.
RARE_BUT_STANDARD = "䶮㛃䲟鿍鿎鿏𬬻𬬭𫓧"
# GBK has this sign, the source font does not.
NOT_DRAWN = {"≒"}


@cache
def drawn(name: str) -> frozenset[str]:
    """The characters a font has a glyph for."""
    face = TTFontFile(str(paths.fonts_folder() / name), charInfo=1)
    return frozenset(chr(code) for code in face.charToGlyph)


def encodable(encoding: str) -> set[str]:
    """Every character beyond ASCII of a Chinese two-byte encoding."""
    pairs = (bytes([high, low]) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    return {char for pair in pairs for char in pair.decode(encoding, "ignore") if char > "\x7f"}


@pytest.mark.parametrize("name", FONTS)
def test_outlines_are_truetype(name: str) -> None:
    header = BytesIO((paths.fonts_folder() / name).read_bytes()).read(4)
    assert header == b"\x00\x01\x00\x00"


@pytest.mark.parametrize("name", FONTS)
def test_national_character_sets_are_covered(name: str) -> None:
    gbk = encodable("gbk")
    assert len(gbk) > 21_000
    assert gbk - drawn(name) == NOT_DRAWN
    assert set(RARE_BUT_STANDARD) <= drawn(name)


@pytest.mark.parametrize("name", FONTS)
def test_all_words_of_the_program_can_be_drawn(name: str) -> None:
    words = [
        text
        for domain in i18n.domains()
        for entry in i18n.domain(domain).values()
        for text in entry.values()
    ]
    words += [path.read_text(encoding="utf-8") for path in RUBRICS.glob("*.json")]
    printable = {char for char in "".join(words) if not re.match(r"\s", char)}
    assert printable - drawn(name) == set()


def test_the_licence_comes_along() -> None:
    licence = (paths.fonts_folder() / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
