"""The widgets every screen is made of. All take the theme first and the parent last."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessor.ui.widgets.buttons import (
        Button,
        FilterButton,
        GhostButton,
        LinkButton,
        PrimaryButton,
        ToolButton,
    )
    from assessor.ui.widgets.charts import ProgressRing, ShareBar
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
    from assessor.ui.widgets.radar import Radar
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

_HOMES = {
    "buttons": "Button FilterButton GhostButton LinkButton PrimaryButton ToolButton",
    "charts": "ProgressRing ShareBar",
    "radar": "Radar",
    "chip": "Badge Chip ChipTone KeyCap",
    "choice_card": "Choice",
    "choices": "ChoiceList",
    "containers": "Card Rule ScrollColumn SectionTitle column label row",
    "fields": "CheckField ChoiceField DateField SearchField",
    "flow_label": "FlowLabel",
    "marking": "marked named retone",
    "note_edit": "LineField NoteEdit",
    "number_field": "NumberField",
    "panels": "CollapsiblePanel EmptyState",
    "state_icon": "State StateIcon",
    "strip": "Strip StripStack",
    "thumb_strip": "Thumb ThumbStrip",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Import a widget's module when the widget is first asked for; the window starts sooner."""
    if name not in _HOME_OF:
        raise AttributeError(name)
    found: object = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = found
    return found
