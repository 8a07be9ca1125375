"""Step 1: by which rubric, for what kind of enterprise, aiming at what, in which batch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from assessor.rubrics.loader import LoadedRubric
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import M
from assessor.ui.views.new_visit.draft import Draft
from assessor.ui.views.new_visit.forms import Step, head_of, set_shown, side_by_side, under
from assessor.ui.widgets import Choice, ChoiceField, ChoiceList, FlowLabel, label
from assessor.ui.widgets.segments import Segments


class RubricStep(Step):
    """Chooses rubric, profile, target and batch. A self-assessment fixes rubric and profile."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        words, theme = self.words, self.theme
        self._rubrics: dict[str, LoadedRubric] = {}
        self.from_file = FlowLabel(theme, "", "accent")
        self.from_file.hide()
        self.rubrics = ChoiceList(theme, words.tr("ui_new.rubric"))
        self.rubrics.option_chosen.connect(self._choose_rubric)
        self.notice = FlowLabel(theme, "", "caution", size=theme.sizes.table)
        self.target = ChoiceField(theme, words.tr("ui_new.target"))
        self.target.key_chosen.connect(lambda key: self.tell(target=key))
        self.cycle = ChoiceField(theme, words.tr("ui_new.cycle"))
        self.cycle.key_chosen.connect(lambda key: self.tell(cycle=key))
        self.profile: Segments | None = None
        self._holder = QWidget()
        self._profile_place = under(theme, words.tr("ui_new.profile"), self._holder)
        self.body.addWidget(self.from_file)
        self.body.addWidget(label(words.tr("ui_new.rubric"), "title"))
        self.body.addWidget(self.rubrics)
        self.body.addWidget(self.notice)
        self.body.addSpacing(theme.px(M))
        self._target_place = under(theme, words.tr("ui_new.target"), self.target)
        cycle = under(theme, words.tr("ui_new.cycle"), self.cycle)
        self._aims = side_by_side(theme, self._target_place, cycle)
        self.body.addLayout(self._aims)
        self.body.addLayout(self._profile_place)
        hint = words.tr("ui_new.profile_hint")
        self.profile_hint = FlowLabel(theme, hint, "muted", size=theme.sizes.caption)
        self.body.addWidget(self.profile_hint)

    def offer(self, rubrics: Sequence[LoadedRubric]) -> None:
        """Offer these rubrics."""
        self._rubrics = {loaded.digest: loaded for loaded in rubrics}
        self.rubrics.set_choices([self._choice(n, one) for n, one in enumerate(rubrics, 1)])

    def show_source(self, source: Path | None) -> None:
        """Say which file fixes the rubric."""
        self.from_file.setVisible(source is not None)
        name = source.name if source else ""
        self.from_file.set_text(self.words.tr("ui_new.from_file", file=name))
        self.rubrics.setEnabled(source is None)
        if self.profile is not None:
            self.profile.setEnabled(source is None)

    def show_draft(self, draft: Draft) -> None:
        """Show what is chosen, and what there is to choose from."""
        loaded = self._rubrics.get(draft.digest)
        self.rubrics.set_current(draft.digest or None)
        for field in (self.target, self.cycle):
            field.setEnabled(loaded is not None)
        self.notice.setVisible(loaded is not None and loaded.rubric.status.derived)
        if loaded is None:
            return
        rubric, pick = loaded.rubric, self.words.pick
        set_shown(self._target_place, not rubric.collects)
        self._aims.setStretch(0, 0 if rubric.collects else 1)
        kinds = pick(rubric.body.profile) if rubric.body else self.words.tr("ui_new.profile")
        head_of(self._profile_place).setText(kinds)
        self.profile_hint.setVisible(rubric.body is None)
        self.notice.set_text(pick(rubric.status.notice))
        self.target.set_choices({one.id: pick(one.name) for one in rubric.targets})
        self.target.set_key(draft.target)
        self.cycle.set_choices({one.id: pick(one.name) for one in rubric.cycles})
        self.cycle.set_key(draft.cycle)
        self._show_profiles({one.id: pick(one.name) for one in rubric.profiles}, draft.profile)

    def first_field(self) -> QWidget | None:
        """The rubric that is chosen."""
        cards = self.rubrics.cards
        return next((card for card in cards if card.isChecked()), cards[0] if cards else None)

    def _choose_rubric(self, digest: str) -> None:
        self.tell(rubric=self._rubrics[digest])

    def _choice(self, number: int, loaded: LoadedRubric) -> Choice:
        rubric, pick = loaded.rubric, self.words.pick
        tier = self.words.tr("ui_new.derived") if rubric.status.derived else ""
        return Choice(
            key=loaded.digest,
            text=f"{pick(rubric.title)}  {rubric.version}",
            tier=tier,
            detail=pick(rubric.summary),
            shown_key=str(number),
        )

    def _show_profiles(self, profiles: dict[str, str], chosen: str) -> None:
        """Build the choice anew: its words depend on the rubric."""
        enabled = self.rubrics.isEnabled()
        if self.profile is None or list(self.profile.buttons) != list(profiles):
            new = Segments(self.theme, self.words.tr("ui_new.profile"), profiles)
            new.key_chosen.connect(lambda key: self.tell(profile=key))
            self._profile_place.replaceWidget(self.profile or self._holder, new)
            (self.profile or self._holder).deleteLater()
            self.profile = new
        self.profile.set_key(chosen)
        self.profile.setEnabled(enabled)
