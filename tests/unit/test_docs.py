"""What README and guides show is true: commands parse, files exist, outputs are the real ones."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from PIL import Image
from typer.core import TyperCommand, TyperGroup

from assessor.cli.app import LANGUAGE_OPTION, LANGUAGE_VARIABLE, build, run
from assessor.workspace.rubric_library import list_rubrics

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
GUIDES = ("docs/guide.md", "docs/guide.zh-CN.md")
SHOWN = (*READMES, *GUIDES)
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in (".", "docs", "docs/decisions", "samples", "benchmarks")
    for path in (ROOT / folder).glob("*.md")
)

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
OPTION = re.compile(r"--[a-z][a-z-]+")
ABSOLUTE = re.compile(r"(?<![\w.~$%/:*-])/(?:work|home|tmp|root|usr|opt|mnt|var|Users)/|\b[A-Z]:\\")
INDEX = re.compile(
    r"pypi|pythonhosted|index-url|/simple\b|\bmirrors?\.|tuna\.|aliyun", re.IGNORECASE
)
TAKES_RUBRIC = {("new",), ("template",), ("rubric", "show")}
LARGEST_PICTURES = 3_000_000
"""Bytes of all pictures of the guide: the program is handed on with them."""
COMMAND_LINE_SECTION = 13
OTHER_OPTIONS = {"--only-binary"}
"""Options of programs that are not ours."""


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str) -> list[tuple[str, str]]:
    """Kind and content of every fenced block."""
    return [(found[1], found[2]) for found in FENCE.finditer(read(page))]


def spans(page: str) -> list[str]:
    return SPAN.findall(FENCE.sub("", read(page)))


def lines_beginning(page: str, start: str) -> list[str]:
    found = [
        line.strip() for kind, block in blocks(page) if not kind for line in block.splitlines()
    ]
    return [line for line in found if line.startswith(start)]


@cache
def program() -> TyperGroup:
    return build("en")


@cache
def bundled() -> frozenset[str]:
    return frozenset(entry.id for entry in list_rubrics())


def leaves(command: TyperGroup, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The names of every command that does something."""
    for name, child in command.commands.items():
        if isinstance(child, TyperGroup):
            yield from leaves(child, (*path, name))
        else:
            yield (*path, name)


def words_of(line: str) -> list[str]:
    """What follows `assessor`, without the choice of language."""
    words = shlex.split(line, comments=True)[1:]
    if words[:1] == [LANGUAGE_OPTION]:
        assert words[1] in {"zh", "en"}
        return words[2:]
    return words


def found_command(words: Sequence[str]) -> tuple[tuple[str, ...], TyperCommand, list[str]]:
    """Follow the words into the tree of commands; raises `LookupError` where there is none."""
    command: object = program()
    rest, path = list(words), []
    while isinstance(command, TyperGroup):
        name = rest.pop(0)
        path.append(name)
        command = command.commands[name]
    assert isinstance(command, TyperCommand)
    return tuple(path), command, rest


def fault_of(line: str) -> str:
    """Return what is wrong with a whole command line, nothing when it would run."""
    try:
        path, command, rest = found_command(words_of(line))
        if rest != ["--help"]:
            context = command.make_context(path[-1], rest)
            if path in TAKES_RUBRIC and context.params["rubric"] not in bundled():
                return f"no rubric {context.params['rubric']}"
    except Exception as error:  # of the parser's own, private classes
        return f"{type(error).__name__}: {error}"
    return ""


def options_of(command: TyperGroup | TyperCommand) -> set[str]:
    names = {"--help"}
    names |= {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
    for child in command.commands.values() if isinstance(command, TyperGroup) else ():
        assert isinstance(child, TyperGroup | TyperCommand)
        names |= options_of(child)
    return names


# --- commands -------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", SHOWN)
def test_every_command_line_shown_parses(page: str) -> None:
    lines = lines_beginning(page, "assessor ")
    assert len(lines) >= 10
    assert {line: fault for line in lines if (fault := fault_of(line))} == {}


@pytest.mark.parametrize(
    "line",
    [
        "assessor frobnicate",
        "assessor score",
        "assessor score visit.assessment --nosuch",
        "assessor new nosuch.rubric -o v.assessment --enterprise e.json",
        "assessor finding add v.assessment C4 --text x --due tomorrow",
        "assessor rubric",
    ],
)
def test_a_wrong_command_line_is_noticed(line: str) -> None:
    assert fault_of(line)


@pytest.mark.parametrize("page", SHOWN)
def test_every_command_named_in_passing_exists(page: str) -> None:
    for span in spans(page):
        if span.startswith("assessor ") and "…" not in span:
            words = [word for word in words_of(span) if word != "--help"]
            if words:
                _, command, rest = found_command(words)
                assert set(OPTION.findall(" ".join(rest))) <= options_of(command), span


@pytest.mark.parametrize("page", SHOWN)
def test_every_option_named_in_passing_exists(page: str) -> None:
    known = options_of(program()) | {LANGUAGE_OPTION, "--setup-only", "--offline"} | OTHER_OPTIONS
    assert {name for span in spans(page) for name in OPTION.findall(span)} <= known


@pytest.mark.parametrize("page", GUIDES)
def test_the_guides_mention_every_command(page: str) -> None:
    text = read(page)
    assert [path for path in leaves(program()) if f"assessor {' '.join(path)}" not in text] == []


@pytest.mark.parametrize("page", SHOWN)
def test_start_py_understands_what_is_shown(page: str) -> None:
    spec = importlib.util.spec_from_file_location("start_shown", ROOT / "start.py")
    assert spec
    assert spec.loader
    start = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(start)
    shown = re.compile(r"(?:python3|py) start\.py([^`#\n]*)")
    found = shown.findall(read(page))
    assert found
    for arguments in found:
        start.parse(arguments.split())


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_linked_file_exists(page: str) -> None:
    targets = [link.partition("#")[0] for link in LINK.findall(read(page)) if "://" not in link]
    missing = [
        link for link in targets if link and not (ROOT / page).parent.joinpath(link).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("page", GUIDES)
def test_the_pictures_of_a_visit_are_in_its_language_and_small(page: str) -> None:
    language = "zh" if "zh-CN" in page else "en"
    shown = [link for link in LINK.findall(read(page)) if link.startswith("images/guide/")]
    assert len(shown) == len(set(shown)) >= 15
    assert all(link.endswith(f"-{language}.png") for link in shown)
    there = {path.name for path in (ROOT / "docs/images/guide").glob(f"*-{language}.png")}
    assert there == {Path(link).name for link in shown}
    size = sum(path.stat().st_size for path in (ROOT / "docs/images/guide").iterdir())
    assert size < LARGEST_PICTURES


@pytest.mark.parametrize("page", SHOWN)
def test_every_sample_used_exists(page: str) -> None:
    used = {word for line in lines_beginning(page, "assessor ") for word in shlex.split(line)}
    samples = {word for word in used if word.startswith("samples/")}
    assert [name for name in samples if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("page", GUIDES)
def test_json_shown_is_json(page: str) -> None:
    shown = [block for kind, block in blocks(page) if kind == "json"]
    assert len(shown) >= 4
    for block in shown:
        assert isinstance(json.loads(block), dict)


@pytest.mark.parametrize("page", PAGES)
def test_no_absolute_path_and_no_package_index(page: str) -> None:
    text = read(page)
    assert [line for line in text.splitlines() if ABSOLUTE.search(line)] == []
    assert [line for line in text.splitlines() if INDEX.search(line)] == []


# --- both languages -------------------------------------------------------------------------------


def skeleton(page: str) -> list[str]:
    """The page without its words: headings by number, blocks by kind, rows and points by count."""
    parts: list[str] = []
    text = FENCE.sub(lambda found: f"block {found[1]}", read(page))
    for line in text.splitlines():
        if heading := re.match(r"(#+) ([\d.]*)", line):
            parts.append(f"{heading[1]} {heading[2]}")
        elif line.startswith("block "):
            parts.append(line)
        elif mark := re.match(r"(\||- |\d+\. )", line):
            parts.append(mark[1])
    return parts


@pytest.mark.parametrize("pair", [READMES, GUIDES])
def test_both_languages_are_built_alike(pair: tuple[str, str]) -> None:
    assert skeleton(pair[0]) == skeleton(pair[1])


# --- outputs --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """Commands of one block and the output shown below it."""

    commands: tuple[str, ...]
    shown: str


def walked(page: str) -> list[tuple[str, str]]:
    """The blocks of the section that walks through a visit on the command line."""
    section = re.split(r"^## ", read(page), flags=re.MULTILINE)[COMMAND_LINE_SECTION]
    return [(found[1], found[2]) for found in FENCE.finditer(section)]


def steps(page: str) -> list[Step]:
    """The blocks of the section with the command line, up to the report."""
    found: list[Step] = []
    for kind, block in walked(page):
        if not kind:
            found.append(Step(tuple(block.splitlines()), ""))
        elif kind == "text":
            found[-1] = Step(found[-1].commands, block)
    until = next(at for at, step in enumerate(found) if step.commands[0].startswith("assessor rep"))
    return found[:until]


def comparable(text: str) -> list[str]:
    """Lines without what differs from run to run: digests and sizes of pictures."""
    text = re.sub(r"SHA-256 [0-9a-f]+", "SHA-256", text)
    text = re.sub(r"\d+( 字节| bytes)", r"N\1", text)
    return [line.rstrip() for line in text.splitlines()]


def lay_out(folder: Path, page: str) -> None:
    """Put there what the guide takes for granted: samples, the enterprise file, photographs."""
    shutil.copytree(ROOT / "samples", folder / "samples")
    enterprise = next(block for kind, block in walked(page) if kind == "json")
    for line in lines_beginning(page, "assessor "):
        for before, word in zip(shlex.split(line), shlex.split(line)[1:], strict=False):
            if before == "--enterprise":
                (folder / word).write_text(enterprise, encoding="utf-8")
            elif word.endswith(".jpg"):
                Image.new("RGB", (64, 48), (len(word), 80, 120)).save(folder / word)


@pytest.mark.parametrize(("page", "language"), list(zip(GUIDES, ("en", "zh"), strict=True)))
def test_the_visit_of_the_guide_gives_the_outputs_shown(
    page: str,
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lay_out(tmp_path, page)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(LANGUAGE_VARIABLE, language)
    shown = [step for step in steps(page) if step.shown]
    assert len(shown) >= 7
    for step in shown:
        assert [run(shlex.split(line)[1:]) for line in step.commands] == [0] * len(step.commands)
        printed = comparable(capsys.readouterr().out)
        for line in comparable(step.shown):
            assert line.strip() == "…" or line in printed, line
