"""What the readers make of content changed by chance: a result or words, and nothing is run."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from assessor.exchange.sealing import DamagedSealError, unseal_bytes
from assessor.formulas import FormulaError, TooDeepError, parse
from assessor.rubrics.loader import loads
from tests.proofs import fuzzing
from tests.proofs.fuzzing import (
    KEY,
    TARGETS,
    FindingError,
    Target,
    fuzz,
    kept,
    nothing_runs,
    read_formula,
    with_right_sums,
)

TIMES = {"assessment": 120, "workbook": 60, "workbook part": 120, "rubric": 25, "formula": 1500}


@pytest.mark.parametrize("name", TARGETS)
def test_changed_content_is_answered_or_refused_in_words(name: str) -> None:
    chance = random.Random(20260310)  # noqa: S311 (no secret)
    assert list(fuzz(TARGETS[name], TIMES.get(name, 400), chance)) == []


@pytest.mark.parametrize("name", TARGETS)
def test_what_reached_new_code_in_long_runs_is_answered_or_refused_in_words(name: str) -> None:
    contents = kept(name)
    assert contents
    for data in contents:
        with nothing_runs():
            TARGETS[name].read(data)


def test_the_head_of_a_sealed_file_is_reached_by_changed_content() -> None:
    """A changed size under right checksums gets as far as the content, and is told there."""
    content = TARGETS["sealed"].seeds()[1].replace(b'"size":70000', b'"size":69999')
    with pytest.raises(DamagedSealError) as refusal:
        unseal_bytes(with_right_sums(content), KEY)
    assert refusal.value.message.key == "sealing.too_long"


def test_what_is_kept_comes_back_and_only_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzzing, "CORPUS", tmp_path / "corpus")
    assert fuzzing.keep("workbook part", [b"bb", b"a", b"bb"]) == 2
    first = fuzzing.corpus_file("workbook part").read_bytes()
    assert kept("workbook part") == [b"a", b"bb"]
    fuzzing.keep("workbook part", [b"a", b"bb"])
    assert fuzzing.corpus_file("workbook part").read_bytes() == first


def test_what_the_changes_begin_with_is_good() -> None:
    for content in TARGETS["formula"].seeds():
        parse(content.decode())
    for content in TARGETS["sealed"].seeds():
        unseal_bytes(content, KEY)
    for content in TARGETS["rubric"].seeds():
        loads(content, "x.json")


def test_a_reader_that_breaks_is_found() -> None:
    def fragile(data: bytes) -> None:
        data.decode("ascii")

    target = Target(fragile, lambda: [b"abc"])
    assert list(fuzz(target, 50, random.Random(1))) != []  # noqa: S311


def test_something_that_is_run_is_found() -> None:
    with pytest.raises(FindingError, match=r"subprocess\.Popen"), nothing_runs():
        subprocess.run([sys.executable, "-c", "pass"], check=True)
    with nothing_runs():
        pass


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('id')",
        "().__class__.__bases__[0]",
        "x if y else z",
        "[a for a in b][0]",
        "lambda: 1",
        "f'{x}'",
        "open('/etc/passwd')",
        "=1+1",
        "9**9**9**9",
    ],
)
def test_code_is_no_formula(text: str) -> None:
    with nothing_runs():
        read_formula(text.encode())
    with pytest.raises((FormulaError, TooDeepError)):
        parse(text)
