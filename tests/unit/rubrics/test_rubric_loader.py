"""Reading rubric files: what is accepted, and what is said of everything else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from assessor.canonical import digest_of
from assessor.errors import AssessorError, Problem, ProblemsError
from assessor.i18n import LANGUAGES, render
from assessor.rubrics import loader
from assessor.rubrics.json_text import MAX_DEPTH, MAX_FAULTS, MAX_ITEMS, read_plain, scan
from assessor.rubrics.loader import load, loads
from assessor.rubrics.refusals import MAX_PROBLEMS

Change = Callable[[Mapping[str, Any]], bytes]


def problems_of(content: bytes) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as caught:
        loads(content, "x.json")
    for problem in caught.value.problems:
        for language in LANGUAGES:
            assert render(problem.message, language)
            assert problem.fix is not None
            assert render(problem.fix, language)
    assert str(len(caught.value.problems)) in caught.value.text("en")
    return caught.value.problems


def test_a_clean_file_loads_with_its_digest(ten_items: bytes) -> None:
    loaded = loads(ten_items, "ten_items.json")
    assert loaded.rubric.id == "ten-items"
    assert loaded.data == json.loads(ten_items)
    assert loaded.digest == digest_of(json.loads(ten_items))


def test_layout_key_order_escapes_and_bom_do_not_change_the_digest(ten_items: bytes) -> None:
    data = json.loads(ten_items)
    backwards = json.dumps(dict(reversed(data.items())), ensure_ascii=True, indent=4)
    other = loads(b"\xef\xbb\xbf" + backwards.encode(), "x.json")
    assert other.digest == loads(ten_items, "x.json").digest


def test_a_number_where_a_decimal_string_belongs(ten_items: bytes) -> None:
    (problem,) = problems_of(ten_items.replace(b'"3.33"', b"3.33"))
    lines = ten_items.decode().splitlines()
    line = next(at for at, text in enumerate(lines, start=1) if '"3.33"' in text)
    column = lines[line - 1].index('"3.33"') + 1
    assert problem.file == f"x.json:{line}:{column}"
    assert (problem.place, problem.subject) == ("criteria[3].rule.options[1].value", "planning")
    assert problem.fix is not None
    assert '"3.33"' in render(problem.fix, "en")


FORMAT_FAULTS: list[tuple[dict[str, Any], str, str, str, str]] = [
    (
        {"criteria[0].wieght_provenance": {}},
        "unknown_key",
        "criteria[0].wieght_provenance",
        "nc_rate",
        "weight_provenance",
    ),
    (
        {"dimensions[0].children[1].nmae": {}},
        "unknown_key",
        "dimensions[0].children[1].nmae",
        "equipment",
        "name",
    ),
    (
        {"criteria[0].rule.curve.bins[0].hihg": "1"},
        "unknown_key",
        "criteria[0].rule.curve.bins[0].hihg",
        "nc_rate",
        "high",
    ),
    (
        {"criteria[0].rule.curve.binz": []},
        "unknown_key",
        "criteria[0].rule.curve.binz",
        "nc_rate",
        "bins",
    ),
    (
        {"gates[1].check.conditions": "a"},
        "unknown_key",
        "gates[1].check.conditions",
        "window",
        "condition",
    ),
    ({"criteria[3].title.en": "<remove>"}, "missing_key", "criteria[3].title.en", "planning", "en"),
    ({"criteria[3].rule.kind": "<remove>"}, "missing_key", "criteria[3].rule", "planning", "kind"),
    ({"outcomes": "<remove>"}, "missing_key", "outcomes", "", "outcomes"),
    ({"criteria[3].rule.kind": "level"}, "not_a_choice", "criteria[3].rule", "planning", "levels"),
    ({"gates[0].severity": "rejects"}, "not_a_choice", "gates[0].severity", "entity", "reject"),
    ({"criteria[3].minutes": "8"}, "wrong_type", "criteria[3].minutes", "planning", "whole"),
    ({"criteria[3].minutes": 0}, "out_of_range", "criteria[3].minutes", "planning", "1"),
    ({"criteria[3].title": "Planning"}, "wrong_type", "criteria[3].title", "planning", "object"),
    (
        {"criteria[3].profiles": "discrete"},
        "wrong_type",
        "criteria[3].profiles",
        "planning",
        "list",
    ),
    ({"criteria[3].number": 4}, "wrong_type", "criteria[3].number", "planning", "text"),
    ({"status.derived": "yes"}, "wrong_type", "status.derived", "", "true"),
    ({"criteria[3].maximum": 10}, "bare_decimal", "criteria[3].maximum", "planning", '"10"'),
    ({"criteria[3].maximum": "1e1"}, "bare_decimal", "criteria[3].maximum", "planning", "digits"),
    (
        {"criteria[3].maximum_by_profile": {"dis crete": "1"}},
        "bad_form",
        'criteria[3].maximum_by_profile["dis crete"]',
        "planning",
        "pattern",
    ),
    ({"id": "ten items"}, "bad_form", "id", "", "pattern"),
    ({"criteria[3].title.zh": "  "}, "blank", "criteria[3].title.zh", "planning", "text"),
    ({"criteria[3].profiles": []}, "too_few", "criteria[3].profiles", "planning", "1"),
]


@pytest.mark.parametrize("fault", FORMAT_FAULTS)
def test_what_does_not_fit_the_format(changed: Change, fault: tuple[Any, ...]) -> None:
    changes, name, place, subject, advice = fault
    (problem,) = problems_of(changed(changes))
    found = (problem.code, problem.place, problem.subject)
    assert found == (f"rubric.{name}", place, subject)
    assert problem.fix is not None
    assert advice in render(problem.fix, "en")
    line, column = (int(part) for part in problem.file.split(":")[1:])
    assert line >= 1
    assert column >= 1


def test_a_missing_key_points_at_what_it_is_missing_from(changed: Change) -> None:
    content = changed({"criteria[3].title.en": "<remove>"})
    (problem,) = problems_of(content)
    line = int(problem.file.split(":")[1])
    assert '"title": {' in content.decode().splitlines()[line - 1]
    assert "计划编制" in content.decode().splitlines()[line]


def test_all_problems_are_reported_at_once(changed: Change) -> None:
    content = changed({"id": "a b", "gates[0].severity": "no", "criteria[3].minutes": 0})
    content = content.replace(b'"3.33"', b"3.33").replace(b'"profile": "process"', b'"profile": 1')
    assert [problem.place for problem in problems_of(content)] == [
        "criteria[3].rule.options[1].value",
        "id",
        "criteria[3].minutes",
        "gates[0].severity",
        "golden[1].profile",
    ]


SYNTAX = [
    (b'{"a": 1, "a": 2}', "duplicate_key", "a", "1:10"),
    (b'{"a": NaN}', "json_not_finite", "a", "1:7"),
    (b'{"a": -Infinity}', "json_not_finite", "a", "1:7"),
    (b'{"a": 1.5}', "bare_decimal", "a", "1:7"),
    (b'{"a": 1e3}', "bare_decimal", "a", "1:7"),
    (b'{"a": 12345678901234567890}', "bare_decimal", "a", "1:7"),
    (b'{"a": "\\ud800"}', "json_surrogate", "a", "1:7"),
    (b'{\n "a": [1, 2\n}', "json_syntax", "a", "3:1"),
    (b'{"a" 1}', "json_syntax", "", "1:6"),
    (b'{"a": [1,]}', "json_no_value", "a[1]", "1:10"),
    (b"{\"a\": 'x'}", "json_no_value", "a", "1:7"),
    (b'{"a": yes}', "json_no_value", "a", "1:7"),
    (b'{"a": "x', "json_syntax", "a", "1:7"),
    (b"{} {}", "json_after_end", "", "1:4"),
    (b"", "json_no_value", "", "1:1"),
]


@pytest.mark.parametrize(("content", "name", "place", "where"), SYNTAX)
def test_what_is_not_strict_json(content: bytes, name: str, place: str, where: str) -> None:
    first = problems_of(content)[0]
    assert (first.code, first.place, first.file) == (f"rubric.{name}", place, f"x.json:{where}")


def test_deep_nesting_is_refused_without_exhausting_the_stack() -> None:
    for depth in (MAX_DEPTH + 1, 100_000):
        (problem,) = problems_of(b"[" * depth + b"]" * depth)
        assert problem.code == "rubric.json_deep"
    fits = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert read_plain(fits) == scan(fits).data


def test_floods_are_refused_before_they_fill_the_memory() -> None:
    many = b'{"criteria": [' + b",".join([b"{}"] * (MAX_ITEMS + 1)) + b"]}"
    (problem,) = problems_of(many)
    assert (problem.code, problem.place) == ("rubric.json_many", f"criteria[{MAX_ITEMS}]")
    decimals = b'{"a": [' + b",".join([b"1.5"] * MAX_ITEMS) + b"]}"
    assert len(problems_of(decimals)) == MAX_FAULTS
    empty = b'{"criteria": [' + b",".join([b"{}"] * MAX_ITEMS) + b"]}"
    assert len(problems_of(empty)) == MAX_PROBLEMS


def test_both_readers_agree(ten_items: bytes) -> None:
    text = ten_items.decode()
    found = scan(text)
    assert (found.data, found.faults) == (read_plain(text), ())
    assert text[found.offsets["criteria", 3, "rule", "options", 1, "value"] :].startswith('"3.33"')


def test_other_encodings_are_refused_with_their_place(ten_items: bytes) -> None:
    text = ten_items.decode()
    (problem,) = problems_of(text.encode("gb18030"))
    line = next(at for at, words in enumerate(text.splitlines(), start=1) if not words.isascii())
    assert problem.code == "rubric.not_utf8"
    assert problem.file.startswith(f"x.json:{line}:")


def test_a_file_of_a_newer_format_says_only_that(changed: Change) -> None:
    (problem,) = problems_of(changed({"format_version": 2, "news": []}))
    assert (problem.code, problem.place) == ("rubric.newer_format", "format_version")


def test_something_that_is_no_object_is_refused() -> None:
    assert problems_of(b"[1]")[0].code == "rubric.wrong_type"


def test_a_file_beyond_the_limit_is_refused(
    tmp_path: Path, ten_items: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "MAX_BYTES", 1000)
    assert problems_of(ten_items)[0].code == "rubric.too_large"
    path = tmp_path / "big.json"
    path.write_bytes(ten_items)
    with pytest.raises(ProblemsError) as caught:
        load(path)
    assert caught.value.problems[0].code == "rubric.too_large"


def test_a_file_that_cannot_be_read_is_the_users_matter(tmp_path: Path) -> None:
    with pytest.raises(AssessorError) as caught:
        load(tmp_path / "absent.json")
    assert "absent.json" in caught.value.text("en")
    assert "absent.json" in caught.value.text("zh")
