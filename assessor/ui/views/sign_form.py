"""The form somebody signs with: who, what is declared, the signature itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, S
from assessor.ui.views.sign_draft import Draft, Opinion, missing
from assessor.ui.views.sign_pad import SignaturePad
from assessor.ui.widgets import (
    Button,
    Card,
    CheckField,
    ChoiceField,
    FlowLabel,
    NoteEdit,
    PrimaryButton,
    column,
    label,
    named,
    row,
)
from assessor.ui.words import Words

_LONGEST = 100
_INDENT = 30


class SignForm(Card):
    """Shows a draft and tells what becomes of it.

    Signals: `person_chosen(str)` somebody else is to sign; `draft_changed(object)` a `Draft`;
    `sign_asked()` everything needed is there and the person wants to sign.
    """

    person_chosen = Signal(str)
    draft_changed = Signal(object)
    sign_asked = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme, self._words = theme, words
        self._draft = Draft()
        self._showing = False
        self.person = ChoiceField(theme, words.tr("ui_sign.choose_person"))
        self.name = _line(words.tr("ui_sign.name"))
        self.role = _line(words.tr("ui_sign.role"))
        self.truthful = CheckField(theme, words.tr("ui_sign.truthful"))
        self.truthful_text = FlowLabel(theme, "", "muted")
        self.recusal = CheckField(theme, words.tr("ui_sign.recusal"))
        self.recusal_text = FlowLabel(theme, words.tr("ui_sign.recusal_panel"), "muted")
        self.opinion = ChoiceField(theme, words.tr("ui_sign.opinion"))
        self.remark = NoteEdit(
            theme, words.tr("ui_sign.remark"), words.tr("ui_sign.remark_hint"), least=2
        )
        self.pad = SignaturePad(theme, words.tr("ui_sign.pad"), words.tr("ui_sign.pad_hint"))
        self.clear = Button(theme, words.tr("ui_sign.clear"), "refresh")
        self.on_paper = CheckField(theme, words.tr("ui_sign.on_paper"))
        self.sign = PrimaryButton(theme, words.tr("ui_sign.sign"), "signature")
        self.need = FlowLabel(theme, "", "muted")
        self._lay_out()
        self._connect()

    @property
    def draft(self) -> Draft:
        """The draft as it stands."""
        return self._draft

    def show_draft(self, draft: Draft, people: Mapping[str, str]) -> None:
        """Show another draft, to be signed by one of `people`."""
        self._showing = True
        self._draft = draft
        self.person.set_choices(dict(people))
        self.person.set_key(draft.person or None)
        self.name.setText(draft.name)
        self.role.setText(draft.role)
        self.truthful.setChecked(draft.truthful)
        self.recusal.setChecked(draft.recusal)
        self._offer_opinions()
        self.opinion.set_key(draft.opinion)
        self.remark.set_text(draft.remark)
        self.on_paper.setChecked(draft.on_paper)
        self.pad.set_strokes(draft.strokes)
        self._showing = False
        self._show_needs()

    def show_busy(self, busy: bool) -> None:
        """Show that the signature is on its way."""
        self.setEnabled(not busy)
        self.sign.setText(self._words.tr("ui_sign.signing" if busy else "ui_sign.sign"))

    def hand_in(self) -> None:
        """Take what was typed a moment ago into the draft."""
        self.remark.flush()

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        theme, words = self._theme, self._words
        self.body.addWidget(label(words.tr("ui_sign.form"), "title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(S))
        grid.setVerticalSpacing(theme.px(S))
        fields = ((self.person, "choose_person"), (self.name, "name"), (self.role, "role"))
        for at, (field, key) in enumerate(fields):
            grid.addWidget(label(words.tr(f"ui_sign.{key}"), "caption"), 0, at)
            grid.addWidget(field, 1, at)
            grid.setColumnStretch(at, 1)
        self.body.addLayout(grid)
        self.body.addSpacing(theme.px(S))
        self.body.addWidget(label(words.tr("ui_sign.declarations"), "title"))
        for tick, text in (
            (self.truthful, self.truthful_text),
            (self.recusal, self.recusal_text),
        ):
            below = row(theme, text)
            below.setContentsMargins(theme.px(_INDENT), 0, 0, theme.px(XS))
            pair = column(theme, tick, spacing=0)
            pair.addLayout(below)
            self.body.addLayout(pair)
        opinion = row(theme, label(words.tr("ui_sign.opinion"), "muted"), self.opinion)
        opinion.addStretch(1)
        self.body.addLayout(opinion)
        self.body.addWidget(self.remark)
        self.body.addSpacing(theme.px(S))
        self.body.addWidget(label(words.tr("ui_sign.pad"), "title"))
        self.body.addWidget(self.pad)
        paper = row(theme, self.on_paper, stretch=True)
        paper.addWidget(self.clear)
        self.body.addLayout(paper)
        foot = row(theme, self.sign)
        foot.addWidget(self.need, 1, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.person.key_chosen.connect(self.person_chosen)
        self.name.textEdited.connect(lambda text: self._change(replace(self._draft, name=text)))
        self.role.textEdited.connect(lambda text: self._change(replace(self._draft, role=text)))
        self.truthful.toggled.connect(lambda on: self._change(replace(self._draft, truthful=on)))
        self.recusal.toggled.connect(lambda on: self._change(replace(self._draft, recusal=on)))
        self.opinion.key_chosen.connect(self._on_opinion)
        self.remark.note_edited.connect(
            lambda text: self._change(replace(self._draft, remark=text))
        )
        self.on_paper.toggled.connect(lambda on: self._change(replace(self._draft, on_paper=on)))
        self.pad.drawing_changed.connect(
            lambda: self._change(replace(self._draft, strokes=self.pad.strokes))
        )
        self.clear.clicked.connect(lambda *_: self.pad.set_strokes(()))
        self.sign.clicked.connect(lambda *_: self._ask())

    # --- what happens -----------------------------------------------------------------------------

    def _change(self, draft: Draft) -> None:
        if not self._showing:
            self._draft = draft
            self.draft_changed.emit(draft)
            self._show_needs()

    def _on_opinion(self, key: str) -> None:
        chosen: Opinion = "reserve" if key == "reserve" else "agree"
        self._change(replace(self._draft, opinion=chosen))

    def _ask(self) -> None:
        self.hand_in()
        if not missing(self._draft, self.pad.signed):
            self.sign_asked.emit()

    def _offer_opinions(self) -> None:
        side = "panel" if self._draft.on_panel else "other"
        tr = self._words.tr
        self.opinion.set_choices({key: tr(f"ui_sign.{key}_{side}") for key in ("agree", "reserve")})
        self.truthful_text.set_text(tr(f"ui_sign.truthful_{side}"))
        for widget in (self.recusal, self.recusal_text):
            widget.setVisible(self._draft.on_panel)

    def _show_needs(self) -> None:
        key = missing(self._draft, self.pad.signed)
        self.sign.setEnabled(not key)
        self.need.set_text(self._words.tr(key) if key else "")
        self.clear.setEnabled(bool(self.pad.strokes))
        self.pad.setEnabled(not self._draft.on_paper)


def _line(name: str) -> QLineEdit:
    field = named(QLineEdit(), name)
    field.setMaxLength(_LONGEST)
    return field
