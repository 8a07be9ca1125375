"""The form of one part of a rubric: a card for its own fields and one for each of its lists."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.errors import Problem
from assessor.exchange.rubric_book.wording import column_words
from assessor.rubrics.json_text import Path as JsonPath
from assessor.rubrics.json_text import path_text
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import M
from assessor.ui.views.rubric_editor.fields import FieldRow
from assessor.ui.widgets import Card, GhostButton, ScrollColumn, label, row
from assessor.workspace.rubric_draft import REMOVED, RubricDraft, at
from assessor.workspace.rubric_parts import ADDABLE, EditField, FieldGroup, Part, groups_of


class PartForm(QWidget):
    """Edits one part of a draft. Signals: `edited()` after every change of the draft."""

    edited = Signal()

    def __init__(self, context: Context, draft: RubricDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._draft = context, draft
        self.part: Part | None = None
        self.rows: list[FieldRow] = []
        self._problems: tuple[Problem, ...] = ()
        self.area = ScrollColumn(context.theme, 0)
        self._cards: list[QWidget] = []
        self.area.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)

    def show_part(self, part: Part) -> None:
        """Show the form of a part, from its top."""
        self.flush()
        self.part = part
        self._rebuild()
        self.area.verticalScrollBar().setValue(0)

    def flush(self) -> None:
        """Hand in what was typed and not yet handed in."""
        for one in self.rows:
            for entry in one.inputs:
                if callable(hand_in := getattr(entry, "flush", None)):
                    hand_in()

    def refresh(self) -> None:
        """Show the draft after a step was taken back or done again."""
        if self.part is not None:
            self._rebuild()

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say at each field what is wrong with it."""
        self._problems = tuple(problems)
        for one in self.rows:
            one.show_problem(self._said(one))

    def focus_place(self, place: str) -> bool:
        """Put the cursor into the field a problem is about, as near as there is one."""
        near = [one for one in self.rows if _touches(place, path_text(one.field.path))]
        if not near:
            return False
        chosen = max(near, key=lambda one: len(path_text(one.field.path)))
        self.area.ensureWidgetVisible(chosen)
        chosen.inputs[0].setFocus()
        return True

    def _said(self, one: FieldRow) -> str:
        place = path_text(one.field.path)
        pick = self._context.words.pick
        about = [problem for problem in self._problems if _inside(problem.place, place)]
        return "\n".join(dict.fromkeys(pick(problem.message) for problem in about))

    def _rebuild(self) -> None:
        for old in self._cards:
            self.area.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards, self.rows = [], []
        if self.part is None:
            return
        for place, group in enumerate(groups_of(self._draft.data, self.part)):
            card = self._card(group)
            self._cards.append(card)
            self.area.body.insertWidget(place, card)
        self.show_problems(self._problems)

    def _card(self, group: FieldGroup) -> Card:
        theme, words = self._context.theme, self._context.words
        card = Card(theme)
        card.body.setSpacing(theme.px(M))
        heading = column_words(group.steps, words.language)
        if heading:
            card.body.addWidget(label(heading, "title"))
        for field in group.fields:
            made = FieldRow(self._context, field, heading)
            made.show_data(self._draft.data)
            made.edited.connect(self._on_edit)
            made.remove_asked.connect(self._remove)
            self.rows.append(made)
            card.body.addWidget(made)
        if group.add is not None:
            button = GhostButton(theme, words.tr("ui_rubric_edit.add", name=heading), "plus")
            path = group.add
            button.clicked.connect(lambda *_: self._add(path))
            line = row(theme, button)
            line.addStretch(1)
            card.body.addLayout(line)
        return card

    def _on_edit(self, path: JsonPath, value: object) -> None:
        sender = next(
            (one for one in self.rows if path[: len(one.field.path)] == one.field.path), None
        )
        if sender is not None and sender.field.kind == "words":
            path, value = self._in_both(sender.field, path, value)
        if self._draft.put(path, value):
            self.edited.emit()

    def _in_both(self, field: EditField, path: JsonPath, value: object) -> tuple[JsonPath, object]:
        """Take an optional text away when neither language says anything any more."""
        other = "en" if path[-1] == "zh" else "zh"
        if field.optional and value == "" and not at(self._draft.data, (*field.path, other)):
            return field.path, REMOVED
        return path, value

    def _add(self, path: JsonPath) -> None:
        self.flush()
        self._draft.append(path, copy.deepcopy(ADDABLE[str(path[-1])]))
        self._rebuild()
        fresh = [one for one in self.rows if one.field.path[: len(path)] == path]
        self.area.ensureWidgetVisible(fresh[-1])
        fresh[-1].inputs[0].setFocus()
        self.edited.emit()

    def _remove(self, path: JsonPath) -> None:
        self.flush()
        self._draft.put(path, REMOVED)
        self._rebuild()
        self.edited.emit()


def names_in(names: Mapping[str, str], language: str) -> str:
    """Return the name of a part in a language, or in the other where it has none yet."""
    return names.get(language) or next(iter(names.values()), "")


def _inside(place: str, field: str) -> bool:
    """Whether a problem's place is a field or lies in it."""
    return place == field or (
        place.startswith(field) and place[len(field) : len(field) + 1] in ".["
    )


def _touches(place: str, field: str) -> bool:
    return _inside(place, field) or _inside(field, place)
