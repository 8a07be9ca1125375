"""Pictures of every screen, in both languages, both themes and two sizes, made anew.

    python -m tests.ui.screenshots FOLDER                 all of them
    python -m tests.ui.screenshots FOLDER --only ledger   those whose name contains a word
    python -m tests.ui.screenshots FOLDER --text 200      with text of another size
    python -m tests.ui.screenshots FOLDER --guide         only what the user guide shows

They are named `<place>-<language>-<theme>-<width>.png`. Needs no screen: without one Qt draws into
memory.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from assessor.i18n import LANGUAGES, Language
from assessor.ui.app import make_application
from tests.ui.scenes import scenes
from tests.ui.tour import Tour, build_samples

THEMES = ("light", "dark")
SIZES = ((1024, 768), (1440, 900))
SHOWN_FOLDER = Path(tempfile.gettempdir()) / "评估文件"
Look = tuple[Language, str, tuple[int, int]]


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
            made += take_all(samples, chosen.folder, look, chosen.only, chosen.text)
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
    samples: Mapping[str, Path], folder: Path, look: Look, only: str, text: int = 100
) -> int:
    """Take the pictures of one look; the visits lie in a folder whose name may be shown."""
    shutil.rmtree(SHOWN_FOLDER, ignore_errors=True)
    language, theme, size = look
    tour = Tour(SHOWN_FOLDER, samples, language=language, theme=theme, size=size, text_percent=text)
    try:
        return take(tour, folder, look, only)
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
        yield language, "light", (1440, 900)


def take(tour: Tour, folder: Path, look: Look, only: str) -> int:
    """Take a picture at every place and in every scene of a tour; returns how many."""
    language, theme, (width, _) = look
    made = 0
    for shown, widget in chain(((stop.name, tour.window) for stop in tour.stops()), scenes(tour)):
        name = f"{shown}-{language}-{theme}-{width}.png"
        if only not in name:
            continue
        if not widget.grab().save(str(folder / name)):
            raise OSError(f"cannot write {folder / name}")
        made += 1
    return made


if __name__ == "__main__":
    sys.exit(main())
