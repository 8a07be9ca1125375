"""Which backups stay: as many days, weeks and months as promised, and never the latest gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assessor.storage.backups.thinning import APART, DAYS, MONTHS, RECENT, WEEKS, kept

NOW = datetime(2026, 7, 24, 18, 0, tzinfo=UTC)
MOMENTS = st.integers(0, 1_350_000).map(lambda minutes: NOW - timedelta(minutes=minutes - 10_000))


def daily(count: int) -> list[datetime]:
    return [NOW - timedelta(days=day) for day in range(count)]


def test_a_year_of_days_leaves_days_weeks_and_months() -> None:
    stay = kept(daily(365), NOW)
    assert {NOW - timedelta(days=day) for day in range(DAYS)} <= stay
    assert len({time.isocalendar()[:2] for time in stay}) >= WEEKS
    assert len({(time.year, time.month) for time in stay}) == MONTHS
    assert len(stay) <= DAYS + WEEKS + MONTHS


def test_what_was_kept_once_is_kept_while_days_go_by() -> None:
    """Backups made and thinned one by one end up as if they had been thinned at once."""
    held: list[datetime] = []
    for day in reversed(daily(200)):
        held = sorted(kept([*held, day], day))
    assert frozenset(held) == kept(daily(200), NOW)


def test_within_a_day_they_are_half_an_hour_apart() -> None:
    minutes = [NOW - timedelta(minutes=10 * step) for step in range(20)]
    stay = sorted(kept(minutes, NOW))
    gaps = [later - earlier for earlier, later in pairwise(stay[:-1])]
    assert gaps
    assert min(gaps) >= APART
    assert stay[-1] == NOW


def test_saving_again_and_again_does_not_wear_out_the_first_of_the_day() -> None:
    held: list[datetime] = []
    begin = NOW - timedelta(hours=3)
    for step in range(18):
        at = begin + timedelta(minutes=10 * step)
        held = sorted(kept([*held, at], at))
    assert held[0] == begin


def test_days_are_those_of_the_person() -> None:
    here = timezone(timedelta(hours=8))
    old = [datetime(2026, 3, 1, 15, 0, tzinfo=UTC), datetime(2026, 3, 1, 17, 0, tzinfo=UTC)]
    # 23:00 of one day and 01:00 of the next, where the person is.
    assert kept(old, NOW.astimezone(here)) == set(old)
    assert kept(old, NOW) == {old[1]}


@given(st.sets(MOMENTS, max_size=60))
def test_the_latest_always_stays_and_nothing_is_invented(times: set[datetime]) -> None:
    stay = kept(times, NOW)
    assert stay <= times
    if times:
        assert max(times) in stay
        recent = [time for time in times if NOW - time <= RECENT]
        assert not recent or stay & set(recent)
