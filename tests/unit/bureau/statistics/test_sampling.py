"""The drawing: repeatable, unmoved by others, and the risky more often."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.bureau.records import NearMiss, Verdict
from assessor.bureau.statistics.sampling import draw
from tests.unit.bureau.register.records import accepted, visit
from tests.unit.bureau.statistics.dozen import dozen, facts_of, facts_of_verdicts

NEAR = (NearMiss("good", "total", Decimal("0.02"), ("a1",)),)


def plain(number: int, **changes: object) -> object:
    return visit(number, self_score=None, signature="valid", **changes)


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, dozen())
    assert draw(facts, 5, 7) == draw(facts, 5, 7)
    assert [one.place for one in draw(facts, 5, 7)] == [1, 2, 3, 4, 5]
    orders = {tuple(pick.visit.visit_id for pick in draw(facts, 11, seed)) for seed in range(5)}
    assert len(orders) == 5


def test_never_more_than_there_are_and_none_twice(tmp_path: Path) -> None:
    picks = draw(facts_of(tmp_path, dozen()), 50, 1)
    assert len({pick.visit.visit_id for pick in picks}) == len(picks) == 11


def test_a_new_visit_does_not_shuffle_the_others(tmp_path: Path) -> None:
    records = [plain(number) for number in range(1, 9)]
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    before = draw(facts_of(first, records), 8, 3)
    after = draw(facts_of(second, [*records, plain(9)]), 9, 3)
    names = [pick.visit.visit_id for pick in after if pick.visit.visit_id != "visit-9"]
    assert names == [pick.visit.visit_id for pick in before]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"near_lines": NEAR}, "near_line"),
        ({"self_score": Decimal("86.20")}, "inflated"),
        ({"signature": "unknown_key"}, "unknown_key"),
        ({"signature": "unsigned"}, "unsigned"),
    ],
)
def test_every_pick_says_why(tmp_path: Path, changes: dict[str, object], code: str) -> None:
    record = visit(1, **{"self_score": None, "signature": "valid", **changes})
    (pick,) = draw(facts_of(tmp_path, [record]), 1, 1)
    assert [reason.code for reason in pick.reasons] == [code]
    assert pick.weight == 1 + pick.reasons[0].weight


def test_chance_alone_and_what_the_intake_doubted(tmp_path: Path) -> None:
    doubted = accepted(plain(1))
    doubted = replace(doubted, verdict=Verdict.WARNING)
    picks = draw(facts_of_verdicts(tmp_path, [doubted, accepted(plain(2))]), 2, 1)
    reasons = {pick.visit.visit_id: [reason.code for reason in pick.reasons] for pick in picks}
    assert reasons == {"visit-1": ["contradiction"], "visit-2": []}


def test_the_risky_are_drawn_more_often(tmp_path: Path) -> None:
    risky = [plain(number, near_lines=NEAR) for number in range(1, 6)]
    others = [plain(number) for number in range(6, 11)]
    facts = facts_of(tmp_path, [*risky, *others])
    names = {record.visit_id for record in risky}
    drawn = [draw(facts, 1, seed)[0].visit.visit_id in names for seed in range(60)]
    # Four to one; fewer than half of sixty would be a chance of one in a hundred million.
    assert sum(drawn) > 30
