"""Help is shown without loading what only the work itself needs."""

from __future__ import annotations

import pytest

from benchmarks.help_time import HEAVY, RECORDS, loaded_by


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_loads_no_heavy_library(language: str) -> None:
    loaded = loaded_by("--ui-lang", language, "--help")
    assert "typer" in loaded
    assert not loaded & {*HEAVY, *RECORDS}


@pytest.mark.parametrize("command", ["score", "report", "template", "rubric"])
def test_help_of_a_command_loads_no_library_for_files(command: str) -> None:
    assert not loaded_by(command, "--help") & set(HEAVY)


def test_what_a_command_loads_is_seen() -> None:
    assert "pydantic" in loaded_by("rubric", "list")
