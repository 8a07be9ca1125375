"""Make the fonts in assessor/fonts from the published Noto Sans SC.

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3
    python scripts/make_fonts.py expo-google-fonts-noto-sans-sc-0.4.3.tgz

Needs fonttools (requirements-dev.txt). The package holds static TrueType instances, which both Qt
and the PDF writer embed as they are. Everything the font draws is kept, except the rare ideographs
of extension A that are not among the 8,105 characters of 通用规范汉字表 (2013); so GB 2312, that
table and GBK (but for the sign U+2252, which the source lacks) are covered. The same package always
gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import sys
import tarfile
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

SOURCE_SHA256 = "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59"
FOLDER = Path(__file__).resolve().parent.parent / "assessor" / "fonts"
WEIGHTS = {
    "package/400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
    "package/700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
}
LICENCE = "package/LICENSE_FONT"
EXTENSION_A = range(0x3400, 0x4DC0)
# The characters of 通用规范汉字表 that stand in extension A, in the order of the table.
STANDARD_IN_EXTENSION_A = (
    "䜣㧑㕮㑇㳇䢺䢼㭎㟃㑊䌹㛃㭕䴓䶮䏡㶲㳚㳘䓖㛚䂮㙍䓫䓬䓨䓛䴕㫰䎃㿠䝙䏲䴔㥄"
    "㙘䐃㺄㴔㛹䴖䃅䣘㬊䅟䲟䃎䴗㬎㙦㽏㮾㻬䗖㠇䴘㵐䗛㬚㠓㘎䲠䗪䗴䲢䎖䴙㰀㸌"
)


def is_kept(codepoint: int) -> bool:
    """Tell whether the subset keeps a character."""
    return codepoint not in EXTENSION_A or chr(codepoint) in STANDARD_IN_EXTENSION_A


def subset(source: bytes) -> bytes:
    """Return the subset of a TrueType font; glyphs for vertical and foreign layout are dropped."""
    # Without a new timestamp the result depends on the source alone.
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    options = Options()
    options.layout_features = []
    options.drop_tables += ["BASE", "GPOS", "GSUB", "GDEF", "STAT", "vhea", "vmtx"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if is_kept(code)])
    subsetter.subset(font)
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def main(package: Path) -> None:
    """Write both weights and the licence; raises `SystemExit` when the package is another one."""
    found = hashlib.sha256(package.read_bytes()).hexdigest()
    if found != SOURCE_SHA256:
        sys.exit(f"{package} is not the expected package (SHA-256 {found})")
    FOLDER.mkdir(exist_ok=True)
    with tarfile.open(package) as archive:
        for member, name in WEIGHTS.items():
            (FOLDER / name).write_bytes(subset(_read(archive, member)))
            print(name, (FOLDER / name).stat().st_size)
        (FOLDER / "OFL.txt").write_bytes(_read(archive, LICENCE))


def _read(archive: tarfile.TarFile, member: str) -> bytes:
    stream = archive.extractfile(member)
    if stream is None:
        sys.exit(f"{member} is missing from the package")
    return stream.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
