"""Sign-off: the result that is signed, who has signed, the form for the next, and reopening."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor.ui.navigation import Context, Page
from assessor.ui.tasks import Monitor
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import L
from assessor.ui.views.report_summary import SummaryCard
from assessor.ui.views.sign_draft import (
    Draft,
    DraftKeeper,
    as_person,
    next_person,
    people,
    said_of,
    statement_of,
)
from assessor.ui.views.sign_entries import RevisionList, SignedList
from assessor.ui.views.sign_form import SignForm
from assessor.ui.views.sign_pad import drawing_of
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import (
    Button,
    Card,
    Chip,
    FlowLabel,
    NoteEdit,
    ScrollColumn,
    SectionTitle,
    label,
    marked,
    row,
)
from assessor.ui.words import Words
from assessor.workspace.live import Published
from assessor.workspace.sign_off import Declaration, Drawing, reopen, revisions, sign

_WIDTH = 760


def build(context: Context) -> Page:
    """Make the page; raises `RuntimeError` where no visit is open."""
    if context.visit is None:
        raise RuntimeError("signing needs an open visit")
    return SignOffPage(context, context.visit)


class SignOffPage(Page):
    """One column: the record, the signatures, the form, the way back."""

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__()
        marked(self, "ground")
        self._context, self._visit = context, visit
        self._keeper = DraftKeeper.of(visit)
        self._signed: tuple[object, ...] | None = None
        self._revision = 0
        theme, words = context.theme, context.words
        self.status = Chip("")
        self.lead = FlowLabel(theme, "", "muted")
        self.summary = SummaryCard(theme, words)
        self.signatures = SignedList(theme, words, visit)
        self.form = SignForm(theme, words)
        self.form.recusal_text.set_text(said_of(visit.loaded.rubric, words, "recusal_panel"))
        self.reopening = ReopenCard(theme, words)
        self.revisions = RevisionList(theme, words)
        self._lay_out()
        self.form.person_chosen.connect(self._on_person)
        self.form.draft_changed.connect(self._keep)
        self.form.sign_asked.connect(self._sign)
        self.reopening.button.clicked.connect(lambda *_: self._reopen())
        visit.published.connect(self._show)
        visit.refused.connect(lambda *_: self.form.show_busy(False))
        if visit.latest is not None:
            self._show(visit.latest)

    def leave(self) -> None:
        """Take what was typed a moment ago into the draft."""
        self.form.hand_in()

    def _lay_out(self) -> None:
        theme, words = self._context.theme, self._context.words
        scroll = ScrollColumn(theme, L)
        column = QWidget()
        column.setMaximumWidth(theme.px(_WIDTH))
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(L))
        title = SectionTitle(theme, words.tr("ui_sign.title"), "question")
        title.row.insertWidget(1, self.status)
        for widget in (
            title,
            self.lead,
            self.summary,
            self.signatures,
            self.form,
            self.reopening,
            self.revisions,
        ):
            inner.addWidget(widget)
        scroll.body.addLayout(row(theme, column))
        scroll.body.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    # --- showing ----------------------------------------------------------------------------------

    def _show(self, published: Published) -> None:
        record, words = published.assessment, self._context.words
        count, number = len(record.sign_offs), record.revision
        key = "ui_sign.status_signed" if count else "ui_sign.status_unsigned"
        said = words.tr(key, number=number, count=count)
        self.status.show_text(said, "good" if count else "caution")
        self.lead.set_text(words.tr("ui_sign.lead_signed" if count else "ui_sign.lead_open"))
        self.summary.show_published(published)
        self.signatures.setVisible(bool(count))
        self.signatures.show_record(record)
        self.reopening.setVisible(bool(count))
        self.reopening.show_number(number + 1)
        self.form.show_busy(False)
        self._show_form(published)
        if number != self._revision:
            self._revision = number
            self._visit.run(
                lambda visit: revisions(visit.file.history()),
                self.revisions.show_revisions,
                owner=self,
            )

    def _show_form(self, published: Published) -> None:
        """Begin another draft when somebody has signed; else leave what is being filled in."""
        record, words = published.assessment, self._context.words
        draft, rubric = self._keeper.draft, self._visit.loaded.rubric
        if self._signed is not None and self._signed != record.sign_offs:
            draft = Draft()
        if not draft.person:
            draft = as_person(draft, next_person(record), record, rubric, words)
        if self._signed != record.sign_offs or draft != self.form.draft:
            self.form.show_draft(draft, people(record, rubric, words))
        self._signed = record.sign_offs
        self._keep(draft)

    # --- doing ------------------------------------------------------------------------------------

    def _keep(self, draft: Draft) -> None:
        self._keeper.draft = draft

    def _on_person(self, person: str) -> None:
        latest = self._visit.latest
        if latest is not None:
            words, rubric = self._context.words, self._visit.loaded.rubric
            draft = as_person(self.form.draft, person, latest.assessment, rubric, words)
            self.form.show_draft(draft, people(latest.assessment, rubric, words))
            self._keep(draft)

    def _sign(self) -> None:
        """Make the picture beside the window, then post the signature."""
        draft = self.form.draft
        self.form.show_busy(True)
        if draft.on_paper:
            self._post(draft, None)
            return

        def work(_: Monitor) -> Drawing:
            return drawing_of(draft.strokes)

        self._context.tasks.start(work, lambda made: self._post(draft, made), owner=self)

    def _post(self, draft: Draft, drawing: Drawing | None) -> None:
        statement = statement_of(draft, self._visit.loaded.rubric, self._context.words)
        signing = sign(Declaration(draft.name, draft.role, statement, drawing))
        self._visit.post(signing.make_edit, signing.sources)

    def _reopen(self) -> None:
        self._visit.post(reopen(self.reopening.reason.text()))


class ReopenCard(Card):
    """The way back from a signed record, with its reason."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, "dashed")
        self._words = words
        self._number = 0
        self._text = FlowLabel(theme, "", "muted")
        self.reason = NoteEdit(
            theme, words.tr("ui_sign.reason"), words.tr("ui_sign.reason"), least=2
        )
        self.button = Button(theme, "", "refresh")
        self.button.setEnabled(False)
        self.reason.textChanged.connect(
            lambda: self.button.setEnabled(bool(self.reason.text().strip()))
        )
        self.body.addWidget(label(words.tr("ui_sign.reopen"), "title"))
        for widget in (self._text, self.reason):
            self.body.addWidget(widget)
        self.body.addLayout(row(theme, self.button, stretch=True))

    def show_number(self, number: int) -> None:
        """Offer a revision."""
        self._text.set_text(self._words.tr("ui_sign.reopen_text", number=number))
        self.button.setText(self._words.tr("ui_sign.reopen_button", number=number))
        if number != self._number:
            self._number = number
            self.reason.setPlainText("")
