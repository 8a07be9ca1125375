"""Registers as the window reads them, and the files their lines are about."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from assessor.errors import AssessorError
from assessor.workspace.bureau_register import (
    file_behind,
    make_register,
    quarantine_of,
    read_register,
    visit_record,
)
from assessor.workspace.bureau_survey import Scope, survey_register
from tests.ui.bureau_city import WORKSHOP, build_register

SIZE = 14


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_register(tmp_path_factory.mktemp("city") / "city.register", SIZE)


def test_a_new_register_is_empty_and_replaces_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new.register"
    make_register(path)
    assert (read_register(path).visits, read_register(path).log) == ((), ())
    with pytest.raises(AssessorError):
        make_register(path)


def test_a_register_is_read_with_all_revisions_and_the_latest_line_first(city: Path) -> None:
    snapshot = read_register(city)
    assert snapshot.info.visits == sum(row.newest for row in snapshot.visits) == SIZE
    assert len(snapshot.visits) > SIZE
    numbers = [line.number for line in snapshot.log]
    assert numbers == sorted(numbers, reverse=True)
    assert WORKSHOP in snapshot.rubrics


def test_one_visit_comes_with_its_figures_and_a_strange_one_is_refused(city: Path) -> None:
    assert visit_record(city, "visit-1", 2).revision == 2
    with pytest.raises(AssessorError):
        visit_record(city, "visit-1", 9)


def test_the_file_behind_a_line_is_found_by_its_bytes(tmp_path: Path) -> None:
    folder, register = tmp_path / "in", tmp_path / "city.register"
    path = folder / "北仑" / "a.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"first")
    first, other = (sha256(data).hexdigest() for data in (b"first", b"other"))
    assert file_behind("北仑/a.xlsx", first, (folder,), register) == path
    assert file_behind("in/北仑/a.xlsx", first, (folder,), register) == folder.parent / (
        "in/北仑/a.xlsx"
    )
    assert file_behind("北仑/a.xlsx", other, (folder,), register) is None
    kept = quarantine_of(register) / f"{other[:12]}-a.xlsx"
    kept.parent.mkdir()
    kept.write_bytes(b"other")
    assert file_behind("北仑/a.xlsx", other, (folder,), register) == kept


def test_a_survey_is_about_its_scope(city: Path) -> None:
    whole = survey_register(city, Scope())
    assert whole.rubric == WORKSHOP
    assert len(whole.visits) == SIZE
    assert len(whole.roster) == SIZE + 6
    part = survey_register(city, Scope(district="北仑区"))
    assert {visit.district for visit in part.visits.values()} == {"北仑区"}
    assert part.offered == whole.offered
    assert {one.expected.district for one in part.roster} == {"北仑区"}


def test_an_empty_register_has_no_figures(tmp_path: Path) -> None:
    path = tmp_path / "new.register"
    make_register(path)
    found = survey_register(path, Scope(rubric="gone"))
    assert (found.rubric, dict(found.visits), found.found.histogram) == ("", {}, ())
