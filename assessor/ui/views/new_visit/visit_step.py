"""Step 4: the visit itself, who goes, and where the file is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.rubrics.body import BodyField
from assessor.rubrics.models import Rubric
from assessor.ui.dialogs import files
from assessor.ui.navigation import Context
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S
from assessor.ui.views.new_visit.draft import Draft, Member, Role
from assessor.ui.views.new_visit.forms import Step, set_shown, side_by_side, under
from assessor.ui.widgets import (
    Button,
    ChoiceField,
    DateField,
    FlowLabel,
    GhostButton,
    LineField,
    NoteEdit,
    ToolButton,
    label,
    row,
)
from assessor.ui.widgets.segments import Segments
from assessor.ui.words import Words

_ROLES: tuple[Role, ...] = ("leader", "member", "observer")
_KINDS = ("third_party", "self", "bureau")


class MemberRow(QWidget):
    """One panel member. Signals: `edited()`, `removal_asked()`."""

    edited = Signal()
    removal_asked = Signal()

    def __init__(
        self, theme: Theme, words: Words, member: Member, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.name = LineField(theme, words.tr("ui_new.member_name"), words.tr("ui_new.member_name"))
        self.organisation = LineField(
            theme, words.tr("ui_new.member_organisation"), words.tr("ui_new.member_organisation")
        )
        self.role = ChoiceField(theme, words.tr("ui_new.member_role"))
        self.role.set_choices({role: words.tr(f"ui_new.role_{role}") for role in _ROLES})
        self.role.set_key(member.role)
        self.name.set_text(member.name)
        self.organisation.set_text(member.organisation)
        remove = ToolButton(theme, "trash", words.tr("ui_new.member_remove"))
        for field in (self.name, self.organisation):
            field.textEdited.connect(lambda *_: self.edited.emit())
        self.role.key_chosen.connect(lambda *_: self.edited.emit())
        remove.clicked.connect(lambda *_: self.removal_asked.emit())
        line = row(theme, self.name, self.organisation, self.role, remove, spacing=S)
        line.setStretch(0, 2)
        line.setStretch(1, 3)
        self.setLayout(line)

    def member(self) -> Member:
        """Return what stands in the row."""
        role = cast("Role", self.role.key() or "member")
        return Member(name=self.name.text(), organisation=self.organisation.text(), role=role)


class VisitStep(Step):
    """When, where and by whom; whether anybody is partial; the name of the file."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme, words = self.theme, self.words
        self.kind = Segments(
            theme, words.tr("ui_new.kind"), {key: words.tr(f"ui_new.kind_{key}") for key in _KINDS}
        )
        self.kind.key_chosen.connect(lambda key: self.tell(kind=key))
        self.project = self.line("ui_new.project_name", "project_name")
        self.workshop = self.line("ui_new.workshop", "workshop")
        self.date_from = DateField(theme, words, words.tr("ui_new.date_from"))
        self.date_from.date_edited.connect(self._on_first_day)
        self.date_to = DateField(theme, words, words.tr("ui_new.date_to"))
        self.date_to.date_edited.connect(lambda day: self.tell(date_to=day))
        self.rows: list[MemberRow] = []
        self._members = QVBoxLayout()
        self.add_member = Button(theme, words.tr("ui_new.member_add"), "plus")
        self.add_member.clicked.connect(lambda *_: self._add_member())
        self.recusal = NoteEdit(theme, words.tr("ui_new.recusal"), least=2)
        self.recusal.note_edited.connect(lambda text: self.tell(recusal=text))
        self.statement = GhostButton(theme, words.tr("ui_new.recusal_fill"), "pencil")
        self.statement.clicked.connect(lambda *_: self._fill_statement())
        self.folder = self.line("ui_new.folder", "folder")
        self.file_name = self.line("ui_new.file_name", "file_name")
        self.choose = Button(theme, words.tr("ui_new.choose_folder"), "folder")
        self.choose.clicked.connect(lambda *_: self._choose_folder())
        self._enterprise = True
        self._arrange()

    def show_draft(self, draft: Draft) -> None:
        """Show what is planned."""
        self.kind.set_key(draft.kind)
        self.project.set_text(draft.project_name)
        self.workshop.set_text(draft.workshop)
        self.date_from.set_value(draft.date_from)
        self.date_to.set_value(draft.date_to)
        self.recusal.set_text(draft.recusal)
        self.folder.set_text(draft.folder)
        self.file_name.set_text(draft.file_name)
        if [one.member() for one in self.rows] != list(draft.members):
            for old in tuple(self.rows):
                self._drop(old)
            for member in draft.members:
                self._add_row(member)

    def show_body(self, rubric: Rubric) -> None:
        """Ask for what the assessed body has."""
        self._enterprise = rubric.body is None
        own = "ui_new.kind_self" if self._enterprise else "form.kind_self"
        self.kind.buttons["self"].setText(self.words.tr(own))
        for field, part in self._parts.items():
            set_shown(part, rubric.has_field(field))

    def first_field(self) -> QWidget:
        """The project."""
        return self.project

    def hand_in(self) -> None:
        """Announce what was typed and not announced yet."""
        self.recusal.flush()
        for field in (self.date_from, self.date_to):
            field.editingFinished.emit()

    def _arrange(self) -> None:
        theme, words, body = self.theme, self.words, self.body
        body.addLayout(under(theme, words.tr("ui_new.kind"), self.kind))
        self._parts: dict[BodyField, QVBoxLayout] = {
            "project_name": under(theme, words.tr("ui_new.project_name"), self.project),
            "workshop": under(theme, words.tr("ui_new.workshop"), self.workshop),
        }
        body.addLayout(side_by_side(theme, *self._parts.values()))
        first = under(theme, words.tr("ui_new.date_from"), self.date_from)
        last = under(theme, words.tr("ui_new.date_to"), self.date_to)
        days = row(theme)
        days.addLayout(first)
        days.addLayout(last)
        days.addStretch(1)
        body.addLayout(days)
        body.addWidget(label(words.tr("ui_new.panel"), "caption"))
        body.addLayout(self._members)
        body.addLayout(row(theme, self.add_member, stretch=True))
        body.addLayout(under(theme, words.tr("ui_new.recusal"), self.recusal))
        body.addLayout(row(theme, self.statement, stretch=True))
        place = row(theme, self.folder, self.choose)
        body.addWidget(label(words.tr("ui_new.file"), "title"))
        body.addWidget(label(words.tr("ui_new.folder"), "caption"))
        body.addLayout(place)
        body.addLayout(under(theme, words.tr("ui_new.file_name"), self.file_name))
        hint = words.tr("ui_new.file_hint")
        body.addWidget(FlowLabel(theme, hint, "muted", size=theme.sizes.caption))

    def _on_first_day(self, day: date | None) -> None:
        """Take a visit for one of a day until something else is said."""
        self.tell(date_from=day)
        if day is not None and self.date_to.value() is None and not self.date_to.text():
            self.date_to.set_value(day)
            self.tell(date_to=day)

    def _add_member(self) -> None:
        role: Role = "member" if self.rows else "leader"
        self._add_row(Member(role=role)).name.setFocus()
        self._tell_members()

    def _add_row(self, member: Member) -> MemberRow:
        made = MemberRow(self.theme, self.words, member)
        made.edited.connect(self._tell_members)
        made.removal_asked.connect(lambda: self._remove(made))
        self.rows.append(made)
        self._members.addWidget(made)
        return made

    def _remove(self, gone: MemberRow) -> None:
        self._drop(gone)
        self._tell_members()
        self.add_member.setFocus()

    def _drop(self, gone: MemberRow) -> None:
        self.rows.remove(gone)
        self._members.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _tell_members(self) -> None:
        self.tell(members=tuple(one.member() for one in self.rows))

    def _fill_statement(self) -> None:
        key = "ui_new.recusal_statement" if self._enterprise else "form.recusal_statement"
        text = self.words.tr(key)
        self.recusal.set_text(text)
        self.tell(recusal=text)

    def _choose_folder(self) -> None:
        near = Path(self.folder.text()) if self.folder.text() else None
        found = files.ask_folder(self, self.words.tr("ui_new.choose_folder"), near)
        if found is not None:
            self.folder.set_text(str(found))
            self.tell(folder=str(found))
