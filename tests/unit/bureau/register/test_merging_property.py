"""Registers merged in any order hold what one register would: lossless, the same again nothing."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.bureau.register import Filter, Register, merge, open_register
from assessor.bureau.statistics.loading import read_facts
from assessor.bureau.statistics.results import results
from tests.unit.bureau.register.records import accepted, visit

RUBRIC = "nb.digital_workshop"
VISITS = st.lists(
    st.tuples(st.integers(1, 5), st.integers(1, 3)), min_size=1, max_size=8, unique=True
)


def filled(path: Path, visits: list[tuple[int, int]]) -> Path:
    with open_register(path, create=True) as register:
        register.add(accepted(visit(*one, score=f"{50 + sum(one)}.00")) for one in visits)
    return path


def content(register: Register) -> tuple[object, ...]:
    """What a register says, however its rows are numbered."""
    rows = register.visits(Filter(all_revisions=True))
    visits = sorted((row.visit_id, row.revision, row.newest, row.score) for row in rows)
    group = results(read_facts(register, RUBRIC), "district").everything
    log = sorted((line.name, line.sha256, line.verdict) for line in register.log())
    return visits, group.enterprises, group.spread, log


@settings(max_examples=6)
@given(VISITS, st.data())
def test_merging_is_lossless_in_any_order(
    visits: list[tuple[int, int]], data: st.DataObject
) -> None:
    parts = [[one for one in visits if data.draw(st.booleans())] for _ in range(2)]
    parts.append([one for one in visits if not any(one in part for part in parts)])
    order = data.draw(st.permutations(range(len(parts))))
    with TemporaryDirectory() as name:
        folder = Path(name)
        others = [filled(folder / f"{at}.register", part) for at, part in enumerate(parts)]
        whole = filled(folder / "whole.register", visits)
        with open_register(folder / "city.register", create=True) as merged:
            reports = [merge(merged, others[at]) for at in order]
            found = content(merged)
            again = [merge(merged, others[at]) for at in order]
            assert content(merged) == found
        assert sum(report.visits for report in reports) == len(visits)
        assert [(one.visits, one.lines, one.conflicts) for one in again] == [(0, 0, ())] * 3
        with open_register(whole, read_only=True) as register:
            assert content(register) == found
