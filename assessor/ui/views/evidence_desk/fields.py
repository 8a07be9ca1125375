"""What can be said about the chosen pieces: caption, kind, day, person, and what they serve."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar, get_args

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.assessment import EvidenceItem
from assessor.rubrics.criterion import EvidenceKind
from assessor.ui.models.criteria_choice import Choosable
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS, S
from assessor.ui.views.evidence_desk.picker import CriteriaPicker
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import ChoiceField, DateField, LineField, NoteEdit, column, label
from assessor.ui.words import Words
from assessor.workspace.attaching import changing, tying, tying_gate

T = TypeVar("T")


class EvidenceFields(QWidget):
    """Fields for one piece, or for several together; what is changed is posted at once."""

    def __init__(self, context: Context, visit: VisitBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._ids: tuple[str, ...] = ()
        theme, words = context.theme, context.words
        self.kind = ChoiceField(theme, words.tr("ui_evidence.kind"))
        self.kind.set_choices(kind_choices(words))
        self.kind.key_chosen.connect(lambda key: self._change(kind=key))
        self.about = DateField(theme, words, words.tr("ui_evidence.about"))
        self.about.date_edited.connect(self._on_day)
        self.picker = CriteriaPicker(context, visit.loaded.rubric)
        self.picker.tie_asked.connect(self._on_tie)
        self.caption = self._make_caption()
        self.person = self._make_person()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(S))
        self._caption_box = self._labelled("caption", self.caption)
        self._person_box = self._labelled("person", self.person)
        whole.addLayout(self._caption_box)
        whole.addWidget(self.picker)
        for box in (self._labelled("kind", self.kind), self._labelled("about", self.about)):
            whole.addLayout(box)
        whole.addLayout(self._person_box)

    def leave(self) -> None:
        """Hand in what was typed."""
        self.caption.flush()
        self.person.flush()

    def show_items(self, items: Sequence[EvidenceItem]) -> None:
        """Show these pieces; what was typed about others is handed in for those."""
        ids = tuple(item.id for item in items)
        anew = ids != self._ids
        if anew:
            self._renew_typed()
            self._ids = ids
        single = len(items) == 1
        self.caption.setEnabled(single)
        self.caption.set_text(items[0].caption if single else "")
        self.kind.set_key(shared([item.kind for item in items]))
        self.about.set_value(shared([item.about for item in items]))
        self.person.set_text(shared([item.person for item in items]) or "")
        self.picker.show_items(items, anew)

    def _renew_typed(self) -> None:
        """Put fresh fields in place: the old ones still wait for the echo of what was typed."""
        self.leave()
        for box, old, new in (
            (self._caption_box, self.caption, self._make_caption()),
            (self._person_box, self.person, self._make_person()),
        ):
            box.replaceWidget(old, new)
            old.blockSignals(True)
            old.hide()
            old.deleteLater()
            if isinstance(new, NoteEdit):
                self.caption = new
            else:
                self.person = new

    def _make_caption(self) -> NoteEdit:
        theme, words = self._context.theme, self._context.words
        name, hint = words.tr("ui_evidence.caption"), words.tr("ui_evidence.caption_hint")
        made = NoteEdit(theme, name, hint, least=2, most=5)
        made.note_edited.connect(lambda text: self._change(caption=text))
        return made

    def _make_person(self) -> LineField:
        theme, words = self._context.theme, self._context.words
        name, hint = words.tr("ui_evidence.person"), words.tr("ui_evidence.person_hint")
        made = LineField(theme, name, hint)
        made.text_handed.connect(lambda text: self._change(person=text))
        return made

    def _labelled(self, key: str, field: QWidget) -> QVBoxLayout:
        words = self._context.words
        return column(
            self._context.theme, label(words.tr(f"ui_evidence.{key}"), "caption"), field, spacing=XS
        )

    def _change(self, **fields: object) -> None:
        if self._ids:
            self._visit.post(changing(self._ids, **fields))

    def _on_day(self, day: date | None) -> None:
        self._change(about=day)

    def _on_tie(self, chosen: Choosable, tied: bool) -> None:
        make = tying_gate if chosen.what.kind == "gate" else tying
        self._visit.post(make(self._ids, chosen.what.id, tied, chosen.called))


def kind_choices(words: Words) -> dict[str, str]:
    """Return the kinds of evidence with their names."""
    return {kind: words.tr(f"workbook.evidence_{kind}") for kind in get_args(EvidenceKind)}


def shared(values: Sequence[T]) -> T | None:
    """Return the value all have in common, `None` when they differ or there are none."""
    if not values or any(value != values[0] for value in values):
        return None
    return values[0]
