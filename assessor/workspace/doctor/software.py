"""What the program is made of: itself, its libraries, fonts, rubrics."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from PIL import ImageFont

from assessor import __version__
from assessor.i18n import message, text
from assessor.paths import fonts_folder
from assessor.rubrics.catalog import list_rubrics
from assessor.workspace.doctor.line import Line, Machine, State, advised, fine

_LEAST, _BELOW = (3, 11), (3, 14)
_LIBRARIES = (
    "pydantic",
    "openpyxl",
    "reportlab",
    "pillow",
    "pi-heif",
    "pypdfium2",
    "typer",
    "cryptography",
    "keyring",
)
_FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_SIZE = 12


def program(_: Machine) -> Iterator[Line]:
    """Look at the versions of the program, Python and the system."""
    python, system = platform.python_version(), platform.platform(terse=True)
    facts = {"version": __version__, "python": python, "system": system}
    yield fine("program", message("doctor.program", **facts), **facts)
    if not _LEAST <= sys.version_info[:2] < _BELOW:
        said = message("doctor.python_untested", python=python)
        yield advised("program", "warning", said, "python_untested")


def libraries(_: Machine) -> Iterator[Line]:
    """Look whether every library is there."""
    found = {name: _version(name) for name in _LIBRARIES}
    missing = [name for name, known in found.items() if not known]
    if missing:
        said = message("doctor.libraries_missing", names=", ".join(missing))
        yield advised("libraries", "problem", said, "libraries_missing", **found)
    else:
        yield fine("libraries", message("doctor.libraries", count=len(found)), **found)


def fonts(_: Machine) -> Iterator[Line]:
    """Load the fonts that reports are set in."""
    broken = [name for name in _FONTS if not _loads(name)]
    for name in broken:
        said = message("doctor.fonts_broken", name=name)
        yield advised("fonts", "problem", said, "reinstall", font=name)
    if not broken:
        yield fine("fonts", message("doctor.fonts", count=len(_FONTS)))


def rubrics(_: Machine) -> Iterator[Line]:
    """Load every rubric that is installed; those of the person are counted, not named."""
    entries = list_rubrics()
    usable = [entry for entry in entries if entry.loaded is not None]
    broken = len(entries) - len(usable)
    facts = {"usable": str(len(usable)), "broken": str(broken)}
    if broken or not usable:
        said = message("doctor.rubrics_broken", broken=broken, count=len(usable))
        state: State = "warning" if usable else "problem"
        yield advised("rubrics", state, said, "rubrics_broken", **facts)
    else:
        yield fine("rubrics", message("doctor.rubrics", count=len(usable)), **facts)


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _loads(name: str) -> bool:
    try:
        font = ImageFont.truetype(str(fonts_folder() / name), _SIZE)
    except OSError:
        return False
    return font.getlength(text("doctor.area_fonts", "zh")) > 0
