"""Every figure of a rubric with the claim how it is founded, found by walking the models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assessor.rubrics.base import LocalText, Model, decimal_to_text
from assessor.rubrics.models import Rubric
from assessor.rubrics.provenance import Provenance
from assessor.rubrics.rule_models import Bin

_NAMES = ("title", "name", "text")
_SUFFIX = "provenance"
_OWN = {"weight_provenance": "maximum", "count_provenance": "count_shares"}
"""Whose claim it is where a model has several: the beginning of the fields it speaks of."""


@dataclass(frozen=True)
class Founded:
    """Figures with one claim: where they stand, by field, as they are written."""

    number: str
    titles: tuple[LocalText, ...]
    provenance: Provenance
    figures: tuple[tuple[tuple[str, ...], str], ...]


def founded_figures(rubric: Rubric) -> Iterator[Founded]:
    """Yield the figures of a rubric part by part, in its order; golden cases are left out."""
    here = Founded("", (), Provenance(basis="derived"), ())
    for name in type(rubric).model_fields:
        if name not in ("golden", "sources"):
            yield from _inside(getattr(rubric, name), here)


def _inside(value: object, above: Founded) -> Iterator[Founded]:
    if isinstance(value, tuple):
        for one in value:
            yield from _inside(one, above)
    elif isinstance(value, Model) and not isinstance(value, (LocalText, Provenance)):
        yield from _model(value, above)


def _model(model: Model, above: Founded) -> Iterator[Founded]:
    here = _named(model, above)
    claims = {
        name: claim
        for name in type(model).model_fields
        if name.endswith(_SUFFIX) and isinstance(claim := getattr(model, name), Provenance)
    }
    own = claims.get(_SUFFIX, here.provenance)
    here = replace(here, provenance=own)
    for name, claim in claims.items():
        figures = tuple(_figures(model, name, claims))
        if figures:
            yield replace(here, provenance=claim, figures=figures)
    for name in type(model).model_fields:
        if _claim_of(name, claims) is None or _has_claim(getattr(model, name)):
            yield from _inside(getattr(model, name), here)


def _named(model: Model, above: Founded) -> Founded:
    """Return where the parts of a model stand; one without a name stands where its owner does."""
    own = [words for name in _NAMES if isinstance(words := getattr(model, name, None), LocalText)]
    titles = (*above.titles[:1], *own[:1])
    number = getattr(model, "number", None)
    return replace(above, titles=titles, number=number if isinstance(number, str) else above.number)


def _figures(
    model: Model, claim: str, claims: dict[str, Provenance]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the figures of a model that one of its claims speaks of."""
    for name in type(model).model_fields:
        if _claim_of(name, claims) == claim:
            yield from _values((name,), getattr(model, name))


def _claim_of(name: str, claims: dict[str, Provenance]) -> str | None:
    """Return which of a model's claims speaks of a field, `None` for none."""
    for claim, start in _OWN.items():
        if claim in claims and name.startswith(start):
            return claim
    prefix = name.partition("_")[0]
    if f"{prefix}_{_SUFFIX}" in claims:
        return f"{prefix}_{_SUFFIX}"
    return _SUFFIX if _SUFFIX in claims else None


def _has_claim(value: object) -> bool:
    """Whether somewhere in a value there is a claim of its own."""
    if isinstance(value, tuple):
        return any(_has_claim(one) for one in value)
    if not isinstance(value, Model) or isinstance(value, (LocalText, Provenance)):
        return False
    return any(
        name.endswith(_SUFFIX) or _has_claim(getattr(value, name))
        for name in type(value).model_fields
    )


def _values(path: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the decimals in a value that has no claim of its own."""
    if isinstance(value, Decimal):
        yield path, decimal_to_text(value)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _values((*path, key), one)
    elif isinstance(value, tuple):
        yield from _row_values(path, value)
    elif isinstance(value, Model) and not _has_claim(value):
        for name in type(value).model_fields:
            yield from _values((*path, name), getattr(value, name))


def _row_values(
    path: tuple[str, ...], value: tuple[object, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield a list as one figure: `0 = 0, 50 = 0.5, 90 = 1`."""
    parts = []
    for one in value:
        if _has_claim(one):
            return
        figures = _stretch(one) or [words for _, words in _values((), one)]
        parts += [" = ".join(figures)] if figures else []
    if parts:
        yield path, ", ".join(parts)


def _stretch(one: object) -> list[str]:
    """Return a stretch between two ends as an interval, open or closed, and what it is worth."""
    if not isinstance(one, Bin):
        return []
    low = "-∞" if one.low is None else decimal_to_text(one.low)
    high = "+∞" if one.high is None else decimal_to_text(one.high)
    ends = ("[" if one.low_closed else "(", "]" if one.high_closed else ")")
    return [f"{ends[0]}{low}, {high}{ends[1]}", decimal_to_text(one.share)]
