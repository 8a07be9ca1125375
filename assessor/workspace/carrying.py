"""A visit carried to another version of its rubric: first looked at, then written as a new file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assessor.analysis.carry import Carried, CarryMap, carry
from assessor.analysis.carry.mapping import NO_MAP
from assessor.assessment import EvidenceItem
from assessor.canonical import canonical_json
from assessor.errors import AssessorError, Problem
from assessor.exchange.json_file import model_at, read_json_file
from assessor.exchange.refusals import refused
from assessor.i18n import Message, message
from assessor.rubrics.loader import LoadedRubric, load
from assessor.storage.blobs import BlobSource
from assessor.storage.file import create
from assessor.storage.history import EditNote
from assessor.workspace.rubric_versions import version_number, versions_of
from assessor.workspace.visits import OpenVisit, refuse_misfits

LONGEST_REASON = 2000


@dataclass(frozen=True)
class Plan:
    """What would become of a visit under another version of its rubric; nothing is written yet."""

    before: LoadedRubric
    after: LoadedRubric
    carried: Carried

    def told(self, reason: str) -> Message:
        """Return the sentence for the history of the new file."""
        counts = {how: self.carried.count(how) for how in ("carried", "mapped", "listed")}
        return message(
            "carry.done",
            before=self.before.rubric.version,
            after=self.after.rubric.version,
            reason=reason.strip()[:LONGEST_REASON] or message("carry.default_reason"),
            **counts,
        )


def read_carry_map(path: Path) -> CarryMap:
    """Read the file that maps old ids to new ones; raises `ProblemsError` with every problem."""
    file = read_json_file(path)
    problems: list[Problem] = []
    found = model_at(CarryMap, file.data, (), problems)
    if found is None or problems:
        raise refused("carry.map_refused", file.located(problems), file=path.name)
    return found


def newer_version(loaded: LoadedRubric) -> LoadedRubric | None:
    """Return the newest rubric with this one's id, `None` when none is newer and usable."""
    newest: LoadedRubric | None = None
    least = version_number(loaded.rubric.version)
    for version, path in versions_of(loaded.rubric.id):
        if version > least:
            with suppress(AssessorError):
                newest = load(path)
                least = version_number(newest.rubric.version)
    return newest


def plan_carry(visit: OpenVisit, after: LoadedRubric, mapping: CarryMap = NO_MAP) -> Plan:
    """Return what would become of every part of a visit.

    Raises `AssessorError` for another rubric, the same version, or a profile, target or cycle that
    is gone and not mapped.
    """
    before = visit.loaded
    if before.rubric.id != after.rubric.id:
        raise AssessorError(
            message(
                "carry.other_rubric",
                file=after.name,
                given=after.rubric.id,
                known=before.rubric.id,
            )
        )
    if before.digest == after.digest:
        raise AssessorError(message("carry.same_version"))
    return Plan(before, after, carry(before.rubric, after, visit.assessment, mapping))


def write_carried(visit: OpenVisit, plan: Plan, path: Path, reason: str = "") -> Path:
    """Write the carried visit as a new file; the visit's own stays as it is.

    The history of the new file begins with the counts and the reason. Raises `StorageError` when
    the file is there already or cannot be made.
    """
    record = plan.carried.assessment
    refuse_misfits(plan.after, record, message("visit.edit_refused"))
    plain = visit.note(plan.told(reason))
    note = EditNote(what=plain.what, at=plain.at, author=plain.author, reason=reason.strip())
    content = canonical_json(plan.after.data)
    create(path, record, content, note, _blobs(visit, record.evidence)).close()
    return path


def carried_name(visit: Path, after: LoadedRubric) -> Path:
    """Return a name for the new file, beside the old one."""
    return visit.with_name(f"{visit.stem}-{after.rubric.version}{visit.suffix}")


def _blobs(visit: OpenVisit, evidence: tuple[EvidenceItem, ...]) -> Iterator[BlobSource]:
    for item in {one.sha256: one for one in evidence}.values():

        def again(sha256: str = item.sha256) -> BinaryIO:
            return io.BytesIO(visit.read_blob(sha256))

        yield BlobSource(item.sha256, item.size, item.media_type, item.file_name, again)
