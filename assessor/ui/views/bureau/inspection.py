"""Re-inspection: so many visits drawn with a seed, each with its reasons; the list as a book."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.ui.dialogs import files
from assessor.ui.models.bureau_grid import BureauGridModel
from assessor.ui.models.bureau_naming import Naming
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import M
from assessor.ui.views.bureau.desk import BureauDesk
from assessor.ui.views.bureau.intake_file import show_folder
from assessor.ui.views.bureau.tables import fill_page, hide_where_narrow, table_of
from assessor.ui.views.evaluating.flow_row import FlowRow
from assessor.ui.widgets import (
    Button,
    Card,
    ChoiceField,
    EmptyState,
    FlowLabel,
    NumberField,
    PrimaryButton,
    column,
    label,
)
from assessor.workspace.bureau_statistics import Filter, Question

if TYPE_CHECKING:
    from assessor.workspace.bureau_statistics import Grid

_SCOPE = ("rubric", "cycle", "district")
_COLUMNS = ("rank", "enterprise", "district", "score", "tier", "weight", "reasons")
_WIDTHS = (56, 190, 84, 76, 84, 64, 240)
_NARROW = {4: 860, 5: 800}
_REASONS = 6
_COUNT, _SEED, _MOST = 10, 2026, 100_000


class InspectionTab(QWidget):
    """The draw and its list. Signals: `visit_asked(str)`; `drawn()` when a list is shown."""

    visit_asked = Signal(str)
    drawn = Signal()

    def __init__(self, context: Context, desk: BureauDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.desk = context, desk
        theme, words = context.theme, context.words
        self.choices = {
            name: ChoiceField(theme, words.tr(f"ui_bureau.filter_{name}")) for name in _SCOPE
        }
        self.count = self._number("draw_count", 1, _COUNT)
        self.seed = self._number("draw_seed", 0, _SEED)
        self.draw = PrimaryButton(theme, words.tr("ui_bureau.draw"), "list")
        self.export = Button(theme, words.tr("ui_bureau.draw_export"), "export")
        self.to_visit = Button(theme, words.tr("ui_bureau.to_visit"), "table")
        self.model = BureauGridModel(words, _COLUMNS, self)
        self.table = table_of(theme, words.tr("ui_bureau.drawn"), self.model, _WIDTHS, _REASONS)
        self.said = FlowLabel(theme, words.tr("ui_bureau.draw_text"), "muted")
        self.notes = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.empty = EmptyState(
            theme, "list", words.tr("ui_bureau.nothing_drawn"), words.tr("ui_bureau.how_to_draw")
        )
        self._drawn: tuple[Question, int, int] | None = None
        self._lay_out()
        self._connect()
        self.refresh()

    def _number(self, key: str, least: int, value: int) -> NumberField:
        theme, words = self._context.theme, self._context.words
        low, high = Decimal(least), Decimal(_MOST)
        name = words.tr(f"ui_bureau.{key}")
        field = NumberField(theme, words, name, minimum=low, maximum=high)
        field.set_value(Decimal(value))
        field.line.setFixedWidth(theme.px(96))
        return field

    def _lay_out(self) -> None:
        theme, words = self._context.theme, self._context.words
        card = Card(theme)
        card.body.addWidget(self.said)
        fields = FlowRow(theme, M)
        fields.add(
            *(
                self._named(words.tr(f"ui_bureau.{key}"), field)
                for key, field in (
                    ("draw_count", self.count),
                    ("draw_seed", self.seed),
                    *((f"filter_{name}", field) for name, field in self.choices.items()),
                )
            )
        )
        card.body.addWidget(fields)
        buttons = FlowRow(theme)
        buttons.add(self.draw, self.export, self.to_visit)
        card.body.addWidget(buttons)
        drawn = QWidget()
        lines = QVBoxLayout(drawn)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(M))
        lines.addWidget(self.table, 1)
        lines.addWidget(self.empty, 1)
        lines.addWidget(self.notes)
        fill_page(theme, self, card, drawn)

    def _named(self, caption: str, field: QWidget) -> QWidget:
        made = QWidget()
        lines = column(self._context.theme, label(caption, "caption"), field, spacing=2)
        lines.setContentsMargins(0, 0, 0, 0)
        made.setLayout(lines)
        return made

    def _connect(self) -> None:
        self.draw.clicked.connect(lambda *_: self.draw_now())
        self.export.clicked.connect(lambda *_: self._ask_export())
        self.to_visit.clicked.connect(lambda *_: self._ask_visit())
        self.count.validity_changed.connect(lambda *_: self._show_state())
        self.seed.validity_changed.connect(lambda *_: self._show_state())
        self.table.doubleClicked.connect(lambda *_: self._ask_visit())
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.desk.changed.connect(self.refresh)

    # --- showing ----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Offer what there is in the register; a list drawn from an older one is taken away."""
        table, snapshot = self.desk.table, self.desk.snapshot
        if table is None or snapshot is None:
            return
        naming = Naming(self._context.words, snapshot.rubrics)
        rubrics = {key: naming.rubric(key) for key in table.choices("rubric")}
        every = self._context.words.tr
        offered = {
            "rubric": rubrics,
            "cycle": {"": every("ui_bureau.every_cycle")}
            | {key: key for key in table.choices("cycle")},
            "district": {"": every("ui_bureau.every_district")}
            | {key: key for key in table.choices("district")},
        }
        for name, field in self.choices.items():
            kept = field.key()
            field.set_choices(offered[name])
            field.set_key(kept if kept in offered[name] else next(iter(offered[name]), None))
        self._show_grid(None)

    def _show_grid(self, grid: Grid | None) -> None:
        self.model.set_grid(grid)
        self.table.setVisible(grid is not None)
        self.empty.setVisible(grid is None)
        words = self._context.words
        self.notes.set_text("\n".join(words.pick(note) for note in grid.notes) if grid else "")
        self.notes.setVisible(bool(self.notes.text))
        if grid is not None and grid.lines:
            self.table.selectRow(0)
        self._show_state()

    def _show_state(self) -> None:
        usable = self.count.valid and self.seed.valid and bool(self.choices["rubric"].key())
        self.draw.setEnabled(usable)
        self.export.setEnabled(self.model.rowCount() > 0)
        self.to_visit.setEnabled(self.table.currentIndex().isValid())

    def _on_row(self, current: QModelIndex, _: QModelIndex) -> None:
        self.to_visit.setEnabled(current.isValid())

    # --- what is asked for ------------------------------------------------------------------------

    def draw_now(self) -> None:
        """Draw on a worker and show the list."""
        path, count, seed = self.desk.path, self.count.value(), self.seed.value()
        if path is None or count is None or seed is None:
            return
        chosen = {name: field.key() or "" for name, field in self.choices.items()}
        wanted = Filter(chosen["rubric"], chosen["cycle"], chosen["district"])
        question = Question(wanted, self._context.words.language)
        asked = (question, int(count), int(seed))

        def work() -> Grid:
            from assessor.workspace.bureau_statistics import draw_picks  # noqa: PLC0415 (heavy)

            return draw_picks(path, *asked)[1]

        def show(grid: Grid) -> None:
            self._drawn = asked
            self._show_grid(grid)
            self.drawn.emit()

        self.desk.read(work, show, self)

    def _ask_export(self) -> None:
        words, drawn = self._context.words, self._drawn
        if drawn is None:
            return
        name = f"{words.tr('ui_bureau.draw_name', seed=drawn[2])}.xlsx"
        path = files.ask_workbook(self, words, name)
        if path is not None:
            self.write(path)

    def write(self, output: Path) -> None:
        """Write the list that is shown to a workbook."""
        path, drawn = self.desk.path, self._drawn
        if path is None or drawn is None:
            return

        def work() -> Path:
            from assessor.workspace.bureau_outputs import write_sample  # noqa: PLC0415 (heavy)

            write_sample(path, output, *drawn)
            return output

        self.desk.read(work, self._on_written, self)

    def _on_written(self, path: Path) -> None:
        text = self._context.words.tr("ui_bureau.written", name=path.name)
        self.said.set_text(text)
        show_folder(path)

    def _ask_visit(self) -> None:
        grid, at = self.model.grid, self.table.currentIndex().row()
        if grid is not None and 0 <= at < len(grid.lines):
            places = [one.key for one in grid.columns]
            self.visit_asked.emit(str(grid.lines[at].values[places.index("visit_id")]))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out what is least needed where there is little room."""
        super().resizeEvent(event)
        hide_where_narrow(self.table, _NARROW, self._context.theme)
