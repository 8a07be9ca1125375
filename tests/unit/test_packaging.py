"""The built program carries what the sources read, and desktops are told how to open visits.

Building takes too long for every run; `packaging/build.py` tries what it built by itself.
"""

from __future__ import annotations

import ast
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from assessor.i18n import text
from assessor.storage.file import AssessmentFile
from assessor.storage.schema import APPLICATION_ID

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "packaging"
PACKAGE = ROOT / "assessor"
MADE_BY_PYTHON = {".py", ".pyc"}
NEEDED_BY_CHECKERS_ALONE = {"py.typed"}
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
MIME_TYPE = "application/x-assessor-visit"


EXTRAS = {"distributed"}
"""Libraries of optional extras, which the program people install does without."""


class Recorder:
    """Stands in for the builder's own types and keeps what they are given."""

    def __init__(self) -> None:
        self.analyses: list[dict[str, Any]] = []
        self.programs: list[dict[str, Any]] = []
        runpy.run_path(
            str(HERE / "assessor.spec"),
            {
                "SPECPATH": str(HERE),
                "Analysis": self.analysis,
                "PYZ": lambda pure: pure,
                "EXE": lambda *parts, **settings: self.programs.append(settings),
                "COLLECT": lambda *parts, **settings: None,
            },
        )

    def analysis(self, scripts: list[str], **settings: Any) -> Recorder:
        self.analyses.append({"scripts": scripts, **settings})
        return self

    pure = scripts = binaries = datas = ()


@pytest.fixture(scope="module")
def spec() -> Recorder:
    return Recorder()


def carried(spec: Recorder) -> dict[str, Path]:
    """Every file the spec takes along, by its place in the built folder."""
    files = {}
    for source, target in spec.analyses[0]["datas"]:
        path = Path(source)
        if path.is_dir():
            files |= {
                f"{target}/{file.relative_to(path).as_posix()}": file
                for file in path.rglob("*")
                if file.is_file()
            }
        else:
            files |= {f"{target}/{file.name}": file for file in path.parent.glob(path.name)}
    return files


def is_data(path: Path) -> bool:
    return (
        path.is_file()
        and path.suffix not in MADE_BY_PYTHON
        and path.name not in NEEDED_BY_CHECKERS_ALONE
    )


# --- what the folder holds ------------------------------------------------------------------------


def test_every_file_the_package_reads_is_carried(spec: Recorder) -> None:
    wanted = {path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*") if is_data(path)}
    assert len(wanted) > 50
    assert wanted - carried(spec).keys() == set()


@pytest.mark.parametrize("name", ["rubrics", "samples"])
def test_rubrics_and_samples_lie_where_a_built_program_looks(spec: Recorder, name: str) -> None:
    wanted = {
        f"assessor/_data/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / name).rglob("*")
        if path.is_file()
    }
    assert wanted
    assert wanted - carried(spec).keys() == set()


def test_licences_go_along(spec: Recorder) -> None:
    assert {"./NOTICE", "./LICENSE", "assessor/fonts/OFL.txt"} <= carried(spec).keys()


def test_what_is_imported_by_name_is_named(spec: Recorder) -> None:
    """The builder follows import statements; a name in a string it has to be told."""
    calls = (
        node
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "import_module"
    )
    names = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
    assert names >= {"pi_heif", "pypdfium2", "xlsxwriter"}
    assert names - EXTRAS <= set(spec.analyses[0]["hiddenimports"])


def test_every_screen_is_named(spec: Recorder) -> None:
    screens = {
        f"assessor.ui.views.{path.stem}"
        for path in (PACKAGE / "ui" / "views").glob("*.py")
        if path.stem != "__init__"
    }
    assert screens
    assert screens <= set(spec.analyses[0]["hiddenimports"])


def test_nothing_the_program_imports_is_left_out(spec: Recorder) -> None:
    left_out = set(spec.analyses[0]["excludes"])
    imported = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, node.module.partition(".")[0]}
    assert imported & left_out == set()


def test_one_program_for_the_console_and_one_without(spec: Recorder) -> None:
    assert [(made["name"], made["console"]) for made in spec.programs] == [
        ("assessor", True),
        ("assessor-window", False),
    ]


# --- what the programs start ----------------------------------------------------------------------

CHILD, REPORTS, INTAKE = "--read-workbook", "--make-reports", "--judge-workbooks"


@pytest.mark.parametrize(
    ("program", "given", "meant"),
    [
        ("/opt/a/assessor", [], []),
        ("/opt/a/assessor", ["score", "v.assessment"], ["score", "v.assessment"]),
        ("/opt/a/assessor", [CHILD], [CHILD]),
        ("/opt/a/assessor-window", [], ["open"]),
        ("/opt/a/assessor-window.exe", ["宁波 v.assessment"], ["open", "宁波 v.assessment"]),
        ("/opt/a/assessor-window", [CHILD], [CHILD]),
        ("/opt/a/assessor-window", [REPORTS], [REPORTS]),
    ],
)
def test_a_path_alone_opens_the_window(program: str, given: list[str], meant: list[str]) -> None:
    entry = runpy.run_path(str(HERE / "entry.py"))
    assert entry["command_line"](program, given, (CHILD, REPORTS)) == meant


def test_processes_beside_the_program_are_told_by_their_own_arguments() -> None:
    from assessor.sheets import own_process  # noqa: PLC0415 (compared with the cases above)

    assert set(own_process.MODULES) == {CHILD, REPORTS, INTAKE}


@pytest.mark.parametrize("argument", [CHILD, REPORTS, INTAKE])
def test_a_frozen_program_becomes_the_process_it_is_asked_for(
    argument: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The argument leads to `main` of the module that sources would run."""
    from assessor import __main__ as program  # noqa: PLC0415 (only here)
    from assessor.sheets.own_process import MODULES  # noqa: PLC0415 (as above)

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "argv", ["assessor", argument])
    monkeypatch.setattr(f"{MODULES[argument]}.main", lambda: 42)
    assert program.main() == 42


# --- pins -----------------------------------------------------------------------------------------


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", lines, re.MULTILINE))


def test_the_build_takes_the_versions_the_program_runs_with() -> None:
    run, build = pins("requirements.txt"), pins("requirements-build.txt")
    assert run.items() <= build.items()
    assert "pyinstaller" in build
    assert "pyinstaller" not in {**run, **pins("requirements-dev.txt")}


def test_every_pin_of_the_build_has_a_hash() -> None:
    lines = (ROOT / "requirements-build.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z])", lines, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins("requirements-build.txt"))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_pin_of_the_build_has_its_licence_named() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    names = pins("requirements-build.txt")
    assert [name for name in names if not re.search(rf"(?<![\w-]){name}(?![\w-])", notice)] == []


# --- Linux ----------------------------------------------------------------------------------------


def test_the_file_type_is_known_by_name_and_by_content() -> None:
    root = ET.parse(HERE / "linux" / "assessor-mime.xml").getroot()  # noqa: S314 (our own file)
    kind = root.find(f"{MIME}mime-type")
    assert kind is not None
    assert kind.get("type") == MIME_TYPE
    patterns = [glob.get("pattern") for glob in kind.iter(f"{MIME}glob")]
    assert patterns == ["*.assessment"]
    values = [match.get("value") for match in kind.iter(f"{MIME}match")]
    assert values[0] == r"SQLite format 3\000"
    assert int(str(values[1]), 16) == APPLICATION_ID
    assert AssessmentFile.__module__.startswith("assessor.storage")


def test_the_menu_entry_bears_the_programs_name() -> None:
    entry = (HERE / "linux" / "assessor.desktop").read_text(encoding="utf-8")
    assert f"\nName={text('ui.app_name', 'en')}\n" in entry
    assert f"\nName[zh_CN]={text('ui.app_name', 'zh')}\n" in entry
    assert f"\nMimeType={MIME_TYPE};\n" in entry


def installed_in(folder: Path, data: Path, *options: str) -> None:
    """Run the built folder's install script for a person whose data lies in `data`."""
    if not folder.exists():
        desktop = folder / "desktop"
        desktop.mkdir(parents=True)
        for name in ("linux/assessor.desktop", "linux/assessor-mime.xml"):
            shutil.copy(HERE / name, desktop)
        for name in ("assessor.svg", "visit.svg"):
            shutil.copy(HERE / name, desktop)
        shutil.copy(HERE / "linux" / "install.sh", folder)
    environment = {"XDG_DATA_HOME": str(data), "HOME": str(data), "PATH": "/usr/bin:/bin"}
    command = ["sh", str(folder / "install.sh"), *options]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def unescaped(value: str) -> str:
    """What a key of a desktop file says, by the specification's rules for every string."""
    return value.replace("\\\\", "\\")


def arguments(line: str) -> list[str]:
    """What an Exec line starts: a quoted program whose escapes and percent signs are undone, and
    a field code."""
    match = re.fullmatch(r'"((?:[^"\\`$]|\\["\\`$])*)" (%f)', unescaped(line))
    assert match is not None, line
    program = re.sub(r"\\(.)", r"\1", match[1])
    assert "%" not in program.replace("%%", "")
    return [program.replace("%%", "%"), match[2]]


if sys.platform != "win32":

    @pytest.mark.parametrize(
        "name", ["assessor", "智造 评估", "a & b|c", "100% $HOME", "it's `here`", 'back\\slash"']
    )
    def test_installing_names_the_folder_as_it_is(name: str, tmp_path: Path) -> None:
        folder, data = tmp_path / name, tmp_path / "data"
        installed_in(folder, data)
        entry = (data / "applications" / "assessor.desktop").read_text(encoding="utf-8")
        (line,) = re.findall(r"^Exec=(.*)$", entry, re.MULTILINE)
        (tried,) = re.findall(r"^TryExec=(.*)$", entry, re.MULTILINE)
        program = str(folder / "assessor-window")
        assert (arguments(line), unescaped(tried)) == ([program, "%f"], program)

    def test_removing_leaves_nothing_of_ours(tmp_path: Path) -> None:
        folder, data = tmp_path / "assessor", tmp_path / "data"
        installed_in(folder, data)
        ours = [path for path in data.rglob("*assessor*") if path.is_file()]
        assert len(ours) >= 4
        installed_in(folder, data, "--remove")
        assert [path for path in data.rglob("*assessor*") if path.is_file()] == []


# --- Windows --------------------------------------------------------------------------------------


def script(name: str) -> str:
    data = (HERE / "windows" / name).read_bytes()
    lines = data.decode("ascii")
    # cmd.exe loses its place at labels in files without carriage returns.
    assert lines.count("\r\n") == lines.count("\n")
    return lines


def registry_keys(lines: str, verb: str) -> set[str]:
    return set(re.findall(rf'reg {verb} "(%CLASSES%[^"]*)"', lines))


@pytest.mark.parametrize("name", ["register.bat", "unregister.bat"])
def test_only_the_persons_own_registry_is_written(name: str) -> None:
    lines = script(name)
    assert r'set "CLASSES=HKCU\Software\Classes"' in lines
    assert not re.search(r"HKLM|HKEY_LOCAL_MACHINE|HKCR|HKEY_CLASSES_ROOT|runas", lines, re.I)
    written = re.findall(r"reg (?:add|delete) (\S+)", lines)
    assert written
    assert all(key.startswith('"%CLASSES%\\') for key in written)


def test_double_click_starts_the_window_with_the_visit() -> None:
    lines = script("register.bat")
    assert '/d "\\"%PROGRAM%\\" \\"%%1\\""' in lines
    assert 'set "PROGRAM=%~dp0assessor-window.exe"' in lines


def test_what_is_registered_can_be_taken_back() -> None:
    added = registry_keys(script("register.bat"), "add")
    taken = registry_keys(script("unregister.bat"), "delete")
    assert added
    assert [key for key in added if not any(key.startswith(above) for above in taken)] == []
