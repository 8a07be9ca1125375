"""The evidence screen: everything that was brought in, the inbox first, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout

from assessor.assessment import EvidenceItem
from assessor.i18n import message
from assessor.ui import camera
from assessor.ui.models.evidence_list import (
    VIEWS,
    EvidenceList,
    EvidenceView,
    Piece,
    chosen,
    counts,
    pieces_of,
    served,
)
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import L, M, S
from assessor.ui.views.evidence_desk.desk import Desk
from assessor.ui.views.evidence_desk.details import Details
from assessor.ui.views.evidence_desk.exporting import export_pieces
from assessor.ui.views.evidence_desk.grid import EvidenceGrid
from assessor.ui.views.evidence_desk.header import Header
from assessor.ui.views.evidence_desk.intake import Intake, can_take
from assessor.ui.views.evidence_desk.looking import annotate_piece, look_at_pieces
from assessor.ui.views.evidence_desk.picture_store import PictureStore
from assessor.ui.views.evidence_desk.watcher import FolderWatcher
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import CollapsiblePanel, EmptyState, marked
from assessor.workspace.attaching import removing
from assessor.workspace.live import Published


def build(context: Context) -> Page:
    """Make the screen; there is an open visit."""
    if context.visit is None:
        raise RuntimeError("the evidence screen needs an open visit")
    return EvidencePage(context, context.visit)


class EvidencePage(Page):
    """Ways in above, tiles below, the chosen pieces at the right."""

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__()
        marked(self, "ground")
        self._context, self._visit = context, visit
        self._all: tuple[Piece, ...] = ()
        self._view: EvidenceView = "all"
        self._search = ""
        self._awaited: frozenset[str] = frozenset()
        self._narrow = False
        self.store = PictureStore(visit, context.tasks, self)
        self.desk = Desk(context, visit, self.store)
        self.intake = Intake(context, visit, self)
        self.watcher = FolderWatcher(context, self.intake.take_files, self)
        self.header = Header(context)
        self.model = EvidenceList(self._describe, self)
        self.grid = EvidenceGrid(context.theme, context.words, self.store, self.model, self)
        self.details = Details(context, visit, self.store, self)
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        if visit.latest is not None:
            self._show(visit.latest)
        self._watch_chosen_folder()

    def _lay_out(self) -> None:
        theme, words = self._context.theme, self._context.words
        self.empty = EmptyState(
            theme, "image", words.tr("ui_evidence.empty"), words.tr("ui_evidence.empty_text")
        )
        self.empty.add_action(words.tr("ui_evidence.add"), self.pick, primary=False)
        title, text = words.tr("ui_evidence.none_found"), words.tr("ui_evidence.none_found_text")
        self.none_found = EmptyState(theme, "search", title, text)
        for widget in (self.grid, self.empty, self.none_found):
            self.stack.addWidget(widget)
        centre = QVBoxLayout()
        edge = theme.px(L)
        centre.setContentsMargins(edge, theme.px(M), theme.px(M), 0)
        centre.setSpacing(theme.px(S))
        centre.addWidget(self.header)
        centre.addWidget(self.stack, 1)
        self.panel = CollapsiblePanel(theme, words, words.tr("ui_evidence.details"), "right")
        self.panel.body.setContentsMargins(0, 0, 0, 0)
        self.panel.body.addWidget(self.details)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(centre, 1)
        whole.addWidget(self.panel)

    def _connect(self) -> None:
        self._visit.published.connect(self._show)
        header, grid, details = self.header, self.grid, self.details
        header.add_asked.connect(self.pick)
        header.paste_asked.connect(self.paste)
        header.camera_asked.connect(self.shoot)
        header.watch_asked.connect(self._on_watch_asked)
        header.view_chosen.connect(self._on_view)
        header.search_changed.connect(self._on_search)
        self.intake.progressed.connect(header.show_progress)
        self.intake.came_in.connect(self._on_came_in)
        self.watcher.watching_changed.connect(self._on_watching)
        grid.chosen_changed.connect(self._show_chosen)
        grid.open_asked.connect(lambda _: self.look())
        grid.remove_asked.connect(self.remove)
        grid.dropped.connect(self.intake.take_mime)
        details.open_asked.connect(self.look)
        details.marks_asked.connect(self.annotate)
        details.export_asked.connect(lambda: export_pieces(self._context, self.chosen(), self))
        details.remove_asked.connect(self.remove)

    # --- the screen as a page ---------------------------------------------------------------------

    def show_place(self, **where: str) -> None:
        """Show a piece (`item`) or a view (`view`), such as the inbox."""
        view = where.get("view", self._view)
        if view in VIEWS:
            self._on_view(view)
        if "item" in where:
            self.header.search.clear()
            self._on_view("all")
            self.grid.choose(frozenset(where["item"].split()))

    def place(self) -> Mapping[str, str]:
        """Say which view and which pieces are shown."""
        ids = " ".join(piece.item.id for piece in self.grid.chosen())
        return {"view": self._view, **({"item": ids} if ids else {})}

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Search and paste."""
        return {"search": self.header.search.setFocus, "paste": self.paste}

    def leave(self) -> None:
        """Hand in what was typed."""
        self.details.leave()

    # --- what the person asks for -----------------------------------------------------------------

    def chosen(self) -> tuple[EvidenceItem, ...]:
        """Return the chosen pieces."""
        return tuple(piece.item for piece in self.grid.chosen())

    def pick(self) -> None:
        """Let the person pick files to be attached."""
        title = self._context.words.tr("ui_evidence.pick_files")
        names, _ = QFileDialog.getOpenFileNames(self, title)
        self.intake.take_files([Path(name) for name in names])

    def paste(self) -> None:
        """Take files or a picture from the clipboard."""
        if not self.intake.take_mime(QGuiApplication.clipboard().mimeData()):
            self._context.bridge.say(message("ui_evidence.nothing_to_paste"), "caution")

    def shoot(self) -> None:
        """Take a picture with the machine's camera."""
        from assessor.ui.dialogs.camera import CameraDialog  # noqa: PLC0415 (rarely needed)

        source = camera.open_camera()
        if source is None:
            self._context.bridge.say(message("ui_evidence.camera_none"), "caution")
            return
        image = CameraDialog.ask(source, self._context.theme, self._context.words, self)
        if image is not None and not image.isNull():
            self.intake.take_image(image)

    def remove(self) -> None:
        """Take the chosen pieces away; that can be undone."""
        ids = [item.id for item in self.chosen()]
        if ids:
            self._visit.post(removing(ids))

    def look(self) -> None:
        """Open the viewer at the first chosen piece."""
        if items := self.chosen():
            shown = [piece.item for piece in self.model.pieces]
            look_at_pieces(self.desk, shown, items[0].id, self)

    def annotate(self) -> None:
        """Draw marks over the chosen picture."""
        if len(items := self.chosen()) == 1:
            annotate_piece(self.desk, items[0], self)

    # --- what is shown ----------------------------------------------------------------------------

    def _show(self, published: Published) -> None:
        self._all = pieces_of(published.assessment, self._visit.loaded.rubric)
        self.header.show_counts(counts(self._all))
        self._show_list()
        arrived = frozenset(
            piece.item.id for piece in self._all if piece.item.sha256 in self._awaited
        )
        if arrived and not self._visit_still_misses():
            self._awaited = frozenset()
            self.grid.choose(arrived)

    def _visit_still_misses(self) -> bool:
        return not self._awaited <= {piece.item.sha256 for piece in self._all}

    def _show_list(self) -> None:
        shown = chosen(self._all, self._view, self._search)
        self.grid.show_pieces(shown)
        page = self.grid if shown else self.none_found if self._all else self.empty
        self.stack.setCurrentWidget(page)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.details.show_pieces(self.grid.chosen())

    def _on_view(self, view: str) -> None:
        self._view = cast("EvidenceView", view)
        self.header.show_view(self._view)
        self.store.forget_wishes()
        self._show_list()

    def _on_search(self, text: str) -> None:
        self._search = text
        self._show_list()

    def _on_came_in(self, digests: frozenset[str]) -> None:
        self._awaited = digests
        if not self._visit_still_misses():
            self._awaited = frozenset()
            here = (piece.item for piece in self._all if piece.item.sha256 in digests)
            self.grid.choose(frozenset(item.id for item in here))

    def _describe(self, piece: Piece) -> str:
        words = self._context.words
        parts = [piece.title, words.tr(f"workbook.evidence_{piece.item.kind}")]
        if piece.inbox:
            parts.append(words.tr("ui_evidence.in_inbox"))
        if piece.serves or piece.gates:
            parts.append(words.tr("ui_evidence.serves", items=served(piece, words)))
        if piece.same_as:
            parts.append(words.tr("ui_evidence.same_as", others=", ".join(piece.same_as)))
        if piece.outside:
            moment = words.moment(piece.item.taken_at)
            parts.append(words.tr("ui_evidence.outside_one", moment=moment))
        return "\n".join(parts)

    # --- the watched folder -----------------------------------------------------------------------

    def _watch_chosen_folder(self) -> None:
        if folder := self._context.settings.value.watched_folder:
            self.watcher.watch(Path(folder))

    def _on_watch_asked(self, wanted: bool) -> None:
        name = ""
        if wanted:
            title = self._context.words.tr("ui_evidence.pick_folder")
            name = QFileDialog.getExistingDirectory(self, title)
        self._context.settings.change(watched_folder=name or None)
        self.watcher.watch(Path(name) if name else None)

    def _on_watching(self, watching: bool) -> None:
        folder = self.watcher.folder
        self.header.show_watched(folder.name or str(folder) if watching and folder else "")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fold the panel when it would leave too little for the tiles, unfold it when it fits."""
        super().resizeEvent(event)
        sizes = self._context.theme.sizes
        narrow = self.width() < sizes.right_panel + sizes.centre
        if narrow != self._narrow:
            self._narrow = narrow
            self.panel.set_folded(narrow)

    # --- drops beside the grid --------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files and pictures dropped anywhere on the screen."""
        if can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take them in."""
        event.acceptProposedAction()
        self.intake.take_mime(event.mimeData())
