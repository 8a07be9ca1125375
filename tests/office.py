"""LibreOffice without a window: recalculates workbooks and saves them again, many in one call."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

WORKBOOK = "xlsx:Calc MS Excel 2007 XML"
TIMEOUT = 300
RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def office() -> str:
    """Return the program; the test is left out where `ASSESSOR_NO_OFFICE=1` says it is missing."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None and os.environ.get("ASSESSOR_NO_OFFICE") == "1":
        pytest.skip("ASSESSOR_NO_OFFICE=1: not compared with LibreOffice, which is not installed")
    assert program, "LibreOffice is missing: apt-get install libreoffice-calc"
    return program


def recalculated(paths: Sequence[Path], folder: Path, kind: str = WORKBOOK) -> list[Path]:
    """Return the files LibreOffice makes of workbooks after working out every formula anew.

    `folder` takes a profile of its own and the files, which keep their names.
    """
    profile, out = folder / "profile", folder / "recalculated"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.write_text(RECALCULATE_ALWAYS, encoding="utf-8")
    command = [office(), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(out), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    ending = kind.partition(":")[0]
    made = [out / f"{path.stem}.{ending}" for path in paths]
    assert all(path.is_file() for path in made), done.stderr
    return made
