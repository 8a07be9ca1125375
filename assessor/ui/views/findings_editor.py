"""One finding: what, how severe, where it stands, who puts it right by when, and its photographs.

An existing finding is changed field by field, each a step that can be undone. A new one is recorded
as soon as it has a text; until then nothing of it is in the record.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from assessor.assessment import Finding
from assessor.ui.models.findings_list import SEVERITIES, STATES, Listed
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS, M, S
from assessor.ui.views.findings_photos import FindingPhotos
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import (
    Card,
    ChoiceField,
    DateField,
    EmptyState,
    FlowLabel,
    GhostButton,
    LineField,
    LinkButton,
    NoteEdit,
    ScrollColumn,
    SectionTitle,
    label,
    row,
)
from assessor.ui.widgets.segments import Segments
from assessor.workspace.finding_edits import adding, changing, new_finding_id, removing
from assessor.workspace.live import Published

EDITOR_LINES = 6


class FindingEditor(QWidget):
    """Signals: `recorded(str)` the id of a new finding on its way; `discarded()` a new one that
    was given up."""

    recorded = Signal(str)
    discarded = Signal()

    def __init__(self, context: Context, visit: VisitBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._id = ""
        self.beginning = False
        self._make_fields()
        self._lay_out()
        self._connect()
        self._show_nothing()

    # --- showing ----------------------------------------------------------------------------------

    def show_finding(self, published: Published, listed: Listed | None) -> None:
        """Show a finding as it is on record; one that is being begun stays while there is none."""
        if listed is None:
            if not self.beginning:
                self._show_nothing()
            return
        if listed.finding.id != self._id:
            self.flush()
            self._forget()
        self.beginning, self._id = False, listed.finding.id
        words = self._context.words
        self.title.set_text(words.tr("ui_findings.heading", number=listed.number))
        self.overdue.setVisible(listed.overdue)
        self._show_fields(listed.finding)
        self.photos.show_finding(published, listed.finding)
        self._show_parts(existing=True)

    def begin(self, criterion: str = "") -> None:
        """Show an empty finding at a criterion, the first without one."""
        self.flush()
        self._forget()
        self.beginning, self._id = True, ""
        asked = self.criterion.itemData(0)
        known = self.criterion.findData(criterion) >= 0
        words = self._context.words
        self.title.set_text(words.tr("ui_findings.new_heading"))
        self.overdue.hide()
        blank = Finding(id="f0", criterion=criterion if known else str(asked), text=" ")
        self._show_fields(blank.model_copy(update={"text": ""}))
        self.photos.show_finding(None, None)
        self._show_parts(existing=False)
        self.focus_text()

    def focus_text(self) -> None:
        """Put the cursor into the text."""
        self.text.setFocus()

    def flush(self) -> None:
        """Hand in what was typed and not yet handed in."""
        self.text.flush()
        self.clause.flush()
        self.owner.flush()

    def _show_nothing(self) -> None:
        self._id, self.beginning = "", False
        self.card.hide()
        self.hint.show()

    def _show_parts(self, *, existing: bool) -> None:
        words = self._context.words
        self.card.show()
        self.hint.hide()
        self.note.set_role("muted")
        self.note.set_text("" if existing else words.tr("ui_findings.text_first"))
        self.note.setVisible(not existing)
        self.remove.setText(words.tr("ui_findings.remove" if existing else "ui_findings.discard"))
        self.photos.setEnabled(existing)

    def _show_fields(self, finding: Finding) -> None:
        self.criterion.set_key(finding.criterion)
        self.text.set_text(finding.text)
        self.severity.set_key(finding.severity)
        self.state.set_key(finding.state)
        for field, text in ((self.clause, finding.clause), (self.owner, finding.owner)):
            field.set_text(text)
            if not field.hasFocus():
                field.setCursorPosition(0)
        self.due.set_value(finding.due)

    def _forget(self) -> None:
        """Expect no echo of what was typed into another finding."""
        for field in (self.text, self.clause, self.owner):
            field.clearFocus()

    # --- changing ---------------------------------------------------------------------------------

    def _change(self, **fields: object) -> None:
        """Change the record where the finding is there; a new one is gathered in the fields."""
        if self._id:
            self._visit.post(changing(self._id, **fields))

    def _on_text(self, text: str) -> None:
        words = self._context.words
        if not text.strip():
            self.note.set_role("bad" if self._id else "muted")
            key = "ui_findings.text_needed" if self._id else "ui_findings.text_first"
            self.note.set_text(words.tr(key))
            self.note.show()
        elif self._id:
            self.note.hide()
            self._change(text=text)
        elif self.beginning:
            self._record(text)

    def _record(self, text: str) -> None:
        latest = self._visit.latest
        if latest is None:
            return
        finding = Finding.model_validate(
            {
                "id": new_finding_id(latest.assessment),
                "criterion": self.criterion.key(),
                "text": text,
                "severity": self.severity.key() or "minor",
                "state": self.state.key() or "open",
                "clause": self.clause.text(),
                "owner": self.owner.text(),
                "due": self.due.value(),
            }
        )
        self.beginning, self._id = False, finding.id
        self.recorded.emit(finding.id)
        self._visit.post(adding(finding))

    def _on_remove(self) -> None:
        if self.beginning:
            self._show_nothing()
            self.discarded.emit()
        elif self._id:
            gone, self._id = self._id, ""
            self._visit.post(removing(gone))

    def _on_go(self) -> None:
        self._context.go("evaluation", criterion=self.criterion.key() or "")

    # --- parts ------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        theme, words = self._context.theme, self._context.words
        self.hint = EmptyState(theme, "finding", words.tr("ui_findings.choose"))
        self.title = SectionTitle(theme, "")
        self.overdue = label(words.tr("ui_findings.overdue"), "bad")
        self.go = LinkButton(theme, words.tr("ui_findings.go_there"))
        self.title.row.addWidget(self.overdue)
        self.criterion = ChoiceField(theme, words.tr("ui_findings.criterion"))
        self.criterion.set_choices(self._criteria())
        self.criterion.setSizeAdjustPolicy(
            ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.text = NoteEdit(
            theme,
            words.tr("ui_findings.text"),
            words.tr("ui_findings.text_hint"),
            least=2,
            most=EDITOR_LINES,
        )
        self.note = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.severity = self._segments("severity", SEVERITIES)
        self.state = self._segments("state", STATES)
        clause, hint = words.tr("ui_findings.clause"), words.tr("ui_findings.clause_hint")
        self.clause = LineField(theme, clause, hint)
        self.owner = LineField(theme, words.tr("ui_findings.owner"))
        self.due = DateField(theme, words, words.tr("ui_findings.due"))
        self.photos = FindingPhotos(self._context, self._visit)
        self.remove = GhostButton(theme, words.tr("ui_findings.remove"), "trash")

    def _segments(self, name: str, keys: tuple[str, ...]) -> Segments:
        words = self._context.words
        choices = {key: words.tr(f"ui_findings.{name}_{key}") for key in keys}
        return Segments(self._context.theme, words.tr(f"ui_findings.{name}"), choices)

    def _criteria(self) -> dict[str, str]:
        words, latest = self._context.words, self._visit.latest
        if latest is None:
            criteria = self._visit.loaded.rubric.every_criterion
        else:
            criteria = tuple(item.criterion for item in latest.card.items)
        return {
            one.id: words.tr(
                "ui_findings.criterion_entry", number=one.number, title=words.pick(one.title)
            )
            for one in criteria
        }

    def _connect(self) -> None:
        self.text.note_edited.connect(self._on_text)
        self.criterion.key_chosen.connect(lambda key: self._change(criterion=key))
        self.severity.key_chosen.connect(lambda key: self._change(severity=key))
        self.state.key_chosen.connect(lambda key: self._change(state=key))
        self.clause.text_handed.connect(lambda text: self._change(clause=text))
        self.owner.text_handed.connect(lambda text: self._change(owner=text))
        self.due.date_edited.connect(lambda day: self._change(due=day))
        self.remove.clicked.connect(lambda *_: self._on_remove())
        self.go.clicked.connect(lambda *_: self._on_go())

    def _lay_out(self) -> None:
        theme, words = self._context.theme, self._context.words
        self.card = Card(theme)
        scroll = ScrollColumn(theme, 0)
        body = scroll.body
        body.setSpacing(theme.px(XS))
        body.setContentsMargins(0, 0, theme.px(M), 0)

        def named(key: str, *widgets: QWidget) -> None:
            body.addWidget(label(words.tr(f"ui_findings.{key}"), "caption"))
            for widget in widgets:
                body.addWidget(widget)
            body.addSpacing(theme.px(XS))

        body.addWidget(self.title)
        named("criterion", self.criterion)
        named("text", self.text, self.note)
        named("severity", self.severity)
        named("state", self.state)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(M))
        grid.setVerticalSpacing(theme.px(XS))
        for at, (key, field) in enumerate((("owner", self.owner), ("due", self.due))):
            grid.addWidget(label(words.tr(f"ui_findings.{key}"), "caption"), 0, at)
            grid.addWidget(field, 1, at)
        grid.setColumnStretch(0, 1)
        body.addLayout(grid)
        named("clause", self.clause)
        body.addSpacing(theme.px(S))
        body.addWidget(self.photos)
        body.addStretch(1)
        self.card.body.addWidget(scroll, 1)
        foot = row(theme, self.remove, spacing=S)
        foot.addStretch(1)
        foot.addWidget(self.go)
        self.card.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.hint, 1)
        column.addWidget(self.card, 1)
