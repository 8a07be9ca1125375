"""Rows that stay the very same: found by identity, and nothing read of them again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assessor.assessment import Assessment
from assessor.rules.same_rows import same_ends
from assessor.rules.table_columns import TableColumns
from assessor.rules.table_rows import FEWEST_REMEMBERED, check_table
from assessor.scoring import Scorer, score
from tests.strategies.visits import shipped, visit_for

LOADED = shipped("digital_workshop")
ROW = st.fixed_dictionaries(
    {"name": st.sampled_from(["a", "b"]), "quantity": st.sampled_from(["2", "5", "-1", "x"])},
    optional={"key": st.sampled_from(["yes", "no"]), "nc_quantity": st.sampled_from(["1", "9"])},
)
CUT = st.tuples(st.integers(0, 8), st.integers(0, 8), st.lists(ROW, max_size=3))
SOUND = {"name": "a", "quantity": "2", "key": "yes", "nc_quantity": "1"}


def test_equal_rows_are_not_the_same() -> None:
    one, other = dict(SOUND), dict(SOUND)
    assert same_ends([one, one], [one, other]) == (1, 0)
    assert same_ends([one, other], [one, other]) == (2, 0)
    assert same_ends([one, other], [one, dict(SOUND), other]) == (1, 1)
    assert same_ends([], [one]) == (0, 0)


@given(cuts=st.lists(CUT, max_size=4))
def test_columns_and_faults_are_those_read_anew(
    cuts: list[tuple[int, int, list[dict[str, str]]]],
) -> None:
    filler = tuple({**SOUND, "name": str(number)} for number in range(FEWEST_REMEMBERED))
    known, rows = TableColumns(LOADED.rubric), filler
    for at, to, new in cuts:
        rows = (*rows[:at], *new, *rows[max(at, to) :])
        found = [(p.place, p.code) for p in check_table(LOADED.rubric, "ledger", rows)]
        each = [
            (p.place.replace("[0]", f"[{number}]"), p.code)
            for number, row in enumerate(rows)
            for p in check_table(LOADED.rubric, "ledger", (row,))
        ]
        assert found == each
        if not found:
            fresh = TableColumns(LOADED.rubric).of({"ledger": rows})
            assert known.of({"ledger": rows}) == fresh


def test_a_scorer_that_remembers_scores_an_edited_table_like_a_new_one() -> None:
    scorer = Scorer(LOADED.rubric)
    rows = tuple({**SOUND, "name": str(number)} for number in range(10))
    visit = visit_for(LOADED, {})

    def with_rows(*rows: dict[str, str]) -> Assessment:
        return visit.model_copy(update={"tables": {"ledger": rows}})

    changed = {**SOUND, "quantity": "40"}
    for now in (rows, (*rows[:4], changed, *rows[5:]), rows[2:], (), (changed,)):
        record = with_rows(*now)
        assert scorer.score(record).figures == score(LOADED.rubric, record).figures
