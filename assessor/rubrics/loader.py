"""From the bytes of a file to a rubric, or to everything that is wrong with them.

The loader holds a file against the format; whether a well-formed rubric also makes sense is asked
of `assessor.rubrics.checks`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from assessor.canonical import digest_of
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.i18n import message
from assessor.rubrics.json_text import Fault, Scan, line_and_column, path_text, read_plain, scan
from assessor.rubrics.models import FORMAT_VERSION, Rubric
from assessor.rubrics.refusals import format_problems, subject_at

MAX_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class LoadedRubric:
    """A rubric with the identity of its file.

    `digest` is the SHA-256 of the canonical JSON of the file's data, so layout and key order do not
    matter; `name` and `text` are kept to say where in the file something stands.
    """

    rubric: Rubric
    digest: str
    data: dict[str, object]
    name: str
    text: str

    @cached_property
    def _places(self) -> dict[str, int]:
        return _places(scan(self.text))

    def locate(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the problems of `checks.check` with `file` filled in: `name:line:column`."""
        return tuple(_located(problem, self.name, self.text, self._places) for problem in problems)


def load(path: Path) -> LoadedRubric:
    """Read the rubric at `path`.

    Raises `ProblemsError` with every problem of its contents, `AssessorError` when the file cannot
    be read at all.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _refused(path.name, [_plain("too_large", path.name, limit=MAX_BYTES >> 20)])
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AssessorError(message("rubric.unreadable", file=path, reason=reason)) from error
    return loads(content, path.name)


def loads(content: bytes, name: str) -> LoadedRubric:
    """Read a rubric from the bytes of a file called `name`; raises `ProblemsError`."""
    text = _text(content, name)
    try:
        data = read_plain(text)
        rubric = Rubric.model_validate_json(text, strict=True)
    except ValueError:
        found = scan(text)
        problems = _problems(found, text, name)
        if problems:
            raise _refused(name, problems) from None
        data = found.data
        rubric = Rubric.model_validate_json(json.dumps(data), strict=True)
    if not isinstance(data, dict):
        raise TypeError("a rubric that fits its model is an object")
    return LoadedRubric(rubric, digest_of(data), data, name, text)


def _text(content: bytes, name: str) -> str:
    if len(content) > MAX_BYTES:
        raise _refused(name, [_plain("too_large", name, limit=MAX_BYTES >> 20)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace")
        line, column = line_and_column(before, len(before))
        raise _refused(name, [_plain("not_utf8", f"{name}:{line}:{column}")]) from None


def _problems(found: Scan, text: str, name: str) -> list[Problem]:
    problems = [_fault_problem(fault, found.data, name, text) for fault in found.faults]
    if not found.complete:
        return problems
    places = _places(found)
    version = found.data.get("format_version") if isinstance(found.data, dict) else None
    if isinstance(version, int) and version > FORMAT_VERSION:
        newer = _plain("newer_format", name, found=version, known=FORMAT_VERSION)
        return [_located(replace(newer, place="format_version"), name, text, places)]
    try:
        Rubric.model_validate_json(json.dumps(found.data), strict=True)
    except ValidationError as error:
        refused = format_problems(error, found.data)
        problems += [_located(problem, name, text, places) for problem in refused]
    return problems


def _fault_problem(fault: Fault, data: object, name: str, text: str) -> Problem:
    line, column = line_and_column(text, fault.offset)
    return Problem(
        message=fault.message,
        file=f"{name}:{line}:{column}",
        place=path_text(fault.path),
        subject=subject_at(fault.path, data),
        fix=fault.fix,
    )


def _places(found: Scan) -> dict[str, int]:
    return {path_text(path): offset for path, offset in found.offsets.items()}


def _located(problem: Problem, name: str, text: str, places: dict[str, int]) -> Problem:
    """Add where the problem's place begins, or the nearest thing around it that exists."""
    place = problem.place
    while place and place not in places:
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    line, column = line_and_column(text, places.get(place, 0))
    return replace(problem, file=f"{name}:{line}:{column}")


def _plain(name: str, file: str, **values: object) -> Problem:
    return Problem(
        message(f"rubric.{name}", **values),
        file=file,
        fix=message(f"rubric.{name}_fix", **values),
    )


def _refused(name: str, problems: list[Problem]) -> ProblemsError:
    first = problems[0]
    return ProblemsError(
        message(
            "rubric.refused",
            file=name,
            count=len(problems),
            place=first.place or first.file,
            first=first.message,
        ),
        tuple(problems),
    )
