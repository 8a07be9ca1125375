"""All widgets on one page: looked at as a picture, and walked through by the tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor.i18n import Language
from assessor.ui.theme import Theme
from assessor.ui.widgets import (
    Badge,
    Button,
    Card,
    CheckField,
    Chip,
    Choice,
    ChoiceField,
    ChoiceList,
    CollapsiblePanel,
    DateField,
    EmptyState,
    FilterButton,
    FlowLabel,
    GhostButton,
    KeyCap,
    LineField,
    LinkButton,
    NoteEdit,
    NumberField,
    PrimaryButton,
    ProgressRing,
    Radar,
    Rule,
    SearchField,
    SectionTitle,
    ShareBar,
    StateIcon,
    Strip,
    Thumb,
    ThumbStrip,
    ToolButton,
    label,
    marked,
    row,
)
from assessor.ui.widgets.state_icon import STATE_ICONS
from assessor.ui.words import Words

CHOICES = {
    "zh": (
        "靠纸质单据和口头回忆，出了问题追不到批次。",
        "关键工序有批次记录，能在系统里查到原料批次和操作人。",
        "一物一码贯穿来料、生产和出厂，正反双向都能查，并能关联检验数据；异常出现时自动圈定受影响的产品并触发隔离，"
        "责任人、时限和处置结果全程留痕。",
    ),
    "en": (
        "Paper records and memory; a problem cannot be traced to a batch.",
        "Key steps keep batch records; material batches and operators are found in the system.",
        "One code per item from receiving to shipping, searched in both directions and linked to "
        "inspection data; affected products are fenced off and quarantined automatically.",
    ),
}
AXES = {
    "zh": ("赋能保障", "基础支撑", "智能化生产", "绿色化制造", "精益化管理", "供应链"),
    "en": ("Enablers", "Foundation", "Intelligent production", "Green", "Lean", "Supply chain"),
}


class Gallery(QWidget):
    """One of each."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self.theme, self.words, self.language = theme, words, words.language
        marked(self, "ground")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.side_panel())
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 16, 16, 16)
        middle.setSpacing(theme.px(12))
        for part in (self.strips(), self.buttons(), self.chips(), self.choices(), self.fields()):
            middle.addWidget(part)
        middle.addWidget(self.thumbs())
        middle.addStretch(1)
        across.addLayout(middle, 1)
        across.addWidget(self.result_panel())

    def strips(self) -> QWidget:
        box, column = holder()
        for tone in ("info", "good", "caution", "bad"):
            strip = Strip(self.theme, self.words, self.words.tr("ui.crash_text"), tone)
            if tone == "caution":
                strip.add_action(self.words.tr("ui.close"), lambda: None)
            column.addWidget(strip)
        return box

    def buttons(self) -> QWidget:
        theme, words = self.theme, self.words
        off = Button(theme, words.tr("ui.close"))
        off.setEnabled(False)
        box, column = holder()
        column.addLayout(
            row(
                theme,
                PrimaryButton(theme, words.tr("ui.make_report"), "report"),
                Button(theme, words.tr("ui.copy_report"), "copy"),
                GhostButton(theme, words.tr("ui.action_flag"), "flag"),
                LinkButton(theme, words.tr("ui.action_explain")),
                off,
                ToolButton(theme, "camera", words.tr("ui.action_add_evidence")),
                KeyCap("N"),
                stretch=True,
            )
        )
        return box

    def chips(self) -> QWidget:
        theme, words = self.theme, self.words
        box, column = holder()
        chips = [Chip(words.tr(f"ui.tone_{tone}"), tone) for tone in ("good", "caution", "bad")]
        filters = FilterButton(theme, words.tr("ui.screen_findings"))
        filters.setChecked(True)
        others = (
            Chip(words.tr("ui.screen_panel")),
            Chip(words.tr("ui.screen_walk"), "accent"),
            Badge(words.tr("ui.tone_info"), words.tr("ui.app_subtitle")),
            filters,
            FilterButton(theme, words.tr("ui.screen_review")),
        )
        icons = [StateIcon(theme, state, state) for state in STATE_ICONS]
        column.addLayout(row(theme, *chips, *others, *icons, stretch=True))
        return box

    def choices(self) -> QWidget:
        options = [
            Choice(key, text, points, tier)
            for key, text, points, tier in zip(
                "ABC", CHOICES[self.language], ("0", "1.25", "2.50"), ("", "T1", "T2"), strict=True
            )
        ]
        box, column = holder()
        column.addWidget(SectionTitle(self.theme, CHOICES[self.language][0], "question"))
        self.choice_list = ChoiceList(self.theme, self.words.tr("ui.screen_evaluation"))
        self.choice_list.set_choices(options)
        self.choice_list.set_current("B")
        self.choice_list.set_theirs("C", self.words.tr("ui.screen_ledger"))
        column.addWidget(self.choice_list)
        several = ChoiceList(self.theme, self.words.tr("ui.screen_review"), multiple=True)
        text, detail, _ = CHOICES[self.language]
        several.set_choices([Choice("1", text, detail=detail)])
        several.set_current({"1"})
        column.addWidget(several)
        return box

    def fields(self) -> QWidget:
        theme, words = self.theme, self.words
        good = NumberField(theme, words, words.tr("ui.screen_ledger"), "kWh")
        good.set_value(Decimal("1234.50"))
        wrong = NumberField(theme, words, words.tr("ui.screen_walk"), "%", maximum=Decimal(100))
        wrong.line.setText("abc")
        wrong.line.textEdited.emit("abc")
        day = DateField(theme, words, words.tr("ui.date_wanted"))
        day.set_value(date(2026, 3, 5))
        level = ChoiceField(theme, words.tr("ui.screen_review"))
        level.set_choices({"a": words.tr("ui.tone_good"), "b": words.tr("ui.tone_bad")})
        tick = CheckField(theme, words.tr("ui.screen_sign_off"))
        tick.setChecked(True)
        box, column = holder()
        column.addLayout(row(theme, good, wrong, day, level, tick, stretch=True))
        note = NoteEdit(theme, words.tr("ui.screen_findings"), words.tr("ui.number_wanted"))
        note.set_text(CHOICES[self.language][2])
        line = LineField(theme, words.tr("ui.screen_overview"), words.tr("ui.screen_overview"))
        column.addLayout(row(theme, note, line))
        return box

    def thumbs(self) -> QWidget:
        picture = QPixmap(400, 300)
        picture.fill(QColor("#8fa3b5"))
        strip = ThumbStrip(
            self.theme, self.words.tr("ui.screen_evidence"), self.words.tr("ui.action_add_evidence")
        )
        strip.set_thumbs(
            [Thumb("a", AXES[self.language][2], picture=picture), Thumb("b", "report.pdf", "file")]
        )
        return strip

    def side_panel(self) -> QWidget:
        panel = CollapsiblePanel(self.theme, self.words, self.words.tr("ui.screen_overview"))
        panel.body.addWidget(SearchField(self.theme, self.words.tr("ui.action_search")))
        for at, name in enumerate(AXES[self.language]):
            bar = ShareBar(self.theme, name)
            bar.set_share(Decimal(at) / 5)
            bar.setFixedWidth(self.theme.px(54))
            panel.body.addLayout(row(self.theme, label(name, "strong"), bar))
        panel.body.addWidget(Rule())
        empty = EmptyState(
            self.theme, "image", self.words.tr("ui.screen_evidence"), self.words.tr("ui.no_screens")
        )
        empty.add_action(self.words.tr("ui.action_add_evidence"), lambda: None)
        panel.body.addWidget(empty)
        return panel

    def result_panel(self) -> QWidget:
        theme, words = self.theme, self.words
        panel = CollapsiblePanel(theme, words, words.tr("ui.screen_report"), "right")
        card = Card(theme, "accent")
        card.body.addLayout(row(theme, label("T2", "strong"), Chip("69/77", "caution")))
        card.body.addWidget(FlowLabel(theme, CHOICES[self.language][1], "muted"))
        bar = ShareBar(theme, "T2", 8)
        bar.set_share(Decimal("0.62"), Decimal("0.85"), Decimal("0.75"))
        card.body.addWidget(bar)
        panel.body.addWidget(card)
        ring = ProgressRing(theme, words.tr("ui.screen_evaluation"))
        ring.set_progress(61, 77)
        panel.body.addLayout(row(theme, label("181.30", "score"), label("/ 345", "muted"), ring))
        radar = Radar(theme, words.tr("ui.screen_review"))
        shares = [Decimal(n) / 10 for n in (9, 8, 6, 7, 5, 7)]
        radar.set_axes(AXES[self.language], shares, [Decimal("0.8")] * 6)
        panel.body.addWidget(radar)
        panel.body.addWidget(Card(theme, "dashed"))
        panel.body.addStretch(1)
        return panel


def holder() -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return box, column


def make_gallery(theme: Theme, language: Language) -> Gallery:
    """Return the page with all widgets."""
    return Gallery(theme, Words(language))
