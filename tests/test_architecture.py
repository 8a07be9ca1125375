"""The house's rules about imports and sources, each also seen to fail on a planted violation."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "assessor"
LONGEST_FILE = 500
LONGEST_FUNCTION = 40
MADE = {"build", "dist", "out"}

UNSAFE_MODULES = {"pickle", "shelve", "marshal", "socket", "urllib", "http", "ftplib", "requests"}
WRITING_URIS = "urllib.parse"
UNSAFE_CALLS = {"eval", "exec"}
QT_MODULES = {"PySide6", "shiboken6"}
CLOCK_CALLS = {"now", "today", "utcnow"}
PURE = ("scoring", "rules", "analysis", "commands")
JUDGEMENT = {"scoring", "analysis", "assessment", "rubrics", "storage"}
# "一-鿿" in a regular expression is a range of characters.
CHARACTER_RANGE = re.compile("[^\x00-\x7f]-[^\x00-\x7f]")
# Line breaking has to know characters; these are tables of them, not words for people.
CHARACTER_TABLES = {PACKAGE / "reports" / "typeset" / "classes.py"}
IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")

# Put together from parts, so that this file does not contain what it looks for.
TRACES = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + "work/",
            r"(?<![\w.])/" + "root/",
            r"C:[\\/]+" + "Users",
            "pypi" + r"\.(org|python|tuna)",
            "files" + r"\.pythonhosted",
            "registry" + r"\.npm",
            "mirrors" + r"\.[a-z]+\.(com|cn|edu)",
        ]
    )
)


# --- reading the sources --------------------------------------------------------------------------


def sources(folder: Path = PACKAGE) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def tracked() -> list[Path]:
    """Every file under version control that is there; outside a checkout, every file of ours."""
    git = shutil.which("git")
    command = [git or "", "ls-files", "-z"]
    names = (
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
        if git
        else ""
    )
    listed = [ROOT / name for name in names.split("\0")[:-1]]
    return [path for path in listed or unlisted() if path.is_file()]


def unlisted() -> list[Path]:
    """Every file at the root and in the folders that are not made by running something."""
    folders = [path for path in ROOT.iterdir() if path.is_dir()]
    ours = [path for path in folders if path.name not in MADE and path.name[0] != "."]
    below = [
        path for folder in ours for path in folder.rglob("*") if "__pycache__" not in path.parts
    ]
    return [*ROOT.iterdir(), *below]


def imported(tree: ast.AST) -> Iterator[str]:
    """Full names of everything imported, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(tree: ast.AST) -> Iterator[ast.expr]:
    return (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))


def roots(tree: ast.AST) -> set[str]:
    return {name.partition(".")[0] for name in imported(tree)}


def docstrings(tree: ast.AST) -> set[int]:
    """Identities of the string nodes that only document: docstrings and bare strings."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


# --- the rules, as questions asked of one source --------------------------------------------------


def unsafe(source: str) -> set[str]:
    tree = ast.parse(source)
    calls = {func.id for func in called(tree) if isinstance(func, ast.Name)}
    modules = {
        name.partition(".")[0] for name in imported(tree) if not name.startswith(WRITING_URIS)
    }
    return (modules & UNSAFE_MODULES) | (calls & UNSAFE_CALLS)


def clocks(source: str) -> set[str]:
    calls = {func.attr for func in called(ast.parse(source)) if isinstance(func, ast.Attribute)}
    return calls & CLOCK_CALLS


def wording(source: str) -> list[str]:
    """String literals with Chinese characters that are not documentation."""
    tree = ast.parse(source)
    ignored = docstrings(tree)
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in ignored
        and IDEOGRAPH.search(CHARACTER_RANGE.sub("", node.value))
    ]


def judgement(source: str) -> set[str]:
    """Which rooms a report writer must not know are imported."""
    parts = (name.split(".") for name in imported(ast.parse(source)))
    return {part[1] for part in parts if part[0] == "assessor" and len(part) > 1} & JUDGEMENT


def long_functions(source: str) -> list[str]:
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [
        node.name
        for node in functions
        if (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]


def writers() -> list[Path]:
    """Every module of reports but the builders and the verifier, which are meant to know."""
    folder = PACKAGE / "reports"
    return [
        path
        for path in sources(folder)
        if not path.relative_to(folder).parts[0].startswith(("build", "verify"))
    ]


def offenders(paths: list[Path], question: object) -> dict[str, object]:
    assert callable(question)
    answers = {
        path.relative_to(ROOT).as_posix(): question(path.read_text(encoding="utf-8"))
        for path in paths
    }
    return {name: answer for name, answer in answers.items() if answer}


# --- the sources keep the rules -------------------------------------------------------------------


def test_nothing_unsafe_is_used() -> None:
    assert offenders(sources(), unsafe) == {}


def test_only_the_window_imports_qt() -> None:
    others = [path for path in sources() if path.relative_to(PACKAGE).parts[0] != "ui"]
    assert others
    assert offenders(others, lambda source: roots(ast.parse(source)) & QT_MODULES) == {}


def test_wording_comes_from_the_catalogue() -> None:
    worded = [path for path in sources() if path not in CHARACTER_TABLES]
    assert offenders(worded, wording) == {}


def test_pure_rooms_read_no_clock() -> None:
    pure = [path for path in sources() if path.relative_to(PACKAGE).parts[0].startswith(PURE)]
    assert offenders(pure, clocks) == {}


def test_report_writers_know_only_the_document() -> None:
    assert offenders(writers(), judgement) == {}


def test_no_file_is_long() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked()
        if path.suffix == ".py"
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_long() -> None:
    assert offenders([*sources(), ROOT / "start.py"], long_functions) == {}


def test_every_room_is_a_package() -> None:
    """A folder without __init__.py would stand outside the import contracts."""
    rooms = {path.parent for path in sources()}
    assert [room for room in rooms if not (room / "__init__.py").is_file()] == []


def test_data_folders_hold_no_code() -> None:
    assert [path for name in ("locale", "fonts") for path in sources(PACKAGE / name)] == []


def test_no_trace_of_a_machine_or_package_index() -> None:
    found = {}
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if match := TRACES.search(text):
            found[path.relative_to(ROOT).as_posix()] = match.group()
    assert found == {}


def test_every_dependency_has_its_licence_named() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    pins = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    names = re.findall(r"^([a-z0-9-]+)==", pins, re.MULTILINE)
    assert names
    assert [name for name in names if not re.search(rf"(?<![\w-]){name}(?![\w-])", notice)] == []


# --- and would be caught breaking them ------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "source", "caught"),
    [
        (unsafe, "def f():\n    import pickle", {"pickle"}),
        (unsafe, "from urllib.request import urlopen", {"urllib"}),
        (unsafe, "from urllib import request", {"urllib"}),
        (unsafe, "import urllib.parse; from urllib.parse import quote", set()),
        (unsafe, "eval('1')", {"eval"}),
        (unsafe, "import re; re.compile('x').search('eval')", set()),
        (clocks, "import datetime as d; d.date.today()", {"today"}),
        (wording, "'''说明'''\nx = f'评分 {1}'", ["评分 "]),
        (wording, "import re; re.compile('[㐀-䶿一-鿿]')", []),
        (wording, "# 注释\nx = '，。'", []),
        (long_functions, "def f():" + "\n    f()" * LONGEST_FUNCTION, ["f"]),
        (long_functions, "def f():" + "\n    f()" * (LONGEST_FUNCTION - 1), []),
        (judgement, "from assessor import scoring", {"scoring"}),
        (judgement, "def f():\n    import assessor.rubrics.models", {"rubrics"}),
        (judgement, "from assessor.reports.document import Document", set()),
    ],
)
def test_questions_find_what_they_ask_for(question: object, source: str, caught: object) -> None:
    assert callable(question)
    assert question(source) == caught


@pytest.mark.parametrize(
    "trace",
    ["see /" + "work/x", "'/" + "root/.cache'", "C:\\" + "Users\\a", "https://pypi" + ".org"],
)
def test_traces_are_recognised(trace: str) -> None:
    assert TRACES.search(trace)


# --- the import contracts -------------------------------------------------------------------------


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    code = "from importlinter.cli import lint_imports_command as run; run()"
    command = [sys.executable, "-c", code, "--no-logo", "--no-cache", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_import_contracts_are_kept() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def plant(package: Path, module: str, line: str) -> None:
    """Add a line to a module of the copied package; an absent module is made."""
    room = package / module
    target = room / "__init__.py" if room.is_dir() else package / f"{module}.py"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")


@pytest.mark.parametrize(
    ("contract", "module", "line"),
    [
        ("layers", "i18n", "import assessor.errors"),
        ("layers", "rubrics", "def _late():\n    import assessor.reports"),
        ("layers", "stray", "ONE = 1"),
        ("qt", "errors", "def _late():\n    from PySide6 import QtCore"),
        ("writers", "reports/pdf", "import assessor.rubrics"),
        ("writers", "reports/document", "import assessor.rubrics"),
        ("purity", "scoring", "import time"),
        ("purity", "rules", "def _late():\n    from pathlib import Path"),
    ],
)
def test_contract_catches_a_planted_violation(
    contract: str, module: str, line: str, tmp_path: Path
) -> None:
    package = tmp_path / "assessor"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("*.ttf", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in ("rubrics", "reports"):
        plant(package, f"{name}/__init__", "")
    plant(package, module, line)
    done = lint(tmp_path, "--contract", contract)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 broken" in done.stdout
