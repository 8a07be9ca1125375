"""Where the program's own data lies: rubrics, fonts, samples and the person's folder.

A built program carries its data inside the package, a checkout keeps it at the repository's root.
Nothing here creates a folder or reads a file; absent folders are simply left out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_data"


def repository_folder() -> Path | None:
    """Return the root of the checkout this package runs from, or None in a built program."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() else None


def user_folder(
    environ: Mapping[str, str] = os.environ, platform: str = sys.platform, home: Path | None = None
) -> Path:
    """Return the folder for this person's own data; it need not exist.

    `%APPDATA%\\Assessor` on Windows, `~/Library/Application Support/Assessor` on macOS, elsewhere
    `$XDG_DATA_HOME/assessor` (a relative value is ignored, as the XDG specification asks) or
    `~/.local/share/assessor`.
    """
    base = home or Path.home()
    if platform == "win32":
        return Path(environ.get("APPDATA") or base / "AppData" / "Roaming") / "Assessor"
    if platform == "darwin":
        return base / "Library" / "Application Support" / "Assessor"
    chosen = Path(environ.get("XDG_DATA_HOME", ""))
    return (chosen if chosen.is_absolute() else base / ".local" / "share") / "assessor"


def rubric_folders() -> tuple[Path, ...]:
    """Return the existing folders that hold rubrics, the one that wins first.

    The package's own copy, then the checkout's `rubrics`, then the person's `rubrics`.
    """
    return _existing([*_own("rubrics"), user_folder() / "rubrics"])


def samples_folder() -> Path | None:
    """Return the folder of the bundled samples, or None when this build carries none."""
    found = _existing(_own("samples"))
    return found[0] if found else None


def fonts_folder() -> Path:
    """Return the folder of the fonts embedded in reports and used by the window."""
    return _PACKAGE / "fonts"


def _own(name: str) -> list[Path]:
    root = repository_folder()
    return [_BUNDLED / name] if root is None else [_BUNDLED / name, root / name]


def _existing(folders: list[Path]) -> tuple[Path, ...]:
    return tuple(folder for folder in folders if folder.is_dir())
