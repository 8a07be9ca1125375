"""An enterprise's own assessment as it arrives: a fill-in workbook, a file of answers, a visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assessor.assessment import (
    Assessment,
    Enterprise,
    RubricRef,
    SelfAssessment,
    TableRow,
    Unit,
)
from assessor.errors import AssessorError, Problem
from assessor.exchange.answers import read_answers
from assessor.exchange.answers_workbook import read_answers_workbook
from assessor.exchange.imported import ImportedAnswers
from assessor.exchange.json_file import read_json_file
from assessor.exchange.template import IDENTITY_SHEET, TITLE
from assessor.i18n import message
from assessor.rubrics.catalog import get
from assessor.rubrics.loader import LoadedRubric
from assessor.sheets import read_workbook
from assessor.workspace.clock import Clock, now
from assessor.workspace.filling import WORKBOOKS
from assessor.workspace.visits import opened

_NAMELESS = "-"


@dataclass(frozen=True)
class Received:
    """A self-assessment that was read and fits its rubric; `enterprise` may lack its name.

    `cycle` is empty where the file does not name one. `warnings` hinder nothing.
    """

    source: Path
    loaded: LoadedRubric
    profile: str
    target: str
    cycle: str
    enterprise: Enterprise | None
    answers: SelfAssessment
    tables: Mapping[str, tuple[TableRow, ...]] = field(default_factory=dict)
    units: Mapping[str, tuple[Unit, ...]] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()

    def parts(self) -> dict[str, object]:
        """Return the fields of a record that this fills."""
        return {
            "self_assessment": self.answers,
            "tables": dict(self.tables),
            "units": dict(self.units),
        }


def read_received(path: Path, clock: Clock = now) -> Received:
    """Read a self-assessment for a new visit.

    Raises `AssessorError` when it is neither kind of file, is empty, or was made for a rubric this
    program does not have; `ProblemsError` with every faulty cell.
    """
    today = clock().date()
    if path.suffix.lower() in WORKBOOKS:
        found = _from_workbook(path, today)
    elif path.suffix.lower() == ".json":
        found = _from_json(path, today)
    else:
        found = _from_visit(path, today)
    if not found.answers.answers:
        raise AssessorError(message("visit.nothing_filled", file=path.name))
    return found


def _from_visit(path: Path, today: date) -> Received:
    with opened(path, read_only=True) as visit:
        record, loaded = visit.assessment, visit.loaded
    made = record.visit.date_to or record.visit.date_from or today
    by = record.enterprise.contact.name or record.enterprise.name
    return Received(
        source=path,
        loaded=loaded,
        profile=record.profile,
        target=record.target,
        cycle=record.cycle,
        enterprise=record.enterprise,
        answers=SelfAssessment(answers=record.answers, made_on=made, by=by),
        tables=record.tables,
        units=record.units,
    )


def _from_workbook(path: Path, today: date) -> Received:
    said = _identity(path)
    digest = said.get("digest", "").removeprefix("sha256:") or None
    loaded = get(said.get("rubric", ""), said.get("version"), digest)
    imported = read_answers_workbook(path, loaded, _probe(loaded, said))
    own = SelfAssessment(
        answers=dict(imported.answers),
        made_on=imported.filled_on or today,
        by=imported.filled_by,
    )
    named = {"name": _NAMELESS, **imported.enterprise}
    enterprise = Enterprise.model_validate(named)
    return Received(
        source=path,
        loaded=loaded,
        profile=said["profile"],
        target=said["target"],
        cycle="",
        enterprise=enterprise if enterprise.name != _NAMELESS else None,
        answers=own,
        tables=imported.tables,
        units=imported.units,
        warnings=imported.warnings,
    )


def _from_json(path: Path, today: date) -> Received:
    """Read a file of answers that names its rubric, for the first profile they fit."""
    named = read_json_file(path).data.get("rubric")
    said = dict(named) if isinstance(named, Mapping) else {}
    if not isinstance(said.get("id"), str):
        raise AssessorError(message("visit.names_no_rubric", file=path.name))
    version, digest = (said.get(name) for name in ("version", "digest"))
    loaded = get(
        said["id"],
        version if isinstance(version, str) else None,
        digest if isinstance(digest, str) else None,
    )
    profile, imported = _fitting(path, loaded)
    enterprise = Enterprise.model_validate({"name": _NAMELESS, **imported.enterprise})
    return Received(
        source=path,
        loaded=loaded,
        profile=profile,
        target=loaded.rubric.targets[-1].id,
        cycle="",
        enterprise=enterprise if enterprise.name != _NAMELESS else None,
        answers=SelfAssessment(answers=dict(imported.answers), made_on=today),
        tables=imported.tables,
        units=imported.units,
        warnings=imported.warnings,
    )


def _fitting(path: Path, loaded: LoadedRubric) -> tuple[str, ImportedAnswers]:
    """Return the first profile that the answers fit; raises what is wrong for the first of all."""
    target = loaded.rubric.targets[-1].id
    refusals: list[AssessorError] = []
    for profile in loaded.rubric.profiles:
        try:
            probe = _probe(loaded, {"profile": profile.id, "target": target})
            return profile.id, read_answers(path, loaded, probe)
        except AssessorError as refusal:
            refusals.append(refusal)
    raise refusals[0]


def _probe(loaded: LoadedRubric, said: Mapping[str, str]) -> Assessment:
    """Return an empty record of the kind the workbook was made for, to hold it against."""
    rubric = loaded.rubric
    profiles, targets = [p.id for p in rubric.profiles], [t.id for t in rubric.targets]
    profile, target = said.get("profile", ""), said.get("target", "")
    if profile not in profiles or target not in targets:
        raise AssessorError(message("new_visit.unknown_aim", profile=profile, target=target))
    return Assessment(
        id="received",
        rubric=RubricRef(id=rubric.id, version=rubric.version, digest=loaded.digest),
        cycle=rubric.cycles[0].id,
        profile=profile,
        target=target,
        enterprise=Enterprise(name=_NAMELESS),
    )


def _identity(path: Path) -> dict[str, str]:
    """Return what a workbook says it was made for."""
    sheet = read_workbook(path).sheet(IDENTITY_SHEET)
    rows = sheet.rows().values() if sheet else ()
    said = {
        label.text.strip().removeprefix("'"): value.text.strip().removeprefix("'")
        for label, value in ((row.get(1), row.get(2)) for row in rows)
        if label and value
    }
    if TITLE not in said:
        raise AssessorError(message("import.not_a_template", file=path.name))
    return said
