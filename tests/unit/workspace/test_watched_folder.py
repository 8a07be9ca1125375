"""A watched folder: what was there is not new, what is half copied waits, each file comes once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assessor.errors import AssessorError
from assessor.workspace import watched_folder
from assessor.workspace.watched_folder import FolderState, scan


def put(folder: Path, name: str, data: bytes = b"picture", at: int = 1) -> Path:
    path = folder / name
    path.write_bytes(data)
    os.utime(path, (at, at))
    return path


def test_what_lies_there_at_the_first_look_is_not_new(tmp_path: Path) -> None:
    old = put(tmp_path, "old.jpg")
    first = scan(tmp_path, FolderState())
    assert first.new == ()
    assert first.earlier == (old,)
    assert scan(tmp_path, first.state).new == ()


def test_a_new_picture_comes_once_when_it_stayed_the_same(tmp_path: Path) -> None:
    state = scan(tmp_path, FolderState()).state
    path = put(tmp_path, "IMG_2.HEIC", b"half")
    looked = scan(tmp_path, state)
    assert looked.new == ()
    put(tmp_path, "IMG_2.HEIC", b"whole picture", at=2)
    looked = scan(tmp_path, looked.state)
    assert looked.new == ()
    looked = scan(tmp_path, looked.state)
    assert looked.new == (path,)
    assert scan(tmp_path, looked.state).new == ()


def test_a_picture_put_under_a_known_name_is_new(tmp_path: Path) -> None:
    put(tmp_path, "IMG_1.jpg")
    state = scan(tmp_path, FolderState()).state
    path = put(tmp_path, "IMG_1.jpg", b"another picture", at=5)
    state = scan(tmp_path, state).state
    assert scan(tmp_path, state).new == (path,)


def test_other_files_empty_ones_and_folders_are_left_alone(tmp_path: Path) -> None:
    state = scan(tmp_path, FolderState()).state
    put(tmp_path, "notes.txt")
    put(tmp_path, ".hidden.jpg")
    put(tmp_path, "empty.jpg", b"")
    (tmp_path / "folder.jpg").mkdir()
    state = scan(tmp_path, state).state
    assert scan(tmp_path, state).new == ()


def test_a_folder_that_went_is_said_by_name(tmp_path: Path) -> None:
    with pytest.raises(AssessorError, match="camera"):
        scan(tmp_path / "camera", FolderState())


def test_a_folder_of_a_whole_life_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watched_folder, "MOST_FILES", 2)
    for number in range(3):
        put(tmp_path, f"{number}.jpg")
    with pytest.raises(AssessorError):
        scan(tmp_path, FolderState())
