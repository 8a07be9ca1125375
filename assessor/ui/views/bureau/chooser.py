"""Which register to work with: those opened before, another one, or a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, L
from assessor.ui.views.start_tiles import ActionTile, CutLabel, Tile, TileGrid, through_mouse
from assessor.ui.widgets import FlowLabel, ScrollColumn, ToolButton, column, label, row

SUFFIX = ".register"
_TILE_WIDTH, _ACTION_WIDTH = 300, 260


class RegisterTile(Tile):
    """A register that was open before. Signals: `removal_asked()`."""

    removal_asked = Signal()

    def __init__(
        self, context: Context, path: Path, there: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(context.theme, path.stem, parent=parent)
        theme, words = context.theme, context.words
        self.path = path
        remove = ToolButton(theme, "close", words.tr("ui_bureau.forget", name=path.stem))
        remove.clicked.connect(lambda *_: self.removal_asked.emit())
        self.remove = remove
        head = row(theme, CutLabel(path.stem, "strong"), remove)
        head.setStretch(0, 1)
        self.body.addLayout(head)
        place = str(path.parent) if there else words.tr("ui_bureau.gone")
        self.body.addWidget(CutLabel(place, "caption" if there else "caution"))
        self.setEnabled(True)
        through_mouse(self)


class RegisterChooser(QWidget):
    """The first page of the bureau. Signals: `open_asked(object)` a path, `browse_asked()`,
    `make_asked()`."""

    open_asked = Signal(object)
    browse_asked = Signal()
    make_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme, words = context.theme, context.words
        self.setAcceptDrops(True)
        scroll = ScrollColumn(theme, XL)
        scroll.body.setSpacing(theme.px(L))
        lead = FlowLabel(theme, words.tr("ui_bureau.lead"), "muted")
        title = label(words.tr("ui_bureau.title"), "question")
        scroll.body.addLayout(column(theme, title, lead))
        self.actions_grid = TileGrid(theme, _ACTION_WIDTH, most=2)
        self.make = self._action("make", "plus", self.make_asked.emit)
        self.browse = self._action("open", "folder", self.browse_asked.emit)
        self.actions_grid.set_tiles([self.make, self.browse])
        scroll.body.addWidget(self.actions_grid)
        self.recent_label = label(words.tr("ui_bureau.recent"), "caption")
        scroll.body.addWidget(self.recent_label)
        self.grid = TileGrid(theme, _TILE_WIDTH)
        scroll.body.addWidget(self.grid)
        scroll.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.refresh()

    def refresh(self) -> None:
        """Show the registers that are remembered."""
        recent = [Path(path) for path in self._context.settings.value.registers]
        self.recent_label.setVisible(bool(recent))
        # Looked for on a worker: a place in the network may keep one waiting.
        self._context.tasks.start(
            lambda _: [(path, path.is_file()) for path in recent], done=self._show, owner=self
        )

    def _show(self, found: list[tuple[Path, bool]]) -> None:
        self.grid.set_tiles([self._tile(path, there) for path, there in found])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take a register."""
        if _register_in(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Open the register that was dropped."""
        event.acceptProposedAction()
        self.open_asked.emit(_register_in(event))

    def _tile(self, path: Path, there: bool) -> RegisterTile:
        tile = RegisterTile(self._context, path, there)
        tile.clicked.connect(lambda *_: self.open_asked.emit(path))
        tile.removal_asked.connect(lambda: self._forget(path))
        return tile

    def _forget(self, path: Path) -> None:
        settings = self._context.settings
        settings.replace(settings.value.without_register(path))
        self.refresh()

    def _action(self, name: str, icon: str, run: Callable[[], None]) -> ActionTile:
        tr = self._context.words.tr
        title, text = tr(f"ui_bureau.{name}"), tr(f"ui_bureau.{name}_text")
        tile = ActionTile(self._context.theme, icon, title, text)
        tile.clicked.connect(lambda *_: run())
        return tile


def _register_in(event: QDropEvent) -> Path | None:
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return next((path for path in paths if path.suffix == SUFFIX), None)
