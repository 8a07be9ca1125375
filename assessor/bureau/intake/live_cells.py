"""What the live cells of a plan say for one visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from assessor.bureau.intake.plans import Live, Said, SheetPlan
from assessor.formulas import Given, Node, Scope, walk
from assessor.reports.build.sheets_inputs import indicator_key
from assessor.rules.remembered import Remembered

_REPORTED = indicator_key("")
"""What the names of reported indicators have in them; the score has no figures of those."""


@dataclass(frozen=True)
class Facts:
    """What a visit's live cells are made from: figures by name, and facts by their marks."""

    scope: Scope = field(default_factory=lambda: Scope({}))
    by_mark: Mapping[str, str] = field(default_factory=dict)


class LiveCells:
    """The live cells of one plan, in its order."""

    def __init__(self, plan: SheetPlan) -> None:
        self._names = [live.name or "" for live in plan.live]
        self._filled = [(at, live.text) for at, live in enumerate(plan.live) if live.text]
        computed = [(at, tree) for at, live in enumerate(plan.live) if (tree := _tree(live))]
        self._computed = [(at, number, tree) for number, (at, tree) in enumerate(computed)]
        self._remembered = Remembered([list(walk(tree)) for _, tree in computed])

    def said(self, facts: Facts) -> list[Said]:
        """Return the number or text of each cell, the empty text where it has none."""
        values = list(map(facts.scope.values.get, self._names))
        for at, number, tree in self._computed:
            values[at] = self._remembered.evaluated(number, tree, facts.scope)
        for at, text in self._filled:
            values[at] = _filled(text, facts.by_mark)
        return [_said(value) for value in values]


def _tree(live: Live) -> Node | None:
    """Return the tree of a cell that has to be computed; figures of the score are there already."""
    is_figure = live.name is not None and _REPORTED not in live.name
    return None if live.text or is_figure else live.tree


def _said(value: Given) -> Said:
    return value if isinstance(value, Decimal | str) else ""


def _filled(text: str, facts: Mapping[str, str]) -> str:
    for mark, fact in facts.items():
        text = text.replace(mark, fact)
    return text
