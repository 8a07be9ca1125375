"""Whatever is typed: one clear sentence, exit code 2, and no byte of the visit changed."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

import pytest

from assessor.cli import app
from tests.unit.cli.shell import TEN, Shell, enterprise, written

VISIT = "visit.assessment"


@pytest.fixture
def desk(visit: Path) -> Path:
    """A visit with some files beside it that are no good."""
    assert visit == Path(VISIT)
    Path("folder").mkdir()
    Path("empty.json").write_bytes(b"")
    Path("list.json").write_text("[1]", encoding="utf-8")
    Path("broken.json").write_text('{"answers": {', encoding="utf-8")
    Path("latin.json").write_bytes('{"answers": {"4": "é"}}'.encode("latin-1"))
    Path("float.json").write_text('{"answers": {"1": {"inputs": {"nc": 1.5}}}}', encoding="utf-8")
    Path("twice.json").write_text('{"answers": {}, "answers": {}}', encoding="utf-8")
    Path("nothing.json").write_text("{}", encoding="utf-8")
    Path("word.json").write_text('{"answers": {"1": {"inputs": {"nc": "many"}}}}', encoding="utf-8")
    Path("unit.json").write_text('{"answers": {"3@u9": {"none": true}}}', encoding="utf-8")
    Path("other.json").write_text('{"rubric": {"id": "another"}, "answers": {}}', encoding="utf-8")
    Path("version.json").write_text(
        '{"rubric": {"id": "ten-items", "version": "9.0.0"}, "answers": {}}', encoding="utf-8"
    )
    Path("fake.xlsx").write_text("not a workbook", encoding="utf-8")
    Path("fake.jpg").write_bytes(b"\xff\xd8\xff\xe0 not really")
    Path("film.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42")
    Path("void.txt").write_bytes(b"")
    Path("note.txt").write_text("a note", encoding="utf-8")
    return visit


def new(*words: object, out: str = "new.assessment") -> tuple[object, ...]:
    return ("new", TEN, "-o", out, "--enterprise", "enterprise.json", *words)


CASES: list[tuple[tuple[object, ...], str]] = [
    # commands written wrongly
    (("nonsense",), "nonsense"),
    (("rubric", "nonsense"), "nonsense"),
    (("score",), "VISIT.assessment"),
    (("score", VISIT, "more"), "more"),
    (("score", VISIT, "--loud"), "--loud"),
    (("new", TEN), "--output"),
    (("report", VISIT, "-o", "out", "--lang", "fr"), "zh, en"),
    (("template", TEN, "-o", "t.xlsx", "--lang", "fr"), "zh, en"),
    (("finding", "add", VISIT, "1", "--text", "x", "--due", "soon"), "2026-01-31"),
    (("--ui-lang", "fr", "score", VISIT), "fr"),
    (("--ui-lang",), "--ui-lang"),
    # files that are not there, or are folders
    (("score", "none.assessment"), "none.assessment"),
    (("score", "folder"), "folder"),
    (("explain", "none.assessment"), "none.assessment"),
    (("fill", "none.assessment", "nothing.json"), "none.assessment"),
    (("fill", VISIT, "none.json"), "none.json"),
    (("fill", VISIT, "none.xlsx"), "none.xlsx"),
    (("fill", VISIT, "folder"), "folder"),
    (("attach", VISIT, "1", "none.jpg"), "none.jpg"),
    (("attach", VISIT, "1", "folder"), "folder"),
    (("ledger", "import", VISIT, "none.csv"), "none.csv"),
    (("ledger", "import", VISIT, "folder"), "folder"),
    (("rubric", "check", "none.json"), "none.json"),
    (("rubric", "check", "folder"), "folder"),
    (("rubric", "show", "nope"), "zj.future_factory"),
    (("new", "nope", "-o", "n.assessment", "--enterprise", "enterprise.json"), "nope"),
    (("new", TEN, "-o", "n.assessment", "--enterprise", "none.json"), "none.json"),
    (("new", TEN, "-o", "n.assessment", "--enterprise", "folder"), "folder"),
    (new(out="nowhere/n.assessment"), "nowhere"),
    (new(out="note.txt/n.assessment"), "note.txt"),
    (new(out="folder"), "folder"),
    (("template", TEN, "-o", "nowhere/t.xlsx"), "nowhere"),
    (("template", TEN, "-o", "folder"), "folder"),
    (("report", VISIT, "-o", "note.txt"), "note.txt"),
    (("demo", "-o", "note.txt"), "note.txt"),
    # content that is no good
    (("score", "note.txt"), "note.txt"),
    (("fill", VISIT, "empty.json"), "empty.json"),
    (("fill", VISIT, "list.json"), "list.json"),
    (("fill", VISIT, "broken.json"), "broken.json"),
    (("fill", VISIT, "latin.json"), "latin.json"),
    (("fill", VISIT, "float.json"), "answers.1.inputs.nc"),
    (("fill", VISIT, "twice.json"), "twice.json"),
    (("fill", VISIT, "nothing.json"), "nothing.json"),
    (("fill", VISIT, "word.json"), "answers.1.inputs.nc"),
    (("fill", VISIT, "unit.json"), "u9"),
    (("fill", VISIT, "other.json"), "another"),
    (("fill", VISIT, "version.json"), "9.0.0"),
    (("fill", VISIT, "fake.xlsx"), "fake.xlsx"),
    (("attach", VISIT, "1", "fake.jpg"), "fake.jpg"),
    (("attach", VISIT, "1", "film.mp4"), "film.mp4"),
    (("attach", VISIT, "1", "void.txt"), "void.txt"),
    (("attach", VISIT, "zz", "note.txt"), "zz"),
    (("attach", VISIT, "1", "note.txt", "--kind", "selfie"), "photo"),
    (("attach", VISIT, "1", "note.txt", "--caption", "x" * 20_001), "20000"),
    (("finding", "add", VISIT, "zz", "--text", "x"), "zz"),
    (("finding", "add", VISIT, "1", "--text", "  "), "--text"),
    (("finding", "add", VISIT, "1", "--text", "x" * 20_001), "20000"),
    (("finding", "add", VISIT, "1", "--text", "x", "--severity", "huge"), "major"),
    (("finding", "add", VISIT, "1", "--text", "x", "--owner", "x" * 501), "500"),
    (("finding", "add", VISIT, "1", "--text", "x", "--photo", "fake.jpg"), "fake.jpg"),
    (("ledger", "import", VISIT, "fake.xlsx"), "fake.xlsx"),
    (("ledger", "import", VISIT, "note.txt"), "note.txt"),
    (("explain", VISIT, "zz"), "zz"),
    (new("--target", "best"), "basic, advanced"),
    (new("--profile", "best"), "discrete, process"),
    (new("--cycle", "1999"), "2025, 2026"),
    (("template", TEN, "-o", "t.xlsx", "--target", "best"), "basic, advanced"),
]


def _id(case: tuple[tuple[object, ...], str]) -> str:
    return " ".join(str(word)[-20:] for word in case[0])[:70]


def tongue(sentence: str) -> str:
    """Tell the language by its stops, for names of either may stand in both."""
    return "zh" if re.search("[，；。：“（]", sentence) else "en"


@pytest.mark.parametrize(("words", "said"), CASES, ids=map(_id, CASES))
def test_one_clear_sentence_and_nothing_changed(
    shell: Shell, desk: Path, language: str, words: tuple[object, ...], said: str
) -> None:
    before = {path.name: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    answer = shell(*words)
    assert answer.code == 2
    assert answer.out == ""
    assert said in answer.err
    first, *rest = answer.err.splitlines()
    # One sentence; below it only the places, when a file has several faults.
    assert all(re.match(r"  \[(错误|error)\] ", line) for line in rest)
    assert tongue(first) == language
    assert "defects" not in answer.err
    assert desk.read_bytes() == before[desk.name]
    after = {path.name: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    assert after == before


@pytest.mark.parametrize("words", [(), ("rubric",), ("finding",), ("ledger",)])
def test_a_family_alone_shows_its_help(shell: Shell, words: tuple[str, ...]) -> None:
    answer = shell(*words)
    assert answer.code == 2
    assert "--help" in answer.out
    assert answer.err == ""


def test_help_is_no_fault(shell: Shell, language: str) -> None:
    answer = shell("--help")
    assert answer.code == 0
    assert ("评分" in answer.out) == (language == "zh")


@pytest.mark.parametrize("option", [("--ui-lang", "en"), ("--ui-lang=en",), ("--ui-lang=EN",)])
def test_the_language_may_stand_anywhere(
    shell: Shell, visit: Path, option: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_LANG", "zh")
    assert "Undecided" in shell(*option, "score", visit).out
    assert "Undecided" in shell("score", visit, *option).out
    assert "未定" in shell("score", visit).out


@pytest.mark.parametrize("size", [0, 3, 100, 5000])
def test_a_visit_cut_short_is_refused(shell: Shell, visit: Path, size: int) -> None:
    whole = visit.read_bytes()
    visit.write_bytes(whole[:size])
    for words in (("score", visit), ("explain", visit), ("fill", visit, written("a.json", {}))):
        answer = shell(*words)
        assert answer.code == 2
        assert visit.name in answer.err
        assert visit.read_bytes() == whole[:size]


def test_a_visit_with_spoilt_pages_is_refused(shell: Shell, visit: Path) -> None:
    whole = bytearray(visit.read_bytes())
    whole[4096 : 4096 * 3] = b"\xa5" * 4096 * 2
    visit.write_bytes(whole)
    answer = shell("score", visit)
    assert (answer.code, answer.out) == (2, "")
    assert visit.name in answer.err
    assert visit.read_bytes() == bytes(whole)


def test_another_programs_database_is_refused(shell: Shell) -> None:
    with sqlite3.connect("foreign.assessment") as other:
        other.execute("CREATE TABLE t (x)")
    other.close()
    before = Path("foreign.assessment").read_bytes()
    answer = shell("score", "foreign.assessment")
    assert (answer.code, answer.out) == (2, "")
    assert "foreign.assessment" in answer.err
    assert Path("foreign.assessment").read_bytes() == before


def no_write_folder(here: Path) -> Path:
    """A folder nobody may write to, the administrator neither."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/sys/kernel")
    here.mkdir()
    here.chmod(0o555)
    return here


def test_a_read_only_folder_is_said(shell: Shell, visit: Path, language: str) -> None:
    folder = no_write_folder(Path("locked"))
    before = sorted(folder.iterdir())
    commands: list[tuple[object, ...]] = [
        ("new", TEN, "-o", folder / "n.assessment", "--enterprise", enterprise()),
        ("template", TEN, "-o", folder / "t.xlsx"),
        ("report", visit, "-o", folder / "out"),
        ("report", visit, "-o", folder),
        ("demo", "-o", folder / "out"),
    ]
    for words in commands:
        answer = shell(*words)
        assert (answer.code, "defects" in answer.err) == (2, False), words
        first = answer.err.splitlines()[0]
        assert tongue(first) == language
    assert sorted(folder.iterdir()) == before


def test_a_defect_of_the_program_is_said_without_a_traceback(
    shell: Shell, visit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret content")

    monkeypatch.setattr(app, "_run", broken)
    answer = shell("score", visit)
    assert (answer.code, answer.out) == (2, "")
    (report,) = Path("user").rglob("*.txt")
    assert report.name in answer.err
    assert report.read_text(encoding="utf-8").startswith("ZeroDivisionError")
    assert "secret content" not in report.read_text(encoding="utf-8")
