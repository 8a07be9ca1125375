"""The recent visits as a model: what stands on a card, in words; what a search leaves of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assessor.ui.widgets.chip import ChipTone
from assessor.ui.words import Words

if TYPE_CHECKING:
    from assessor.workspace.recents import RecentVisit, Summary

VISIT_ROLE = Qt.ItemDataRole.UserRole
_DOT = " · "
_NO_INDEX = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class CardText:
    """What a card says of a visit. `share` is how much is answered, 0 to 1."""

    title: str
    state: str
    tone: ChipTone
    frame: str
    share: Decimal
    bar_role: str
    progress: str
    changed: str
    place: str
    problem: str


def card_text(visit: RecentVisit, words: Words, now: datetime) -> CardText:
    """Put a visit into words; a file that cannot be read says so before anything else."""
    summary = visit.summary
    state, tone = _state(visit, words)
    return CardText(
        title=summary.enterprise if summary else visit.path.stem,
        state=state,
        tone=tone,
        frame=_frame(summary, words) if summary else "",
        share=Decimal(summary.done) / summary.asked if summary and summary.asked else Decimal(0),
        bar_role=_bar_role(visit),
        progress=_progress(summary, words) if summary else "",
        changed=day_text(visit.changed, words, now) if visit.changed else "",
        place=str(visit.path.parent),
        problem=words.pick(visit.problem) if visit.problem else "",
    )


def day_text(at: datetime, words: Words, now: datetime) -> str:
    """Return when something was, as one says it: today, yesterday, a day of this year, a date."""
    time = at.strftime("%H:%M")
    if at.date() == now.date():
        return words.tr("ui_start.today", time=time)
    if at.date() == (now - timedelta(days=1)).date():
        return words.tr("ui_start.yesterday", time=time)
    if at.year == now.year:
        return words.tr("ui_start.this_year", month=at.month, day=at.day)
    return words.day(at.date())


def matches(visit: RecentVisit, wanted: str) -> bool:
    """Tell whether every word searched for occurs in a visit's enterprise, rubric or file."""
    summary = visit.summary
    known = [visit.path.name]
    if summary is not None:
        rubric, target = summary.rubric, summary.target
        known += [summary.enterprise, rubric.zh, rubric.en, target.zh, target.en]
    text = " ".join(known).casefold()
    return all(word in text for word in wanted.casefold().split())


class RecentModel(QAbstractListModel):
    """The recent visits that a search leaves, the latest first."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._all: tuple[RecentVisit, ...] = ()
        self._wanted = ""
        self._shown: tuple[RecentVisit, ...] = ()

    @property
    def shown(self) -> tuple[RecentVisit, ...]:
        """The visits that are left."""
        return self._shown

    @property
    def visits(self) -> tuple[RecentVisit, ...]:
        """All visits, whatever is searched for."""
        return self._all

    @property
    def empty(self) -> bool:
        """Whether there is nothing to search in."""
        return not self._all

    def set_visits(self, visits: Sequence[RecentVisit]) -> None:
        """Take other visits; nothing happens when they are the same."""
        if tuple(visits) != self._all:
            self._all = tuple(visits)
            self._narrow()

    def set_search(self, wanted: str) -> None:
        """Leave only what matches."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._narrow()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802
        """Return how many visits are left."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name of the enterprise, or the whole visit."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        visit = self._shown[index.row()]
        if role == VISIT_ROLE:
            return visit
        if role == Qt.ItemDataRole.DisplayRole:
            return visit.summary.enterprise if visit.summary else visit.path.stem
        return None

    def _narrow(self) -> None:
        self.beginResetModel()
        self._shown = tuple(visit for visit in self._all if matches(visit, self._wanted))
        self.endResetModel()


def _state(visit: RecentVisit, words: Words) -> tuple[str, ChipTone]:
    if visit.state != "fine":
        fault: ChipTone = "caution" if visit.state == "in_use" else "bad"
        return words.tr(f"ui_start.state_{visit.state}"), fault
    name, tone = _standing(visit.summary)
    return words.tr(f"ui_start.state_{name}"), tone


def _standing(summary: Summary | None) -> tuple[str, ChipTone]:
    if summary is None:
        return "reading", ""
    standings: tuple[tuple[bool, str, ChipTone], ...] = (
        (summary.signed, "signed", "good"),
        (summary.awaited, "awaited", ""),
        (summary.own, "own", "accent"),
        (summary.complete, "complete", "accent"),
        (True, "open", "caution"),
    )
    return next((name, tone) for holds, name, tone in standings if holds)


def _frame(summary: Summary, words: Words) -> str:
    rubric = words.pick(summary.rubric)
    target = words.pick(summary.target)
    parts = [rubric, words.pick(summary.profile)]
    if target != rubric:
        parts.append(words.tr("ui.target", target=target))
    return _DOT.join([*parts, words.pick(summary.cycle)])


def _progress(summary: Summary, words: Words) -> str:
    result = words.pick(summary.result) if summary.result else ""
    if summary.complete:
        total = words.tr("ui_start.points", points=summary.points) if summary.points else ""
        return _DOT.join(part for part in (total, result) if part)
    parts = [words.tr("ui_start.progress", done=summary.done, asked=summary.asked)]
    if summary.evidence:
        parts.append(words.tr("ui_start.evidence", count=summary.evidence))
    return _DOT.join(parts)


def _bar_role(visit: RecentVisit) -> str:
    if visit.state != "fine" or visit.summary is None or visit.summary.awaited:
        return "strong_line"
    return "good" if visit.summary.signed else "accent"
