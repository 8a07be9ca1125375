"""The evaluation workspace: the tree on the left, one criterion in the middle, the result right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assessor.assessment import SelfAssessment
from assessor.rules.card import ScoreCard
from assessor.scoring import score
from assessor.ui.actions import OPTION_KEYS
from assessor.ui.models.criteria_rows import GATES, INDICATORS
from assessor.ui.models.standings import FILTERS, Filter, is_open, ordered
from assessor.ui.navigation import Context, Page
from assessor.ui.views.evaluating.criteria_panel import CriteriaPanel
from assessor.ui.views.evaluating.criterion_view import CriterionView
from assessor.ui.views.evaluating.edits import MakeEdit
from assessor.ui.views.evaluating.footer import Footer
from assessor.ui.views.evaluating.papers import Papers
from assessor.ui.views.evaluating.result_panel import ResultPanel
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.views.evaluating.side_pages import GatesPage, IndicatorsPage
from assessor.ui.views.evaluating.tab_order import chain
from assessor.ui.visit_bridge import VisitBridge
from assessor.workspace.live import Foreseen, Published

FIRST = 0
_READABLE = 440
"""The middle keeps this width, which grows with the text, before a panel is shown beside it."""


def build(context: Context) -> Page:
    """Make the page; a visit must be open."""
    if context.visit is None:
        raise ValueError("the evaluation needs an open visit")
    return EvaluationPage(context, context.visit)


class EvaluationPage(Page):
    """Everything shown comes from the last `Published`, or the next one as it is foreseen; every
    change goes to the visit first."""

    def __init__(self, context: Context, visit: VisitBridge) -> None:
        super().__init__()
        self._context, self._visit = context, visit
        self._published: Published | None = None
        self._before: Published | None = None
        self._theirs: ScoreCard | None = None
        self._theirs_of: tuple[SelfAssessment, str, str] | None = None
        self._stale = False
        self._wanted_left, self._wanted_right = True, True
        self.current = ""
        self._make_parts()
        self._lay_out()
        self._connect()
        if visit.latest is not None:
            self._on_published(visit.latest)

    # --- the window's side ------------------------------------------------------------------------

    def show_place(self, **where: str) -> None:
        """Show `criterion`, `panel="gates"` (perhaps one `gate`), or narrow by `filter`."""
        if (which := _filter(where.get("filter", ""))) is not None:
            self.panel.set_filter(which)
            hits = self.panel.passing(which)
            if hits and self.current not in hits:
                self.go_to(hits[0])
        if "panel" in where or "gate" in where:
            self.go_to(where.get("panel", GATES))
            self.gates.show_gate(where.get("gate", ""))
        elif "criterion" in where:
            self.go_to(where["criterion"])

    def place(self) -> Mapping[str, str]:
        """Return the criterion that is open."""
        key = "panel" if self.current in (GATES, INDICATORS) else "criterion"
        return {key: self.current} if self.current else {}

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what the keys do here."""
        handlers: dict[str, Callable[[], None]] = {
            "next_item": lambda: self.step(1),
            "previous_item": lambda: self.step(-1),
            "next_unanswered": self.next_unanswered,
            "flag": self.view.mark_doubtful,
            "not_applicable": self.view.ask_exclusion,
            "add_evidence": self.view.evidence.pick,
            "explain": self.view.toggle_explanation,
            "toggle_left": self._toggle_left,
            "toggle_right": self._toggle_right,
            "search": self.search,
            "paste": self.view.evidence.paste,
            "import_answers": self.papers.import_answers,
            "print_form": self.papers.print_form,
        }
        for number in range(1, OPTION_KEYS + 1):
            handlers[f"option_{number}"] = self._chooser(number)
        return handlers

    def leave(self) -> None:
        """Hand in everything typed."""
        self.view.flush()
        self.gates.flush()

    # --- going about ------------------------------------------------------------------------------

    def go_to(self, entry_id: str, *, focus: bool = True) -> None:
        """Show a criterion, the gates or the indicators; what is not asked here is ignored."""
        published = self._published
        if published is None:
            self.current = entry_id
            return
        panels = (GATES, INDICATORS)
        if entry_id not in panels and published.card.item(entry_id) is None:
            return
        if entry_id != self.current:
            self.leave()
        self.current = entry_id
        self.panel.set_current(entry_id)
        self._show_centre(published)
        if focus and entry_id not in panels:
            self.view.focus_home()

    def step(self, by: int) -> None:
        """Go to the next or previous criterion among those that are let through."""
        if self._published is None:
            return
        every = [item.criterion.id for item in ordered(self._published.card)]
        among = self.panel.items() if self.panel.rows.narrowed else every
        if self.current in among:
            at = among.index(self.current) + by
        else:
            at = 0 if by > 0 else len(among) - 1
        if 0 <= at < len(among):
            self.go_to(among[at])

    def next_unanswered(self) -> None:
        """Go to the next criterion without an answer, from the top again after the last."""
        if self._published is None:
            return
        items = ordered(self._published.card)
        names = [item.criterion.id for item in items]
        begin = names.index(self.current) + 1 if self.current in names else 0
        for item in (*items[begin:], *items[:begin]):
            if is_open(item):
                self.go_to(item.criterion.id)
                return

    def search(self) -> None:
        """Go to the search field."""
        self.panel.set_folded(False)
        self.panel.search.setFocus()
        self.panel.search.selectAll()

    # --- inside -----------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        context, rubric = self._context, self._visit.loaded.rubric
        theme, words = context.theme, context.words
        self.say = Sayings(words, rubric)
        self.panel = CriteriaPanel(theme, words, rubric)
        self.papers = Papers(context, self._visit)
        self.panel.body.addWidget(self.papers)
        self.view = CriterionView(context, self.say)
        self.gates = GatesPage(context, self.say)
        self.indicators = IndicatorsPage(context, self.say)
        self.footer = Footer(theme, self.say)
        self.result = ResultPanel(context, self.say)
        self.stack = QStackedWidget()
        for part in (self.view, self.gates, self.indicators):
            self.stack.addWidget(part)

    def _lay_out(self) -> None:
        centre = QWidget()
        centre.setMinimumWidth(self._context.theme.sizes.centre)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addWidget(self.footer)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.panel)
        line.addWidget(centre, 1)
        line.addWidget(self.result)

    def _connect(self) -> None:
        for part in (self.view, self.gates, self.indicators):
            part.edit_wanted.connect(self._post)
        self.view.place_asked.connect(self.go_to)
        self.panel.entry_chosen.connect(lambda entry_id: self.go_to(entry_id, focus=False))
        self.panel.entry_opened.connect(self.go_to)
        self.footer.step_asked.connect(self.step)
        self.footer.next_asked.connect(self.next_unanswered)
        self.result.gates_asked.connect(lambda: self.go_to(GATES))
        self.result.filter_asked.connect(lambda name: self.show_place(filter=name))
        self.panel.folded_changed.connect(self._on_left_folded)
        self.result.folded_changed.connect(self._on_right_folded)
        self.view.considered.connect(self._consider)
        self.result.what_if.why_asked.connect(self.view.explain_alternative)
        self.result.what_if.told.connect(self.footer.show_what_if)
        self._visit.published.connect(self._on_published)
        self._visit.foreseen.connect(self._on_foreseen)

    def _consider(self) -> None:
        """Say what the other answer that is looked at would change."""
        if self._published is not None:
            here = self.stack.currentWidget() is self.view
            alternative = self.view.alternative() if here else None
            self.result.what_if.consider(self._published, alternative)

    def _chooser(self, number: int) -> Callable[[], None]:
        return lambda: self._choose(number)

    def _choose(self, number: int) -> None:
        if self.stack.currentWidget() is self.view:
            self.view.choose_number(number)

    def _post(self, make: MakeEdit) -> None:
        self._visit.post(make)

    def _on_foreseen(self, foreseen: Foreseen) -> None:
        """Show at once what an answer gives; the mark above says when it is safe."""
        if self.isVisible():
            self._on_published(foreseen.published)

    def _on_published(self, published: Published) -> None:
        shown = self._published
        if shown is not None and shown is not published and shown.card is published.card:
            self._published = published
            return
        if shown is not published:
            self._before, self._published = shown, published
        if not self.isVisible():
            self._stale = True
            return
        self._render(published)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what happened while another page was shown."""
        super().showEvent(event)
        if self._stale and self._published is not None:
            self._render(self._published)
            self.view.focus_home()

    def _render(self, published: Published) -> None:
        self._stale = False
        known = published.card.item(self.current) is not None
        if not known and self.current not in (GATES, INDICATORS):
            self.current = _first(published.card)
        self.panel.show_published(published, self.current)
        self._show_centre(published)
        self._ask_theirs(published)
        self._show_result(published)

    def _show_centre(self, published: Published) -> None:
        item = published.card.item(self.current)
        if item is not None:
            self.view.show_criterion(published, item)
            self.stack.setCurrentWidget(self.view)
        elif self.current == GATES:
            self.gates.show_published(published)
            self.stack.setCurrentWidget(self.gates)
            chain(self.panel.tree, self.gates)
        elif self.current == INDICATORS:
            self.indicators.show_published(published)
            self.stack.setCurrentWidget(self.indicators)
            chain(self.panel.tree, self.indicators)
        self._consider()

    def _show_result(self, published: Published) -> None:
        self.result.show_published(published, self._before, self._theirs)
        self.footer.show_card(published.card, folded=self.result.folded)

    def _ask_theirs(self, published: Published) -> None:
        """Have the enterprise's own answers scored once, beside the window."""
        record = published.assessment
        own = record.self_assessment
        if own is None:
            self._theirs, self._theirs_of = None, None
            return
        about = (own, record.profile, record.target)
        if (
            self._theirs_of is not None
            and about[1:] == self._theirs_of[1:]
            and own is self._theirs_of[0]
        ):
            return
        self._theirs_of = about
        told = record.model_copy(update={"answers": own.answers})
        rubric = self._visit.loaded.rubric
        # Not on the visit's thread: no answer has to wait for it.
        self._context.tasks.start(lambda _: score(rubric, told), done=self._on_theirs, owner=self)

    def _on_theirs(self, card: ScoreCard) -> None:
        self._theirs = card
        if self._published is not None and self.isVisible():
            self._show_result(self._published)

    # --- panels -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fold panels that the width has no room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self, last: str = "") -> None:
        """Show the panels that are wanted, as far as the middle keeps its width.

        Where only one fits, it is the one unfolded `last`, else the tree.
        """
        sizes = self._context.theme.sizes
        centre = max(sizes.centre, self._context.theme.px(_READABLE))
        room = self.width() - centre - 2 * (sizes.control + 8)
        left, right = self._wanted_left, self._wanted_right
        if left and right and room < sizes.left_panel + sizes.right_panel:
            left, right = last != "right", last == "right"
        if room < max(sizes.left_panel * left, sizes.right_panel * right):
            left = right = False
        self._fitting = True
        self.panel.set_folded(not left)
        self.result.set_folded(not right)
        self._fitting = False
        if self._published is not None:
            self.footer.show_card(self._published.card, folded=self.result.folded)

    _fitting = False

    def _toggle_left(self) -> None:
        self.panel.set_folded(not self.panel.folded)

    def _toggle_right(self) -> None:
        self.result.set_folded(not self.result.folded)

    def _on_left_folded(self, folded: bool) -> None:
        if not self._fitting:
            self._wanted_left = not folded
            self._fit("" if folded else "left")

    def _on_right_folded(self, folded: bool) -> None:
        if not self._fitting:
            self._wanted_right = not folded
            self._fit("" if folded else "right")


def _first(card: ScoreCard) -> str:
    """Return the criterion to begin with: the first that is open, else the first of all."""
    items = ordered(card)
    found = [item for item in items if is_open(item)] or list(items)
    return found[FIRST].criterion.id if found else GATES


def _filter(name: str) -> Filter | None:
    return next((which for which in FILTERS if which == name), None)
