"""The panel: several experts' answers side by side, disagreements first, decided one by one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from assessor.analysis.panel import Comparison, Opinion, Standing
from assessor.ui.dialogs.files import VISIT_SUFFIX
from assessor.ui.models.panel_rows import STANDINGS, PanelModel, PanelRow, rows_of
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.evaluating.flow_row import FlowRow
from assessor.ui.views.panel_agreement import AgreementView
from assessor.ui.views.panel_desk import PanelDesk
from assessor.ui.views.panel_detail import PanelDetail
from assessor.ui.views.panel_files import FilesSide
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import EmptyState, FilterButton, Rule, marked, named
from assessor.workspace.panel_edits import Rule as PanelRule

_ALL = "all"
_AGREEMENT = "agreement"
_TITLE_COLUMN = 1
_HALF = 1000
"""Of a height that is shared equally."""


def build(context: Context) -> Page:
    """Make the page; raises `RuntimeError` where no visit is open."""
    if context.visit is None:
        raise RuntimeError("a panel needs an open visit")
    return PanelPage(context, context.visit)


class PanelPage(Page):
    """Files at the left, the table above, one criterion below."""

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__()
        marked(self, "ground")
        self._context, self._visit = context, visit
        self.desk = PanelDesk.of(context, visit)
        theme, words = context.theme, context.words
        self._filter: str = _ALL
        self._files: tuple[Path, ...] = ()
        self._key = ""
        self._rows: tuple[PanelRow, ...] = ()
        self.side = FilesSide(theme, words, self.desk)
        self.filters: dict[str, FilterButton] = {}
        self.model = PanelModel(theme, words, self)
        self.table = named(QTableView(), words.tr("ui_panel.table"))
        self.detail = PanelDetail(theme, words)
        self.agreement = AgreementView(context, self.desk)
        self.agreed = FilterButton(theme, words.tr("ui_panel.agreement"))
        self.shown = QStackedWidget()
        self.empty = EmptyState(
            theme, "people", words.tr("ui_panel.nobody"), words.tr("ui_panel.nobody_text")
        )
        self.empty.add_action(words.tr("ui_panel.bring"), self.ask_files)
        self.stack = QStackedWidget()
        self.setAcceptDrops(True)
        self._lay_out()
        self.side.bring_asked.connect(self.ask_files)
        self.detail.decided.connect(self._on_decided)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.desk.changed.connect(self.refresh)
        visit.published.connect(lambda *_: self.refresh())
        if visit.latest is not None:
            self.refresh()

    def show_place(self, **where: str) -> None:
        """Show a criterion, under a filter."""
        self._filter = where.get("standing", self._filter)
        self._key = where.get("criterion", self._key)
        self.refresh()

    def place(self) -> dict[str, str]:
        """The criterion and the filter."""
        return {"criterion": self._key, "standing": self._filter}

    def ask_files(self) -> None:
        """Ask for files and bring them in."""
        self.desk.bring(ask_visits(self, self._context))

    def refresh(self) -> None:
        """Show files, table and criterion as they are now."""
        if self._visit.latest is None:
            return
        outlook = self.desk.outlook()
        experts = self.desk.experts
        rubric = self._visit.loaded.rubric
        self._rows = rows_of(outlook.comparisons, rubric, experts, self._context.words)
        self.side.show_desk(outlook)
        self._begin_with_differences()
        self.stack.setCurrentIndex(0 if self.desk.alone else 1)
        self._show_filters()
        self._show_rows()
        self._show_agreement()

    def _begin_with_differences(self) -> None:
        """Where files came or went, look at what differs first."""
        files = tuple(brought.path for brought in self.desk.others)
        if files != self._files:
            self._files, self._key = files, ""
            differs = any(found.comparison.standing == "differs" for found in self._rows)
            self._filter = "differs" if differs else _ALL

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.side)
        across.addWidget(Rule(upright=True))
        across.addWidget(self.stack, 1)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self._make_centre())

    def _make_centre(self) -> QWidget:
        theme = self._context.theme
        centre = QWidget()
        column = QVBoxLayout(centre)
        edge = theme.px(M)
        column.setContentsMargins(edge, edge, edge, 0)
        column.setSpacing(theme.px(S))
        for key in (_ALL, *STANDINGS):
            button = FilterButton(theme, "")
            button.clicked.connect(lambda _=False, key=key: self._choose_filter(key))
            self.filters[key] = button
        self.agreed.clicked.connect(lambda *_: self._choose_filter(_AGREEMENT))
        buttons = FlowRow(theme)
        buttons.add(*self.filters.values(), self.agreed)
        column.addWidget(buttons)
        self._set_up_table()
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setChildrenCollapsible(False)
        split.setSizes([_HALF, _HALF])
        self.shown.addWidget(split)
        self.shown.addWidget(self.agreement)
        column.addWidget(self.shown, 1)
        return centre

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        icon = self._context.theme.sizes.icon
        table.setIconSize(QSize(icon, icon))
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setDefaultSectionSize(self._context.theme.sizes.control)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    # --- showing ----------------------------------------------------------------------------------

    def _show_filters(self) -> None:
        tr = self._context.words.tr
        counts = dict.fromkeys(STANDINGS, 0)
        for found in self._rows:
            counts[found.comparison.standing] += 1
        for key, button in self.filters.items():
            name = tr("ui_panel.all") if key == _ALL else tr(f"ui_panel.filter_{key}")
            count = len(self._rows) if key == _ALL else counts[_standing(key)]
            button.setText(tr("ui_panel.filter", standing=name, count=count))
            button.setChecked(key == self._filter)

    def _show_agreement(self) -> None:
        chosen = self._filter == _AGREEMENT
        self.agreed.setChecked(chosen)
        self.shown.setCurrentIndex(1 if chosen else 0)
        if chosen:
            self.agreement.show_desk()

    def _show_rows(self) -> None:
        every = (_ALL, _AGREEMENT)
        shown = [
            found
            for found in self._rows
            if self._filter in every or found.comparison.standing == self._filter
        ]
        with QSignalBlocker(self.table.selectionModel()):
            self.model.set_rows(shown, self.desk.experts)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(_TITLE_COLUMN, QHeaderView.ResizeMode.Stretch)
        at = self.model.place_of(self._key)
        if at < 0 and shown:
            at = 0
        if at >= 0:
            self.table.selectRow(at)
        self._show_detail(self.model.row_at(at))

    def _show_detail(self, found: PanelRow | None) -> None:
        if found is None or self._visit.latest is None:
            self.detail.clear()
            return
        self._key = found.key
        criterion = self._visit.loaded.rubric.criterion_by_id.get(found.key.partition("@")[0])
        names = {expert.id: expert.name for expert in self.desk.experts}
        profile = self._visit.latest.assessment.profile
        self.detail.show_row(found, criterion, profile, names, fixed=self.desk.signed)

    # --- what happens -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take visit files."""
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Bring the files in."""
        self.desk.bring(dropped(event))
        event.acceptProposedAction()

    def _choose_filter(self, key: str) -> None:
        self._filter = key
        self._show_filters()
        self._show_rows()
        self._show_agreement()

    def _on_row(self, current: QModelIndex, _: QModelIndex) -> None:
        self._show_detail(self.model.row_at(current.row()))

    def _on_decided(self, comparison: Comparison, chosen: Opinion, rule: PanelRule) -> None:
        self.desk.decide(comparison, chosen, rule)


def ask_visits(parent: QWidget, context: Context) -> list[Path]:
    """Ask for other experts' files."""
    tr = context.words.tr
    kinds = tr("ui_panel.kind", pattern=f"*{VISIT_SUFFIX}")
    paths, _ = QFileDialog.getOpenFileNames(parent, tr("ui_panel.bring_title"), "", kinds)
    return [Path(path) for path in paths]


def dropped(event: QDropEvent) -> list[Path]:
    """Return the visit files among what is dragged."""
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return [path for path in paths if path.suffix.lower() == VISIT_SUFFIX]


def _standing(key: str) -> Standing:
    return next(standing for standing in STANDINGS if standing == key)
