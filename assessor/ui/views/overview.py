"""The overview of a visit: who, against what, how far, with what result, and what is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from assessor.rules.card import ScoreCard
from assessor.rules.tally import tally_of
from assessor.ui.models.standings import FILTERS, Filter, standings
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import XL, L, S
from assessor.ui.views.evaluating.dimension_table import DimensionTable
from assessor.ui.views.evaluating.flow_row import FlowRow
from assessor.ui.views.evaluating.gate_summary import GateSummary, deciding
from assessor.ui.views.evaluating.outcome_card import OutcomeCard
from assessor.ui.views.evaluating.result_panel import focus_of
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.views.newer_rubric import NewerRubric
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import (
    Button,
    Card,
    Chip,
    FlowLabel,
    PrimaryButton,
    ProgressRing,
    ScrollColumn,
    label,
    row,
)
from assessor.workspace.live import Published
from assessor.workspace.pictures import untied

_SIDE_BY_SIDE = 820


def build(context: Context) -> Page:
    """Make the page; a visit must be open."""
    if context.visit is None:
        raise ValueError("the overview needs an open visit")
    return OverviewPage(context, context.visit)


@dataclass(frozen=True)
class Left:
    """Something that is left to do: how much of it, and where it is done."""

    name: str
    count: int
    icon: str
    screen: str
    where: Mapping[str, str]


def what_is_left(published: Published) -> list[Left]:
    """Return what still needs work, most urgent first; what is done is left out."""
    card, record = published.card, published.assessment
    found = standings(published).values()
    counts = {which: sum(one.passes(which) for one in found) for which in FILTERS}
    icons: dict[Filter, str] = {
        "unanswered": "circle",
        "flagged": "flag",
        "no_evidence": "paperclip-struck",
    }
    left = [
        Left(f"ui_eval.left_{which}", counts[which], icon, "evaluation", {"filter": which})
        for which, icon in icons.items()
    ]
    gates = sum(found.state == "unknown" for found in deciding(card))
    findings = sum(finding.state == "open" for finding in record.findings)
    left.insert(1, Left("ui_eval.left_gates", gates, "lock", "evaluation", {"panel": "gates"}))
    left.append(Left("ui_eval.left_inbox", len(untied(record)), "image", "evidence", {}))
    left.append(Left("ui_eval.left_findings", findings, "finding", "findings", {}))
    return [one for one in left if one.count]


class OverviewPage(Page):
    """Everything shown comes from the last `Published`."""

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__()
        self._context, self._visit = context, visit
        theme = context.theme
        self.say = Sayings(context.words, visit.loaded.rubric)
        self._published: Published | None = None
        self._stale = True
        self.enterprise = FlowLabel(theme, size=theme.sizes.score, bold=True)
        self.facts = FlowRow(theme)
        self.notice = FlowLabel(theme, role="caution", size=theme.sizes.table)
        self.newer = NewerRubric(context, visit)
        self.ring = ProgressRing(theme, self.say.tr("progress"), 72)
        self.answered = label("", "title")
        self.score = label("", "score")
        self.maximum = label("", "muted")
        self.possible = FlowLabel(theme, role="muted", size=theme.sizes.table)
        self.go_on = PrimaryButton(theme, self.say.tr("go_on"), "checklist")
        self.go_on.clicked.connect(lambda: context.go("evaluation"))
        self.outcomes: list[OutcomeCard] = []
        self.left = QVBoxLayout()
        self.links: dict[str, Button] = {}
        self.gates = GateSummary(theme, self.say)
        self.gates.gates_asked.connect(lambda: context.go("evaluation", panel="gates"))
        self.table = DimensionTable(theme, self.say)
        self.table.dimension_asked.connect(self._open_dimension)
        self._lay_out()
        visit.published.connect(self._on_published)
        if visit.latest is not None:
            self._on_published(visit.latest)

    # --- layout -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        theme = self._context.theme
        scroll = ScrollColumn(theme, XL)
        scroll.body.setSpacing(theme.px(L))
        scroll.body.addLayout(self._head())
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(theme.px(L))
        self._halves.addLayout(self._first_half(), 3)
        self._halves.addLayout(self._second_half(), 2)
        scroll.body.addLayout(self._halves)
        scroll.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def _head(self) -> QBoxLayout:
        theme = self._context.theme
        names = QVBoxLayout()
        names.setSpacing(theme.px(S))
        for part in (self.enterprise, self.facts, self.notice, self.newer):
            names.addWidget(part)
        head = row(theme, spacing=XL)
        head.addLayout(names, 1)
        head.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _first_half(self) -> QBoxLayout:
        theme, say = self._context.theme, self.say
        result = Card(theme)
        figures = QVBoxLayout()
        figures.setSpacing(0)
        figures.addWidget(self.answered)
        figures.addLayout(row(theme, self.score, self.maximum, stretch=True))
        figures.addWidget(self.possible)
        line = row(theme, self.ring, spacing=L)
        line.addLayout(figures, 1)
        result.body.addLayout(line)
        self._outcome_column = result.body
        table = Card(theme)
        table.body.addWidget(label(say.tr("by_dimension"), "title"))
        table.body.addWidget(self.table)
        return _column(theme.px(L), result, table)

    def _second_half(self) -> QBoxLayout:
        theme, say = self._context.theme, self.say
        todo = Card(theme)
        todo.body.addWidget(label(say.tr("what_is_left"), "title"))
        self.left.setSpacing(theme.px(S))
        todo.body.addLayout(self.left)
        self._gates = Card(theme)
        self._gates.body.addWidget(self.gates)
        return _column(theme.px(L), todo, self._gates)

    # --- what is shown ----------------------------------------------------------------------------

    def _on_published(self, published: Published) -> None:
        self._published, self._stale = published, True
        if self.isVisible():
            self._render(published)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what happened while another page was shown."""
        super().showEvent(event)
        if self._stale and self._published is not None:
            self._render(self._published)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the halves below each other where they would be too narrow."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._context.theme.px(_SIDE_BY_SIDE)
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def _render(self, published: Published) -> None:
        self._stale = False
        card = published.card
        self._show_head(published)
        self._show_result(card)
        self._show_left(published)
        self.gates.show_card(card)
        self._gates.setVisible(bool(card.gates) or not self.say.rubric.collects)
        self.table.show_card(card)

    def _show_head(self, published: Published) -> None:
        say, record = self.say, published.assessment
        rubric = say.rubric
        self.enterprise.set_text(record.enterprise.name)
        target = next(part.name for part in rubric.targets if part.id == record.target)
        profile = next(part.name for part in rubric.profiles if part.id == record.profile)
        cycle = next(part.name for part in rubric.cycles if part.id == record.cycle)
        told = [say.pick(profile), say.pick(cycle)]
        told += [] if rubric.collects else [say.tr("target", target=target)]
        told += [say.told(f"ui_eval.visit_{record.visit.kind}")]
        days = [say.words.day(day) for day in (record.visit.date_from, record.visit.date_to) if day]
        told += [say.tr("days").join(dict.fromkeys(days))] if days else []
        told += [record.enterprise.district] if record.enterprise.district else []
        self.facts.clear()
        self.facts.add(Chip(say.pick(rubric.short_title), "accent"), *(Chip(text) for text in told))
        self.notice.set_text(say.pick(rubric.status.notice) if rubric.status.derived else "")
        self.notice.setVisible(bool(self.notice.text))

    def _show_result(self, card: ScoreCard) -> None:
        say = self.say
        self.ring.set_progress(card.done, card.asked)
        self.answered.setText(say.tr("score_answered", done=card.done, asked=card.asked))
        if say.rubric.collects:
            self.answered.setText(say.told("form.collected", done=card.done, asked=card.asked))
            self.score.setText(say.told("form.not_scored_short"))
            self.possible.set_text(say.pick(tally_of(card).said()))
            return
        self.score.setText(say.points(card.total.value))
        self.maximum.setText(say.tr("out_of", maximum=say.line(card.total.maximum)))
        open_ = card.total.lowest != card.total.highest
        span = say.between(card.total)
        self.possible.set_text(say.tr("still_possible", range=span) if open_ else "")
        while len(self.outcomes) < len(card.outcomes):
            made = OutcomeCard(self._context.theme, say)
            self.outcomes.append(made)
            self._outcome_column.addWidget(made)
        ahead = focus_of(card)
        for shown, outcome in zip(self.outcomes, card.outcomes, strict=True):
            shown.set_score(card, outcome, focus=outcome is ahead)

    def _show_left(self, published: Published) -> None:
        found = what_is_left(published)
        while (item := self.left.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.links = {one.name: self._link(one) for one in found}
        parts: list[QWidget] = list(self.links.values())
        for part in parts or [FlowLabel(self._context.theme, self.say.tr("nothing_left"), "good")]:
            self.left.addWidget(part)

    def _link(self, one: Left) -> Button:
        text = self.say.told(one.name, count=one.count)
        button = Button(self._context.theme, text, one.icon)
        button.setStyleSheet("text-align: left;")
        button.clicked.connect(self._opener(one))
        return button

    def _opener(self, one: Left) -> Callable[[], None]:
        return lambda: self._context.go(one.screen, **one.where)

    def _open_dimension(self, criterion: str) -> None:
        self._context.go("evaluation", criterion=criterion)


def _column(spacing: int, *cards: QWidget) -> QBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(spacing)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return column
