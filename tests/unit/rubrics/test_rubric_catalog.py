"""Finding rubrics in several folders, by id, version and digest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from assessor.errors import AssessorError, ProblemsError
from assessor.rubrics.catalog import get, list_rubrics
from assessor.rubrics.loader import loads

Change = Callable[[Mapping[str, Any]], bytes]


@pytest.fixture
def folders(tmp_path: Path, changed: Change) -> tuple[Path, Path]:
    """Two folders: version 1.2.0 in the first; its copy and 1.10.0 in the second."""
    own, theirs = tmp_path / "own", tmp_path / "theirs"
    own.mkdir()
    theirs.mkdir()
    (own / "a.json").write_bytes(changed({"version": "1.2.0"}))
    (own / "schema.json").write_text("{}", encoding="utf-8")
    (theirs / "a.json").write_bytes(changed({"version": "1.2.0"}))
    (theirs / "b.json").write_bytes(changed({"version": "1.10.0"}))
    return own, theirs


def test_copies_are_listed_once_and_the_newest_first(folders: tuple[Path, Path]) -> None:
    entries = list_rubrics(folders)
    assert [(entry.version, entry.path.parent.name) for entry in entries] == [
        ("1.10.0", "theirs"),
        ("1.2.0", "own"),
    ]
    assert all(entry.title and entry.digest and not entry.problems for entry in entries)


def test_the_newest_version_is_meant_unless_another_is_named(folders: tuple[Path, Path]) -> None:
    assert get("ten-items", folders=folders).rubric.version == "1.10.0"
    older = get("ten-items", version="1.2.0", folders=folders)
    assert older.rubric.version == "1.2.0"
    assert get("ten-items", digest=older.digest, folders=folders).digest == older.digest


def test_what_is_not_there_is_said_with_what_is(folders: tuple[Path, Path]) -> None:
    with pytest.raises(AssessorError, match="ten-items") as caught:
        get("ten-item", folders=folders)
    assert "ten-items" in caught.value.text("en")
    with pytest.raises(AssessorError) as caught:
        get("ten-items", version="3.0.0", folders=folders)
    assert "1.10.0" in caught.value.text("en")
    with pytest.raises(AssessorError) as caught:
        get("ten-items", digest="0" * 64, folders=folders)
    assert "000000000000" in caught.value.text("zh")
    with pytest.raises(AssessorError):
        get("ten-items", folders=())


def test_two_contents_of_one_version_are_said(folders: tuple[Path, Path], changed: Change) -> None:
    other = changed({"version": "1.2.0", "summary.en": "Something else"})
    (folders[1] / "c.json").write_bytes(other)
    doubtful = [entry for entry in list_rubrics(folders) if entry.version == "1.2.0"]
    assert [[p.code for p in entry.problems] for entry in doubtful] == [
        ["rubric.two_contents"],
        ["rubric.two_contents"],
    ]
    assert {p.severity for entry in doubtful for p in entry.problems} == {"warning"}
    digest = loads(other, "c.json").digest
    assert get("ten-items", digest=digest, folders=folders).digest == digest
    assert get("ten-items", version="1.2.0", folders=folders).digest != digest


def test_a_broken_file_is_listed_with_its_problems(folders: tuple[Path, Path]) -> None:
    (folders[1] / "broken.json").write_text('{"id": "ten-items"', encoding="utf-8")
    broken = [entry for entry in list_rubrics(folders) if entry.loaded is None]
    assert [(entry.id, entry.path.name) for entry in broken] == [("broken", "broken.json")]
    assert broken[0].problems[0].code == "rubric.json_syntax"
    assert get("ten-items", folders=folders).rubric.version == "1.10.0"
    with pytest.raises(ProblemsError):
        get("broken", folders=folders)


def test_the_shipped_folders_are_the_default() -> None:
    assert all(entry.path.name != "schema.json" for entry in list_rubrics())
