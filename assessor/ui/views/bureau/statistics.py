"""Statistics: what came in, where it is weak, how scores lie; every figure leads to its visits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor.ui.models.bureau_naming import Naming
from assessor.ui.models.bureau_visits import BureauVisitsModel
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import L, M, S
from assessor.ui.views.bureau.cards import FigureCards
from assessor.ui.views.bureau.charts.bars import BarRows
from assessor.ui.views.bureau.charts.boxes import BoxPlots
from assessor.ui.views.bureau.charts.distribution import Distribution
from assessor.ui.views.bureau.charts.heat_map import HeatMap
from assessor.ui.views.bureau.charts.spots import SpotChart
from assessor.ui.views.bureau.desk import BureauDesk
from assessor.ui.views.bureau.figures import Figures
from assessor.ui.views.bureau.tables import table_of
from assessor.ui.views.start_tiles import TileGrid
from assessor.ui.widgets import (
    Button,
    Card,
    ChoiceField,
    EmptyState,
    FlowLabel,
    ScrollColumn,
    label,
    row,
)
from assessor.workspace.bureau_survey import SMALL, Scope, SurveyOfRegister
from assessor.workspace.bureau_table import COLUMNS, Column

_SCOPE = ("rubric", "cycle", "district")
_GROUPS = ("district", "industry", "cluster", "year", "cycle", "tier")
_WIDTHS = (200, 80, 72, 78, 80, 84, 140, 110, 100)
_PANEL_WIDTH = 380
_WIDE = 980
_LEAST_NEEDED: tuple[Column, ...] = ("industry", "signature", "visit_date")
_ROWS_SHOWN = 7


class StatisticsTab(QWidget):
    """Cards, charts, and the visits behind the figure that was chosen.

    Signals: `behind_asked(str, object)` to show these visits in the register; `surveyed()` when
    other figures are shown.
    """

    behind_asked = Signal(str, object)
    surveyed = Signal()

    def __init__(self, context: Context, desk: BureauDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.desk = context, desk
        theme, words = context.theme, context.words
        self.scope = Scope()
        self.survey: SurveyOfRegister | None = None
        self._behind: tuple[str, frozenset[int]] = ("", frozenset())
        self.choices = {
            name: ChoiceField(theme, words.tr(f"ui_bureau.filter_{name}")) for name in _SCOPE
        }
        self.cards = FigureCards(context)
        self.heat = HeatMap(theme, words.tr("ui_bureau.heat"), words.tr("ui_bureau.count"))
        self.criteria = BarRows(theme, words.tr("ui_bureau.criteria"), self._heads("criteria", 2))
        self.distribution = Distribution(theme, words.tr("ui_bureau.distribution"))
        self.boxes = BoxPlots(theme, words.tr("ui_bureau.groups"))
        self.plan = BarRows(theme, words.tr("ui_bureau.plan"), self._heads("plan", 3))
        self.severity = BarRows(theme, words.tr("ui_bureau.severity"), self._heads("severity", 3))
        self.by = ChoiceField(theme, words.tr("ui_bureau.grouped_by"))
        self.model = BureauVisitsModel(theme, Naming(words, {}), self)
        self.table = table_of(theme, words.tr("ui_bureau.behind_table"), self.model, _WIDTHS, 0)
        self.behind = FlowLabel(theme, words.tr("ui_bureau.behind_none"), "muted")
        self.to_register = Button(theme, words.tr("ui_bureau.to_register"), "table")
        self._lay_out()
        self._connect()
        self.refresh()

    # --- building ---------------------------------------------------------------------------------

    def _heads(self, name: str, count: int) -> list[str]:
        return [self._context.words.tr(f"ui_bureau.{name}_head_{at}") for at in range(1, count + 1)]

    def _lay_out(self) -> None:
        theme, words = self._context.theme, self._context.words
        self.page = ScrollColumn(theme, L)
        self.page.body.setSpacing(theme.px(M))
        self.page.body.addLayout(self._scope_row())
        self.page.body.addWidget(self.cards)
        self.by.set_choices({name: words.tr(f"ui_bureau.by_{name}") for name in _GROUPS})
        self.by.set_key("district")
        self.grid = TileGrid(theme, _PANEL_WIDTH, most=2)
        small = words.tr("ui_bureau.small", count=SMALL)
        text = words.tr("ui_bureau.plan_empty")
        self.planless = FlowLabel(theme, text, "muted", size=theme.sizes.table)
        self.caution = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.grid.set_tiles(
            [
                self._panel("heat", self.heat, small),
                self._panel("criteria", self.criteria),
                self._panel("distribution", self.distribution),
                self._panel("groups", self.boxes, beside=self.by),
                self._panel("plan", self.plan, words.tr("ui_bureau.plan_note"), foot=self.planless),
                self._panel("severity", self.severity, foot=self.caution),
            ]
        )
        self.page.body.addWidget(self.grid)
        self.page.body.addWidget(self._behind_card())
        self.empty = EmptyState(
            theme, "chart", words.tr("ui_bureau.no_figures"), words.tr("ui_bureau.no_figures_text")
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.page)
        outer.addWidget(self.empty)

    def _scope_row(self) -> QHBoxLayout:
        theme = self._context.theme
        for field in self.choices.values():
            field.setMinimumWidth(theme.px(90))
        return row(theme, *self.choices.values(), stretch=True)

    def _panel(
        self,
        key: str,
        chart: SpotChart,
        note: str = "",
        beside: QWidget | None = None,
        foot: QWidget | None = None,
    ) -> Card:
        theme, words = self._context.theme, self._context.words
        card = Card(theme)
        title = label(words.tr(f"ui_bureau.{key}"), "title")
        head = row(theme, title, spacing=S)
        head.addStretch(1)
        if beside is not None:
            head.addWidget(beside)
        card.body.addLayout(head)
        if note:
            card.body.addWidget(FlowLabel(theme, note, "muted", size=theme.sizes.caption))
        card.body.addWidget(chart, 1)
        if foot is not None:
            card.body.addWidget(foot)
        return card

    def _behind_card(self) -> Card:
        theme = self._context.theme
        card = Card(theme)
        head = row(theme, self.behind, self.to_register)
        head.setStretch(0, 1)
        card.body.addLayout(head)
        self.table.setMinimumHeight(_ROWS_SHOWN * theme.sizes.control)
        card.body.addWidget(self.table)
        self.table.hide()
        self.to_register.hide()
        return card

    def _connect(self) -> None:
        for name, field in self.choices.items():
            field.key_chosen.connect(lambda key, name=name: self._on_scope(name, key))
        charts = (
            self.heat,
            self.criteria,
            self.distribution,
            self.boxes,
            self.plan,
            self.severity,
        )
        for chart in charts:
            chart.chosen.connect(self.show_behind)
        self.cards.chosen.connect(self.show_behind)
        self.by.key_chosen.connect(lambda *_: self._show_boxes())
        self.to_register.clicked.connect(lambda *_: self.behind_asked.emit(*self._behind))
        self.desk.changed.connect(self.refresh)

    # --- showing ----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Have the figures worked out on a worker and shown when they are there."""
        path, scope = self.desk.path, self.scope
        if path is None:
            return

        def work() -> SurveyOfRegister:
            from assessor.workspace.bureau_survey import survey_register  # noqa: PLC0415 (heavy)

            return survey_register(path, scope)

        self.desk.read(work, self._show, self)

    def _show(self, survey: SurveyOfRegister) -> None:
        if survey.scope != self.scope:
            return
        self.survey = survey
        naming = Naming(self._context.words, survey.rubrics)
        figures = Figures(survey, naming)
        self.model.naming = naming
        self.page.setVisible(bool(survey.visits) or bool(survey.rubric))
        self.empty.setVisible(not survey.rubric)
        self._offer(survey, naming)
        self.cards.show_survey(survey, naming)
        self.heat.set_rows(figures.columns(), figures.heat())
        self.criteria.set_rows(figures.criteria())
        self.distribution.set_bars(figures.bars(), figures.lines())
        self.plan.set_rows(figures.progress())
        self.plan.setVisible(bool(self.plan.rows))
        self.planless.setVisible(not self.plan.rows)
        self.severity.set_rows(figures.severity())
        left = figures.unjudged()
        self.caution.set_text(self._context.words.tr("ui_bureau.severity_note", count=left))
        self._show_boxes()
        self.show_behind("", frozenset())
        self.surveyed.emit()

    def _show_boxes(self) -> None:
        if self.survey is not None:
            naming = Naming(self._context.words, self.survey.rubrics)
            self.boxes.set_rows(Figures(self.survey, naming).boxes(self.by.key() or "district"))

    def _offer(self, survey: SurveyOfRegister, naming: Naming) -> None:
        names: dict[str, Callable[[str], str]] = {
            "rubric": naming.rubric,
            "cycle": lambda key: naming.cycle(survey.rubric, key),
            "district": str,
        }
        for name, field in self.choices.items():
            choices = {key: names[name](key) for key in survey.offered[name]}
            if name != "rubric":
                every = self._context.words.tr(f"ui_bureau.every_{name}")
                choices = {"": every, **choices}
            field.set_choices(choices)
            field.set_key(survey.rubric if name == "rubric" else getattr(self.scope, name))

    def show_behind(self, what: str, visits: frozenset[int]) -> None:
        """Show the visits behind a figure below the charts."""
        self._behind = (what, visits)
        table, words = self.desk.table, self._context.words
        rows = table.rows if table is not None else ()
        order = [at for at, found in enumerate(rows) if found.number in visits]
        self.model.set_order(rows, order)
        text = words.tr("ui_bureau.behind_title", what=what, count=len(order))
        self.behind.set_text(text if what else words.tr("ui_bureau.behind_none"))
        self.table.setVisible(bool(order))
        self.to_register.setVisible(bool(order))
        if order:
            # The table has just been shown: it has its place after the next layout.
            QTimer.singleShot(0, self, self._reveal_table)

    def _reveal_table(self) -> None:
        self.page.ensureWidgetVisible(self.table, 0, self._context.theme.px(L))

    def _on_scope(self, name: str, key: str) -> None:
        fresh = {
            "rubric": replace(Scope(), rubric=key),
            "cycle": replace(self.scope, cycle=key),
            "district": replace(self.scope, district=key),
        }
        self.scope = fresh[name]
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out columns where there is little room."""
        super().resizeEvent(event)
        narrow = event.size().width() < self._context.theme.px(_WIDE)
        for name in _LEAST_NEEDED:
            self.table.setColumnHidden(COLUMNS.index(name), narrow)

    def focus_first(self) -> None:
        """Put the focus on what the statistics are about."""
        self.choices["rubric"].setFocus(Qt.FocusReason.OtherFocusReason)
