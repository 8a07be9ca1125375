"""Reading a filled-in workbook back, with every fault named by sheet and cell.

The workbook is foreign: it is read by the killable reader, its cells are taken for what they show,
and what it says goes through the same checks as a JSON file of answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from assessor.assessment import Assessment
from assessor.credit_code import check_credit_code
from assessor.errors import AssessorError, Problem
from assessor.exchange.answers import AnswerReader
from assessor.exchange.form.assembled import Assembled
from assessor.exchange.form.filled import FilledForm
from assessor.exchange.imported import ImportedAnswers, Places, misfits
from assessor.exchange.ledger import TableReader
from assessor.exchange.refusals import refused
from assessor.exchange.template import IDENTITY_SHEET, TEMPLATE_VERSION, TITLE
from assessor.i18n import message
from assessor.rubrics.loader import LoadedRubric
from assessor.sheets import Sheet, Workbook, read_workbook


def read_answers_workbook(
    path: Path, rubric: LoadedRubric, assessment: Assessment
) -> ImportedAnswers:
    """Read the fill-in workbook of a rubric, for a visit.

    Blank cells say nothing. Raises `AssessorError` when it is no such workbook or was made for
    another rubric, version or profile (both named), `ProblemsError` listing every faulty cell.
    """
    reading = _Reading(path.name, rubric, assessment, read_workbook(path))
    identity = reading.identity()
    tables = reading.tables(identity)
    form = reading.form({sheet.name for sheet, _ in tables.values()})
    return reading.checked(form, tables)


@dataclass
class _Reading:
    """One workbook being read."""

    file: str
    rubric: LoadedRubric
    assessment: Assessment
    workbook: Workbook
    warnings: list[Problem] = field(default_factory=list)

    def identity(self) -> dict[str, str]:
        """Return what the workbook says it is, after comparing it with the visit."""
        sheet = self.workbook.sheet(IDENTITY_SHEET)
        said = _labelled(sheet) if sheet else {}
        if TITLE not in said:
            raise AssessorError(message("import.not_a_template", file=self.file))
        if said[TITLE] != str(TEMPLATE_VERSION):
            raise AssessorError(
                message(
                    "import.template_newer",
                    file=self.file,
                    found=said[TITLE][:20],
                    known=TEMPLATE_VERSION,
                )
            )
        self._same_rubric(said)
        self._same_aim(said)
        return said

    def _same_rubric(self, said: Mapping[str, str]) -> None:
        ours = self.rubric.rubric
        digest = said.get("digest", "").removeprefix("sha256:")
        given = (said.get("rubric", "")[:80], said.get("version", "")[:20], digest)
        if given != (ours.id, ours.version, self.rubric.digest):
            known = f"{ours.id} {ours.version} ({self.rubric.digest[:12]})"
            named = f"{given[0]} {given[1]} ({digest[:12]})"
            raise AssessorError(
                message("import.template_rubric", file=self.file, given=named, known=known)
            )

    def _same_aim(self, said: Mapping[str, str]) -> None:
        profile, target = said.get("profile", "")[:80], said.get("target", "")[:80]
        if profile != self.assessment.profile:
            known = self.assessment.profile
            raise AssessorError(
                message("import.template_profile", file=self.file, given=profile, known=known)
            )
        if target != self.assessment.target:
            text = message("import.template_target", given=target, known=self.assessment.target)
            self.warnings.append(Problem(text, file=self.file, severity="warning"))

    def tables(self, identity: Mapping[str, str]) -> dict[str, tuple[Sheet, TableReader]]:
        """Return the sheets of the rubric's tables with their readers."""
        found = {}
        for table in self.rubric.rubric.tables:
            name = identity.get(f"table {table.id}", "")
            sheet = self.workbook.sheet(name)
            if sheet is None:
                raise AssessorError(
                    message("import.template_sheet_missing", file=self.file, sheet=name[:40])
                )
            found[table.id] = (sheet, TableReader(table))
        return found

    def form(self, table_sheets: set[str]) -> FilledForm:
        """Return the cells of all sheets whose rows carry keys."""
        form = FilledForm(self.rubric.rubric)
        for sheet in self.workbook.sheets:
            if sheet.name != IDENTITY_SHEET and sheet.name not in table_sheets:
                form.read(sheet)
        return form

    def checked(
        self, form: FilledForm, tables: Mapping[str, tuple[Sheet, TableReader]]
    ) -> ImportedAnswers:
        """Return what the workbook says once nothing in it is wrong."""
        assembled = Assembled(form.rows)
        reader = AnswerReader(self.rubric, self.assessment)
        rows = {name: table.read(sheet) for name, (sheet, table) in tables.items()}
        data = assembled.data | {"tables": {n: [*found] for n, found in rows.items() if found}}
        imported = reader.read(data)
        places = Places(assembled.places, extends=False)
        found = [*reader.problems, *misfits(self.rubric.rubric, self.assessment, imported, _AS_IS)]
        problems = [*self.warnings, *form.problems, *assembled.problems]
        for _, table in tables.values():
            problems += table.problems
        seen = {problem.place for problem in problems if problem.severity == "error"}
        for problem in found:
            name = problem.place.removeprefix("tables.").partition("[")[0]
            placed = (
                tables[name][1].placed(problem)
                if name in tables and problem.place.startswith("tables.")
                else replace(problem, place=places.of(problem.place))
            )
            # A cell that could not be read is not missing as well.
            if placed.place not in seen:
                problems.append(placed)
        problems += self._other_enterprise(assembled)
        return self._accepted(imported, problems, assembled.filled())

    def _other_enterprise(self, assembled: Assembled) -> list[Problem]:
        given = assembled.data["enterprise"]
        ours = self.assessment.enterprise
        code = str(given.get("credit_code", "")) if isinstance(given, dict) else ""
        if not code or not ours.credit_code:
            return []
        theirs = check_credit_code(code)
        if not theirs.acceptable or theirs.code == check_credit_code(ours.credit_code).code:
            return []
        text = message("import.other_enterprise", given=theirs.code, known=ours.credit_code)
        place = assembled.places["enterprise.credit_code"]
        return [Problem(text, place=place, fix=message("import.other_enterprise_fix"))]

    def _accepted(
        self, imported: ImportedAnswers, problems: list[Problem], filled: Mapping[str, str]
    ) -> ImportedAnswers:
        placed = [replace(problem, file=self.file) for problem in problems]
        errors = tuple(problem for problem in placed if problem.severity == "error")
        if errors:
            raise refused("import.file_refused", errors, file=self.file)
        return replace(
            imported,
            filled_by=filled.get("by", ""),
            filled_on=date.fromisoformat(filled["on"]) if "on" in filled else None,
            warnings=tuple(placed),
        )


_AS_IS = Places({}, extends=True)


def _labelled(sheet: Sheet) -> dict[str, str]:
    """Return the two columns of the identity sheet as label and value."""
    pairs = ((row.get(1), row.get(2)) for row in sheet.rows().values())
    return {
        label.text.strip().removeprefix("'"): value.text.strip().removeprefix("'")
        for label, value in pairs
        if label and value
    }
