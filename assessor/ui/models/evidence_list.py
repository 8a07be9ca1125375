"""The pieces of evidence as a list to look through: what serves nothing yet comes first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assessor.assessment import Assessment, EvidenceItem
from assessor.rubrics.base import LocalText
from assessor.rubrics.models import Rubric
from assessor.ui.words import Words
from assessor.workspace.pictures import duplicates, taken_outside, untied

Index = QModelIndex | QPersistentModelIndex
EvidenceView = Literal["all", "inbox", "photos", "documents", "doubtful"]
VIEWS: tuple[EvidenceView, ...] = ("all", "inbox", "photos", "documents", "doubtful")


@dataclass(frozen=True)
class Piece:
    """One piece as it is listed: what it serves, and what gives pause.

    `serves` are printed numbers of criteria, `gates` the titles of gates.
    """

    item: EvidenceItem
    inbox: bool
    serves: tuple[str, ...] = ()
    gates: tuple[LocalText, ...] = ()
    same_as: tuple[str, ...] = ()
    outside: bool = False

    @property
    def title(self) -> str:
        """The caption, the file's name without one."""
        return self.item.caption.strip().partition("\n")[0] or self.item.file_name

    @property
    def doubtful(self) -> bool:
        """Whether something about it gives pause."""
        return self.outside or bool(self.same_as)

    @property
    def is_picture(self) -> bool:
        """Whether it is a photograph or another picture."""
        return self.item.media_type.startswith("image/")


def pieces_of(assessment: Assessment, rubric: Rubric) -> tuple[Piece, ...]:
    """Return all pieces, those that serve nothing first, else in the order they were added."""
    inbox, same = untied(assessment), duplicates(assessment.evidence)
    numbers = {criterion.id: criterion.number for criterion in rubric.criteria}
    titles = {gate.id: gate.title for gate in rubric.gates}
    pieces = [
        Piece(
            item,
            item.id in inbox,
            _serves(item, numbers),
            tuple(titles[gate] for gate in item.gates if gate in titles),
            same.get(item.id, ()),
            taken_outside(item, assessment.visit),
        )
        for item in assessment.evidence
    ]
    return tuple(sorted(pieces, key=lambda piece: not piece.inbox))


def served(piece: Piece, words: Words) -> str:
    """Return what a piece serves in one line."""
    return ", ".join((*piece.serves, *(words.pick(title) for title in piece.gates)))


def _serves(item: EvidenceItem, numbers: Mapping[str, str]) -> tuple[str, ...]:
    criteria = (key.partition("@")[0] for key in item.criteria)
    return tuple(dict.fromkeys(numbers.get(key, key) for key in criteria))


def counts(pieces: Sequence[Piece]) -> dict[EvidenceView, int]:
    """Return how many pieces each view shows."""
    return {view: sum(1 for piece in pieces if _TESTS[view](piece)) for view in VIEWS}


def chosen(pieces: Sequence[Piece], view: EvidenceView, search: str) -> tuple[Piece, ...]:
    """Return the pieces a view shows that contain every word of a search."""
    wanted = search.casefold().split()
    return tuple(
        piece
        for piece in pieces
        if _TESTS[view](piece) and all(word in _searched(piece) for word in wanted)
    )


def _searched(piece: Piece) -> str:
    item = piece.item
    gates = (text for title in piece.gates for text in (title.zh, title.en))
    parts = (item.caption, item.file_name, item.person, item.id, *piece.serves, *gates)
    return " ".join(parts).casefold()


_TESTS: Mapping[EvidenceView, Callable[[Piece], bool]] = {
    "all": lambda piece: True,
    "inbox": lambda piece: piece.inbox,
    "photos": lambda piece: piece.is_picture,
    "documents": lambda piece: not piece.is_picture,
    "doubtful": lambda piece: piece.doubtful,
}


class Role(IntEnum):
    """What a row is asked for."""

    PIECE = Qt.ItemDataRole.UserRole + 1
    ID = Qt.ItemDataRole.UserRole + 2


class EvidenceList(QAbstractListModel):
    """The pieces that are shown. `describe` says a piece in words for screen readers."""

    def __init__(self, describe: Callable[[Piece], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._describe = describe
        self._pieces: tuple[Piece, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces in the order they are shown."""
        return self._pieces

    def set_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show other pieces; where only their contents changed, nothing moves."""
        new, old = tuple(pieces), self._pieces
        if [piece.item.id for piece in new] != [piece.item.id for piece in old]:
            self.beginResetModel()
            self._pieces = new
            self.endResetModel()
            return
        self._pieces = new
        for at, (piece, before) in enumerate(zip(new, old, strict=True)):
            if piece != before:
                self.dataChanged.emit(self.index(at), self.index(at))

    def row_of(self, item_id: str) -> int:
        """Return the row of a piece, -1 when it is not shown."""
        rows = (at for at, piece in enumerate(self._pieces) if piece.item.id == item_id)
        return next(rows, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """As many rows as pieces."""
        return 0 if parent.isValid() else len(self._pieces)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return title, words for screen readers, the piece itself or its id."""
        if not index.isValid() or index.row() >= len(self._pieces):
            return None
        piece = self._pieces[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return piece.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._describe(piece)
        return {Role.PIECE: piece, Role.ID: piece.item.id}.get(Role(role)) if role in _OWN else None


_OWN = frozenset(int(role) for role in Role)
