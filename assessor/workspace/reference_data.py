"""Lists people choose from: industries of GB/T 4754, districts and clusters of Ningbo.

The lists help to fill a form in; a record may hold something else, so nothing is refused here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from assessor.i18n import Language
from assessor.rubrics.base import LocalText, Model, Words

CODE_LENGTH = 4
MOST_HITS = 50

AreaKind = Literal["district", "zone"]
ClusterKind = Literal["cluster", "chain"]


@dataclass(frozen=True, slots=True)
class Industry:
    """A four-digit class of GB/T 4754; `path` are the names above it, the widest first."""

    code: str
    name: str
    path: tuple[str, ...]


class Named(Model):
    """A name as it is recorded, with an English rendering for readers of English."""

    name: Words
    en: Words

    def pick(self, language: Language) -> str:
        """Return what to show in `language`: the recorded name always, its English after it."""
        return self.name if language == "zh" else f"{self.name} {self.en}"


class Area(Named):
    """A district or a functional zone; `attested` when the planning documents name it."""

    kind: AreaKind
    attested: bool


class Cluster(Named):
    """An industrial cluster, or one of the chains within."""

    kind: ClusterKind


class City(Model):
    """The areas and clusters of a city."""

    city: Words
    title: LocalText
    compiled: Words
    note: LocalText
    districts: tuple[Area, ...]
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True)
class Classification:
    """The classes of GB/T 4754 that a form asks for, with the standard's name and a note on it."""

    standard: str
    note: LocalText
    industries: tuple[Industry, ...]


@cache
def classification() -> Classification:
    """Return the industries in the order of their codes."""
    data = json.loads(_text("industries.json"))
    names: dict[str, str] = {}
    above: dict[str, str] = {}
    for code, name, *parent in data["entries"]:
        names[code] = name
        above[code] = parent[0] if parent else code[:-1]
    found = tuple(
        Industry(code, name, tuple(_path(code, names, above)))
        for code, name in names.items()
        if len(code) == CODE_LENGTH
    )
    return Classification(data["standard"], LocalText.model_validate(data["note"]), found)


@cache
def ningbo() -> City:
    """Return the areas and clusters of Ningbo."""
    return City.model_validate_json(_text("ningbo.json"))


def find_industry(code: str) -> Industry | None:
    """Return the industry with exactly this four-digit code."""
    return _by_code().get(code.strip())


def search_industries(wanted: str, most: int = MOST_HITS) -> tuple[Industry, ...]:
    """Return industries for what was typed: the beginning of a code, or words of a name.

    Several words must all occur, in the name or in the names above it. Names that begin with what
    was typed come first, then those that contain it, then those that are only below it.
    """
    words = wanted.split()
    if not words:
        return ()
    if len(words) == 1 and words[0].isascii() and words[0].isdigit():
        hits = [one for one in classification().industries if one.code.startswith(words[0])]
        return tuple(hits[:most])
    ranked = [
        (rank, at, one)
        for at, one in enumerate(classification().industries)
        if (rank := _rank(one, words)) is not None
    ]
    return tuple(one for _, _, one in sorted(ranked, key=lambda hit: hit[:2])[:most])


def _rank(industry: Industry, words: list[str]) -> int | None:
    everything = " ".join((industry.name, *industry.path))
    if not all(word in everything for word in words):
        return None
    if industry.name.startswith(words[0]):
        return 0
    return 1 if all(word in industry.name for word in words) else 2


def _path(code: str, names: dict[str, str], above: dict[str, str]) -> Iterator[str]:
    parent = above[code]
    if parent in names:
        yield from _path(parent, names, above)
        yield names[parent]


@cache
def _by_code() -> dict[str, Industry]:
    return {industry.code: industry for industry in classification().industries}


def _text(name: str) -> str:
    return (resources.files("assessor") / "reference" / name).read_text(encoding="utf-8")
