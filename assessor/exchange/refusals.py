"""What the models refuse in data from outside, said with its place and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assessor.errors import Problem, ProblemsError
from assessor.i18n import Message, message
from assessor.rubrics.json_text import Path, path_text
from assessor.rubrics.refusals import suggestion

MAX_SHOWN = 60

_KINDS = {
    "string_type": "text",
    "int_type": "whole",
    "bool_type": "truth",
    "tuple_type": "list",
    "dict_type": "object",
    "model_type": "object",
    "model_attributes_type": "object",
}
_LIMITS = {
    "greater_than_equal": "ge",
    "less_than_equal": "le",
    "string_too_long": "max_length",
}
_OWN_RULES = {
    "an answer is exactly one of option, options, none, inputs, na": "one_way",
    "not applicable needs a reason": "needs_reason",
    "a gate answer is pass or inputs": "empty_gate",
    "the visit ends before it begins": "dates_reversed",
}
"""The models' own conditions, by what they say when broken."""


def validation_problems(
    error: ValidationError, prefix: Path = (), known: tuple[str, ...] = ()
) -> tuple[Problem, ...]:
    """Return a problem for everything pydantic refused, in its order.

    `prefix` is the path of the refused data within its file; `known` are the keys of its outermost
    object, to suggest what an unknown key was meant to be.
    """
    details = error.errors(include_url=False)
    return tuple(_problem(detail, prefix, known) for detail in details)


def refused(name: str, problems: tuple[Problem, ...], **values: object) -> ProblemsError:
    """Return the error of the catalogue's entry `name`: how many problems, and the first.

    The entry may use `{count}` and `{first}` beside `values`; without problems the first reads as
    plainly unreadable.
    """
    first = located(problems[0]) if problems else message("exchange.not_readable")
    return ProblemsError(message(name, count=len(problems), first=first, **values), problems)


def located(problem: Problem) -> Message:
    """Return a problem as one sentence: where, what, and how to mend it when that is known."""
    where = problem.place or problem.file
    if problem.fix is None:
        return message("exchange.at_place", place=where, what=problem.message)
    return message("exchange.at_place_fix", place=where, what=problem.message, fix=problem.fix)


def _problem(detail: ErrorDetails, prefix: Path, known: tuple[str, ...]) -> Problem:
    path = (*prefix, *(step for step in detail["loc"] if step != "[key]"))
    top = len(detail["loc"]) == 1
    text, fix = _words(detail, str(path[-1]) if path else "", known if top else ())
    return Problem(text, place=path_text(path), fix=fix)


def _words(detail: ErrorDetails, last: str, known: tuple[str, ...]) -> tuple[Message, Message]:
    kind, found = detail["type"], _short(detail["input"])
    if kind == "missing":
        return _pair("missing_key", key=last)
    if kind == "extra_forbidden":
        advice = suggestion(last, known) if known else message("exchange.see_format")
        return _pair("unknown_key", key=last, advice=advice)
    if kind in _KINDS:
        return _pair("wrong_type", wanted=message(f"rubric.type_{_KINDS[kind]}"), found=found)
    return _value_words(kind, detail.get("ctx", {}), found)


def _value_words(kind: str, context: Mapping[str, object], found: str) -> tuple[Message, Message]:
    if kind == "value_error":
        rule = _OWN_RULES.get(str(context["error"]))
        if rule:
            return message(f"exchange.{rule}"), message(f"exchange.{rule}_fix")
        return _pair("bare_decimal", value=found)
    if kind == "literal_error":
        return _pair("not_a_choice", found=found, expected=str(context["expected"]))
    if kind == "string_pattern_mismatch":
        return _pair("bad_form", found=found, pattern=context["pattern"])
    if kind.startswith("date_"):
        return message("exchange.bad_date", found=found), message("answer.write_date")
    return _size_words(kind, context, found)


def _size_words(kind: str, context: Mapping[str, object], found: str) -> tuple[Message, Message]:
    if kind == "too_short":
        return _pair("too_few", minimum=context["min_length"], actual=context["actual_length"])
    if kind == "string_too_short":
        return _pair("blank")
    if kind in _LIMITS:
        return _pair("out_of_range", found=found, limit=context[_LIMITS[kind]])
    text = message("rubric.unfitting", found=found, code=kind)
    return text, message("exchange.see_format")


def _pair(name: str, **values: object) -> tuple[Message, Message]:
    return message(f"rubric.{name}", **values), message(f"rubric.{name}_fix", **values)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
