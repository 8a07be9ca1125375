"""What a visit is compared with, and the result: totals, the highest tier, a chart."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor.analysis.comparison import Comparison
from assessor.analysis.comparison.wording import (
    difference_said,
    points_said,
    result_said,
    share_of,
    summary_said,
)
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import M
from assessor.ui.widgets import (
    Button,
    Card,
    ChoiceField,
    FlowLabel,
    PrimaryButton,
    Radar,
    ScrollColumn,
    label,
    marked,
)
from assessor.ui.words import Words

OWN = "own"
_ZERO = Decimal(0)
_WIDE = (QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)


class CompareSide(ScrollColumn):
    """Signals: `basis_chosen(str)` the own answers or a file was chosen, `file_asked()`,
    `export_asked()`."""

    basis_chosen = Signal(str)
    file_asked = Signal()
    export_asked = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, M, parent)
        marked(self, "panel")
        self.setFixedWidth(theme.sizes.left_panel)
        self._theme, self._words = theme, words
        self._files: list[str] = []
        self.basis = ChoiceField(theme, words.tr("ui_compare.with"))
        self.basis.setSizePolicy(*_WIDE)
        self.basis.key_chosen.connect(self._on_basis)
        self.file = Button(theme, words.tr("ui_compare.choose"), "folder")
        self.file.clicked.connect(lambda *_: self.file_asked.emit())
        self.write = PrimaryButton(theme, words.tr("ui_compare.write"), "export")
        self.write.clicked.connect(lambda *_: self.export_asked.emit())
        self.totals = Card(theme)
        self.lines = [
            FlowLabel(theme, "", role) for role in ("muted", "text", "muted", "text", "text")
        ]
        self.summary = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.chart = Radar(theme, words.tr("ui_compare.chart"))
        self.dashed = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self._lay_out()

    def offer(self, basis: str, *, own: bool) -> None:
        """Offer the own answers, where there are, and the files chosen so far."""
        if basis and basis != OWN and basis not in self._files:
            self._files.append(basis)
        tr = self._words.tr
        choices = {} if basis else {"": tr("ui_compare.with_nothing")}
        choices |= {OWN: tr("ui_compare.with_own")} if own else {}
        choices |= {path: Path(path).name for path in self._files}
        self.basis.set_choices(choices)
        self.basis.set_key(basis)

    def show_comparison(self, found: Comparison | None) -> None:
        """Show totals and chart."""
        for part in (self.totals, self.chart, self.dashed, self.write):
            part.setVisible(found is not None)
        if found is None:
            return
        words = self._words
        first, second = (words.pick(name) for name in found.names)
        one, other = found.first.card.total.value, found.second.card.total.value
        gap = None if one is None or other is None else other - one
        before, after = (words.pick(result_said(found, side)) for side in (True, False))
        collects = found.second.rubric.collects
        texts = (
            first,
            before if collects else f"{points_said(one)} · {before}",
            second,
            after if collects else f"{points_said(other)} · {after}",
            "" if collects else difference_said(gap),
        )
        for line, text in zip(self.lines, texts, strict=True):
            line.set_text(text)
        self.summary.set_text(words.pick(summary_said(found)))
        for part in (self.chart, self.dashed):
            part.setVisible(not collects)
        self._show_chart(found, first)

    def forget(self, basis: str) -> None:
        """Offer a file no more."""
        self._files = [path for path in self._files if path != basis]

    def _on_basis(self, basis: str) -> None:
        if basis:
            self.basis_chosen.emit(basis)

    def _show_chart(self, found: Comparison, first: str) -> None:
        words, drawn = self._words, found.drawn
        names = [words.pick(entry.dimension.name) for entry in drawn]
        shares = [share_of(entry.second) or _ZERO for entry in drawn]
        reference = [share_of(entry.first) or _ZERO for entry in drawn]
        self.chart.set_axes(names, shares, reference)
        self.dashed.set_text(words.tr("ui_compare.dashed", name=first))

    def _lay_out(self) -> None:
        tr = self._words.tr
        self.body.addWidget(label(tr("ui_compare.title"), "question"))
        self.body.addWidget(FlowLabel(self._theme, tr("ui_compare.lead"), "muted"))
        self.body.addWidget(label(tr("ui_compare.with"), "caption"))
        for part in (self.basis, self.file):
            self.body.addWidget(part)
        for line in (*self.lines, self.summary):
            self.totals.body.addWidget(line)
        for widget in (self.totals, self.write, self.chart, self.dashed):
            self.body.addWidget(widget)
        self.body.addStretch(1)
