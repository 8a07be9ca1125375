"""Which editions of rubrics the bureau knows, and what to say of the one a workbook names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor.assessment import RubricRef
from assessor.bureau.intake.reasons import rejected, warned
from assessor.bureau.records import Finding
from assessor.exchange.envelope import SHEET_NAME
from assessor.paths import rubric_folders
from assessor.rubrics.catalog import list_rubrics
from assessor.rubrics.loader import LoadedRubric
from assessor.rubrics.models import Rubric


@dataclass(frozen=True)
class Editions:
    """The usable rubrics by digest; several versions of one rubric may stand beside each other."""

    by_digest: dict[str, LoadedRubric]

    def find(self, wanted: RubricRef) -> tuple[LoadedRubric | None, Finding | None]:
        """Return the rubric of exactly this digest, and what there is to say of its version."""
        found = self.by_digest.get(wanted.digest)
        versions = self._versions(wanted.id)
        if found is None:
            return None, _absent(wanted, versions)
        uncounted = _uncounted(found.rubric)
        if uncounted is not None:
            return None, uncounted
        newest = versions[-1]
        if _order(wanted.version) < _order(newest):
            return found, warned(
                "rubric",
                "older",
                SHEET_NAME,
                id=wanted.id,
                found=wanted.version,
                known=newest,
            )
        return found, None

    def _versions(self, rubric: str) -> list[str]:
        known = {one.rubric.version for one in self.by_digest.values() if one.rubric.id == rubric}
        return sorted(known, key=_order)


def known_editions(older: Sequence[Path] = ()) -> Editions:
    """Return the rubrics of the catalog and those in the folders of `older` versions.

    Files that cannot be used are left out; the catalog itself says what is wrong with them.
    """
    folders = [*rubric_folders(), *(folder for folder in older if folder.is_dir())]
    return editions_of(entry.loaded for entry in list_rubrics(folders) if entry.loaded)


def editions_of(rubrics: Iterable[LoadedRubric]) -> Editions:
    """Return the editions of rubrics that are loaded already."""
    return Editions({loaded.digest: loaded for loaded in rubrics})


def _uncounted(rubric: Rubric) -> Finding | None:
    """Why no visit under this rubric belongs into a register of enterprises and their results."""
    if rubric.body is not None:
        title, body = rubric.short_title, rubric.body.name
        return rejected("rubric", "other_body", SHEET_NAME, title=title, body=body)
    if rubric.collects:
        return rejected("rubric", "not_scored", SHEET_NAME, title=rubric.short_title)
    return None


def _absent(wanted: RubricRef, versions: list[str]) -> Finding:
    if not versions:
        return rejected("rubric", "unknown", SHEET_NAME, id=wanted.id, found=wanted.version)
    newest = versions[-1]
    if wanted.version in versions:
        name, known = "altered", wanted.version
    elif _order(wanted.version) > _order(newest):
        name, known = "newer", newest
    else:
        name, known = "not_kept", newest
    return rejected("rubric", name, SHEET_NAME, id=wanted.id, found=wanted.version, known=known)


def _order(version: str) -> tuple[tuple[int, str], ...]:
    """Return what versions are compared by: numbers as numbers, anything else as text."""
    parts = version.split(".")
    return tuple(
        (int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts
    )
