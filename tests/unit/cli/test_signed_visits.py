"""A signed visit as commands meet it: every change is refused, looking at it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.workspace.sign_off import Declaration, reopen, sign
from assessor.workspace.visits import opened
from tests.unit.cli.shell import Shell, written


@pytest.fixture
def signed(visit: Path) -> Path:
    signing = sign(Declaration("张伟", "组长", "属实。"))
    with opened(visit) as one:
        one.do(signing.make_edit(one.assessment), signing.sources)
    return visit


def changes() -> list[tuple[str, ...]]:
    Path("log.txt").write_text("备份成功", encoding="utf-8")
    answers = str(written("answers.json", {"answers": {"4": {"option": "C"}}}))
    return [
        ("fill", "visit.assessment", answers),
        ("fill", "visit.assessment", answers, "--self"),
        ("attach", "visit.assessment", "7", "log.txt"),
        ("finding", "add", "visit.assessment", "7", "--text", "没有备份"),
    ]


def test_commands_that_change_a_signed_visit_are_refused(
    shell: Shell, signed: Path, language: str
) -> None:
    before = signed.read_bytes()
    for words in changes():
        said = shell(*words)
        assert (said.code, said.out) == (2, ""), words
        assert "张伟" in said.err
        assert ("重新开启" if language == "zh" else "reopen") in said.err
    assert signed.read_bytes() == before


def test_a_signed_visit_can_be_scored(shell: Shell, signed: Path) -> None:
    assert shell("score", signed).code == 0


def test_a_reopened_visit_can_be_changed(shell: Shell, signed: Path) -> None:
    with opened(signed) as one:
        one.do(reopen("补记一项")(one.assessment))
    for words in changes():
        assert shell(*words).code == 0, words
