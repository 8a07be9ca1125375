"""Languages and the one message catalogue of core, command line and window.

A sentence for people never stands in code. Code makes a `Message` (a key and its values); whoever
shows it asks `render` for the words in a language. The catalogue is
`assessor/locale/<domain>.toml`: the first part of a key names the file, each entry holds both
languages side by side::

    [duplicate_id]
    zh = "编号 {id} 重复"
    en = "The id {id} is used twice"

so `Message("rubric.duplicate_id", {"id": "a1"})` reads the table `duplicate_id` of `rubric.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal, Protocol, runtime_checkable

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
DEFAULT_LANGUAGE: Language = "zh"


@runtime_checkable
class Localized(Protocol):
    """Anything that carries its own translations, such as a text of a rubric."""

    def pick(self, language: Language) -> str:
        """Return the text in `language`."""


@dataclass(frozen=True)
class Message:
    """A sentence for people, not yet in any language.

    `key` is `<domain>.<name>`; `values` fill the placeholders and may themselves be messages or
    `Localized` texts, which are put into the same language.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def pick(self, language: Language) -> str:
        """Return the sentence in `language`, so that a message can stand inside another."""
        return render(self, language)


def message(key: str, /, **values: object) -> Message:
    """Make a `Message`; raises `KeyError` at once when the catalogue has no such key."""
    _entry(key)
    return Message(key, values)


def render(what: Message, language: Language) -> str:
    """Return the words of `what` in `language`.

    Raises `KeyError` when the key or a placeholder's value is missing: that is a defect of the
    program, not of its data, and the tests look for it.
    """
    template = _entry(what.key)[language]
    return template.format(
        **{name: _picked(value, language) for name, value in what.values.items()}
    )


def _picked(value: object, language: Language) -> object:
    # Asking for the protocol takes a hundred times as long, and most values are plain.
    if isinstance(value, str | int):
        return value
    return value.pick(language) if isinstance(value, Localized) else value


def text(key: str, language: Language, /, **values: object) -> str:
    """Return the catalogue's words for `key` in `language`: `message` and `render` in one."""
    return render(Message(key, values), language)


@cache
def domain(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the entries of one catalogue file: name -> language -> template."""
    source = resources.files("assessor") / "locale" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def domains() -> tuple[str, ...]:
    """Return the names of all catalogue files, sorted."""
    folder = resources.files("assessor") / "locale"
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def _entry(key: str) -> Mapping[str, str]:
    domain_name, _, name = key.partition(".")
    return domain(domain_name)[name]
