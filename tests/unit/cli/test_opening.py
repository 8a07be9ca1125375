"""The window is opened without the command line's library where that is all that was asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assessor import __main__ as entry
from assessor.cli import opening
from assessor.i18n import text
from assessor.paths import user_folder

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation with the window, whatever this one has."""
    monkeypatch.setattr(opening, "find_spec", lambda part: part)


@pytest.mark.usefixtures("complete")
@pytest.mark.parametrize(
    ("arguments", "plain"),
    [
        (["open"], True),
        (["open", "宁波 a.assessment"], True),
        (["open", "--help"], False),
        (["open", "-h"], False),
        (["open", ""], False),
        (["open", "a", "b"], False),
        (["--ui-lang", "en", "open"], False),
        (["open", "--ui-lang=en"], False),
        (["score", "a"], False),
        ([], False),
    ],
)
def test_only_what_is_plain_is_opened_at_once(arguments: list[str], plain: bool) -> None:
    assert opening.is_plain(arguments, {}) is plain


@pytest.mark.usefixtures("complete")
def test_a_language_in_the_environment_is_for_the_command_line() -> None:
    assert not opening.is_plain(["open"], {opening.LANGUAGE_VARIABLE: "en"})


def test_without_the_window_the_command_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "find_spec", lambda part: None)
    assert not opening.is_plain(["open"], {})


@pytest.mark.usefixtures("complete")
def test_a_defect_at_the_start_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(_: object) -> int:
        raise ValueError("internal")

    monkeypatch.delenv(opening.LANGUAGE_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path))
    monkeypatch.setattr(opening, "open_window", broken)
    monkeypatch.setattr(sys, "argv", ["assessor", "open"])
    assert entry.main() == 2
    (kept,) = (user_folder() / "defects").iterdir()
    said = capsys.readouterr().err
    assert text("cli.defect", "zh", file=str(kept)) in said
    assert "Traceback" not in said


def test_deciding_loads_no_library_of_the_command_line() -> None:
    code = (
        "import sys; from assessor.cli import opening; opening.is_plain(['open'], {});"
        "sys.exit('typer' in sys.modules or 'pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
