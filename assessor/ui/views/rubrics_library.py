"""The rubrics there are: what each is, what it rests on, whether something is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.paths import user_folder
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, L, S
from assessor.ui.views.rubrics_text import basis_counts
from assessor.ui.views.start_tiles import CutLabel, Tile, TileGrid, through_mouse
from assessor.ui.widgets import Chip, FlowLabel, ScrollColumn, label, row

if TYPE_CHECKING:
    from assessor.workspace.rubric_library import Entry

_TILE_WIDTH = 360


class RubricTile(Tile):
    """One rubric file. Signals: `read_asked(object)` with its entry."""

    read_asked = Signal(object)

    def __init__(self, context: Context, entry: Entry, parent: QWidget | None = None) -> None:
        title = context.words.pick(entry.title) if entry.title else entry.path.name
        super().__init__(context.theme, f"{title} {entry.version}", parent=parent)
        self.entry = entry
        self._context = context
        theme, words = context.theme, context.words
        name = FlowLabel(theme, title, size=theme.sizes.title, bold=True, line_height=1.3)
        head = row(theme, name, *self._chips(), spacing=S)
        head.setStretch(0, 1)
        self.body.addLayout(head)
        if entry.loaded is None:
            first = words.pick(entry.problems[0].message) if entry.problems else ""
            self.body.addWidget(FlowLabel(theme, first, "bad", size=theme.sizes.table))
        else:
            rubric = entry.loaded.rubric
            self.body.addWidget(
                FlowLabel(theme, words.pick(rubric.summary), "muted", size=theme.sizes.table)
            )
            self.body.addWidget(label(self._figures(), "table"))
            self.body.addWidget(CutLabel(self._bases(), "caption"))
        self.body.addStretch(1)
        own = user_folder() in entry.path.parents
        place = str(entry.path) if own else words.tr("ui_rubric.bundled")
        self.body.addWidget(CutLabel(place, "caption"))
        through_mouse(self)
        self.clicked.connect(lambda *_: self.read_asked.emit(self.entry))

    def _chips(self) -> list[Chip]:
        words, entry = self._context.words, self.entry
        chips = [Chip(entry.version)] if entry.version else []
        if entry.loaded is None:
            return [*chips, Chip(words.tr("ui_rubric.unusable"), "bad")]
        if entry.loaded.rubric.status.derived:
            chips.append(Chip(words.tr("ui_rubric.derived"), "caution"))
        if entry.problems:
            chips.append(Chip(words.tr("ui_rubric.doubtful"), "caution"))
        return chips

    def _figures(self) -> str:
        if self.entry.loaded is None:
            return ""
        rubric = self.entry.loaded.rubric
        return self._context.words.tr(
            "ui_rubric.figures",
            criteria=len(rubric.every_criterion),
            gates=len(rubric.gates),
            targets=len(rubric.targets),
            sources=len(rubric.sources),
        )

    def _bases(self) -> str:
        if self.entry.loaded is None:
            return ""
        words = self._context.words
        counted = " · ".join(
            f"{words.tr(f'report.basis_{basis}')} {count}"
            for basis, count in basis_counts(self.entry.loaded.rubric)
        )
        return words.tr("ui_rubric.founded", bases=counted)


class RubricLibrary(QWidget):
    """All rubrics. Signals: `read_asked(object)` with an entry."""

    read_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme, words = context.theme, context.words
        scroll = ScrollColumn(theme, XL)
        scroll.body.setSpacing(theme.px(L))
        scroll.body.addWidget(label(words.tr("ui_rubric.title"), "question"))
        scroll.body.addWidget(FlowLabel(theme, words.tr("ui_rubric.lead"), "muted"))
        self.grid = TileGrid(theme, _TILE_WIDTH, most=2)
        scroll.body.addWidget(self.grid)
        scroll.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show what was found."""
        tiles: list[QWidget] = []
        for entry in entries:
            tile = RubricTile(self._context, entry)
            tile.read_asked.connect(self.read_asked)
            tiles.append(tile)
        self.grid.set_tiles(tiles)
