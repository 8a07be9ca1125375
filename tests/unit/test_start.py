"""start.py finds an interpreter, installs once, asks before it cannot, and reports failures."""

from __future__ import annotations

import ast
import importlib.util
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

START = Path(__file__).resolve().parents[2] / "start.py"
OLDEST = (3, 6)


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A fresh start.py whose repository is an empty folder with a name that is hard to handle."""
    spec = importlib.util.spec_from_file_location("start", START)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    root = tmp_path / "评价 工具"
    (root / ".venv").mkdir(parents=True)
    monkeypatch.setattr(module, "ROOT", root)
    monkeypatch.setattr(module, "VENV", root / ".venv")
    (root / module.RUNTIME).write_text("one==1\n", encoding="utf-8")
    (root / module.DEVELOPMENT).write_text("two==2\n", encoding="utf-8")
    return module


class Runner:
    """Stands for `run`: notes each command, answers with the given codes in turn, then 0."""

    def __init__(self, *codes: int) -> None:
        self.codes = list(codes)
        self.commands: list[list[str]] = []

    def __call__(self, command: Sequence[str], **options: object) -> int:
        self.commands.append(list(command))
        return self.codes.pop(0) if self.codes else 0


@pytest.fixture
def runner(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Runner:
    found = Runner()
    monkeypatch.setattr(start, "run", found)
    return found


# --- old interpreters -----------------------------------------------------------------------------


def test_source_is_understood_by_old_interpreters() -> None:
    ast.parse(START.read_text(encoding="utf-8"), feature_version=OLDEST)


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse(START.read_text(encoding="utf-8"))
    names = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= sys.stdlib_module_names


# --- the interpreter ------------------------------------------------------------------------------


def test_the_running_interpreter_is_taken_when_it_fits(start: ModuleType) -> None:
    assert start.fits([sys.executable])
    assert start.find_interpreter() == [sys.executable]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("3.11 64 CPython", True),
        ("3.13 64 CPython", True),
        ("3.10 64 CPython", False),
        ("3.14 64 CPython", False),
        ("3.12 32 CPython", False),
        ("3.11 64 PyPy", False),
        ("", False),
    ],
)
def test_which_interpreters_fit(
    answer: str, expected: bool, start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "check_output", lambda *_, **__: answer)
    assert start.fits(["python"]) is expected


def test_a_command_that_does_not_start_does_not_fit(start: ModuleType) -> None:
    assert not start.fits([str(start.ROOT / "no such python")])


def test_newest_fitting_interpreter_on_the_path_is_next(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"bin/{name}" if "python" in name else None)
    monkeypatch.setattr(start, "fits", lambda command: command[0].endswith(("3.12", "3.11")))
    assert start.find_interpreter() == ["bin/python3.12"]


def test_windows_launcher_is_asked_last(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "py.exe" if name == "py" else None)
    monkeypatch.setattr(start.os, "name", "nt")
    found = list(start.candidates())
    monkeypatch.undo()
    assert found == [[sys.executable], *(["py.exe", f"-{v}"] for v in ("3.13", "3.12", "3.11"))]


def test_without_an_interpreter_the_person_learns_what_to_install(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "fits", lambda command: False)
    assert start.main(["--setup-only"]) == 2
    zh, en = capsys.readouterr().out.splitlines()
    assert "3.11" in zh
    assert "Install it and run this again" in en


# --- dependencies ---------------------------------------------------------------------------------


def test_dependencies_are_installed_once(start: ModuleType, runner: Runner) -> None:
    start.install([start.RUNTIME], None)
    start.install([start.RUNTIME], None)
    assert len(runner.commands) == 1
    assert "--require-hashes" in runner.commands[0]
    assert runner.commands[0][0] == start.venv_python()


def test_a_changed_list_is_installed_again(start: ModuleType, runner: Runner) -> None:
    start.install([start.RUNTIME], None)
    (start.ROOT / start.RUNTIME).write_text("one==2\n", encoding="utf-8")
    start.install([start.RUNTIME], None)
    assert len(runner.commands) == 2


def test_line_endings_do_not_count_as_a_change(start: ModuleType, runner: Runner) -> None:
    start.install([start.RUNTIME], None)
    (start.ROOT / start.RUNTIME).write_bytes(b"one==1\r\n")
    start.install([start.RUNTIME], None)
    assert len(runner.commands) == 1


def test_a_failed_installation_is_not_remembered(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "run", Runner(1))
    with pytest.raises(start.StartError):
        start.install([start.RUNTIME], None)
    assert not start.is_installed(start.RUNTIME)


def test_offline_installs_from_the_folder_alone(start: ModuleType, tmp_path: Path) -> None:
    command = start.pip_command(start.RUNTIME, str(tmp_path))
    assert command[-3:] == ["--no-index", "--find-links", str(tmp_path.resolve())]


def test_an_absent_offline_folder_is_named(
    start: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main(["--offline", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().out


# --- system packages ------------------------------------------------------------------------------


def test_missing_libraries_are_installed_by_root(
    start: ModuleType, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "loads", lambda library: library != "libGL.so.1")
    monkeypatch.setattr(start, "may_install", lambda: True)
    monkeypatch.setattr(sys, "platform", "linux")
    start.provide_qt_libraries()
    assert [command[:2] for command in runner.commands] == [
        ["apt-get", "update"],
        ["apt-get", "install"],
    ]
    assert runner.commands[1][-1] == "libgl1"


def test_without_rights_the_command_is_said_and_work_goes_on(
    start: ModuleType,
    runner: Runner,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(start, "may_install", lambda: False)
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "apt-get" else None)
    start.provide_test_programs()
    assert runner.commands == []
    said = capsys.readouterr().out
    assert "sudo apt-get install --no-install-recommends libreoffice-calc poppler-utils" in said
    assert "cannot pass until they are installed" in said


def test_nothing_is_installed_when_nothing_is_missing(
    start: ModuleType, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "loads", lambda library: True)
    start.provide_qt_libraries()
    assert runner.commands == []


def test_missing_venv_module_is_installed_or_named(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = "{}.{}".format(*sys.version_info)
    monkeypatch.setattr(start, "run", Runner(1))
    monkeypatch.setattr(start, "may_install", lambda: False)
    with pytest.raises(start.StartError) as refused:
        start.provide_ensurepip([sys.executable])
    assert f"sudo apt-get install python{version}-venv" in refused.value.en
    monkeypatch.setattr(start, "run", with_root := Runner(1))
    monkeypatch.setattr(start, "may_install", lambda: True)
    start.provide_ensurepip([sys.executable])
    assert with_root.commands[2][-1] == f"python{version}-venv"


# --- the work -------------------------------------------------------------------------------------


@pytest.fixture
def prepared(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(start, "set_up", lambda testing, offline: None)
    return start


def test_main_job_runs_the_demonstration(
    prepared: ModuleType, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "has_screen", lambda: False)
    assert prepared.main([]) == 0
    assert [command[1:] for command in runner.commands] == [["-m", "assessor", "demo", "-o", "out"]]


def test_window_opens_on_the_sample_where_there_is_a_screen(
    prepared: ModuleType, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "has_screen", lambda: True)
    monkeypatch.setattr(prepared, "has_window", lambda: True)
    sample = prepared.ROOT / "out" / "样例.assessment"
    sample.parent.mkdir()
    sample.touch()
    assert prepared.main([]) == 0
    assert runner.commands[-1][1:] == ["-m", "assessor", "open", str(sample)]


def test_a_failed_demonstration_is_the_exit_code(
    prepared: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "has_screen", lambda: True)
    monkeypatch.setattr(prepared, "run", failing := Runner(2))
    assert prepared.main([]) == 2
    assert len(failing.commands) == 1


def test_setup_only_runs_nothing(prepared: ModuleType, runner: Runner) -> None:
    assert prepared.main(["--setup-only"]) == 0
    assert runner.commands == []


def test_every_check_runs_even_after_a_failure(
    prepared: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepared, "run", failing := Runner(1))
    assert prepared.main(["test"]) == 1
    assert len(failing.commands) == len(prepared.CHECKS)
    assert failing.commands[-1][1:3] == ["-m", "pytest"]
    assert capsys.readouterr().out.splitlines()[-1] == "Failed: ruff check"


def test_passing_checks_give_zero(prepared: ModuleType, runner: Runner) -> None:
    assert prepared.main(["test"]) == 0


# --- the console ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "lines"),
    [
        ("utf-8", ["完成：é", "Done: é"]),
        ("cp936", ["完成：é", "Done: é"]),
        ("cp1252", ["Done: é"]),
        ("ascii", ["Done: \\xe9"]),
    ],
)
def test_no_console_stops_the_work(
    encoding: str, lines: list[str], start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    start.say("完成：é", "Done: é")
    sys.stdout.flush()
    assert raw.getvalue().decode(encoding).split(os.linesep)[:-1] == lines


def test_commands_get_awkward_paths_unharmed(start: ModuleType) -> None:
    code = "import os, sys; sys.exit(0 if os.getcwd() == sys.argv[1] else 3)"
    assert start.run([sys.executable, "-c", code, str(start.ROOT)]) == 0


def test_a_command_that_is_not_there_is_a_failure(start: ModuleType) -> None:
    assert start.run([str(start.ROOT / "absent")]) == 127
