"""Which gold set, who answers, how far, and what was reached before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor.analysis.calibration.wording import result_said, set_said
from assessor.assessment import Calibration
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import M
from assessor.ui.widgets import (
    Button,
    Card,
    ChoiceField,
    FlowLabel,
    LineField,
    PrimaryButton,
    ScrollColumn,
    label,
    marked,
)
from assessor.ui.words import Words
from assessor.workspace.calibration import GoldFile

_WIDE = (QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)


class CalibrateSide(ScrollColumn):
    """Signals: `set_chosen(str)` the path of a set, `file_asked()`, `compare_asked()`."""

    set_chosen = Signal(str)
    file_asked = Signal()
    compare_asked = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, M, parent)
        marked(self, "panel")
        self.setFixedWidth(theme.sizes.left_panel)
        self._theme, self._words = theme, words
        tr = words.tr
        self.sets = ChoiceField(theme, tr("ui_calibrate.set"))
        self.sets.setSizePolicy(*_WIDE)
        self.sets.key_chosen.connect(self.set_chosen)
        self.file = Button(theme, tr("ui_calibrate.choose"), "folder")
        self.file.clicked.connect(lambda *_: self.file_asked.emit())
        self.notice = FlowLabel(theme, "", "caution", size=theme.sizes.caption)
        self.who = LineField(theme, tr("ui_calibrate.who"), tr("ui_calibrate.who_hint"))
        self.left = FlowLabel(theme, "", "muted")
        self.compare = PrimaryButton(theme, tr("ui_calibrate.compare"), "check")
        self.compare.clicked.connect(lambda *_: self.compare_asked.emit())
        self.kept = Card(theme)
        self.results = FlowLabel(theme, "", size=theme.sizes.caption)
        self._lay_out()

    def offer(self, sets: Mapping[str, str], chosen: str) -> None:
        """Offer sets by path, one of them chosen."""
        self.sets.set_choices(dict(sets))
        self.sets.set_key(chosen)

    def show_set(self, found: GoldFile | None) -> None:
        """Show what must be said of a set."""
        notice = found.gold.notice if found is not None else None
        self.notice.set_text(self._words.pick(notice) if notice is not None else "")
        self.notice.setVisible(notice is not None)

    def show_progress(self, done: int, asked: int, *, over: bool) -> None:
        """Show how much is answered; comparing is possible when everything is."""
        self.left.set_text(self._words.tr("ui_calibrate.progress", done=done, asked=asked))
        self.compare.setEnabled(asked > 0 and done == asked and not over)

    def show_results(self, results: Sequence[Calibration]) -> None:
        """Show what was reached on this installation."""
        pick = self._words.pick
        lines = (f"{pick(result_said(one))}\n{pick(set_said(one))}" for one in results)
        self.results.set_text("\n\n".join(lines) or self._words.tr("calibration.none_kept"))

    def _lay_out(self) -> None:
        tr = self._words.tr
        self.body.addWidget(label(tr("ui_calibrate.title"), "question"))
        self.body.addWidget(FlowLabel(self._theme, tr("ui_calibrate.lead"), "muted"))
        self.body.addWidget(label(tr("ui_calibrate.set"), "caption"))
        for part in (self.sets, self.file, self.notice):
            self.body.addWidget(part)
        self.body.addWidget(label(tr("ui_calibrate.who"), "caption"))
        self.kept.body.addWidget(label(tr("ui_calibrate.kept"), "caption"))
        self.kept.body.addWidget(self.results)
        for widget in (self.who, self.left, self.compare, self.kept):
            self.body.addWidget(widget)
        self.body.addStretch(1)
