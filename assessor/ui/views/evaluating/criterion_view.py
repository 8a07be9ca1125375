"""One criterion with everything needed to answer it, from the question to the evidence."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout

from assessor.rubrics.rule_models import ChecklistRule, QuantityRule, SelectionRule
from assessor.rules.card import ItemScore, ScoreCard
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, L, M
from assessor.ui.views.evaluating import edits
from assessor.ui.views.evaluating.choosing import AnyOf, OneOf
from assessor.ui.views.evaluating.considering import Alternative, worth_a_look
from assessor.ui.views.evaluating.editor import AnswerEditor, Shown
from assessor.ui.views.evaluating.evidence_row import EvidenceRow
from assessor.ui.views.evaluating.explanation import Explanation
from assessor.ui.views.evaluating.guidance import Cautions, Guidance
from assessor.ui.views.evaluating.heading import Heading
from assessor.ui.views.evaluating.measuring import Quantity
from assessor.ui.views.evaluating.notices import Notices
from assessor.ui.views.evaluating.remarks import Exclusion, Remarks
from assessor.ui.views.evaluating.sayings import Sayings
from assessor.ui.views.evaluating.tab_order import chain
from assessor.ui.views.evaluating.targets_view import TargetsView
from assessor.ui.widgets import ChoiceField, ScrollColumn, named, row
from assessor.workspace.live import Published

_LOW = 700
"""A middle lower than this shows the guidance in one line at first."""


class CriterionView(ScrollColumn):
    """Signals: `edit_wanted(object)` a function that makes the edit; `place_asked(str)` another
    criterion named in a notice is to be shown; `considered()` another answer is looked at."""

    edit_wanted = Signal(object)
    place_asked = Signal(str)
    considered = Signal()

    def __init__(self, context: Context, say: Sayings) -> None:
        super().__init__(context.theme, XL)
        self._context, self._say = context, say
        theme = context.theme
        self.shown: Shown | None = None
        self.editor: AnswerEditor | None = None
        self.heading = Heading(theme, say)
        self.guidance = Guidance(theme, say)
        self.cautions = Cautions(theme, say)
        self._folded_by_hand = False
        self.notices = Notices(theme, say)
        self.units = named(ChoiceField(theme, say.tr("unit")), say.tr("unit"))
        self.answers = QVBoxLayout()
        self.targets = TargetsView(theme, say)
        self.exclusion = Exclusion(theme, say)
        self.explanation = Explanation(theme, say)
        self.remarks = Remarks(theme, say)
        self.evidence = EvidenceRow(context, say)
        self._lay_out()
        self._connect()

    # --- what is shown ----------------------------------------------------------------------------

    def show_criterion(self, published: Published, item: ItemScore, key: str = "") -> None:
        """Show a criterion as it is on record; another one than before begins at the top.

        `key` names the unit; without it the one that was shown stays, else the first.
        """
        before = self.shown
        wanted = key or (before.key if before is not None else "")
        shown = Shown(published, item, wanted if wanted in item.keys else item.keys[0])
        self.shown = shown
        changed = before is None or before.criterion.id != item.criterion.id
        if changed:
            self._make_editor(shown)
            self.explanation.hide()
        self._show_units(shown)
        self.heading.show_criterion(shown)
        self.guidance.show_criterion(shown)
        self.cautions.show_criterion(shown)
        self.notices.show_criterion(shown)
        self.exclusion.show_answer(shown)
        self._show_editor(shown)
        self.targets.show_criterion(shown)
        self.remarks.show_answer(shown)
        self.evidence.show_criterion(shown)
        if not self.explanation.isHidden():
            self.explanation.show_criterion(shown)
        self._order_tabs()
        if changed:
            # Last, because the focus leaving what is gone may have scrolled.
            self.verticalScrollBar().setValue(0)

    @property
    def key(self) -> str:
        """The key under which the answer that is shown is kept."""
        return self.shown.key if self.shown is not None else ""

    def alternative(self) -> Alternative | None:
        """Return the other answer that is looked at, else one that is worth a look."""
        if self.shown is None or self.editor is None or self.exclusion.stands:
            return None
        if not self.editor.usable:
            return None
        looked_at = self.editor.alternative()
        if looked_at is not None:
            return Alternative(*looked_at)
        return worth_a_look(self._say, self.shown)

    # --- what actions do --------------------------------------------------------------------------

    def choose_number(self, number: int) -> None:
        """Choose by a number key; nothing while the criterion is left out."""
        if self.editor is not None and not self.exclusion.stands:
            self.editor.choose_number(number)

    def focus_home(self) -> None:
        """Go to where answering begins."""
        if self.exclusion.stands:
            self.exclusion.reason.setFocus()
        elif self.editor is not None and self.editor.usable:
            self.editor.focus_home()
        else:
            # Never on into the note: keys meant for the answer would be written there.
            self.heading.why.setFocus()

    def ask_exclusion(self) -> None:
        """Ask why the criterion does not apply, where that may be said."""
        if self.heading.exclude.isHidden():
            return
        self.exclusion.ask()
        if self.editor is not None:
            self.editor.hide()
        self.ensureWidgetVisible(self.exclusion)

    def mark_doubtful(self) -> None:
        """Mark the criterion as doubtful, or no longer; it need not be answered for that."""
        if self.shown is not None:
            remarks = self.shown.remarks
            doubtful = remarks is not None and remarks.confidence == "low"
            self.edit_wanted.emit(edits.rate(self.key, None if doubtful else "low"))

    def toggle_explanation(self) -> None:
        """Show where the points come from, or no longer."""
        if self.shown is None:
            return
        self.explanation.show_criterion(self.shown)
        self.explanation.setVisible(self.explanation.isHidden())
        if not self.explanation.isHidden():
            self.ensureWidgetVisible(self.explanation)

    def explain_alternative(self, alternative: Alternative, then: ScoreCard) -> None:
        """Show where the points of another answer would come from."""
        if self.shown is None:
            return
        self.explanation.show_alternative(self.shown.criterion.id, alternative.name, then)
        self.explanation.show()
        self.ensureWidgetVisible(self.explanation)

    def _go_to_table(self) -> None:
        where = {} if self.shown is None else {"criterion": self.shown.criterion.id}
        self._context.go("ledger", **where)

    def flush(self) -> None:
        """Hand in everything typed."""
        self.remarks.flush()
        self.exclusion.flush()
        if self.editor is not None:
            self.editor.flush()

    # --- inside -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fold the guidance where the answers would not be seen, unless the person chose."""
        super().resizeEvent(event)
        if not self._folded_by_hand:
            self.guidance.set_folded(event.size().height() < self._context.theme.px(_LOW))

    def _order_tabs(self) -> None:
        """Put what is made anew where it is seen: links and answers, and tiles of evidence."""
        parts = [self.notices, self.units, *([self.editor] if self.editor is not None else [])]
        chain(self.guidance.fold, *parts)
        *_, last = self.remarks.confidence.values()
        strip = self.evidence.strip
        chain(last, *strip.tiles.values(), strip.add_tile)

    def _on_guidance_folded(self) -> None:
        self._folded_by_hand = True

    def _lay_out(self) -> None:
        theme = self._context.theme
        content = QVBoxLayout()
        content.setSpacing(theme.px(M))
        content.addWidget(self.heading)
        facts = row(theme, spacing=M)
        facts.addWidget(self.heading.facts, 1)
        facts.addWidget(self.guidance.fold, 0, Qt.AlignmentFlag.AlignVCenter)
        content.addLayout(facts)
        content.addWidget(self.guidance)
        content.addWidget(self.notices)
        content.addWidget(self.units)
        content.addLayout(self.answers)
        content.addWidget(self.targets)
        below = (self.exclusion, self.explanation, self.cautions, self.remarks, self.evidence)
        for part in below:
            content.addWidget(part)
        content.addStretch(1)
        self.body.addLayout(content)
        self.body.setContentsMargins(theme.px(XL), theme.px(L), theme.px(XL), theme.px(L))

    def _connect(self) -> None:
        self.heading.exclusion_asked.connect(self.ask_exclusion)
        self.heading.doubt_asked.connect(self.mark_doubtful)
        self.heading.explanation_asked.connect(self.toggle_explanation)
        self.heading.clear_asked.connect(lambda: self.edit_wanted.emit(edits.clear(self.key)))
        self.notices.place_asked.connect(self.place_asked)
        self.exclusion.edit_wanted.connect(self.edit_wanted)
        self.exclusion.cancelled.connect(self._on_applies)
        self.remarks.edit_wanted.connect(self.edit_wanted)
        self.units.key_chosen.connect(self._on_unit)
        self.guidance.folded_changed.connect(self._on_guidance_folded)

    def _show_editor(self, shown: Shown) -> None:
        """Show the answer; a focus that can stay there no longer does not fall into the note."""
        if self.editor is None:
            return
        inside = self.editor.isAncestorOf(QApplication.focusWidget() or self)
        self.editor.show_answer(shown)
        self.editor.setVisible(not self.exclusion.stands)
        if inside and not self.editor.usable:
            self.focus_home()

    def _make_editor(self, shown: Shown) -> None:
        if self.editor is not None:
            self.editor.flush()
            self.answers.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = self._editor_for(shown)
        self.editor.edit_wanted.connect(self.edit_wanted)
        self.editor.considered.connect(self.considered)
        self.answers.addWidget(self.editor)

    def _editor_for(self, shown: Shown) -> AnswerEditor:
        theme, say = self._context.theme, self._say
        match shown.criterion.rule:
            case QuantityRule():
                quantity = Quantity(theme, say, shown)
                quantity.table_asked.connect(self._go_to_table)
                return quantity
            case SelectionRule() | ChecklistRule():
                return AnyOf(theme, say, shown)
        return OneOf(theme, say, shown)

    def _show_units(self, shown: Shown) -> None:
        keys = shown.item.keys
        self.units.setVisible(len(keys) > 1)
        if len(keys) > 1:
            names = {
                unit.id: unit.name
                for units in shown.published.assessment.units.values()
                for unit in units
            }
            shown_names = {key: names.get(key.partition("@")[2], key) for key in keys}
            self.units.set_choices(shown_names)
            self.units.set_key(shown.key)

    def _on_unit(self, key: str) -> None:
        self.flush()
        if self.shown is not None and key in self.shown.item.keys:
            self.show_criterion(self.shown.published, self.shown.item, key)

    def _on_applies(self) -> None:
        """Take the exclusion back, or end asking for its reason."""
        answer = self.shown.answer if self.shown is not None else None
        if answer is not None and answer.na:
            self.edit_wanted.emit(edits.clear(self.key))
        self.exclusion.hide()
        if self.editor is not None:
            self.editor.show()
            self.editor.focus_home()
