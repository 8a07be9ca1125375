"""The widgets every screen is made of. All take the theme first and the parent last."""

from __future__ import annotations

from assessor.ui.widgets.buttons import (
    Button,
    FilterButton,
    GhostButton,
    LinkButton,
    PrimaryButton,
    ToolButton,
)
from assessor.ui.widgets.charts import ProgressRing, Radar, ShareBar
from assessor.ui.widgets.chip import Badge, Chip, ChipTone, KeyCap
from assessor.ui.widgets.choice_card import Choice
from assessor.ui.widgets.choices import ChoiceList
from assessor.ui.widgets.containers import (
    Card,
    Rule,
    ScrollColumn,
    SectionTitle,
    column,
    label,
    row,
)
from assessor.ui.widgets.fields import CheckField, ChoiceField, DateField, SearchField
from assessor.ui.widgets.flow_label import FlowLabel
from assessor.ui.widgets.marking import marked, named, retone
from assessor.ui.widgets.note_edit import LineField, NoteEdit
from assessor.ui.widgets.number_field import NumberField
from assessor.ui.widgets.panels import CollapsiblePanel, EmptyState
from assessor.ui.widgets.state_icon import State, StateIcon
from assessor.ui.widgets.strip import Strip, StripStack
from assessor.ui.widgets.thumb_strip import Thumb, ThumbStrip

__all__ = [
    "Badge",
    "Button",
    "Card",
    "CheckField",
    "Chip",
    "ChipTone",
    "Choice",
    "ChoiceField",
    "ChoiceList",
    "CollapsiblePanel",
    "DateField",
    "EmptyState",
    "FilterButton",
    "FlowLabel",
    "GhostButton",
    "KeyCap",
    "LineField",
    "LinkButton",
    "NoteEdit",
    "NumberField",
    "PrimaryButton",
    "ProgressRing",
    "Radar",
    "Rule",
    "ScrollColumn",
    "SearchField",
    "SectionTitle",
    "ShareBar",
    "State",
    "StateIcon",
    "Strip",
    "StripStack",
    "Thumb",
    "ThumbStrip",
    "ToolButton",
    "column",
    "label",
    "marked",
    "named",
    "retone",
    "row",
]
