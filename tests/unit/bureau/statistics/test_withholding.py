"""An attacker who keeps every bulletin and subtracts finds no small group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.bureau.bulletin.naming import Naming
from assessor.bureau.bulletin.period import parse_period
from assessor.bureau.bulletin.report import bulletin
from assessor.bureau.bulletin.source import Edition, read_source
from assessor.bureau.records import EnterpriseFacts, VisitRecord
from assessor.bureau.register import Published, Register, open_register
from assessor.bureau.statistics.withholding import TOTAL, Rule, Visits, atoms, left_out
from tests.unit.bureau.register.records import accepted, visit

RUBRIC = "nb.digital_workshop"
LIMIT = 3
PLACES = ("海曙区", "鄞州区", "慈溪市")
SCORES = (TOTAL, "district", "industry", "cluster", "tier")


def of(number: int, month: int, place: int, industry: str = "3525") -> VisitRecord:
    """The visit of an enterprise in a month of 2026, with a score all of its own."""
    facts = EnterpriseFacts(f"企业{number}", f"code-{number:04}", PLACES[place], industry)
    score = f"{50 + number * 37 % 50}.{number:02}"
    return visit(number, score=score, enterprise=facts, visit_date=date(2026, month, 15))


def release(register: Register, period: str) -> tuple[Published, ...]:
    """Give a bulletin out; return what it shows."""
    edition = Edition(parse_period(period), RUBRIC, LIMIT, released=True, program="-")
    _, shown = bulletin(read_source(register, Naming("zh", {}), edition))
    register.publish(shown)
    return shown


def enterprises(visits: Iterable[str]) -> int:
    """Here every visit is of an enterprise of its own."""
    return len(frozenset(visits))


# --- an attacker who adds and subtracts -----------------------------------------------------------


def found_out(groups: Iterable[Visits], most: int = 4) -> Iterator[Visits]:
    """Yield the small groups that adding and taking away up to so many groups leads to."""
    known = sorted({one for one in groups if one}, key=sorted)
    for some in combinations(known, min(most, len(known))):
        for signs in product((-1, 0, 1), repeat=len(some)):
            left = remains(some, signs)
            if 0 < enterprises(left) < LIMIT:
                yield frozenset(left)


def remains(some: Sequence[Visits], signs: Sequence[int]) -> set[str]:
    counts: dict[str, int] = {}
    for group, sign in zip(some, signs, strict=True):
        for one in group:
            counts[one] = counts.get(one, 0) + sign
    return {one for one, count in counts.items() if count}


def solved(groups: Iterable[Visits]) -> Iterator[Visits]:
    """Yield the small groups among what elimination makes of everything that is known."""
    known = sorted({one for one in groups if one}, key=sorted)
    names = sorted(frozenset().union(*known)) if known else []
    rows = [[Fraction(one in group) for one in names] for group in known]
    done = 0
    for column in range(len(names)):
        pivot = next((at for at in range(done, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        lead = [one / rows[done][column] for one in rows[done]]
        rows[done] = lead
        for at, row in enumerate(rows):
            if at != done and row[column]:
                rows[at] = [a - row[column] * b for a, b in zip(row, lead, strict=True)]
        done += 1
    for row in rows[:done]:
        left = frozenset(name for name, value in zip(names, row, strict=True) if value)
        if 0 < enterprises(left) < LIMIT:
            yield left


def families(shown: Iterable[Published]) -> Mapping[str, list[Visits]]:
    """What an attacker can subtract from each other: the same figures of other groups."""
    found: dict[str, list[Visits]] = {}
    for one in shown:
        found.setdefault(one.grouping, []).append(one.visits)
    for name in SCORES[1:]:
        found.setdefault(name, []).extend(found.get(TOTAL, ()))
    return found


VISITS = st.lists(
    st.tuples(st.integers(1, 6), st.integers(0, 2), st.booleans()), min_size=4, max_size=26
)
PERIODS = st.permutations(
    ["2026-01", "2026-02", "2026-03", "2026-Q1", "2026-Q2", "2026-04", "2026", "2026-Q1"]
).map(lambda periods: periods[:5])


@settings(max_examples=12)
@given(VISITS, PERIODS)
def test_nothing_small_is_left_whatever_is_given_out_in_whatever_order(
    visits: list[tuple[int, int, bool]], periods: list[str]
) -> None:
    """Files come late, periods lie in each other, some are given out twice."""
    records = [of(number, month, place) for number, (month, place, _) in enumerate(visits, 1)]
    late = [late for _, _, late in visits]
    shown: list[Published] = []
    with (
        TemporaryDirectory() as name,
        open_register(Path(name) / "city.register", create=True) as register,
    ):
        register.add(accepted(one) for one, held in zip(records, late, strict=True) if not held)
        for at, period in enumerate(periods):
            if at == len(periods) // 2:
                register.add(accepted(one) for one, held in zip(records, late, strict=True) if held)
            shown += release(register, period)
    for grouping, groups in families(shown).items():
        assert list(solved(groups)) == [], grouping
        assert not any(True for _ in found_out(groups, 3)), grouping


# --- cases with names -----------------------------------------------------------------------------


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with open_register(tmp_path / "city.register", create=True) as made:
        yield made


def names(shown: Iterable[Published], grouping: str) -> set[str]:
    return {one.name for one in shown if one.grouping == grouping}


def total(shown: Iterable[Published]) -> Visits:
    found = [one.visits for one in shown if (one.grouping, one.name) == (TOTAL, "*")]
    return found[0] if found else frozenset()


def fill(register: Register, counts: Mapping[tuple[int, int], int]) -> None:
    """Add so many visits by month and place."""
    number = len(list(register.visits()))
    for (month, place), count in counts.items():
        for _ in range(count):
            number += 1
            register.add([accepted(of(number, month, place))])


def test_months_and_their_quarter_do_not_give_the_third_month_away(register: Register) -> None:
    fill(register, {(1, 0): 5, (1, 1): 5, (2, 0): 5, (2, 1): 5, (3, 0): 1, (3, 1): 6})
    fill(register, {(1, 2): 4, (2, 2): 4, (3, 2): 4})
    for month in ("2026-01", "2026-02"):
        assert PLACES[0] in names(release(register, month), "district")
    march = names(release(register, "2026-03"), "district")
    assert PLACES[0] not in march
    assert march, "a table with nothing in it protects nobody"
    quarter = names(release(register, "2026-Q1"), "district")
    assert PLACES[0] not in quarter
    assert total(release(register, "2026-Q1"))


def test_without_what_was_given_out_the_quarter_shows_its_districts(register: Register) -> None:
    fill(register, {(1, 0): 5, (1, 1): 5, (2, 0): 5, (2, 1): 5, (3, 0): 1, (3, 1): 6})
    assert {*PLACES[:2]} <= names(release(register, "2026-Q1"), "district")


def test_who_comes_late_waits_until_there_are_enough(register: Register) -> None:
    fill(register, {(1, 0): 6, (1, 1): 6})
    first = release(register, "2026-Q1")
    fill(register, {(2, 0): 2})
    again = release(register, "2026-Q1")
    assert total(again) == total(first)
    assert release(register, "2026-Q1") == again
    fill(register, {(2, 0): 2})
    assert len(total(release(register, "2026-Q1"))) == 16


def test_a_period_that_lost_a_visit_shows_no_scores(register: Register) -> None:
    fill(register, {(1, 0): 6, (1, 1): 6})
    release(register, "2026-Q1")
    moved = of(1, 4, 0)
    register.add([accepted(visit(1, 2, enterprise=moved.enterprise, visit_date=date(2026, 4, 15)))])
    assert release(register, "2026-Q1") == ()


def test_a_group_inside_another_one_does_not_give_the_rest_away(register: Register) -> None:
    """Five of a district's six are all there is of an industry: one would be left."""
    for number in range(1, 7):
        industry = "3525" if number < 6 else "2411"
        register.add([accepted(of(number, 1, 0, industry))])
    for number in range(7, 19):
        industry = "2411" if number < 13 else "1713"
        register.add([accepted(of(number, 1, 1, industry))])
    shown = release(register, "2026-01")
    assert names(shown, "district") == {*PLACES[:2]}
    groups = [one.visits for one in shown if one.grouping in SCORES]
    for one, other in combinations(groups, 2):
        for left in (one - other if other < one else (), other - one if one < other else ()):
            assert not 0 < enterprises(left) < LIMIT


def test_atoms_are_what_no_group_takes_apart() -> None:
    found = atoms([frozenset("abcd"), frozenset("cdef"), frozenset("f")])
    assert {"".join(sorted(one)) for one in found} == {"ab", "cd", "e", "f"}


def test_what_was_never_given_out_leaves_nobody_out() -> None:
    rule = Rule(LIMIT, {})
    assert left_out(frozenset("abcd"), rule) == frozenset()
    given = (Published(RUBRIC, "2026-Q1", TOTAL, "*", frozenset("abcd")),)
    assert left_out(frozenset("abcdef"), Rule(LIMIT, {}, given)) == frozenset("ef")
    assert left_out(frozenset("abcdefg"), Rule(LIMIT, {}, given)) == frozenset()
    same = dict.fromkeys("efg", "one enterprise")
    assert left_out(frozenset("abcdefg"), Rule(LIMIT, same, given)) == frozenset("efg")


def test_the_attacker_would_find_what_is_not_withheld() -> None:
    assert frozenset("c") in set(found_out([frozenset("abc"), frozenset("ab")]))
    assert list(solved([frozenset("abc"), frozenset("ab")]))
