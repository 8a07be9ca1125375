"""Where rubrics are found, and which one is meant by an id, a version or a digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.i18n import message
from assessor.paths import rubric_folders
from assessor.rubrics.base import LocalText
from assessor.rubrics.loader import LoadedRubric, load
from assessor.rubrics.schema import SCHEMA_FILE


@dataclass(frozen=True)
class Entry:
    """A rubric file that was found.

    A file that cannot be used has `problems` of severity `error` and no `loaded`; its id is then
    the file's name. Two different files that claim to be the same version carry a warning each.
    """

    id: str
    version: str
    title: LocalText | None
    digest: str
    path: Path
    problems: tuple[Problem, ...] = ()
    loaded: LoadedRubric | None = None


def list_rubrics(folders: Sequence[Path] | None = None) -> tuple[Entry, ...]:
    """Return every rubric in `folders` (by default those of `paths.rubric_folders`).

    Sorted by id and newest version first; of equal copies only the first found is listed.
    """
    paths = _files(rubric_folders() if folders is None else folders)
    kept: dict[tuple[str, str, str], Entry] = {}
    for path in paths:
        entry = _entry(path)
        kept.setdefault((entry.id, entry.version, entry.digest or str(path)), entry)
    ordered = sorted(kept.values(), key=lambda entry: entry.id)
    newest_first = sorted(ordered, key=lambda entry: _version(entry.version), reverse=True)
    return _with_doubts(sorted(newest_first, key=lambda entry: entry.id))


def get(
    name: str,
    version: str | None = None,
    digest: str | None = None,
    folders: Sequence[Path] | None = None,
) -> LoadedRubric:
    """Return the rubric with this id: the newest, or exactly the version or digest asked for.

    Raises `AssessorError` saying what there is instead, or why the only file cannot be used.
    """
    entries = list_rubrics(folders)
    same = [entry for entry in entries if entry.id == name]
    for entry in same:
        if entry.loaded and version in (None, entry.version) and digest in (None, entry.digest):
            return entry.loaded
    broken = [entry for entry in same if entry.loaded is None]
    if broken:
        raise ProblemsError(
            message("rubric.broken", id=name, file=broken[0].path.name), broken[0].problems
        )
    raise _absent(name, version, digest, entries)


def _files(folders: Iterable[Path]) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted(folder.glob("*.json"))
        if path.name != SCHEMA_FILE and path.is_file()
    ]


def _entry(path: Path) -> Entry:
    try:
        loaded = load(path)
    except ProblemsError as error:
        return Entry(path.stem, "", None, "", path, error.problems)
    except AssessorError as error:
        return Entry(path.stem, "", None, "", path, (Problem(error.message, file=path.name),))
    rubric = loaded.rubric
    return Entry(rubric.id, rubric.version, rubric.title, loaded.digest, path, loaded=loaded)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")) if text else ()


def _with_doubts(entries: list[Entry]) -> tuple[Entry, ...]:
    """Add a warning to files that claim the same version with different contents."""
    found = []
    for entry in entries:
        others = [
            other.path
            for other in entries
            if entry.loaded
            and other.path != entry.path
            and (other.id, other.version) == (entry.id, entry.version)
        ]
        doubts = tuple(_doubt(entry, other) for other in others)
        found.append(replace(entry, problems=entry.problems + doubts))
    return tuple(found)


def _doubt(entry: Entry, other: Path) -> Problem:
    return Problem(
        message("rubric.two_contents", id=entry.id, version=entry.version, other=other),
        file=entry.path.name,
        place="version",
        subject=entry.id,
        fix=message("rubric.two_contents_fix"),
        severity="warning",
    )


def _absent(
    name: str, version: str | None, digest: str | None, entries: tuple[Entry, ...]
) -> AssessorError:
    usable = [entry for entry in entries if entry.loaded]
    same = [entry for entry in usable if entry.id == name]
    if same:
        known = ", ".join(f"{entry.version} ({entry.digest[:12]})" for entry in same)
        wanted = " ".join(part for part in (version, digest and digest[:12]) if part)
        return AssessorError(message("rubric.no_edition", id=name, wanted=wanted, known=known))
    ids = list(dict.fromkeys(entry.id for entry in usable))
    near = get_close_matches(name, ids, n=1, cutoff=0.5) or ids
    return AssessorError(message("rubric.no_rubric", id=name, known=", ".join(near) or "–"))
