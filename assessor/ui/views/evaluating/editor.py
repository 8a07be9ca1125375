"""What every way of answering has in common."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assessor.assessment import Answer, Jotting
from assessor.commands.remarks import remarks_on
from assessor.rubrics.criterion import Criterion
from assessor.rules.card import ItemScore
from assessor.ui.views.evaluating.edits import MakeEdit
from assessor.workspace.live import Published


@dataclass(frozen=True)
class Shown:
    """One criterion as it is on record, in one of its units."""

    published: Published
    item: ItemScore
    key: str

    @property
    def criterion(self) -> Criterion:
        """The question."""
        return self.item.criterion

    @property
    def answer(self) -> Answer | None:
        """The answer as given."""
        return self.published.assessment.answers.get(self.key)

    @property
    def remarks(self) -> Jotting | None:
        """What is noted, on the answer or before there is one, and how sure it is."""
        return remarks_on(self.published.assessment, self.key)

    @property
    def theirs(self) -> Answer | None:
        """The enterprise's own answer."""
        own = self.published.assessment.self_assessment
        return None if own is None else own.answers.get(self.key)


class AnswerEditor(QWidget):
    """One way of answering. It shows what it is told and only ever asks for edits.

    Signals: `edit_wanted(object)` a function that makes the edit (see `edits`); `considered()`
    another answer than before is looked at.
    """

    edit_wanted = Signal(object)
    considered = Signal()

    def show_answer(self, shown: Shown) -> None:
        """Show what is on record."""
        raise NotImplementedError

    def choose_number(self, number: int) -> None:
        """Choose by a number key, counted from 1; nothing where there is nothing to choose."""

    def focus_home(self) -> None:
        """Take the focus to where answering begins."""
        self.setFocus()

    def alternative(self) -> tuple[str, MakeEdit] | None:
        """Return the other answer that is looked at: a sentence's beginning and its edit."""
        return None

    @property
    def usable(self) -> bool:
        """Whether an answer can be given here at all."""
        return True

    def flush(self) -> None:
        """Hand in what was typed and not yet handed in."""
