"""Reading a JSON file of answers (docs/answer-format.md).

Everything wrong is found at once, each problem with its JSON path, line and column; while there is
one, nothing is handed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path as FilePath
from typing import TypeVar

from assessor.assessment import (
    Answer,
    Assessment,
    GateAnswer,
    PlatformResult,
    RubricRef,
    TableRow,
    Unit,
)
from assessor.errors import Problem
from assessor.exchange.enterprise import Records
from assessor.exchange.imported import ImportedAnswers, Places, misfits
from assessor.exchange.json_file import (
    mapping_at,
    model_at,
    read_json_file,
    sequence_at,
    unknown_keys,
)
from assessor.exchange.refusals import refused
from assessor.i18n import message
from assessor.rubrics.base import Model
from assessor.rubrics.criterion import Criterion
from assessor.rubrics.json_text import Path, path_text
from assessor.rubrics.loader import LoadedRubric
from assessor.rubrics.models import Rubric
from assessor.rubrics.refusals import suggestion
from assessor.rules import names

M = TypeVar("M", bound=Model)

MAX_CELL = 500
"""The most characters in a cell of a table."""

SECTIONS = (
    "answers",
    "gates",
    "tables",
    "indicators",
    "enterprise",
    "visit",
    "units",
    "platform_results",
    "rubric",
)


def read_answers(path: FilePath, rubric: LoadedRubric, assessment: Assessment) -> ImportedAnswers:
    """Read the answers in a JSON file, for a visit.

    Items are named by id or by printed number. Raises `ProblemsError` listing everything wrong,
    `AssessorError` when the file is no JSON at all.
    """
    file = read_json_file(path)
    reader = AnswerReader(rubric, assessment)
    imported = reader.read(file.data)
    places = Places(reader.places, extends=True)
    problems = [*reader.problems, *misfits(rubric.rubric, assessment, imported, places)]
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise refused("import.file_refused", file.located(errors), file=file.name)
    return replace(imported, warnings=file.located(imported.warnings))


def find_item(rubric: Rubric, name: str, profile: str) -> Criterion | None:
    """Return the criterion of this id or printed number.

    Variants for other profiles may carry the same number; the one of `profile` comes first.
    """
    if name in rubric.criterion_by_id:
        return rubric.criterion_by_id[name]
    numbered = [item for item in rubric.every_criterion if item.number == name]
    return next((item for item in numbered if profile in item.profiles), next(iter(numbered), None))


class RubricNamed(Model):
    """The rubric a file says its answers are for."""

    id: str
    version: str | None = None
    digest: str | None = None


@dataclass
class AnswerReader:
    """Reads data in the answer format for a visit, whichever file it comes from.

    `problems` gathers everything wrong, `places` where items named by number stood.
    """

    rubric: LoadedRubric
    assessment: Assessment
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def read(self, data: Mapping[str, object]) -> ImportedAnswers:
        """Return what `data` says, without whatever is wrong in it."""
        self.problems += unknown_keys(data, SECTIONS)
        if "rubric" in data:
            self._same_rubric(data["rubric"])
        imported = ImportedAnswers(
            answers=self._answers(data),
            gates=self._models(data, "gates", GateAnswer),
            indicators=self._models(data, "indicators", Answer),
            tables=self._tables(data),
            units=self._units(data),
            platform_results=self._models(data, "platform_results", PlatformResult),
            enterprise=self._enterprise(data),
            visit=self._visit(data),
        )
        warnings = tuple(p for p in self.problems if p.severity == "warning")
        return replace(imported, warnings=warnings)

    def _section(self, data: Mapping[str, object], name: str) -> Mapping[str, object]:
        return mapping_at(data.get(name, {}), (name,), self.problems)

    def _same_rubric(self, given: object) -> None:
        found = model_at(RubricNamed, given, ("rubric",), self.problems)
        if found is None:
            return
        ours = RubricRef(
            id=self.rubric.rubric.id, version=self.rubric.rubric.version, digest=self.rubric.digest
        )
        for name in ("id", "version", "digest"):
            said, known = getattr(found, name), getattr(ours, name)
            if said is not None and said != known:
                text = message("import.other_rubric", given=said, known=known)
                fix = message("import.other_rubric_fix")
                self.problems.append(Problem(text, place=f"rubric.{name}", fix=fix))

    def _answers(self, data: Mapping[str, object]) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        for given, value in self._section(data, "answers").items():
            place: Path = ("answers", given)
            key = self._key(given, place)
            answer = model_at(Answer, _plain_inputs(value), place, self.problems)
            if key in answers:
                text = message("import.item_twice", item=given, key=key)
                fix = message("import.item_twice_fix")
                self.problems.append(Problem(text, place=path_text(place), fix=fix))
            elif key and answer:
                answers[key] = answer
                self.places[f"answers.{key}"] = path_text(place)
        return answers

    def _key(self, given: str, place: Path) -> str:
        """Return the key of an item named by id or number, with or without a unit."""
        name, mark, unit = given.partition("@")
        criterion = find_item(self.rubric.rubric, name, self.assessment.profile)
        if criterion is not None:
            return f"{criterion.id}{mark}{unit}"
        known = [
            word for item in self.rubric.rubric.every_criterion for word in (item.id, item.number)
        ]
        text = message("answer.unknown_item", item=given[:80])
        near = get_close_matches(name, known, n=1, cutoff=0.75)
        fix = suggestion(name, tuple(near)) if near else message("answer.list_items")
        self.problems.append(Problem(text, place=path_text(place), subject=given, fix=fix))
        return ""

    def _models(self, data: Mapping[str, object], section: str, kind: type[M]) -> dict[str, M]:
        found = {
            name: model_at(kind, _plain_inputs(value), (section, name), self.problems)
            for name, value in self._section(data, section).items()
        }
        for name in found:
            self.places[f"{section}.{name}"] = path_text((section, name))
        return {name: value for name, value in found.items() if value is not None}

    def _tables(self, data: Mapping[str, object]) -> dict[str, tuple[TableRow, ...]]:
        tables = {}
        for name, value in self._section(data, "tables").items():
            place: Path = ("tables", name)
            self.places[f"tables.{name}"] = path_text(place)
            rows = sequence_at(value, place, self.problems)
            tables[name] = tuple(self._row(row, (*place, at)) for at, row in enumerate(rows))
        return tables

    def _row(self, value: object, place: Path) -> TableRow:
        row = _texts(mapping_at(value, place, self.problems))
        found = {}
        for name, cell in row.items():
            if isinstance(cell, str) and len(cell) <= MAX_CELL:
                found[name] = cell
            else:
                wanted = message("import.table_cell", limit=MAX_CELL)
                text = message("rubric.wrong_type", wanted=wanted, found=str(cell)[:60])
                fix = message("rubric.wrong_type_fix", wanted=wanted)
                self.problems.append(Problem(text, place=path_text((*place, name)), fix=fix))
        return found

    def _units(self, data: Mapping[str, object]) -> dict[str, tuple[Unit, ...]]:
        units = {}
        for name, value in self._section(data, "units").items():
            place: Path = ("units", name)
            self.places[f"units.{name}"] = path_text(place)
            listed = sequence_at(value, place, self.problems)
            found = [
                model_at(Unit, one, (*place, at), self.problems) for at, one in enumerate(listed)
            ]
            units[name] = tuple(unit for unit in found if unit is not None)
        return units

    def _enterprise(self, data: Mapping[str, object]) -> dict[str, object]:
        given = self._section(data, "enterprise")
        records = Records(("enterprise",), self.problems)
        found = records.enterprise(self.assessment.enterprise, given, self.rubric.rubric)
        return {name: getattr(found, name) for name in given} if found else {}

    def _visit(self, data: Mapping[str, object]) -> dict[str, object]:
        given = self._section(data, "visit")
        records = Records(("visit",), self.problems)
        found = records.visit(self.assessment.visit, given, self.rubric.rubric)
        return {name: getattr(found, name) for name in given} if found else {}


def _plain_inputs(value: object) -> object:
    """Take whole numbers without quotes among the inputs: they lose nothing."""
    if isinstance(value, dict) and isinstance(value.get("inputs"), dict):
        inputs = {
            name: str(given) if isinstance(given, int) and not isinstance(given, bool) else given
            for name, given in value["inputs"].items()
        }
        return {**value, "inputs": inputs}
    return value


def _texts(row: Mapping[str, object]) -> dict[str, object]:
    """Take whole numbers and truth values in the cells of a table."""
    words = {True: names.YES, False: names.NO}
    return {
        name: words[cell]
        if isinstance(cell, bool)
        else str(cell)
        if isinstance(cell, int)
        else cell
        for name, cell in row.items()
    }
