"""The bulletin: a period is chosen, the files are written, looked at, and their folder opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from assessor.errors import AssessorError
from assessor.ui.dialogs import files
from assessor.ui.models.bureau_naming import Naming
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS, L, M, S
from assessor.ui.views.bureau.desk import BureauDesk
from assessor.ui.views.bureau.intake_file import show_folder
from assessor.ui.views.report_pages import PageView
from assessor.ui.widgets import (
    Button,
    Card,
    CheckField,
    ChoiceField,
    EmptyState,
    FlowLabel,
    LinkButton,
    PrimaryButton,
    ScrollColumn,
    column,
    label,
    row,
)
from assessor.ui.widgets.segments import Segments
from assessor.workspace.bureau_statistics import Filter, Question
from assessor.workspace.clock import now

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

Written = tuple[tuple[Path, ...], bytes]
"""The files that were written, and the bytes of the PDF among them (none: empty)."""
KINDS = ("month", "quarter", "year")
OUTPUTS = ("xlsx", "csv", "parquet")
_SIDE, _WIDE = 330, 700
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class BulletinTab(QWidget):
    """What to write at the left, the bulletin's pages at the right.

    Signals: `written(object)` the files that were written.
    """

    written = Signal(object)

    def __init__(self, context: Context, desk: BureauDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.desk = context, desk
        theme, words = context.theme, context.words
        self._pdf: bytes = b""
        kinds = {kind: words.tr(f"ui_bureau.kind_{kind}") for kind in KINDS}
        self.kind = Segments(theme, words.tr("ui_bureau.period_kind"), kinds)
        self.kind.set_key("quarter")
        self.period = ChoiceField(theme, words.tr("ui_bureau.period"))
        self.rubric = ChoiceField(theme, words.tr("ui_bureau.filter_rubric"))
        self.release = CheckField(theme, words.tr("ui_bureau.release"))
        self.write_button = PrimaryButton(theme, words.tr("ui_bureau.write_bulletin"), "export")
        self.outputs = {
            name: CheckField(theme, words.tr(f"ui_bureau.output_{name}")) for name in OUTPUTS
        }
        self.outputs["xlsx"].setChecked(True)
        self.export_button = Button(theme, words.tr("ui_bureau.export"), "export")
        self.said = FlowLabel(theme, "", "muted", size=theme.sizes.table)
        self.results = QWidget()
        self.pages = PageView(theme, words)
        self.empty = EmptyState(
            theme, "report", words.tr("ui_bureau.no_preview"), words.tr("ui_bureau.no_preview_text")
        )
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        theme = self._context.theme
        self.side = ScrollColumn(theme, 0)
        self.side.body.addWidget(self._bulletin_card())
        self.side.body.addWidget(self._export_card())
        self.side.body.addWidget(self.said)
        self.side.body.addWidget(self.results)
        self.side.body.addStretch(1)
        self.across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.across.setSpacing(theme.px(M))
        self.across.addWidget(self.side)
        right = Card(theme)
        right.body.setContentsMargins(1, 1, 1, 1)
        right.body.addWidget(self.pages)
        right.body.addWidget(self.empty)
        self.pages.hide()
        self.across.addWidget(right, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.px(L)] * 4)
        outer.addLayout(self.across)

    def _bulletin_card(self) -> Card:
        theme, tr = self._context.theme, self._context.words.tr
        card = Card(theme)
        card.body.addWidget(label(tr("ui_bureau.bulletin"), "title"))
        text = FlowLabel(theme, tr("ui_bureau.bulletin_text"), "muted", size=theme.sizes.table)
        card.body.addWidget(text)
        card.body.addWidget(self.kind)
        for key, field in (("period", self.period), ("filter_rubric", self.rubric)):
            caption = label(tr(f"ui_bureau.{key}"), "caption")
            card.body.addLayout(column(theme, caption, field, spacing=2))
        card.body.addWidget(self.release)
        said = FlowLabel(theme, tr("ui_bureau.release_text"), "muted", size=theme.sizes.table)
        card.body.addWidget(said)
        card.body.addLayout(row(theme, self.write_button, stretch=True))
        return card

    def _export_card(self) -> Card:
        theme, tr = self._context.theme, self._context.words.tr
        card = Card(theme)
        card.body.addWidget(label(tr("ui_bureau.export_title"), "title"))
        said = FlowLabel(theme, tr("bureau_output.internal"), "caution", size=theme.sizes.table)
        card.body.addWidget(said)
        card.body.addLayout(column(theme, *self.outputs.values(), spacing=0))
        card.body.addLayout(row(theme, self.export_button, stretch=True))
        return card

    def _connect(self) -> None:
        self.kind.key_chosen.connect(lambda *_: self._offer_periods())
        self.rubric.key_chosen.connect(lambda *_: self._show_state())
        self.write_button.clicked.connect(lambda *_: self._ask(self.write_bulletin))
        self.export_button.clicked.connect(lambda *_: self._ask(self.write_export))
        for field in self.outputs.values():
            field.toggled.connect(lambda *_: self._show_state())
        self.pages.page_wanted.connect(self._draw)
        self.desk.changed.connect(self.refresh)

    # --- showing ----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Offer the rubrics and periods there are."""
        table, snapshot = self.desk.table, self.desk.snapshot
        if table is None or snapshot is None:
            return
        naming = Naming(self._context.words, snapshot.rubrics)
        kept = self.rubric.key()
        known = {key: naming.rubric(key) for key in table.choices("rubric")}
        self.rubric.set_choices(known)
        self.rubric.set_key(kept if kept in known else next(iter(known), None))
        self._offer_periods()

    def _offer_periods(self) -> None:
        table = self.desk.table
        kept, kind = self.period.key(), self.kind.key() or "quarter"
        today = now().date().isoformat()
        found = periods(table.days if table is not None else (), kind, today)
        tr = self._context.words.tr
        self.period.set_choices(
            {
                text: tr(f"bureau_output.period_{kind}", year=year, number=number)
                for text, year, number in found
            }
        )
        texts = [text for text, _, _ in found]
        self.period.set_key(kept if kept in texts else next(iter(texts), None))
        self._show_state()

    def _show_state(self) -> None:
        ready = bool(self.period.key() and self.rubric.key())
        self.write_button.setEnabled(ready)
        some = any(field.isChecked() for field in self.outputs.values())
        self.export_button.setEnabled(some and bool(self.rubric.key()))

    # --- writing ----------------------------------------------------------------------------------

    def _ask(self, write: Callable[[Path], None]) -> None:
        title = self._context.words.tr("ui_bureau.write_where")
        near = self.desk.path.parent if self.desk.path is not None else None
        folder = files.ask_folder(self, title, near)
        if folder is not None:
            write(folder)

    def write_bulletin(self, folder: Path) -> None:
        """Write the bulletin of the period that is chosen into a folder, and show it."""
        path, period = self.desk.path, self.period.key()
        if path is None or period is None:
            return
        wanted = Filter(rubric=self.rubric.key() or "")
        question = Question(wanted, self._context.words.language)
        release = self.release.isChecked()

        def work() -> Written:
            from assessor.workspace.bureau_outputs import write_bulletin  # noqa: PLC0415 (heavy)

            written = write_bulletin(path, period, folder, question, release=release)
            return written, written[0].read_bytes()

        self._begin(work, self.desk.write if release else self.desk.read)

    def write_export(self, folder: Path) -> None:
        """Write the outputs that are ticked into a folder."""
        path, language = self.desk.path, self._context.words.language
        if path is None:
            return
        asked = {name: field.isChecked() for name, field in self.outputs.items()}

        def work() -> Written:
            from assessor.workspace.bureau_outputs import Wanted, export  # noqa: PLC0415 (heavy)

            return export(path, folder, language, Wanted(**asked)), b""

        self._begin(work, self.desk.read)

    def _begin(self, work: Callable[[], Written], turn: Callable[..., None]) -> None:
        self.write_button.setEnabled(False)
        self.export_button.setEnabled(False)
        self.said.set_text(self._context.words.tr("ui_bureau.writing"))
        turn(work, self._on_written, self, self._on_failure)

    def _on_failure(self, error: AssessorError) -> None:
        self.said.set_text("")
        self._context.bridge.complain(error)
        self._show_state()

    def _on_written(self, found: Written) -> None:
        paths, pdf = found
        self.said.set_text(self._context.words.tr("ui_bureau.files_written", count=len(paths)))
        self._show_files(paths)
        if pdf:
            self._show_pages(pdf)
        self._show_state()
        self.written.emit(paths)

    def _show_files(self, paths: Sequence[Path]) -> None:
        theme, words = self._context.theme, self._context.words
        old, self.results = self.results, QWidget()
        lines = QVBoxLayout(self.results)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(XS))
        for path in paths:
            link = LinkButton(theme, path.name)
            link.clicked.connect(lambda *_, path=path: open_file(path))
            lines.addLayout(row(theme, link, spacing=0, stretch=True))
        folder = Button(theme, words.tr("ui_bureau.open_folder"), "folder")
        folder.clicked.connect(lambda *_: show_folder(paths[0]))
        lines.addLayout(row(theme, folder, spacing=S, stretch=True))
        self.side.body.replaceWidget(old, self.results)
        old.hide()
        old.deleteLater()

    # --- its pages --------------------------------------------------------------------------------

    def _show_pages(self, pdf: bytes) -> None:
        self._pdf = pdf

        def measure() -> tuple[tuple[float, float], ...]:
            from assessor.workspace.pages import page_sizes  # noqa: PLC0415 (loads pdfium)

            return page_sizes(pdf)

        def show(sizes: tuple[tuple[float, float], ...]) -> None:
            self.empty.hide()
            self.pages.show()
            self.pages.set_pages(sizes)

        self._context.tasks.start(lambda _: measure(), done=show, owner=self)

    def _draw(self, number: int, longest: int) -> None:
        pdf = self._pdf

        def draw() -> QImage:
            from assessor.workspace.pages import page_picture  # noqa: PLC0415 (loads pdfium)

            page = page_picture(pdf, number, longest)
            data, stride = page.tobytes(), 3 * page.width
            form = QImage.Format.Format_RGB888
            return QImage(data, page.width, page.height, stride, form).copy()

        def show(picture: QImage) -> None:
            self.pages.set_picture(number if pdf is self._pdf else -1, picture)

        self._context.tasks.start(lambda _: draw(), done=show, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the pages below the choices where there is no room beside them."""
        super().resizeEvent(event)
        theme, way = self._context.theme, QBoxLayout.Direction
        wide = event.size().width() >= theme.px(_WIDE)
        self.across.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self.side.setMaximumWidth(theme.px(_SIDE) if wide else 16_777_215)
        self.side.setMinimumWidth(theme.px(_SIDE) if wide else 0)


def open_file(path: Path) -> None:
    """Open a file with the system's own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def periods(days: Iterable[str], kind: str, today: str) -> list[tuple[str, int, int]]:
    """Return the periods that hold days of visits, the latest first.

    Each is (written, year, number in the year). Days after `today` (an ISO date) make none.
    """
    step = _MONTHS[kind]
    months = {day[:7] for day in days if "" < day <= today}
    found = {(int(month[:4]), (int(month[5:7]) - 1) // step + 1) for month in months}
    written = {"month": "{0:04}-{1:02}", "quarter": "{0:04}-Q{1}", "year": "{0:04}"}[kind]
    return [
        (written.format(year, number), year, number) for year, number in sorted(found, reverse=True)
    ]
