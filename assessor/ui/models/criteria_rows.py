"""The rows of the tree of criteria as values; no Qt in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from assessor.rubrics.models import Rubric
from assessor.rules.card import DimensionScore, ItemScore
from assessor.rules.program import Role
from assessor.ui.models.standings import Standing, main_dimensions, outside, standings
from assessor.ui.words import Words
from assessor.workspace.live import Published

Kind = Literal["dimension", "item", "gates", "indicators"]
GATES, INDICATORS = "gates", "indicators"
"""The ids of the two rows that stand for a whole panel."""


@dataclass(frozen=True)
class Entry:
    """One row. `done` of `asked` count what is below; `main` are the dimensions shown first.

    `haystack` is what a search looks through, `label` a word such as "bonus" behind the title.
    """

    kind: Kind
    id: str
    title: str
    number: str = ""
    depth: int = 0
    done: int = 0
    asked: int = 0
    main: bool = False
    label: str = ""
    standing: Standing | None = None
    haystack: str = field(default="", repr=False)
    tip: str = field(default="", repr=False)


@dataclass
class Node:
    """A row in its place: the numbers of its parent and children among all nodes.

    The last node of all is the root, which is not shown.
    """

    entry: Entry
    parent: int | None
    row: int
    children: list[int]


def rows_of(rubric: Rubric, words: Words, published: Published) -> tuple[Node, ...]:
    """Return all rows, parents before their children, and the root last."""
    return _Maker(rubric, words, published).made()


def spoken(entry: Entry, words: Words) -> str:
    """Return what a screen reader says of a row: its words and its state."""
    if entry.standing is None:
        key = "ui_eval.spoken_progress"
        return words.tr(key, title=entry.title, done=entry.done, asked=entry.asked)
    standing = entry.standing
    said = [entry.number, entry.title, words.tr(f"ui_eval.state_{standing.state}")]
    marks = {"flagged": standing.flagged, "short": standing.short, "linked": standing.forced}
    said += [words.tr(f"ui_eval.mark_{name}") for name, holds in marks.items() if holds]
    return " ".join([*said, entry.label]).strip()


class _Maker:
    def __init__(self, rubric: Rubric, words: Words, published: Published) -> None:
        self._rubric, self._words = rubric, words
        self._card, self._record = published.card, published.assessment
        self._standings = standings(published)
        self._main = {entry.dimension.id for entry in main_dimensions(self._card)}
        self._nodes: list[Node] = []
        self._roots: list[int] = []

    def made(self) -> tuple[Node, ...]:
        for dimension in self._card.dimensions:
            self._add_dimension(dimension, None, 0)
        for role, items in outside(self._card):
            at = self._add(self._group(role, items), None)
            for item in items:
                self._add(self._item(item, 1), at)
        for entry in (self._gates(), self._indicators()):
            if entry is not None:
                self._add(entry, None)
        root = Entry("dimension", "", "")
        return (*self._nodes, Node(root, None, 0, self._roots))

    def _add(self, entry: Entry, parent: int | None) -> int:
        siblings = self._roots if parent is None else self._nodes[parent].children
        at = len(self._nodes)
        self._nodes.append(Node(entry, parent, len(siblings), []))
        siblings.append(at)
        return at

    def _add_dimension(self, score: DimensionScore, parent: int | None, depth: int) -> None:
        at = self._add(self._dimension(score, depth), parent)
        for item in score.items:
            self._add(self._item(item, depth + 1), at)
        for child in score.children:
            self._add_dimension(child, at, depth + 1)

    def _dimension(self, score: DimensionScore, depth: int) -> Entry:
        title = self._words.pick(score.dimension.name)
        return Entry(
            "dimension",
            score.dimension.id,
            title,
            score.dimension.number or "",
            depth,
            score.done,
            score.asked,
            score.dimension.id in self._main,
        )

    def _group(self, role: Role, items: Sequence[ItemScore]) -> Entry:
        title = self._words.tr(f"ui_eval.group_{role}")
        done = sum(item.done for item in items)
        return Entry("dimension", f"group.{role}", title, "", 0, done, len(items), main=True)

    def _item(self, item: ItemScore, depth: int) -> Entry:
        criterion, standing = item.criterion, self._standings[item.criterion.id]
        title = self._words.pick(criterion.title)
        question = self._words.pick(criterion.question)
        return Entry(
            "item",
            criterion.id,
            title,
            criterion.number,
            depth,
            label=self._words.tr("ui_eval.role_optional") if item.role == "optional" else "",
            standing=standing,
            haystack=self._haystack(item),
            tip=question,
        )

    def _haystack(self, item: ItemScore) -> str:
        criterion = item.criterion
        texts = [criterion.number, criterion.id]
        for told in (criterion.title, criterion.question):
            texts += [told.zh, told.en]
        for piece in self._record.evidence_for(criterion.id):
            texts += [piece.file_name, piece.caption]
        texts += [answer.note for answer in item.answers if answer is not None]
        return "\n".join(texts).casefold()

    def _gates(self) -> Entry | None:
        gates = [found for found in self._card.gates if found.gate.default == "on"]
        if not self._card.gates:
            return None
        done = sum(found.state != "unknown" for found in gates)
        return self._panel("gates", GATES, done, len(gates))

    def _indicators(self) -> Entry | None:
        asked = len(self._rubric.indicators)
        return (
            self._panel("indicators", INDICATORS, len(self._record.indicators), asked)
            if asked
            else None
        )

    def _panel(self, kind: Kind, entry_id: str, done: int, asked: int) -> Entry:
        title = self._words.tr(f"ui_eval.{kind}")
        return Entry(
            kind,
            entry_id,
            title,
            "",
            0,
            done,
            asked,
            True,
            haystack=title.casefold(),
        )
