"""Putting the filled rows of a form together: one entry of the answer format for each question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessor.errors import Problem
from assessor.exchange.form.filled import Filled
from assessor.exchange.form.rows import CONFIDENCE_COLUMN, ENTRY_COLUMN, REMARK_COLUMN
from assessor.i18n import message

Group = dict[str, Filled]
"""The rows of one question by what follows its id: `option`, `items/2`, `inputs/n`, `na` ..."""


@dataclass
class Assembled:
    """Data in the answer format, made of filled rows.

    `places` says in which cell each part of it stands; blank questions are left out.
    """

    rows: Mapping[str, Filled]
    data: dict[str, object] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        answers = {name: self._answer(f"answers.{name}", g) for name, g in self._groups("answers")}
        indicators = {
            name: self._answer(f"indicators.{name}", g) for name, g in self._groups("indicators")
        }
        gates = {name: self._gate(f"gates.{name}", g) for name, g in self._groups("gates")}
        self.data = {
            "answers": _present(answers),
            "indicators": _present(indicators),
            "gates": _present(gates),
            "enterprise": self._enterprise(),
            "visit": self._record("visit"),
        }

    def filled(self) -> dict[str, str]:
        """Return who filled the form in (`by`) and when (`on`, an ISO date), where said."""
        return {name: str(value) for name, value in self._record("filled").items()}

    def _groups(self, section: str) -> list[tuple[str, Group]]:
        groups: dict[str, Group] = {}
        for key, row in self.rows.items():
            first, _, rest = key.partition("/")
            name, _, slot = rest.partition("/")
            if first == section:
                groups.setdefault(name, {})[slot] = row
        return list(groups.items())

    def _answer(self, place: str, group: Group) -> dict[str, object]:
        self._place(place, group)
        found = self._way(place, group)
        lead = group.get("option") or group.get("note")
        if found:
            found |= _said(lead)
        elif lead is not None and not lead.blank:
            cell = lead.cells[REMARK_COLUMN if lead.remark else CONFIDENCE_COLUMN]
            self._warn("note_alone", cell)
        return found

    def _way(self, place: str, group: Group) -> dict[str, object]:
        found = self._not_applicable(place, group)
        option = group.get("option")
        if option is not None and option.entry:
            found["option"] = option.entry
        found |= self._ticks({s[6:]: row for s, row in group.items() if s.startswith("items/")})
        inputs = self._inputs(place, group)
        if inputs:
            found["inputs"] = inputs
        if _yes(group, "no_baseline"):
            found["no_baseline"] = True
        if _yes(group, "industry") and inputs:
            found["industry_baseline"] = True
        return found

    def _not_applicable(self, place: str, group: Group) -> dict[str, object]:
        row = group.get("na")
        if row is None or row.blank:
            return {}
        if row.entry is not True:
            if row.remark:
                self._warn("na_alone", row.cells[REMARK_COLUMN])
            return {}
        if not row.remark:
            where = row.cells[REMARK_COLUMN]
            fix = message("exchange.needs_reason_fix")
            self.problems.append(Problem(message("import.na_needs_reason"), place=where, fix=fix))
            return {}
        self.places[place] = row.cells[ENTRY_COLUMN]
        return {"na": True, "reason": row.remark}

    def _ticks(self, items: Group) -> dict[str, object]:
        ticked = [key for key, row in items.items() if row.entry is True]
        blank = [row.cells[ENTRY_COLUMN] for row in items.values() if row.entry == ""]
        if ticked:
            if blank:
                self._warn("ticks_blank", blank[0], count=len(blank))
            other = "；".join(items[key].remark for key in ticked if items[key].remark)
            return {"options": ticked} | ({"other": other} if other else {})
        if blank or not items:
            if len(blank) < len(items):
                self._warn("ticks_unclear", blank[0])
            return {}
        return {"none": True}

    def _inputs(self, place: str, group: Group) -> dict[str, object]:
        inputs: dict[str, object] = {}
        for slot, row in group.items():
            if slot.startswith("inputs/") and row.entry != "":
                name = slot.removeprefix("inputs/")
                inputs[name] = row.entry
                self.places[f"{place}.inputs.{name}"] = row.cells[ENTRY_COLUMN]
                self.places.setdefault(f"{place}.inputs", row.cells[ENTRY_COLUMN])
        return inputs

    def _gate(self, place: str, group: Group) -> dict[str, object]:
        self._place(place, group)
        found: dict[str, object] = {}
        row = group.get("pass")
        if row is not None and row.entry != "":
            found["pass"] = row.entry
        inputs = self._inputs(place, group)
        if inputs:
            found["inputs"] = inputs
        lead = row or group.get("note")
        if found and lead is not None and lead.remark:
            found["note"] = lead.remark
        elif lead is not None and lead.remark:
            self._warn("note_alone", lead.cells[REMARK_COLUMN])
        return found

    def _record(self, section: str) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, row in self.rows.items():
            first, _, name = key.partition("/")
            if first == section and row.entry != "":
                found[name] = row.entry
                self.places.setdefault(section, row.cells[ENTRY_COLUMN])
                self.places[f"{section}.{name.replace('/', '.')}"] = row.cells[ENTRY_COLUMN]
        return found

    def _enterprise(self) -> dict[str, object]:
        """Nest `contact/phone` and `form/...`; a head count is a number, all else is text."""
        found: dict[str, object] = {}
        for name, value in self._record("enterprise").items():
            outer, _, inner = name.partition("/")
            if inner:
                nested = found.setdefault(outer, {})
                if isinstance(nested, dict):
                    nested[inner] = value
            else:
                count = outer == "employees" and str(value).isdecimal()
                found[outer] = int(str(value)) if count else value
        return found

    def _place(self, place: str, group: Group) -> None:
        """A question stands where its first cell for an answer is."""
        slots = [slot for slot in group if slot not in ("note", "na")]
        if slots:
            self.places[place] = group[slots[0]].cells[ENTRY_COLUMN]

    def _warn(self, name: str, place: str, **values: object) -> None:
        text = message(f"import.{name}", **values)
        self.problems.append(Problem(text, place=place, severity="warning"))


def _yes(group: Group, slot: str) -> bool:
    return slot in group and group[slot].entry is True


def _said(lead: Filled | None) -> dict[str, object]:
    found: dict[str, object] = {}
    if lead is not None and lead.remark:
        found["note"] = lead.remark
    if lead is not None and lead.confidence:
        found["confidence"] = lead.confidence
    return found


def _present(entries: Mapping[str, dict[str, object]]) -> dict[str, object]:
    return {name: entry for name, entry in entries.items() if entry}
