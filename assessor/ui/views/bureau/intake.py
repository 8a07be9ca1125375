"""Taking in: choose folders or drop them, see each verdict as it falls, stop at any time."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSplitter, QWidget

from assessor.ui.dialogs import files
from assessor.ui.models.bureau_log import VERDICTS, BureauLogModel, line_now
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.bureau.desk import BureauDesk
from assessor.ui.views.bureau.intake_file import IntakeFile
from assessor.ui.views.bureau.intake_run import IntakeRun
from assessor.ui.views.bureau.tables import (
    fill_page,
    hide_where_narrow,
    list_beside,
    share,
    table_of,
    turn,
)
from assessor.ui.views.evaluating.flow_row import FlowRow
from assessor.ui.widgets import (
    Button,
    Card,
    FilterButton,
    FlowLabel,
    PrimaryButton,
    SearchField,
    ShareBar,
    marked,
)

if TYPE_CHECKING:
    from assessor.bureau.records import FileVerdict
    from assessor.bureau.register import LogRow

_ALL = ""
_WIDTHS = (110, 170, 200, 120, 130)
_REASON = 2
_NARROW = {3: 620, 4: 780}
_SHARES = (2, 1)
"""Of the room, for the rows and for what is chosen in them."""


class IntakeTab(QWidget):
    """The intake's card, its log, and what is known of the file that is chosen.

    Signals: `visit_asked(str)` the id of a visit to be shown in the register.
    """

    visit_asked = Signal(str)

    def __init__(self, context: Context, desk: BureauDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.desk = context, desk
        theme, words = context.theme, context.words
        self._run: IntakeRun | None = None
        self.setAcceptDrops(True)
        self.model = BureauLogModel(theme, words, self)
        self.said = FlowLabel(theme, "", "muted")
        self.bar = ShareBar(theme, words.tr("ui_bureau.progress"), 6)
        self.folder = PrimaryButton(theme, words.tr("ui_bureau.take_folder"), "folder")
        self.files = Button(theme, words.tr("ui_bureau.take_files"), "file")
        self.stop = Button(theme, words.tr("ui_bureau.stop"), "close")
        self.search = SearchField(theme, words.tr("ui_bureau.log_search"))
        self.filters: dict[str, FilterButton] = {}
        self.table = table_of(theme, words.tr("ui_bureau.log"), self.model, _WIDTHS, _REASON)
        self.file = IntakeFile(context, desk)
        self.split = marked(QSplitter(Qt.Orientation.Horizontal), "quiet")
        self.head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.above = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect()
        self.show_log()
        if desk.busy and desk.run is not None:
            self._follow(desk.run)
        self._show_state()

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        theme = self._context.theme
        card = Card(theme)
        buttons = FlowRow(theme)
        buttons.add(self.folder, self.files, self.stop)
        self.head.setSpacing(theme.px(M))
        self.head.addWidget(self.said, 1)
        self.head.addWidget(buttons)
        card.body.addLayout(self.head)
        card.body.addWidget(self.bar)
        list_beside(theme, self.split, self._filter_row(), self.table, self.file)
        fill_page(theme, self, card, self.split)

    def _filter_row(self) -> QBoxLayout:
        theme = self._context.theme
        for key in (_ALL, *VERDICTS):
            button = FilterButton(theme, "")
            button.clicked.connect(lambda _=False, key=key: self.choose(key))
            self.filters[key] = button
        self.filters[_ALL].setChecked(True)
        self.search.setMinimumWidth(theme.px(90))
        self.search.setMaximumWidth(theme.px(220))
        chips = FlowRow(theme, 4)
        chips.add(*self.filters.values())
        self.above.setSpacing(theme.px(S))
        self.above.addWidget(chips, 4)
        self.above.addWidget(self.search, 1)
        return self.above

    def _connect(self) -> None:
        self.folder.clicked.connect(lambda *_: self._ask_folder())
        self.files.clicked.connect(lambda *_: self._ask_files())
        self.stop.clicked.connect(lambda *_: self._stop())
        self.search.search_changed.connect(lambda *_: self._filter())
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.file.visit_asked.connect(self.visit_asked)
        self.desk.changed.connect(self.show_log)
        self.desk.run_begun.connect(self._follow)

    # --- showing ----------------------------------------------------------------------------------

    def show_log(self) -> None:
        """Show the log as the register has it; while files come in, it grows by itself."""
        if self._run is None and self.desk.snapshot is not None:
            chosen = self.chosen
            self.model.set_lines(self.desk.snapshot.log)
            self._choose_line(chosen)
            self._show_counts()
        self._show_state()

    @property
    def chosen(self) -> LogRow | None:
        """The file that is chosen."""
        return self.model.line_at(self.table.currentIndex().row())

    def choose(self, verdict: str) -> None:
        """Show the files of one verdict, of all for an empty one."""
        for key, button in self.filters.items():
            button.setChecked(key == verdict)
        self._filter()

    def _filter(self) -> None:
        chosen = self.chosen
        wanted = next(key for key, button in self.filters.items() if button.isChecked())
        self.model.set_filter(wanted, self.search.text().strip())
        self._choose_line(chosen)

    def _choose_line(self, line: LogRow | None) -> None:
        at = max(self.model.place_of(line), 0)
        if self.model.rowCount():
            self.table.selectRow(at)
        self.file.show_line(self.chosen)

    def _show_counts(self) -> None:
        tr = self._context.words.tr
        counts = self.model.counts
        for key, button in self.filters.items():
            name = tr(f"bureau_intake.verdict_{key}") if key else tr("ui_bureau.all")
            count = counts[key] if key else sum(counts.values())
            button.setText(tr("ui_bureau.filter", name=name, count=count))

    def _show_state(self) -> None:
        run = self._run
        self.bar.setVisible(run is not None)
        self.stop.setVisible(run is not None)
        self.folder.setVisible(run is None)
        self.files.setVisible(run is None)
        self.said.set_text(self._told())
        if run is not None:
            self.stop.setEnabled(not run.stopping)
            self.bar.set_share(Decimal(run.done) / max(run.total, 1))

    def _told(self) -> str:
        tr, run = self._context.words.tr, self._run or self.desk.run
        if run is None or run.error is not None:
            return tr("ui_bureau.take_in_text")
        counts = {verdict.value: count for verdict, count in run.counts.items()}
        values = {verdict: counts.get(verdict, 0) for verdict in VERDICTS}
        counted = tr("ui_bureau.counted", **values)
        if run.summary is not None:
            key = "ui_bureau.taken_stopped" if run.summary.cancelled else "ui_bureau.taken"
            return tr(key, counts=counted, new=run.summary.new)
        if run.stopping:
            return tr("ui_bureau.stopping", counts=counted)
        if not run.total:
            return tr("ui_bureau.looking")
        return tr("ui_bureau.taking", done=run.done, total=run.total, counts=counted)

    # --- an intake under way ----------------------------------------------------------------------

    def _follow(self, run: IntakeRun) -> None:
        self._run = run
        run.progressed.connect(self._on_news)
        run.ended.connect(self._on_end)
        self._show_state()

    def _on_news(self, news: Sequence[FileVerdict]) -> None:
        follow = self.table.currentIndex().row() <= 0
        self.model.prepend([line_now(one) for one in news])
        if follow and self.model.rowCount():
            self.table.selectRow(0)
        self._show_counts()
        self._show_state()

    def _on_end(self) -> None:
        self._run = None
        self._show_state()

    def _stop(self) -> None:
        self.desk.cancel()
        self._show_state()

    # --- what is asked for ------------------------------------------------------------------------

    def _ask_folder(self) -> None:
        known = self._context.settings.value.intake_folders
        near = Path(known[0]).parent if known else None
        folder = files.ask_folder(self, self._context.words.tr("ui_bureau.take_folder"), near)
        if folder is not None:
            self.desk.take_in((folder,))

    def _ask_files(self) -> None:
        self.desk.take_in(files.ask_exports(self, self._context.words))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take folders and files."""
        if not self.desk.busy and dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take in what was dropped."""
        event.acceptProposedAction()
        self.desk.take_in(dropped(event))

    def _on_row(self, current: QModelIndex, _: QModelIndex) -> None:
        self.file.show_line(self.model.line_at(current.row()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the file below the log where there is no room beside it."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._context.theme.px(900)
        way = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.split.orientation() != way:
            self.split.setOrientation(way)
            share(self.split, _SHARES, event.size())
        turn((self.head, self.above), wide=event.size().width() >= self._context.theme.px(560))
        hide_where_narrow(self.table, _NARROW, self._context.theme)


def dropped(event: QDropEvent) -> list[Path]:
    """Return the local folders and files that are dragged."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.exists()]
