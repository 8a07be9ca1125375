"""What the readers make of content changed by chance: a result or words, and nothing is run."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from assessor.exchange.sealing import unseal_bytes
from assessor.formulas import FormulaError, TooDeepError, parse
from assessor.rubrics.loader import loads
from tests.proofs.fuzzing import (
    KEY,
    TARGETS,
    FindingError,
    Target,
    fuzz,
    nothing_runs,
    read_formula,
)

TIMES = {"assessment": 120, "workbook": 60, "workbook part": 120, "rubric": 25, "formula": 1500}


@pytest.mark.parametrize("name", TARGETS)
def test_changed_content_is_answered_or_refused_in_words(name: str) -> None:
    chance = random.Random(20260310)  # noqa: S311 (no secret)
    assert list(fuzz(TARGETS[name], TIMES.get(name, 400), chance)) == []


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
