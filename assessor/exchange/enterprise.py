"""The enterprise and the visit as files give them: for a new visit, or as changes to one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TypeVar

from pydantic import ValidationError

from assessor.assessment import Enterprise, Visit
from assessor.credit_code import CreditCodeCheck, check_credit_code
from assessor.errors import Problem
from assessor.exchange.json_file import read_json_file, unknown_keys
from assessor.exchange.refusals import refused, validation_problems
from assessor.i18n import Message, message
from assessor.rubrics.base import Model
from assessor.rubrics.json_text import Path, path_text
from assessor.rubrics.models import Rubric

M = TypeVar("M", bound=Model)

_MERGED = ("contact", "form")
"""Fields that are objects themselves: what is given is laid over what is there."""


@dataclass(frozen=True)
class EnterpriseFile:
    """What a file says of the enterprise and the visit to it; warnings hinder nothing."""

    enterprise: Enterprise
    visit: Visit
    warnings: tuple[Problem, ...]


def read_enterprise(path: FilePath, rubric: Rubric) -> EnterpriseFile:
    """Read the JSON file a new visit begins with.

    It holds `{"enterprise": {...}, "visit": {...}}`, or only the fields of the enterprise. Raises
    `ProblemsError` with place, fault and remedy of everything wrong: unknown keys, a credit code
    that cannot be right (with the likely correction), dates in the wrong order.
    """
    file = read_json_file(path)
    blocks = "enterprise" in file.data
    at: Path = ("enterprise",) if blocks else ()
    problems = list(unknown_keys(file.data, ("enterprise", "visit"))) if blocks else []
    enterprise = Records(at, problems).enterprise(
        None, file.data["enterprise"] if blocks else file.data, rubric
    )
    visit = Records(("visit",), problems).visit(None, file.data.get("visit", {}), rubric)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or enterprise is None or visit is None:
        raise refused("import.file_refused", file.located(errors), file=file.name)
    return EnterpriseFile(enterprise, visit, file.located(problems))


@dataclass
class Records:
    """Reads the two records at `place` of a file; everything wrong is added to `problems`."""

    place: Path
    problems: list[Problem]

    def enterprise(
        self, current: Enterprise | None, given: object, rubric: Rubric
    ) -> Enterprise | None:
        """Return the enterprise with what is given laid over `current`; `None` when it is wrong."""
        found = self._merged(Enterprise, current, given)
        if found is None:
            return None
        self._form(found, rubric)
        names = given if isinstance(given, dict) else {}
        if not rubric.has_field("credit_code"):
            return found
        return self._with_code(found) if current is None or "credit_code" in names else found

    def visit(self, current: Visit | None, given: object, rubric: Rubric) -> Visit | None:
        """Return the visit with what is given laid over `current`; `None` when it is wrong."""
        found = self._merged(Visit, current, given)
        kinds = [kind.id for kind in rubric.application_types]
        if found and found.application_type and found.application_type not in kinds:
            self._choose("application_type", found.application_type, kinds)
        return found

    def _merged(self, kind: type[M], current: M | None, given: object) -> M | None:
        base = current.model_dump(mode="json", exclude_defaults=True) if current else {}
        known = tuple(kind.model_fields)
        try:
            data = _laid_over(base, given) if isinstance(given, dict) else given
            return kind.model_validate_json(json.dumps(data), strict=True)
        except ValidationError as error:
            self.problems.extend(validation_problems(error, self.place, known))
            return None

    def _form(self, found: Enterprise, rubric: Rubric) -> None:
        known = [entry.id for section in rubric.form for entry in section.fields]
        for name in found.form:
            if name not in known:
                self._choose("form", name, known)

    def _with_code(self, found: Enterprise) -> Enterprise:
        check = check_credit_code(found.credit_code)
        if not found.credit_code:
            self._warn("credit_code_missing", {})
            return found
        if not check.acceptable:
            self._code_refused(check)
        elif check.fault == "written_oddly":
            self._warn("credit_code_mended", {"given": check.given, "code": check.code})
        if check.acceptable and check_credit_code(check.code).fault == "organisation_check":
            self._warn("credit_code_organisation", {"code": check.code})
        return found.model_copy(update={"credit_code": check.code}) if check.acceptable else found

    def _code_refused(self, check: CreditCodeCheck) -> None:
        text = message(
            f"import.credit_code_{check.fault}", given=check.given[:60], length=len(check.given)
        )
        if check.code:
            self._add("credit_code", text, message("import.credit_code_likely", code=check.code))
        else:
            self._add("credit_code", text, message("import.credit_code_copy"))

    def _warn(self, name: str, values: Mapping[str, object]) -> None:
        text = message(f"import.{name}", **values)
        place = path_text((*self.place, "credit_code"))
        self.problems.append(Problem(text, place=place, severity="warning"))

    def _choose(self, field: str, given: str, known: list[str]) -> None:
        fix = message("answer.choose_from", choices=", ".join(known) or "-")
        self._add(field, message(f"import.unknown_{field}", given=given), fix)

    def _add(self, field: str, text: Message, fix: Message) -> None:
        self.problems.append(Problem(text, place=path_text((*self.place, field)), fix=fix))


def _laid_over(base: Mapping[str, object], given: Mapping[str, object]) -> dict[str, object]:
    merged = {**base, **given}
    for name in _MERGED:
        before, after = base.get(name), given.get(name)
        if isinstance(before, dict) and isinstance(after, dict):
            merged[name] = {**before, **after}
    return merged
