"""The words of the answer cell and the keys the linter reserves are the same."""

from __future__ import annotations

from assessor.rubrics.rule_models import RESERVED_KEYS
from assessor.rules import names


def test_what_an_answer_cell_may_hold_is_reserved() -> None:
    tokens = {names.NOT_APPLICABLE, names.NONE, names.NO_BASELINE, names.MEASURED}
    assert tokens == RESERVED_KEYS
