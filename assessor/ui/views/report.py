"""The report: looked at page by page as it will be, then written as PDF and workbook."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assessor.i18n import LANGUAGES, Language
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import XS, L, M
from assessor.ui.views.report_desk import ReportDesk
from assessor.ui.views.report_files import FilesPanel
from assessor.ui.views.report_logo import LogoChoice
from assessor.ui.views.report_pages import FIT, PageView
from assessor.ui.views.report_summary import SummaryCard
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import (
    CheckField,
    ChoiceField,
    EmptyState,
    FlowLabel,
    Rule,
    ScrollColumn,
    ToolButton,
    label,
    marked,
    row,
)


def build(context: Context) -> Page:
    """Make the page; raises `RuntimeError` where no visit is open."""
    if context.visit is None:
        raise RuntimeError("a report needs an open visit")
    return ReportPage(context, context.visit)


class ReportPage(Page):
    """Choices and files at the left, the pages at the right."""

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__()
        marked(self, "ground")
        self._context = context
        self._visit = visit
        self.desk = ReportDesk.of(context, visit)
        self._shown: object = None
        theme, words = context.theme, context.words
        self.summary = SummaryCard(theme, words)
        self.language = ChoiceField(theme, words.tr("ui_report.language"))
        self.photos = CheckField(theme, words.tr("ui_report.photos"))
        self.anonymised = CheckField(theme, words.tr("anonymise.option"))
        self.logo = LogoChoice(theme, words, self.desk.logo)
        self.files = FilesPanel(theme, words, self.desk)
        self.pages = PageView(theme, words)
        self.empty = EmptyState(theme, "report", words.tr("ui_report.making"))
        self.failed = EmptyState(theme, "warning", words.tr("ui_report.preview_failed"))
        self.retry = self.failed.add_action(words.tr("ui_report.again"), self._again, False)
        self._lay_out()
        self._fill_choices()
        self._connect()
        self._refresh()

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._make_side())
        across.addWidget(Rule(upright=True))
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._make_bar())
        right.addWidget(Rule())
        self.stack = QStackedWidget()
        for widget in (self.empty, self.pages, self.failed):
            self.stack.addWidget(widget)
        right.addWidget(self.stack, 1)
        across.addLayout(right, 1)

    def _make_side(self) -> QWidget:
        theme, words = self._context.theme, self._context.words
        side = marked(ScrollColumn(theme, M), "panel")
        side.setFixedWidth(theme.sizes.left_panel)
        side.body.addWidget(label(words.tr("ui_report.title"), "question"))
        side.body.addWidget(self.summary)
        side.body.addWidget(label(words.tr("ui_report.options"), "title"))
        choice = row(theme, label(words.tr("ui_report.language"), "muted"), self.language)
        side.body.addLayout(choice)
        side.body.addWidget(self.photos)
        side.body.addWidget(self.anonymised)
        hint = words.tr("anonymise.option_hint")
        side.body.addWidget(FlowLabel(theme, hint, "muted", size=theme.sizes.caption))
        side.body.addWidget(self.logo)
        side.body.addWidget(self.files)
        side.body.addStretch(1)
        return side

    def _make_bar(self) -> QWidget:
        theme, words = self._context.theme, self._context.words
        self.state = label("", "muted")
        self.page_label = label("", "muted")
        self.percent = label("", "muted")
        self.previous_page = ToolButton(theme, "chevron-up", words.tr("ui_report.previous_page"))
        self.next_page = ToolButton(theme, "chevron-down", words.tr("ui_report.next_page"))
        self.zoom_out = ToolButton(theme, "zoom-out", words.tr("ui_report.zoom_out"))
        self.zoom_in = ToolButton(theme, "zoom-in", words.tr("ui_report.zoom_in"))
        self.fit = ToolButton(theme, "ruler", "")
        bar = marked(QWidget(), "panel")
        line = row(theme, label(words.tr("ui_report.preview"), "strong"), self.state, stretch=True)
        line.setContentsMargins(theme.px(L), theme.px(XS), theme.px(M), theme.px(XS))
        for widget in (
            self.previous_page,
            self.page_label,
            self.next_page,
            self.zoom_out,
            self.percent,
            self.zoom_in,
            self.fit,
        ):
            line.addWidget(widget)
        bar.setLayout(line)
        return bar

    def _fill_choices(self) -> None:
        words = self._context.words
        names: dict[str, str] = {one: words.tr(f"ui_report.language_{one}") for one in LANGUAGES}
        self.language.set_choices(names)
        self.language.set_key(self.desk.language)
        self.photos.setChecked(self.desk.photos)
        self.anonymised.setChecked(self.desk.anonymised)
        self.logo.set_anonymised(self.desk.anonymised)

    def _connect(self) -> None:
        self.language.key_chosen.connect(lambda *_: self._choose())
        self.photos.toggled.connect(lambda *_: self._choose())
        self.anonymised.toggled.connect(lambda *_: self._choose())
        self.anonymised.toggled.connect(self.logo.set_anonymised)
        self.desk.logo.changed.connect(self._on_logo)
        self.desk.changed.connect(self._refresh)
        self.desk.page_drawn.connect(self.pages.set_picture)
        self.pages.page_wanted.connect(self.desk.draw)
        self.pages.place_changed.connect(self._show_place)
        self.previous_page.clicked.connect(lambda *_: self.pages.go_to(self.pages.page - 1))
        self.next_page.clicked.connect(lambda *_: self.pages.go_to(self.pages.page + 1))
        self.zoom_in.clicked.connect(lambda *_: self.pages.step_zoom(1))
        self.zoom_out.clicked.connect(lambda *_: self.pages.step_zoom(-1))
        self.fit.clicked.connect(lambda *_: self.pages.set_zoom(FIT))
        self._visit.published.connect(self._on_published)
        if self._visit.latest is not None:
            self.summary.show_published(self._visit.latest)

    # --- what happens -----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Make the preview, unless it is there already."""
        super().showEvent(event)
        self.desk.refresh()
        self.desk.attend()
        self.pages.ask()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Keep no process for reports nobody looks at; a minimised window comes back."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.desk.rest()

    def _again(self) -> None:
        self.desk.refresh(again=True)

    def _choose(self) -> None:
        chosen: Language = "en" if self.language.key() == "en" else "zh"
        self.desk.choose(chosen, self.photos.isChecked(), self.anonymised.isChecked())
        self.desk.refresh()

    def _on_logo(self) -> None:
        if self.isVisible():
            self.desk.refresh()

    def _on_published(self, published: object) -> None:
        if self._visit.latest is not None:
            self.summary.show_published(self._visit.latest)
        if self.isVisible():
            self.desk.refresh()

    def _refresh(self) -> None:
        desk = self.desk
        if desk.preview is not self._shown:
            self._shown = desk.preview
            self.pages.set_pages(desk.preview.sizes if desk.preview else ())
        if desk.preview is not None:
            shown: QWidget = self.pages
        else:
            shown = self.failed if desk.failure and not desk.making else self.empty
        self.stack.setCurrentWidget(shown)
        self.state.setText(self._context.words.tr("ui_report.making") if desk.making else "")
        self.pages.ask()
        self._show_place()

    def _show_place(self) -> None:
        words, pages = self._context.words, self.pages
        there = pages.count > 0
        place = words.tr("ui_report.page_of", page=pages.page + 1, count=pages.count)
        self.page_label.setText(place if there else "")
        self.percent.setText(f"{pages.percent} %" if there else "")
        self.fit.set_text(words.tr("ui_report.zoom_fit", percent=pages.percent))
        self.previous_page.setEnabled(there and pages.page > 0)
        self.next_page.setEnabled(there and pages.page < pages.count - 1)
        for button in (self.zoom_in, self.zoom_out, self.fit):
            button.setEnabled(there)
