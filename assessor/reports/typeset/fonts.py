"""The two embedded weights of the report's typeface, and the widths of their characters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFace

from assessor.errors import AssessorError
from assessor.i18n import message

FONT_FOLDER = Path(__file__).parents[2] / "fonts"
REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
_BFCHARS_PER_BLOCK = 100


class Widths(dict[str, float]):
    """Width of each character in em; looked up once in the font, then kept.

    A character the font lacks is given the font's box for missing glyphs, still under its own
    code: it shows as a box, but can be searched, copied and compared.
    """

    def __init__(self, face: TTFontFace) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> float:
        code = ord(char)
        if code not in self._face.charToGlyph:
            self._face.charToGlyph[code] = 0
            self._face.charWidths[code] = self._face.defaultWidth
        width = float(self._face.charWidths.get(code, self._face.defaultWidth)) / 1000
        self[char] = width
        return width


class EmbeddedFont(TTFont):
    """A TrueType font whose ToUnicode map is also right above U+FFFF."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path))
        self.widths = Widths(self.face)

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - the library's name
        """Write the font's objects into `doc`, then mend the maps from glyph to character."""
        subsets: list[list[int]] = self.state[doc].subsets
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict.values()
        mine = [font for font in fonts if font.__Comment__.startswith(f"Font {self.fontName} ")]
        for font, subset in zip(mine, subsets, strict=True):
            stream = doc.idToObject[f"toUnicodeCMap:{font.BaseFont}"]
            stream.content = to_unicode_map(font.BaseFont, subset)


def to_unicode_map(name: str, codes: Iterable[int]) -> str:
    """Return the CMap that turns the bytes 0, 1, 2... back into `codes` (ISO 32000-1, 9.10.3)."""
    entries = [
        f"<{index:02X}> <{chr(code).encode('utf-16-be', 'surrogatepass').hex().upper()}>"
        for index, code in enumerate(codes)
        if code
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _BFCHARS_PER_BLOCK):
        block = entries[start : start + _BFCHARS_PER_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


@dataclass(frozen=True)
class Typeface:
    """The two weights a report is set in."""

    regular: EmbeddedFont
    bold: EmbeddedFont

    def weight(self, strong: bool) -> EmbeddedFont:
        """Return the bold weight for `strong` text, else the regular one."""
        return self.bold if strong else self.regular


@cache
def load_typeface(folder: Path = FONT_FOLDER) -> Typeface:
    """Load and register both weights from `folder`.

    Raises `AssessorError` when a font file is missing or cannot be read.
    """
    return Typeface(_load(REGULAR, folder), _load(BOLD, folder))


def _load(name: str, folder: Path) -> EmbeddedFont:
    path = folder / f"{name}.ttf"
    try:
        font = EmbeddedFont(name, path)
    except (OSError, TTFError) as error:
        raise AssessorError(message("pdf.font_missing", path=str(path))) from error
    pdfmetrics.registerFont(font)
    return font
