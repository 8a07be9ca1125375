"""One field of a rubric: its label, what is typed into it, and what is wrong with it."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor.exchange.rubric_book.notation import read, written
from assessor.exchange.rubric_book.shapes import Shape
from assessor.exchange.rubric_book.wording import column_words
from assessor.i18n import LANGUAGES, Language
from assessor.rubrics.json_text import Path as JsonPath
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS, S
from assessor.ui.widgets import (
    ChoiceField,
    FlowLabel,
    LineField,
    NoteEdit,
    ToolButton,
    label,
    retone,
)
from assessor.ui.words import Words
from assessor.workspace.rubric_draft import REMOVED, at
from assessor.workspace.rubric_parts import EditField

_FIGURE_WIDTH = 190
_MOST_LINES = 12


class FieldRow(QWidget):
    """One field with its label. Signals: `edited(object, object)` place and value,
    `remove_asked(object)` the entry of a list to take away.
    """

    edited = Signal(object, object)
    remove_asked = Signal(object)

    def __init__(
        self, context: Context, field: EditField, heading: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._context = context
        self._inputs: dict[JsonPath, NoteEdit | LineField | ChoiceField] = {}
        name = column_words(field.steps, context.words.language)
        self._name = " · ".join(part for part in (heading, name) if part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(context.theme.px(XS))
        column.addWidget(label(name, "caption"))
        self._line = QHBoxLayout()
        self._line.setSpacing(context.theme.px(S))
        column.addLayout(self._line)
        self.said = FlowLabel(context.theme, "", "bad", size=context.theme.sizes.caption)
        self.said.hide()
        column.addWidget(self.said)
        self._fill()

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """What is typed into, in order."""
        return tuple(self._inputs.values())

    def show_data(self, data: object) -> None:
        """Show what stands in the draft."""
        for path, entry in self._inputs.items():
            value = at(data, path)
            if isinstance(entry, ChoiceField):
                entry.set_key(_key(value))
            else:
                entry.set_text("" if value is None else self._text(value))

    def show_problem(self, words: str) -> None:
        """Say below the field what is wrong with it, nothing for an empty text."""
        self.said.set_text(words)
        self.said.setVisible(bool(words))
        for entry in self._inputs.values():
            retone(entry, "invalid", bool(words))

    def _text(self, value: object) -> str:
        if isinstance(value, str) and self.field.kind != "list":
            return value
        return written(value, self.field.shape)

    def _fill(self) -> None:
        field = self.field
        if field.kind == "words":
            for language in LANGUAGES:
                self._add(language)
        elif field.kind == "choice":
            self._choice()
        else:
            self._figure()
        if field.remove is not None:
            words = self._context.words.tr("ui_rubric_edit.remove", name=self._name)
            button = ToolButton(self._context.theme, "trash", words)
            button.clicked.connect(lambda *_: self.remove_asked.emit(field.remove))
            self._line.addWidget(button)

    def _add(self, language: Language) -> None:
        words = self._context.words.tr(f"ui_rubric_edit.in_{language}")
        edit = NoteEdit(self._context.theme, f"{self._name} · {words}", words, most=_MOST_LINES)
        edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        path = (*self.field.path, language)
        edit.note_edited.connect(lambda text: self.edited.emit(path, text))
        self._inputs[path] = edit
        self._line.addWidget(edit, 1, Qt.AlignmentFlag.AlignTop)

    def _choice(self) -> None:
        field, words = self.field, self._context.words
        box = ChoiceField(self._context.theme, self._name)
        choices = ("true", "false") if field.shape.kind == "truth" else field.shape.choices
        empty = {"": words.tr("ui_rubric_edit.not_said")} if field.optional else {}
        name = str(field.path[-1])
        box.set_choices(empty | {choice: choice_said(words, name, choice) for choice in choices})
        box.key_chosen.connect(lambda key: self.edited.emit(field.path, self._chosen(key)))
        self._inputs[field.path] = box
        self._line.addWidget(box)
        self._line.addStretch(1)

    def _chosen(self, key: str) -> object:
        if not key:
            return REMOVED
        return key == "true" if self.field.shape.kind == "truth" else key

    def _figure(self) -> None:
        field, words = self.field, self._context.words
        hint = words.tr("ui_rubric_edit.to_enter") if field.waits else ""
        line = LineField(self._context.theme, self._name, hint)
        if field.kind == "number":
            line.setFixedWidth(self._context.theme.px(_FIGURE_WIDTH))
        line.text_handed.connect(lambda text: self.edited.emit(field.path, self._value(text)))
        self._inputs[field.path] = line
        self._line.addWidget(line)
        if field.kind == "number":
            self._line.addStretch(1)

    def _value(self, text: str) -> object:
        """Return what a typed text means; a wrong one stays, so that the checks name it."""
        plain = unicodedata.normalize("NFKC", text).strip()
        if not plain:
            return None if self.field.waits else REMOVED
        shape = Shape("whole") if self.field.shape.kind == "whole" else self.field.shape
        return read(plain if self.field.kind == "number" else text.strip(), shape)


_SAID = {
    "basis": "report.basis",
    "severity": "report.severity",
    "kind": "report.kind",
    "default": "standard.default",
    "combine": "standard.combine",
    "policy": "standard.na",
    "place": "walk.place",
}
"""Where the catalogue has the words of a choice, by the field's name."""
_TRUTH = {"true": "standard.yes", "false": "standard.no"}


def choice_said(words: Words, name: str, choice: str) -> str:
    """Return what a choice is called; one without words is called as in the file."""
    if choice in _TRUTH:
        return words.tr(_TRUTH[choice])
    return words.tr(f"{_SAID[name]}_{choice}") if name in _SAID else choice


def _key(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else ""
