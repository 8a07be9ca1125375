"""Both languages are there, each free of the other's characters and of copied references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from assessor.rubrics.base import LocalText

_CJK = r"[㐀-䶿一-鿿]"
_HALF_WIDTH = re.compile(
    rf"{_CJK}\s*[,;:!?()\"'](?=\s|{_CJK}|$)|[,;:!?(]\s*{_CJK}|{_CJK}\.(?:\s|$)"
)
_FOREIGN = re.compile(r"[㐀-䶿一-鿿　-〿＀-￯“”‘’]")
_ADDRESS = re.compile(r"https?:|www\.|://", re.IGNORECASE)


def texts(value: object, path: str = "") -> Iterator[tuple[str, LocalText]]:
    """Yield every bilingual text below `value` with its place."""
    if isinstance(value, LocalText):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, f"{path}[{key}]")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from texts(item, f"{path}[{number}]")


def test_chinese_uses_full_width_punctuation(pair):
    faults = [(p, t.zh) for p, t in texts(pair.rubric) if _HALF_WIDTH.search(t.zh)]
    assert faults == []


def test_english_has_no_chinese_characters_or_punctuation(pair):
    faults = [(p, t.en) for p, t in texts(pair.rubric) if _FOREIGN.search(t.en)]
    assert faults == []


def test_chinese_is_chinese(pair):
    """Only marks that are the same everywhere, such as %, may lack a Chinese character."""
    bare = {t.zh for _, t in texts(pair.rubric) if not re.search(_CJK, t.zh)}
    assert bare <= {"%"}


def test_no_address_or_finding_place_is_copied(pair):
    assert not _ADDRESS.search(pair.text)
    for key in ("url", "locator", "line_number"):
        assert f'"{key}"' not in pair.text


def test_every_source_is_used(pair):
    used = set(re.findall(r'^ *"([^"]+)",?$', pair.text, re.MULTILINE))
    assert {source.id for source in pair.rubric.sources} - used == set()


def test_wanted_evidence_is_named_without_a_full_stop(pair):
    """They are names of things, printed in lists."""
    for owner in (*pair.rubric.every_criterion, *pair.rubric.gates):
        for wanted in owner.evidence:
            assert not wanted.text.zh.endswith("。"), owner.id
            assert not wanted.text.en.endswith("."), owner.id
