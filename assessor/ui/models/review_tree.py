"""Where a number comes from as rows: from the total down to the answer and its photograph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from assessor.assessment import EvidenceItem
from assessor.rules.explain import Explained
from assessor.scoring import shown_text
from assessor.ui.models.row_tree import RowLook, RowNode
from assessor.ui.words import Words
from assessor.workspace.explanations import Missing
from assessor.workspace.live import Published

SEPARATOR = "/"
"""Between the ids on the way from a root to a row; together they are its key."""


def explained_rows(
    roots: tuple[Explained, ...], missing: Missing, published: Published, words: Words
) -> tuple[RowNode, ...]:
    """Return a row for each number, those it is made from below it, evidence at the leaves."""
    evidence = {piece.id: piece for piece in published.assessment.evidence}
    maker = _Maker(words, evidence, missing)
    return tuple(maker.node(root, "", 0) for root in roots)


class _Maker:
    def __init__(
        self, words: Words, evidence: Mapping[str, EvidenceItem], missing: Missing
    ) -> None:
        self._words, self._evidence, self._missing = words, evidence, missing

    def node(self, found: Explained, above: str, depth: int) -> RowNode:
        """Return the row of one number with all below it."""
        key = f"{above}{SEPARATOR}{found.id}" if above else found.id
        children = [self.node(child, key, depth + 1) for child in found.children]
        children += self._open_items(found.id, key, depth + 1) if depth == 0 else ()
        children += self._pieces(found, key, depth + 1)
        return RowNode(key, self._look(found, depth), tuple(children))

    def _look(self, found: Explained, depth: int) -> RowLook:
        words = self._words
        basis = words.tr(f"ui_review.basis_{found.basis}") if found.basis else ""
        rule = (words.pick(found.rule), basis)
        notes = [words.tr("ui_review.dot").join(part for part in rule if part)]
        if found.answer is not None:
            notes += [
                text for text in (found.answer.reason.strip(), found.answer.note.strip()) if text
            ]
        return RowLook(
            words.pick(found.label),
            notes=tuple(notes),
            aside=self._figure(found.value, found.maximum),
            aside_role="text",
            depth=depth,
            strong=depth == 0,
        )

    def _figure(self, value: Decimal | None, maximum: Decimal | None) -> str:
        if value is None:
            return (
                "" if maximum is None else self._words.tr("ui_review.none_of", most=_plain(maximum))
            )
        told = shown_text(value)
        if maximum is None:
            return told
        return self._words.tr("ui_review.of", value=told, most=_plain(maximum))

    def _open_items(self, outcome: str, above: str, depth: int) -> Iterator[RowNode]:
        """The items whose answers could still decide an outcome."""
        for criterion in self._missing.get(outcome, ()):
            title = self._words.pick(criterion.title)
            note = self._words.tr("ui_review.still_missing")
            look = RowLook(title, "circle", "strong_line", criterion.number, (note,), depth=depth)
            yield RowNode(f"{above}{SEPARATOR}missing{SEPARATOR}{criterion.id}", look)

    def _pieces(self, found: Explained, above: str, depth: int) -> Iterator[RowNode]:
        for name in found.evidence:
            piece = self._evidence.get(name)
            if piece is None:
                continue
            title = piece.caption.strip() or piece.file_name
            parts = (piece.person.strip(), self._words.day(piece.about))
            note = self._words.tr("ui_review.dot").join(part for part in parts if part)
            look = RowLook(title, notes=(note,) if note else (), depth=depth, evidence=piece.id)
            yield RowNode(f"{above}{SEPARATOR}evidence{SEPARATOR}{piece.id}", look)


def _plain(value: Decimal) -> str:
    text = shown_text(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
