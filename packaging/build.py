"""Build the program people install: one folder, no Python, no administrator, no network.

    python packaging/build.py                  build for this system, into dist/assessor, and try it
    python packaging/build.py --try            only try what was built before
    python packaging/build.py --check-windows  prove that Windows gets a wheel of everything

Run it with the environment of start.py after adding the builder to it:

    python -m pip install --require-hashes --only-binary :all: -r requirements-build.txt
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging"
MADE = ROOT / "build" / "packaging"
BUILT = ROOT / "dist" / "assessor"
REQUIREMENTS = ROOT / "requirements-build.txt"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
PATIENCE = 60.0
"""Seconds the window may take to have a visit open."""

if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


class BuildError(Exception):
    """The build did not come out as it has to."""


def main() -> int:
    """Do what the command line asks for; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--try", dest="only_try", action="store_true")
    choice.add_argument("--check-windows", action="store_true")
    chosen = parser.parse_args()
    try:
        if chosen.check_windows:
            check_windows()
        elif chosen.only_try:
            try_it(BUILT)
        else:
            build()
            try_it(BUILT)
    except BuildError as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    return 0


# --- building -------------------------------------------------------------------------------------


def build() -> None:
    """Make the icons, the folder and what ties files to it; raises `BuildError`."""
    MADE.mkdir(parents=True, exist_ok=True)
    for name in ("assessor", "visit"):
        draw_icon(HERE / f"{name}.svg", MADE / f"{name}.ico")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(BUILT.parent), "--workpath", str(MADE / "work")]
    if subprocess.call([*command, str(HERE / "assessor.spec")], cwd=ROOT) != 0:
        raise BuildError("PyInstaller ended with an error; see above")
    associate(BUILT, sys.platform)
    print(f"built {BUILT}: {megabytes(BUILT):.0f} MB")


def draw_icon(drawing: Path, target: Path) -> None:
    """Draw an SVG file in every size Windows asks for, into one .ico file."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image  # noqa: PLC0415 (not needed to check or try)
    from PySide6.QtGui import QGuiApplication, QImage, QPainter  # noqa: PLC0415 (as above)
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 (as above)

    application = QGuiApplication.instance() or QGuiApplication([])
    pictures = []
    for size in ICON_SIZES:
        picture = QImage(size, size, QImage.Format.Format_RGBA8888)
        picture.fill(0)
        painter = QPainter(picture)
        QSvgRenderer(str(drawing)).render(painter)
        painter.end()
        pictures.append(Image.frombytes("RGBA", (size, size), bytes(picture.constBits())))
    del application
    pictures[-1].save(
        target, sizes=[picture.size for picture in pictures], append_images=pictures[:-1]
    )


def associate(folder: Path, platform: str) -> None:
    """Put into the built folder what lets a desktop open visits with it."""
    if platform == "win32":
        for script in sorted((HERE / "windows").glob("*.bat")):
            shutil.copy2(script, folder)
        shutil.copy2(MADE / "visit.ico", folder)
        return
    beside = folder / "desktop"
    beside.mkdir(exist_ok=True)
    for name in ("linux/assessor.desktop", "linux/assessor-mime.xml", "assessor.svg", "visit.svg"):
        shutil.copy2(HERE / name, beside)
    shutil.copy2(HERE / "linux" / "install.sh", folder)


def megabytes(folder: Path) -> float:
    """Return the size of everything in a folder; what links lead to counts once."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 1e6


# --- trying it ------------------------------------------------------------------------------------


def try_it(folder: Path) -> None:
    """Use the built program as a person would, with nothing of this environment.

    Scores the samples and writes their reports, verifies a workbook (read by the confined process,
    which is the program itself), and opens a visit in the window. Raises `BuildError`.
    """
    suffix = ".exe" if sys.platform == "win32" else ""
    command, window = (folder / f"{name}{suffix}" for name in ("assessor", "assessor-window"))
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        surroundings = bare_environment(place)

        def run(*arguments: str) -> str:
            return run_once([str(command), *arguments], surroundings)

        run("demo", "-o", str(place))
        workbook, visit = (next(place.glob(pattern)) for pattern in ("*.xlsx", "*.assessment"))
        run("verify", str(workbook))
        run("score", str(visit))
        run("template", "nb.digital_workshop", "-o", str(place / "blank.xlsx"))
        print("command line: demo, verify, score and template work")
        open_window([str(window), str(visit)], visit, surroundings)
        print("window: opens a visit")


def bare_environment(home: Path) -> Mapping[str, str]:
    """Return an environment that knows nothing of this checkout, its Python or a screen."""
    kept = {"PATH", "SYSTEMROOT", "COMSPEC", "PATHEXT", "TEMP", "TMP", "LD_LIBRARY_PATH"}
    own = {name: value for name, value in os.environ.items() if name.upper() in kept}
    places = {"HOME": str(home), "USERPROFILE": str(home), "APPDATA": str(home)}
    return {**own, **places, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}


def run_once(command: list[str], environment: Mapping[str, str]) -> str:
    """Run one command of the built program and return what it printed."""
    done = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        raise BuildError(f"{command[1]} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def open_window(command: list[str], visit: Path, environment: Mapping[str, str]) -> None:
    """Start the window on a visit, wait until it has the file open, and end it."""
    from assessor.storage.owner import note_path  # noqa: PLC0415 (not needed to check)

    program = subprocess.Popen(command, env=environment)
    try:
        opened = wait_for(lambda: note_path(visit).exists() or program.poll() is not None)
        if not opened or program.poll() is not None:
            raise BuildError(f"the window did not open the visit (exit code {program.poll()})")
    finally:
        program.kill()
        program.wait()


def wait_for(true: Callable[[], bool]) -> bool:
    """Wait until something holds; returns whether it came to hold."""
    end = time.monotonic() + PATIENCE
    while not (held := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return held


# --- another system -------------------------------------------------------------------------------


def check_windows() -> None:
    """Have pip resolve the build's requirements for Windows; raises `BuildError`."""
    from benchmarks.wheels import PYTHONS, SYSTEMS, pinned, resolve  # noqa: PLC0415 (needs pip)

    text = REQUIREMENTS.read_text(encoding="utf-8")
    platforms, environment = next(SYSTEMS[name] for name in SYSTEMS if name.startswith("windows"))
    for python in PYTHONS:
        entries = pinned(text, environment | {"python_version": python})
        with tempfile.TemporaryDirectory() as folder:
            if trouble := resolve(python, platforms, entries, Path(folder)):
                raise BuildError(f"Windows, Python {python}: {trouble}")
        print(f"Windows, Python {python}: {len(entries)} wheels")


if __name__ == "__main__":
    sys.exit(main())
