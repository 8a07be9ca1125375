"""Commands typed into a folder of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.cli.app import run
from tests.unit.cli.shell import TEN, Said, Shell, enterprise


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each test that asks for it runs in both languages."""
    monkeypatch.setenv("ASSESSOR_LANG", request.param)
    return str(request.param)


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], folder: Path) -> Shell:
    del folder

    def typed(*words: object) -> Said:
        capsys.readouterr()
        code = run([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Said(code, out, err)

    return typed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, and a user folder, of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "user"))
    return tmp_path


@pytest.fixture
def visit(shell: Shell) -> Path:
    """A new visit under the ten-item rubric in its cycle of 2025."""
    path = Path("visit.assessment")
    said = shell("new", TEN, "-o", path, "--enterprise", enterprise(), "--cycle", "2025")
    assert said.code == 0
    return path
