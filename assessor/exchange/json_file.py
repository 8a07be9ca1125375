"""Reading a JSON file people wrote: strict, with line and column for whatever is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import TypeVar

from pydantic import ValidationError

from assessor.errors import AssessorError, Problem
from assessor.exchange.refusals import refused, validation_problems
from assessor.i18n import message
from assessor.rubrics.base import Model
from assessor.rubrics.json_text import Path, line_and_column, path_text, read_plain, scan
from assessor.rubrics.refusals import suggestion

MAX_BYTES = 20 * 1024 * 1024

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class JsonFile:
    """The object a file holds, with its name and text to say where something stands."""

    name: str
    text: str
    data: Mapping[str, object]

    def located(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the problems with `file` filled in: `name:line:column` of their place."""
        listed = list(problems)
        if not listed:
            return ()
        places = {path_text(path): offset for path, offset in scan(self.text).offsets.items()}
        return tuple(self._located(problem, places) for problem in listed)

    def _located(self, problem: Problem, places: Mapping[str, int]) -> Problem:
        place = problem.place
        while place and place not in places:
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        line, column = line_and_column(self.text, places.get(place, 0))
        return replace(problem, file=f"{self.name}:{line}:{column}")


def read_json_file(path: FilePath) -> JsonFile:
    """Read the JSON object in a file.

    Raises `ProblemsError` with line and column when it is no strict JSON (keys twice, decimals
    without quotes), `AssessorError` when the file cannot be read or holds no object.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            limit = MAX_BYTES >> 20
            raise AssessorError(message("import.json_too_large", file=path.name, limit=limit))
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AssessorError(
            message("import.json_unreadable", file=path.name, reason=reason)
        ) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AssessorError(message("import.json_not_utf8", file=path.name)) from None
    return JsonFile(path.name, text, _object(text, path.name))


def _object(text: str, name: str) -> Mapping[str, object]:
    try:
        data = read_plain(text)
    except ValueError:
        found = scan(text)
        data = found.data
        problems = []
        for fault in found.faults:
            line, column = line_and_column(text, fault.offset)
            where, place = f"{name}:{line}:{column}", path_text(fault.path)
            problems.append(Problem(fault.message, file=where, place=place, fix=fault.fix))
        if problems:
            raise refused("import.file_refused", tuple(problems), file=name) from None
    if not isinstance(data, dict):
        raise AssessorError(message("import.json_no_object", file=name))
    return data


def mapping_at(value: object, place: Path, problems: list[Problem]) -> Mapping[str, object]:
    """Return `value` if it is an object; otherwise add a problem and return an empty one."""
    if isinstance(value, dict):
        return value
    problems.append(_wrong_type("object", value, place))
    return {}


def sequence_at(value: object, place: Path, problems: list[Problem]) -> Sequence[object]:
    """Return `value` if it is a list; otherwise add a problem and return an empty one."""
    if isinstance(value, list):
        return value
    problems.append(_wrong_type("list", value, place))
    return ()


def _wrong_type(kind: str, value: object, place: Path) -> Problem:
    wanted = message(f"rubric.type_{kind}")
    text = message("rubric.wrong_type", wanted=wanted, found=str(value)[:60])
    fix = message("rubric.wrong_type_fix", wanted=wanted)
    return Problem(text, place=path_text(place), fix=fix)


def model_at(kind: type[M], value: object, place: Path, problems: list[Problem]) -> M | None:
    """Return `value` as a model; otherwise add what is wrong with it and return `None`."""
    try:
        return kind.model_validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        fields = kind.model_fields.items()
        known = tuple(info.alias or name for name, info in fields)
        problems.extend(validation_problems(error, place, known))
        return None


def unknown_keys(
    data: Mapping[str, object], known: tuple[str, ...], place: Path = ()
) -> Iterable[Problem]:
    """Yield a problem for each key that is not one of `known`, with the likely right one."""
    for key in data:
        if key not in known:
            advice = suggestion(key, known)
            yield Problem(
                message("rubric.unknown_key", key=key, advice=advice),
                place=path_text((*place, key)),
                fix=message("rubric.unknown_key_fix", advice=advice),
            )
