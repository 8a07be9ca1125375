"""What the models refuse, said so that the author of a rubric can mend it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assessor.errors import Problem
from assessor.i18n import Message, message
from assessor.rubrics.json_text import Path, path_text
from assessor.rubrics.schema import known_keys

MAX_PROBLEMS = 200
MAX_SHOWN = 60
MAX_NAMED = 12
_KINDS = {
    "string_type": "text",
    "int_type": "whole",
    "bool_type": "truth",
    "tuple_type": "list",
    "dict_type": "object",
    "model_type": "object",
    "model_attributes_type": "object",
}
_LIMITS = {"greater_than_equal": "ge", "less_than_equal": "le"}


def format_problems(error: ValidationError, data: object) -> list[Problem]:
    """Return a problem for everything pydantic refused in `data`, in its order, at most 200."""
    details = error.errors(include_url=False, include_context=True)
    return [_problem(detail, data) for detail in details[:MAX_PROBLEMS]]


def suggestion(word: str, known: tuple[str, ...]) -> Message:
    """Return what to write instead of `word`: the nearest known word, else all that are known."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return message("rubric.did_you_mean", near=near[0])
    if not known:
        return message("rubric.none_known")
    shown = ", ".join(known[:MAX_NAMED]) + (" …" if len(known) > MAX_NAMED else "")
    return message("rubric.known_are", known=shown)


def subject_at(path: Path, data: object) -> str:
    """Return the id of the outermost part of the rubric on the way to `path`, or nothing."""
    for step in path:
        if isinstance(data, dict) and step in data:
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            if isinstance(data, dict) and isinstance(data.get("id"), str):
                return str(data["id"])
    return ""


def _problem(detail: ErrorDetails, data: object) -> Problem:
    path = _path(detail["loc"], data)
    text, fix = _words(detail, path, data)
    return Problem(text, place=path_text(path), subject=subject_at(path, data), fix=fix)


def _path(location: Path, data: object) -> Path:
    """Return the JSON path of pydantic's location, which also names the kinds of unions."""
    path: Path = ()
    value = data
    tagged = False
    for step in location:
        tag = not tagged and isinstance(value, dict) and value.get("kind") == step
        tagged = tag
        if not tag and step != "[key]":
            path = (*path, step)
            value = _step(value, step)
    return path


def _step(value: object, step: str | int) -> object:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _words(detail: ErrorDetails, path: Path, data: object) -> tuple[Message, Message]:
    kind = detail["type"]
    last = str(path[-1]) if path else ""
    if kind == "missing":
        return _pair("missing_key", key=last)
    if kind == "extra_forbidden":
        advice = suggestion(last, known_keys(path[:-1], data))
        return _pair("unknown_key", key=last, advice=advice)
    return _value_words(detail, _short(detail["input"]))


def _value_words(detail: ErrorDetails, found: str) -> tuple[Message, Message]:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _KINDS:
        wanted = message(f"rubric.type_{_KINDS[kind]}")
        return _pair("wrong_type", wanted=wanted, found=found)
    if kind == "value_error":
        return _pair("bare_decimal", value=found)
    if kind in ("literal_error", "union_tag_invalid"):
        expected = context.get("expected") or context.get("expected_tags")
        return _pair("not_a_choice", found=found, expected=str(expected).replace("'", '"'))
    if kind == "union_tag_not_found":
        return _pair("missing_key", key="kind")
    if kind == "string_pattern_mismatch":
        return _pair("bad_form", found=found, pattern=context["pattern"])
    return _size_words(kind, context, found)


def _size_words(kind: str, context: Mapping[str, object], found: str) -> tuple[Message, Message]:
    if kind == "too_short":
        return _pair("too_few", minimum=context["min_length"], actual=context["actual_length"])
    if kind == "string_too_short":
        return _pair("blank")
    if kind in _LIMITS:
        return _pair("out_of_range", found=found, limit=context[_LIMITS[kind]])
    return _pair("unfitting", found=found, code=kind)


def _pair(name: str, **values: object) -> tuple[Message, Message]:
    return message(f"rubric.{name}", **values), message(f"rubric.{name}_fix", **values)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
