"""The catalogue is complete in both languages, and code and catalogue name the same entries."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from assessor import i18n

PACKAGE = Path(i18n.__file__).parent
KEY = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
ANYTHING = re.compile("(.+)")
CHINESE = re.compile("[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")
# The functions of i18n whose first argument is a key.
TAKERS = {"message", "text", "Message", "tr"}


def entries() -> dict[str, dict[str, str]]:
    """Every entry of the catalogue by its full key."""
    return {
        f"{domain}.{name}": dict(entry)
        for domain in i18n.domains()
        for name, entry in i18n.domain(domain).items()
    }


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


# --- the catalogue --------------------------------------------------------------------------------


def test_there_is_a_catalogue() -> None:
    assert i18n.domains()
    assert entries()


@pytest.mark.parametrize("domain", i18n.domains())
def test_every_entry_is_complete(domain: str) -> None:
    for name, entry in i18n.domain(domain).items():
        assert set(entry) == set(i18n.LANGUAGES), name
        assert all(text.strip() for text in entry.values()), name


@pytest.mark.parametrize("domain", i18n.domains())
def test_both_languages_fill_the_same_placeholders(domain: str) -> None:
    for name, entry in i18n.domain(domain).items():
        assert placeholders(entry["zh"]) == placeholders(entry["en"]), name
        assert all(found.isidentifier() for found in placeholders(entry["zh"])), name


@pytest.mark.parametrize("domain", i18n.domains())
def test_english_is_english(domain: str) -> None:
    chinese = [name for name, entry in i18n.domain(domain).items() if CHINESE.search(entry["en"])]
    assert chinese == []


# --- how code names entries -----------------------------------------------------------------------


@dataclass(frozen=True)
class Uses:
    """What sources say about keys.

    `given` are the literal keys handed to a function of i18n, `literals` all string literals and
    names of fields, `patterns` the keys put together at run time, with a group for each part that
    varies.
    """

    given: frozenset[str]
    literals: frozenset[str]
    patterns: frozenset[re.Pattern[str]]

    def names(self, key: str) -> bool:
        """Tell whether the sources name `key`, as a whole or in parts that all stand in them."""
        if key in self.literals:
            return True
        found = (pattern.fullmatch(key) for pattern in self.patterns)
        return any(match and set(match.groups()) <= self.literals for match in found)


def pattern_of(parts: list[ast.expr]) -> re.Pattern[str] | None:
    """The keys an f-string can make, None when it does not begin with a domain of the catalogue."""
    first = parts[0]
    if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return None
    if first.value.partition(".")[0] not in i18n.domains() or "." not in first.value:
        return None
    pieces = [
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else ANYTHING.pattern
        for part in parts
    ]
    return re.compile("".join(pieces))


def joined(node: ast.AST) -> list[ast.expr]:
    """The parts of an f-string or of a sum of two, in order; empty for anything else."""
    if isinstance(node, ast.JoinedStr):
        return node.values
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [node.left, node.right]
    return []


def name_of(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def keys_given(node: ast.AST) -> Iterator[str]:
    """The literal key a call hands to a function of i18n."""
    if isinstance(node, ast.Call) and name_of(node.func) in TAKERS and node.args:
        key = node.args[0]
        if (
            isinstance(key, ast.Constant)
            and isinstance(key.value, str)
            and KEY.fullmatch(key.value)
        ):
            yield key.value


def uses(sources: list[str]) -> Uses:
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    constants = {node.value for node in nodes if isinstance(node, ast.Constant)}
    fields = {
        node.target.id
        for node in nodes
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    patterns = {pattern_of(parts) for node in nodes if (parts := joined(node))}
    return Uses(
        given=frozenset(key for node in nodes for key in keys_given(node)),
        literals=frozenset(value for value in constants if isinstance(value, str)) | fields,
        patterns=frozenset(pattern for pattern in patterns if pattern),
    )


@cache
def uses_of_the_package() -> Uses:
    return uses([path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))])


def test_every_key_in_code_is_in_the_catalogue() -> None:
    assert sorted(uses_of_the_package().given - entries().keys()) == []


def test_every_entry_is_used() -> None:
    assert [key for key in entries() if not uses_of_the_package().names(key)] == []


def test_the_scan_tells_used_from_unused() -> None:
    domain = i18n.domains()[0]
    found = uses(
        [f'message("{domain}.whole")', f'text(f"{domain}.part_{{kind}}", "zh")', 'KIND = "low"']
    )
    assert found.given == {f"{domain}.whole"}
    assert found.names(f"{domain}.whole")
    assert found.names(f"{domain}.part_low")
    assert not found.names(f"{domain}.part_high")
    assert not found.names(f"{domain}.other")


# --- the functions --------------------------------------------------------------------------------


def some_key(with_placeholder: bool) -> str:
    return next(
        key
        for key, entry in entries().items()
        if bool(placeholders(entry["zh"])) == with_placeholder
    )


def test_an_unknown_key_is_refused_where_it_is_made() -> None:
    domain = i18n.domains()[0]
    with pytest.raises(KeyError):
        i18n.message(f"{domain}.there_is_no_such_entry")


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(KeyError):
        i18n.text(some_key(with_placeholder=True), "zh")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_message_inside_another_takes_its_language(language: i18n.Language) -> None:
    inner = i18n.message(some_key(with_placeholder=False))
    outer = some_key(with_placeholder=True)
    names = placeholders(entries()[outer]["zh"])
    said = i18n.render(i18n.message(outer, **dict.fromkeys(names, inner)), language)
    assert i18n.render(inner, language) in said
