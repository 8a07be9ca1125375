"""The four figures on top of the statistics; each part of them leads to its visits."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor.ui.models.bureau_naming import NOTHING, Naming
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import S
from assessor.ui.views.start_tiles import TileGrid
from assessor.ui.widgets import Card, FlowLabel, LinkButton, ShareBar, label, marked, row
from assessor.workspace.bureau_survey import CITY, SurveyOfRegister

_WIDTH = 200


class FigureCard(Card):
    """A caption, a large figure with what it is of, and what is to be said of it.

    Signals: `chosen(str, object)` what a part of it is, and the numbers of the visits behind it.
    """

    chosen = Signal(str, object)

    def __init__(self, context: Context, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent=parent)
        self._context = context
        self.caption = FlowLabel(
            context.theme, caption, "muted", size=context.theme.sizes.caption, line_height=1.35
        )
        self.figure = label(NOTHING, "score")
        self.beside = label("", "muted")
        self.below = QVBoxLayout()
        self.below.setSpacing(0)
        self.body.setSpacing(context.theme.px(2))
        self.body.addWidget(self.caption)
        self.body.addLayout(row(context.theme, self.figure, self.beside, spacing=S, stretch=True))
        self.body.addLayout(self.below)
        self.body.addStretch(1)

    def show_figure(self, figure: str, beside: str = "", role: str = "muted") -> None:
        """Show the figure and a few words beside it."""
        self.figure.setText(figure)
        self.beside.setText(beside)
        self.beside.setProperty("kind", role)

    def add_line(self, text: str, role: str = "muted") -> None:
        """Say something below."""
        size = self._context.theme.sizes.table
        self.below.addWidget(FlowLabel(self._context.theme, text, role, size=size))

    def add_link(self, text: str, what: str, visits: tuple[int, ...]) -> None:
        """Offer the visits behind a part of the figure."""
        link = LinkButton(self._context.theme, text)
        link.clicked.connect(lambda *_: self.chosen.emit(what, frozenset(visits)))
        # Its words stand below those of the lines, not its edge.
        marked(link, "link", "flush")
        self.below.addLayout(row(self._context.theme, link, spacing=0, stretch=True))


class FigureCards(TileGrid):
    """The cards of a survey. Signals: `chosen(str, object)` as `FigureCard`."""

    chosen = Signal(str, object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, _WIDTH, most=4, parent=parent, even=True)
        self._context = context

    def show_survey(self, survey: SurveyOfRegister, naming: Naming) -> None:
        """Show the figures of a survey."""
        cards = [
            self._received(survey),
            self._valid(survey),
            self._median(survey, naming),
            self._plan(survey, naming),
        ]
        for card in cards:
            card.chosen.connect(self.chosen)
        self.set_tiles(list(cards))

    def _card(self, key: str, **values: object) -> FigureCard:
        return FigureCard(self._context, self._context.words.tr(f"ui_bureau.{key}", **values))

    def _received(self, survey: SurveyOfRegister) -> FigureCard:
        tr = self._context.words.tr
        card = self._card("card_received")
        sent = [line for line in survey.roster if line.sent]
        if not survey.roster:
            card.show_figure(str(survey.overview.enterprises))
            card.add_line(tr("ui_bureau.no_roster"))
            return card
        card.show_figure(str(len(sent)), f"/ {len(survey.roster)}")
        missing, late = len(survey.roster) - len(sent), [one for one in sent if one.late]
        card.add_line(tr("ui_bureau.missing", count=missing), "caution" if missing else "muted")
        if late:
            visits = tuple(number for line in late for number in line.sent)
            text = tr("ui_bureau.late", count=len(late))
            card.add_link(text, text, visits)
        return card

    def _valid(self, survey: SurveyOfRegister) -> FigureCard:
        tr, view = self._context.words.tr, survey.overview
        card = self._card("card_valid")
        card.show_figure(str(len(view.verified)))
        if view.review:
            text = tr("ui_bureau.to_review", count=len(view.review))
            card.add_link(text, text, view.review)
        card.add_line(
            tr(
                "ui_bureau.turned_back",
                rejected=view.files.get("rejected", 0),
                skipped=view.files.get("skipped", 0),
            )
        )
        return card

    def _median(self, survey: SurveyOfRegister, naming: Naming) -> FigureCard:
        tr = self._context.words.tr
        card = self._card("card_median")
        spread = survey.found.results["district"].everything.spread
        if spread is None:
            return card
        years = survey.found.years
        change = years[-1].change if years else None
        beside, role = "", "muted"
        if change is not None:
            key = "ui_bureau.better" if change >= 0 else "ui_bureau.worse"
            beside = tr(key, points=naming.points(abs(change)))
            role = "good" if change >= 0 else "bad"
        card.show_figure(naming.points(spread.median), beside, role)
        low, high = naming.points(spread.lower), naming.points(spread.upper)
        card.add_line(tr("ui_bureau.quartiles", low=low, high=high))
        marked = survey.found.inflation.marked
        if marked:
            text = tr("ui_bureau.inflated", count=len(marked))
            card.add_link(text, text, marked)
        return card

    def _plan(self, survey: SurveyOfRegister, naming: Naming) -> FigureCard:
        tr, theme = self._context.words.tr, self._context.theme
        place = survey.scope.district or CITY
        rows = [one for one in survey.progress if one.district == place]
        aimed = [one for one in rows if one.target] or rows
        if not aimed:
            card = self._card("card_plan")
            card.show_figure(NOTHING)
            card.add_line(tr("ui_bureau.no_decisions"))
            return card
        latest = max(aimed, key=lambda one: one.year)
        tier = naming.tier(latest.rubric, latest.tier)
        card = self._card("card_plan_of", year=latest.year, tier=tier)
        share = latest.share
        beside = "" if share is None else f"/ {latest.target} · {share * 100:.2f} %"
        card.show_figure(str(latest.recognised), beside)
        if share is None:
            card.add_line(tr("ui_bureau.no_target"))
        else:
            bar = ShareBar(theme, tr("ui_bureau.card_plan"), 7)
            bar.set_share(share)
            card.below.addWidget(bar)
        if latest.visits:
            text = tr("ui_bureau.plan_visits", count=len(latest.visits))
            card.add_link(text, text, latest.visits)
        return card
