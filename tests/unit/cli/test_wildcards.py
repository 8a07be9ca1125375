"""Windows' shells leave patterns to the program."""

from __future__ import annotations

from pathlib import Path

from assessor.cli.app import _expanded


def test_patterns_become_the_files_they_mean(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.xlsx", "c.pdf"):
        (tmp_path / name).touch()
    expanded = _expanded(["verify", str(tmp_path / "*.xlsx"), "--json"])
    assert expanded == ["verify", str(tmp_path / "a.xlsx"), str(tmp_path / "b.xlsx"), "--json"]


def test_a_pattern_without_files_and_plain_words_stay(tmp_path: Path) -> None:
    pattern = str(tmp_path / "?.xlsx")
    assert _expanded(["verify", pattern, "--text"]) == ["verify", pattern, "--text"]
