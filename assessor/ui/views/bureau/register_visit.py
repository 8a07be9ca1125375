"""One visit of the register: who, what it came to, what is near a line, its revisions, its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from assessor.errors import AssessorError
from assessor.ui.models.bureau_naming import NOTHING, SIGNATURE_ROLES, Naming
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XS, L, M
from assessor.ui.views.bureau.desk import BureauDesk
from assessor.ui.views.bureau.intake_file import reveal
from assessor.ui.widgets import (
    Button,
    Chip,
    FlowLabel,
    ScrollColumn,
    ShareBar,
    column,
    label,
    marked,
    row,
)

if TYPE_CHECKING:
    from assessor.bureau.records import VisitRecord
    from assessor.bureau.register import VisitRow

_MOST_NEAR = 4


class RegisterVisit(QFrame):
    """What is known of a visit; its figures by dimension are read from the register when it is
    shown. Signals: `visit_asked(str)`; `shown()` when everything about the visit is there."""

    visit_asked = Signal(str)
    shown = Signal()

    def __init__(self, context: Context, desk: BureauDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        marked(self, "card")
        self._context, self._desk = context, desk
        theme, words = context.theme, context.words
        self.row: VisitRow | None = None
        self.record: VisitRecord | None = None
        self.setMinimumSize(theme.px(260), theme.px(170))
        self.page = ScrollColumn(theme, L)
        self.reveal = Button(theme, words.tr("ui_bureau.open_folder"), "folder")
        self.reveal.clicked.connect(lambda *_: self._reveal())
        self._content = QWidget()
        self.page.body.addWidget(self._content)
        self.page.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self.page, 1)
        foot = row(theme, self.reveal, stretch=True)
        foot.setContentsMargins(*[theme.px(M)] * 4)
        outer.addLayout(foot)
        self.show_visit(None)

    def show_visit(self, found: VisitRow | None) -> None:
        """Show a visit, or that none is chosen."""
        same = found is not None and self.row is not None and found.number == self.row.number
        if same and self.record is not None:
            return
        self.row, self.record = found, None
        self.reveal.setVisible(found is not None)
        self._refill()
        path = self._desk.path
        if found is None or path is None:
            return
        visit_id, revision = found.visit_id, found.revision

        def read() -> VisitRecord:
            from assessor.workspace.bureau_register import visit_record  # noqa: PLC0415 (heavy)

            return visit_record(path, visit_id, revision)

        self._desk.read(read, self._on_record, self, _quietly)

    def _on_record(self, record: VisitRecord) -> None:
        now = self.row
        if now is None or (record.visit_id, record.revision) != (now.visit_id, now.revision):
            return
        self.record = record
        self._refill()
        self.shown.emit()

    # --- what is shown ----------------------------------------------------------------------------

    def _refill(self) -> None:
        theme, words = self._context.theme, self._context.words
        old, self._content = self._content, QWidget()
        body = QVBoxLayout(self._content)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(M))
        if self.row is None:
            body.addWidget(FlowLabel(theme, words.tr("ui_bureau.no_visit_chosen"), "muted"))
        else:
            self._fill(body, self.row)
        self.page.body.replaceWidget(old, self._content)
        old.hide()
        old.deleteLater()

    def _fill(self, body: QVBoxLayout, found: VisitRow) -> None:
        theme, naming = self._context.theme, self._naming()
        name = FlowLabel(theme, found.name, size=theme.sizes.title, bold=True, line_height=1.3)
        facts = [found.credit_code, found.district, found.industry]
        about = " · ".join(fact for fact in facts if fact)
        body.addLayout(
            column(theme, name, FlowLabel(theme, about, "muted", size=theme.sizes.caption))
        )
        tier = Chip(naming.tier(found.rubric, found.tier), naming.tier_tone(found))
        body.addLayout(row(theme, label(naming.points(found.score), "score"), tier, stretch=True))
        body.addWidget(self._small(self._figures(found, naming), "muted"))
        body.addWidget(
            self._small(naming.signature(found.signature), SIGNATURE_ROLES[found.signature])
        )
        if self.record is not None:
            self._fill_record(body, self.record, naming)
        body.addWidget(self._small(self._visit_facts(found, naming), "muted"))
        self._fill_revisions(body, found, naming)

    def _naming(self) -> Naming:
        snapshot = self._desk.snapshot
        return Naming(self._context.words, snapshot.rubrics if snapshot is not None else {})

    def _small(self, text: str, role: str = "text") -> FlowLabel:
        return FlowLabel(self._context.theme, text, role, size=self._context.theme.sizes.table)

    def _figures(self, found: VisitRow, naming: Naming) -> str:
        tr = self._context.words.tr
        record = self.record
        parts = [tr("ui_bureau.of_maximum", maximum=naming.points(found.maximum))]
        if found.self_score is not None:
            own = naming.points(found.self_score)
            gap = None if found.score is None else found.self_score - found.score
            parts.append(tr("ui_bureau.own", own=own, gap=naming.points(gap, sign=True)))
        if record is not None and record.lowest != record.highest:
            low, high = naming.points(record.lowest), naming.points(record.highest)
            parts.append(tr("ui_bureau.still_open", low=low, high=high))
        return "\n".join(parts)

    def _fill_record(self, body: QVBoxLayout, record: VisitRecord, naming: Naming) -> None:
        theme, words = self._context.theme, self._context.words
        rubric = naming.rubrics.get(record.rubric.id)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(M))
        grid.setVerticalSpacing(theme.px(XS))
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        tops = [node.id for node in rubric.tree] if rubric else list(record.dimensions)
        for dimension in tops:
            result = record.dimensions.get(dimension)
            rate = result.rate if result is not None else None
            if rate is None:
                continue
            name = naming.dimension(record.rubric.id, dimension)
            bar = ShareBar(theme, name)
            bar.set_share(rate)
            figure = label(f"{rate * 100:.2f}", "table")
            at = grid.rowCount()
            grid.addWidget(self._small(name), at, 0)
            grid.addWidget(bar, at, 1)
            grid.addWidget(figure, at, 2, Qt.AlignmentFlag.AlignRight)
        body.addLayout(grid)
        for near in record.near_lines[:_MOST_NEAR]:
            tier = naming.tier(record.rubric.id, near.outcome)
            distance = words.number(abs(near.distance), 2)
            key = "ui_bureau.near_below" if near.distance >= 0 else "ui_bureau.near_above"
            body.addWidget(
                self._small(words.tr(key, tier=tier, distance=distance), "caution"),
            )

    def _visit_facts(self, found: VisitRow, naming: Naming) -> str:
        tr = self._context.words.tr
        lines = [
            tr(
                "ui_bureau.scored_with",
                rubric=naming.rubric(found.rubric),
                version=found.rubric_version,
                cycle=naming.cycle(found.rubric, found.cycle),
            ),
            tr(
                "ui_bureau.visited",
                day=found.visit_date or NOTHING,
                names="、".join(found.assessors) or NOTHING,
            ),
            tr("ui_bureau.from_file", file=found.file_name),
        ]
        return "\n".join(lines)

    def _fill_revisions(self, body: QVBoxLayout, found: VisitRow, naming: Naming) -> None:
        snapshot, theme = self._desk.snapshot, self._context.theme
        same = snapshot.revisions.get(found.visit_id, ()) if snapshot is not None else ()
        if same[1:] == ():
            return
        lines = column(theme, label(self._context.words.tr("ui_bureau.revisions"), "caption"))
        lines.setSpacing(theme.px(XS))
        for one in same:
            key = "ui_bureau.revision_newest" if one.newest else "ui_bureau.revision_older"
            said = self._context.words.tr(
                key, revision=one.revision, score=naming.points(one.score), file=one.file_name
            )
            lines.addWidget(self._small(said, "text" if one.newest else "muted"))
        body.addLayout(lines)

    def _reveal(self) -> None:
        found, path, snapshot = self.row, self._desk.path, self._desk.snapshot
        if found is None or path is None or snapshot is None:
            return
        wanted = (found.visit_id, found.revision, found.file_name)
        lines = (
            line for line in snapshot.log if (line.visit_id, line.revision, line.name) == wanted
        )
        line = next(lines, None)
        reveal(self._context, self, found.file_name, line.sha256 if line else "", path)


def _quietly(error: AssessorError) -> None:
    """What cannot be read beside the list leaves the list as it is; opening again says why."""
    del error
