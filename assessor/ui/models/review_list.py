"""What is to be looked at again as rows, and where each of them leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assessor.analysis.review import Remark, RemarkKind
from assessor.i18n import Localized
from assessor.rubrics.models import Rubric
from assessor.rubrics.outcomes import ReadingUnit, unit_of
from assessor.scoring import shown_text
from assessor.ui.models.row_tree import RowLook, RowNode
from assessor.ui.words import Words

KIND_LOOKS: dict[RemarkKind, tuple[str, str]] = {
    "unanswered": ("circle", "strong_line"),
    "open_gate": ("lock", "caution"),
    "no_evidence": ("paperclip-struck", "bad"),
    "contradiction": ("scale", "bad"),
    "near_line": ("ruler", "caution"),
    "low_confidence": ("flag", "caution"),
    "not_applicable": ("circle-minus", "muted"),
}
"""Icon and role of colour; no two kinds share a shape."""
_NAMED = 12
_UNITS: dict[ReadingUnit, str] = {
    "points": "ui_review.points",
    "percent": "ui_review.percent",
    "items": "ui_review.count",
}


@dataclass(frozen=True)
class Entry:
    """One remark in its place: the key of its row, and where "go there" leads."""

    key: str
    remark: Remark
    where: dict[str, str] = field(hash=False)

    @property
    def criterion(self) -> str:
        """The criterion it is about first, empty without one."""
        return self.remark.criteria[0] if self.remark.criteria else ""


def entries_of(remarks: Sequence[Remark]) -> tuple[Entry, ...]:
    """Return the remarks with their keys, which stay when others come and go."""
    entries = []
    for remark in remarks:
        outcome = remark.outcome.id if remark.outcome else ""
        reading = remark.reading.id if remark.reading else ""
        parts = (remark.kind, *remark.criteria, remark.unit, remark.gate, outcome, reading)
        told = remark.text.key if remark.text and remark.kind == "contradiction" else ""
        where = {"panel": "gates", "gate": remark.gate} if remark.gate else {}
        if remark.criteria:
            where = {"criterion": remark.criteria[0]}
        entries.append(Entry("|".join([*parts, told]), remark, where))
    return tuple(entries)


def remark_rows(entries: Sequence[Entry], rubric: Rubric, words: Words) -> Iterator[RowNode]:
    """Yield a row for each remark."""
    for entry in entries:
        yield RowNode(entry.key, _look(entry.remark, rubric, words))


def _look(remark: Remark, rubric: Rubric, words: Words) -> RowLook:
    icon, role = KIND_LOOKS[remark.kind]
    kind = words.tr(f"ui_review.kind_{remark.kind}")
    criterion = rubric.criterion_by_id.get(remark.criteria[0]) if remark.criteria else None
    number, title = "", kind
    if remark.kind == "near_line":
        title = _near(remark, words)
    elif remark.title is not None:
        title = words.pick(remark.title)
    elif criterion is not None:
        number, title = criterion.number, words.pick(criterion.title)
    notes = tuple(_notes(remark, rubric, words))
    return RowLook(
        title,
        icon,
        role,
        number,
        notes,
        aside="" if title == kind else kind,
        spoken=" ".join([kind, number, title, *notes]),
    )


def _notes(remark: Remark, rubric: Rubric, words: Words) -> Iterator[str]:
    if remark.unit:
        yield words.tr("ui_review.unit", unit=remark.unit)
    if remark.kind == "no_evidence" and remark.text is not None:
        # The sentence names the item, which stands above it already.
        found, wanted = (remark.text.values.get(name) for name in ("found", "wanted"))
        yield words.tr("ui_review.proof_short", found=found, wanted=wanted)
    elif remark.text is not None:
        yield words.pick(remark.text)
    if remark.said:
        yield words.tr("ui_review.said", text=remark.said)
    elif remark.kind == "low_confidence":
        yield words.tr("ui_review.no_note")
    known = [name for name in remark.criteria if name in rubric.criterion_by_id]
    if remark.kind == "near_line" or len(known) > 1:
        numbers = [rubric.criterion_by_id[name].number for name in known]
        told = words.tr("ui_review.comma").join(numbers[:_NAMED])
        more = "ui_review.items_more" if len(numbers) > _NAMED else "ui_review.items"
        yield words.tr(more, numbers=told, count=len(numbers))


def _near(remark: Remark, words: Words) -> str:
    outcome, reading, distance = remark.outcome, remark.reading, remark.distance
    if outcome is None or reading is None or distance is None:
        return ""
    key = "ui_review.near_below" if distance > 0 else "ui_review.near_above"
    figure = shown_text(abs(distance))
    unit = _UNITS[unit_of(reading)]
    name: Localized = outcome.name
    return words.tr(key, outcome=name, reading=reading.name, distance=words.tr(unit, figure=figure))
