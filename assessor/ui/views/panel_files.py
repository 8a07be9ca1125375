"""The experts and their files at the side: who is who, and what can be taken over at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from assessor.analysis.calibration.wording import line_said
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.panel_desk import PanelDesk
from assessor.ui.widgets import (
    Button,
    Card,
    ChoiceField,
    FlowLabel,
    PrimaryButton,
    ScrollColumn,
    ToolButton,
    label,
    marked,
    row,
)
from assessor.ui.words import Words
from assessor.workspace.panel import Outlook
from assessor.workspace.panel_files import Brought

_MOST_CLASHES = 6
_WIDE = (QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class FilesSide(ScrollColumn):
    """One's own file, the others', and the button that merges. Signals: `bring_asked()`."""

    bring_asked = Signal()

    def __init__(
        self, theme: Theme, words: Words, desk: PanelDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, M, parent)
        marked(self, "panel")
        self.setFixedWidth(theme.sizes.left_panel)
        self._theme, self._words, self._desk = theme, words, desk
        self.bring = Button(theme, words.tr("ui_panel.bring"), "import")
        self.bring.clicked.connect(lambda *_: self.bring_asked.emit())
        self.own = ChoiceField(theme, words.tr("ui_panel.own_is"))
        self.own.setSizePolicy(*_WIDE)
        self.own.key_chosen.connect(desk.be)
        self.cards: list[FileCard] = []
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.px(S))
        self.merge = PrimaryButton(theme, "", "check")
        self.merge.clicked.connect(lambda *_: desk.merge())
        self.shares = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.signed = FlowLabel(
            theme, words.tr("ui_panel.signed"), "caution", size=theme.sizes.caption
        )
        self.calibrated = Card(theme)
        self.calibrations = FlowLabel(theme, "", size=theme.sizes.caption)
        self.note = Button(theme, words.tr("ui_panel.note_calibration"))
        self.note.clicked.connect(lambda *_: desk.note_calibrations())
        self.clashes = Card(theme, "sunken")
        self.clash_text = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.clashes.body.addWidget(label(words.tr("ui_panel.clashes"), "caption"))
        self.clashes.body.addWidget(self.clash_text)
        self._lay_out()

    def show_desk(self, outlook: Outlook) -> None:
        """Show the files and what merging them would give."""
        desk, tr = self._desk, self._words.tr
        self.bring.setEnabled(not desk.reading)
        self.bring.setText(tr("ui_panel.reading" if desk.reading else "ui_panel.bring"))
        self.own.set_choices(desk.choices())
        self.own.set_key(desk.own.id)
        self._show_cards()
        names = {expert.id: expert.name for expert in desk.experts}
        count = sum(outlook.mergeable.values()) if desk.others else 0
        self.merge.setEnabled(count > 0 and not desk.signed)
        self.merge.setVisible(bool(desk.others))
        self.merge.setText(tr("ui_panel.merge" if count else "ui_panel.merge_none", count=count))
        shares = (
            tr("ui_panel.share", name=names.get(by, by), count=number)
            for by, number in outlook.mergeable.items()
        )
        self.shares.set_text(tr("ui_panel.merge_text", shares=", ".join(shares)) if count else "")
        self.shares.setVisible(count > 0 and not desk.signed)
        self.signed.setVisible(desk.signed)
        self._show_calibrations()
        self.clashes.setVisible(bool(outlook.clashes))
        shown = outlook.clashes[:_MOST_CLASHES]
        self.clash_text.set_text("\n".join(self._words.pick(clash) for clash in shown))

    def _lay_out(self) -> None:
        theme, words = self._theme, self._words
        self.body.addWidget(label(words.tr("ui_panel.title"), "question"))
        self.body.addWidget(FlowLabel(theme, words.tr("ui_panel.lead"), "muted"))
        self.body.addWidget(label(words.tr("ui_panel.own_is"), "caption"))
        self.body.addWidget(self.own)
        self.body.addWidget(self.bring)
        self.body.addLayout(self._cards)
        self.calibrated.body.addWidget(label(words.tr("calibration.report_title"), "caption"))
        self.calibrated.body.addWidget(self.calibrations)
        self.calibrated.body.addWidget(self.note)
        for widget in (self.merge, self.signed, self.shares, self.clashes, self.calibrated):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def _show_calibrations(self) -> None:
        record = self._desk.record
        said = [self._words.pick(line_said(one, record)) for one in record.calibrations]
        self.calibrations.set_text("\n".join(said) or self._words.tr("ui_panel.no_calibration"))
        self.note.setEnabled(not self._desk.signed)

    def _show_cards(self) -> None:
        files = self._desk.others
        if [(card.brought, card.offered) for card in self.cards] == [
            (brought, self._desk.choices(brought)) for brought in files
        ]:
            return
        for card in self.cards:
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [FileCard(self._theme, self._words, self._desk, one) for one in files]
        for card in self.cards:
            self._cards.addWidget(card)


class FileCard(Card):
    """One expert's file."""

    def __init__(self, theme: Theme, words: Words, desk: PanelDesk, brought: Brought) -> None:
        super().__init__(theme)
        self.brought, self.offered = brought, desk.choices(brought)
        name = brought.path.name
        self.whose = ChoiceField(theme, words.tr("ui_panel.whose", file=name))
        self.whose.setSizePolicy(*_WIDE)
        self.whose.set_choices(self.offered)
        self.whose.set_key(brought.member.id)
        self.whose.key_chosen.connect(lambda member: desk.assign(brought.path, member))
        self.remove = ToolButton(theme, "close", words.tr("ui_panel.remove", file=name))
        self.remove.clicked.connect(lambda *_: desk.remove(brought.path))
        head = row(theme)
        head.addWidget(self.whose, 1)
        head.addWidget(self.remove)
        self.body.addLayout(head)
        self.body.addWidget(FlowLabel(theme, name, "muted", size=theme.sizes.caption))
        count = len(brought.assessment.answers)
        self.body.addWidget(label(words.tr("ui_panel.count", count=count), "caption"))
