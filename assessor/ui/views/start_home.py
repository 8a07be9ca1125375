"""The first screen: what to begin, what was worked on last, what a crash left behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from assessor.ui.models.recent import RecentModel, card_text
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, L
from assessor.ui.views.start_cards import VisitCard
from assessor.ui.views.start_tiles import ActionTile, Tile, TileGrid, through_mouse
from assessor.ui.widgets import (
    Button,
    FlowLabel,
    ScrollColumn,
    SearchField,
    Strip,
    column,
    label,
    row,
)
from assessor.workspace.clock import now

if TYPE_CHECKING:
    from assessor.workspace.explore import SampleTitle
    from assessor.workspace.recents import RecentVisit
    from assessor.workspace.recovery import LeftOpen

_TILE_WIDTH, _ACTION_WIDTH, _SEARCH_WIDTH = 300, 230, 260
_CARD_HEIGHT = 132


class StartHome(QWidget):
    """The start screen.

    Signals: `new_asked()`, `import_asked()`, `blank_asked()`, `visit_asked(object)` with a path,
    `browse_asked()`, `locate_asked(object)`, `backups_asked(object)`, `sample_asked(str)`.
    """

    new_asked = Signal()
    import_asked = Signal()
    blank_asked = Signal()
    browse_asked = Signal()
    visit_asked = Signal(object)
    locate_asked = Signal(object)
    backups_asked = Signal(object)
    sample_asked = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._theme, self._words = context.theme, context.words
        self.model = RecentModel(self._words, self)
        self.samples: tuple[SampleTitle, ...] = ()
        scroll = ScrollColumn(self._theme, XL)
        self._column = scroll.body
        self._column.setSpacing(self._theme.px(L))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self._left: dict[Path, Strip] = {}
        self._strips = QVBoxLayout()
        self._column.addLayout(self._strips)
        self._column.addLayout(self._heading())
        self.actions_grid = TileGrid(self._theme, _ACTION_WIDTH)
        self.actions_grid.set_tiles(self._action_tiles())
        self._column.addWidget(self.actions_grid)
        self.recent_label = label(self._words.tr("ui_start.recent"), "caption")
        self._column.addWidget(self.recent_label)
        self.cards = TileGrid(self._theme, _TILE_WIDTH)
        self._column.addWidget(self.cards)
        self.nothing = FlowLabel(self._theme, self._words.tr("ui_start.nothing_found"), "muted")
        self._column.addWidget(self.nothing)
        self._column.addStretch(1)
        self.model.modelReset.connect(self._show_cards)
        self._show_cards()

    # --- what is shown ----------------------------------------------------------------------------

    def show_left_open(self, left: tuple[LeftOpen, ...]) -> None:
        """Offer to go on with what a crash left behind."""
        for found in left:
            if found.path not in self._left:
                strip = self._recovery_strip(found)
                self._left[found.path] = strip
                self._strips.addWidget(strip)

    def show_samples(self, samples: tuple[SampleTitle, ...]) -> None:
        """Offer the bundled samples."""
        self.samples = samples
        self._show_cards()

    @property
    def visit_cards(self) -> list[VisitCard]:
        """The cards that are shown, in their order."""
        return [tile for tile in self.cards.tiles if isinstance(tile, VisitCard)]

    def sample_menu(self) -> QMenu:
        """Return the samples to choose from."""
        menu = QMenu(self)
        for sample in self.samples:
            names = (sample.enterprise, self._words.pick(sample.rubric))
            action = menu.addAction(" · ".join(names))
            action.triggered.connect(self._asks_for(sample.slug))
        return menu

    def _asks_for(self, slug: str) -> Callable[[], None]:
        return lambda: self.sample_asked.emit(slug)

    def _show_cards(self) -> None:
        at = now()
        tiles: list[QWidget] = [self._card(visit, at) for visit in self.model.shown]
        if self.samples and not self.search.text().strip():
            tiles.append(self._sample_tile())
        self.cards.set_tiles(tiles)
        self.recent_label.setVisible(not self.model.empty)
        self.search.setVisible(not self.model.empty)
        self.nothing.setVisible(not self.model.empty and not self.model.shown)

    # --- parts ------------------------------------------------------------------------------------

    def _heading(self) -> QHBoxLayout:
        words, theme = self._words, self._theme
        self.search = SearchField(theme, words.tr("ui_start.search"))
        self.search.setFixedWidth(theme.px(_SEARCH_WIDTH))
        self.search.search_changed.connect(self.model.set_search)
        self.browse = Button(theme, words.tr("ui_start.open"), "folder")
        self.browse.clicked.connect(lambda *_: self.browse_asked.emit())
        title = label(words.tr("ui_start.title"), "question")
        under = label(words.tr("ui_start.subtitle"), "muted")
        line = QHBoxLayout()
        line.addLayout(column(theme, title, under), 1)
        line.addLayout(row(theme, self.search, self.browse))
        return line

    def _action_tiles(self) -> list[QWidget]:
        listed = (
            ("new", "plus", self.new_asked),
            ("import", "import", self.import_asked),
            ("blank", "table", self.blank_asked),
        )
        tiles: list[QWidget] = []
        for name, icon, asked in listed:
            title = self._words.tr(f"ui_start.{name}")
            tile = ActionTile(self._theme, icon, title, self._words.tr(f"ui_start.{name}_text"))
            tile.setObjectName(name)
            tile.clicked.connect(asked)
            tiles.append(tile)
        return tiles

    def _card(self, visit: RecentVisit, at: datetime) -> VisitCard:
        text = card_text(visit, self._words, at)
        card = VisitCard(self._theme, self._words, visit.path, text, visit.state == "missing")
        card.open_asked.connect(self.visit_asked)
        card.locate_asked.connect(self.locate_asked)
        card.backups_asked.connect(self.backups_asked)
        card.removal_asked.connect(self._remove)
        card.folder_asked.connect(_show_folder)
        return card

    def _sample_tile(self) -> Tile:
        title, text = (self._words.tr(f"ui_start.{name}") for name in ("sample", "sample_text"))
        tile = Tile(self._theme, title, dashed=True)
        tile.setAccessibleDescription(text)
        tile.setObjectName("sample")
        tile.setMinimumHeight(self._theme.px(_CARD_HEIGHT))
        tile.body.addStretch(1)
        for words, kind in ((title, "muted"), (text, "caption")):
            line = row(self._theme, label(words, kind))
            line.insertStretch(0, 1)
            line.addStretch(1)
            tile.body.addLayout(line)
        tile.body.addStretch(1)
        through_mouse(tile)
        tile.clicked.connect(
            lambda *_: self.sample_menu().popup(tile.mapToGlobal(tile.rect().center()))
        )
        return tile

    def _recovery_strip(self, found: LeftOpen) -> Strip:
        words = self._words
        last = found.last.astimezone() if found.last else None
        today = last is not None and last.date() == now().date()
        at = words.time(last) if today else words.moment(last)
        values = {"name": found.enterprise, "count": found.answered, "time": at}
        strip = Strip(self._theme, words, words.tr("ui_start.left_open", **values), "caution")
        strip.add_action(words.tr("ui_start.go_on"), lambda: self.visit_asked.emit(found.path))
        strip.add_action(words.tr("ui_start.later"), lambda: None)
        strip.dismissed.connect(strip.hide)
        return strip

    def _remove(self, path: Path) -> None:
        self._context.settings.replace(self._context.settings.value.without_recent(path))
        self.model.set_visits([visit for visit in self.model.visits if visit.path != path])


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
