"""Pictures of every screen, in both languages, both themes and two sizes, made anew.

    python -m tests.ui.screenshots FOLDER                 all of them
    python -m tests.ui.screenshots FOLDER --only ledger   those whose name contains a word
    python -m tests.ui.screenshots FOLDER --text 200      with text of another size
    python -m tests.ui.screenshots docs/images/guide --guide   what the user guide shows

They are named `<place>-<language>-<theme>-<width>.png`, those of the guide
`<place>-<language>.png` with few colours, so that all of them together stay small. Needs no screen:
without one Qt draws into memory.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from assessor.i18n import LANGUAGES, Language
from assessor.ui.app import make_application
from tests.ui.scenes import scenes
from tests.ui.tour import Tour, build_samples

THEMES = ("light", "dark")
GUIDE = (
    "start",
    "new-visit-gates",
    "new-visit-enterprise",
    "new-visit-visit",
    "walk",
    "evaluation",
    "evaluation-measured",
    "gates",
    "evidence-chosen",
    "dialog-marks",
    "ledger",
    "finding-open",
    "review-explained",
    "panel-files",
    "sign-off-signed",
    "report",
    "settings",
    "bureau-intake",
    "bureau-register",
    "bureau-statistics",
    "bureau-bulletin",
)
GUIDE_SIZE = (1200, 780)
SIZES = ((1024, 768), (1440, 900))
SHOWN_FOLDER = Path(tempfile.gettempdir()) / "评估文件"
Look = tuple[Language, str, tuple[int, int]]
Keep = Callable[[QWidget, str, Look, Path], bool]
"""Keeps a picture of what is shown at a place in a look, or does not."""


def main() -> int:
    """Make the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--guide", action="store_true")
    parser.add_argument("--text", type=int, default=100)
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    surround()
    application = make_application()
    made = 0
    with tempfile.TemporaryDirectory() as place:
        samples = build_samples(Path(place))
        for look in guide() if chosen.guide else looks():
            keep = keep_small if chosen.guide else keep_all(chosen.only)
            made += take_all(samples, chosen.folder, look, keep, chosen.text)
    del application
    sys.stdout.write(f"{made} pictures in {chosen.folder}\n")
    return 0 if made else 1


def surround() -> None:
    """Draw into memory where there is no screen, and show nothing of this machine.

    The program's own data lies beside the visits: the settings show where they are kept.
    """
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name == "nt"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in ("XDG_DATA_HOME", "APPDATA"):
        os.environ[name] = str(SHOWN_FOLDER / "data")


def take_all(
    samples: Mapping[str, Path], folder: Path, look: Look, keep: Keep, text: int = 100
) -> int:
    """Take the pictures of one look; the visits lie in a folder whose name may be shown."""
    shutil.rmtree(SHOWN_FOLDER, ignore_errors=True)
    language, theme, size = look
    tour = Tour(SHOWN_FOLDER, samples, language=language, theme=theme, size=size, text_percent=text)
    try:
        return take(tour, folder, look, keep)
    finally:
        tour.close()
        shutil.rmtree(SHOWN_FOLDER, ignore_errors=True)


def looks() -> Iterator[Look]:
    """Yield every combination of language, theme and size."""
    for language in LANGUAGES:
        for theme in THEMES:
            for size in SIZES:
                yield language, theme, size


def guide() -> Iterator[Look]:
    """Yield the looks that the user guide shows."""
    for language in LANGUAGES:
        yield language, "light", GUIDE_SIZE


def take(tour: Tour, folder: Path, look: Look, keep: Keep) -> int:
    """Take a picture at every place and in every scene of a tour; returns how many were kept."""
    places = ((stop.name, tour.window) for stop in tour.stops())
    return sum(keep(widget, shown, look, folder) for shown, widget in chain(places, scenes(tour)))


def keep_all(only: str) -> Keep:
    """Return what keeps the pictures whose name contains a word."""

    def keep(widget: QWidget, shown: str, look: Look, folder: Path) -> bool:
        language, theme, (width, _) = look
        path = folder / f"{shown}-{language}-{theme}-{width}.png"
        if only not in path.name:
            return False
        if not widget.grab().save(str(path)):
            raise OSError(f"cannot write {path}")
        return True

    return keep


def keep_small(widget: QWidget, shown: str, look: Look, folder: Path) -> bool:
    """Keep what the guide shows, with few colours."""
    if shown not in GUIDE:
        return False
    seen = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    size, data = (seen.width(), seen.height()), bytes(seen.constBits())
    whole = Image.frombytes("RGB", size, data, "raw", "RGB", seen.bytesPerLine())
    # Coverage keeps the rare colours, which mean something; the means keep the common ones exact.
    method = Image.Quantize.MAXCOVERAGE
    few = whole.quantize(256, method, kmeans=3, dither=Image.Dither.NONE)
    few.save(folder / f"{shown}-{look[0]}.png", optimize=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
