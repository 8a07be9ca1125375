"""LibreOffice saving a workbook again, as a person with another spreadsheet would."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def resaved(path: Path, kind: str = "xlsx") -> Path:
    """Return the file LibreOffice makes of `path`; it must be installed (`.ci/run` sees to it)."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program, "LibreOffice is needed: apt-get install libreoffice-calc"
    folder = path.parent / "resaved"
    profile = (path.parent / "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        str(path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    made = folder / f"{path.stem}.{kind}"
    assert made.is_file(), done.stderr
    return made
