"""Which backups stay: close together for the last day, then one a day, a week, a month."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta

DAYS, WEEKS, MONTHS = 12, 10, 9
"""How many days, weeks and months keep their latest backup."""

APART = timedelta(minutes=30)
"""The least time between two backups that stay, the latest excepted."""

RECENT = timedelta(hours=24)
"""As long all backups that far apart stay: who looks for this morning's state finds it."""

Period = Callable[[datetime], tuple[int, ...]]


def kept(times: Collection[datetime], now: datetime) -> frozenset[datetime]:
    """Return which of `times` stay; days, weeks and months are those of the zone of `now`.

    The latest always stays. Only periods that have a backup count, so a visit that rests for a
    year loses none of its backups by resting.
    """
    if not times:
        return frozenset()
    local = {time: time.astimezone(now.tzinfo) for time in times}
    newest_first = sorted(times, reverse=True)
    stay = {newest_first[0], *_spaced(newest_first, now)}
    for most, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        stay |= set(_latest_of_each(newest_first, local, period, most))
    return frozenset(stay)


def _spaced(newest_first: list[datetime], now: datetime) -> Iterator[datetime]:
    last: datetime | None = None
    for time in reversed(newest_first):
        if now - time <= RECENT and (last is None or time - last >= APART):
            last = time
            yield time


def _latest_of_each(
    newest_first: list[datetime], local: dict[datetime, datetime], period: Period, most: int
) -> Iterator[datetime]:
    seen: set[tuple[int, ...]] = set()
    for time in newest_first:
        name = period(local[time])
        if name in seen:
            continue
        if len(seen) == most:
            return
        seen.add(name)
        yield time


def _day(time: datetime) -> tuple[int, ...]:
    return time.year, time.month, time.day


def _week(time: datetime) -> tuple[int, ...]:
    return tuple(time.isocalendar()[:2])


def _month(time: datetime) -> tuple[int, ...]:
    return time.year, time.month
