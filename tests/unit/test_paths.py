"""Where the program looks for its own data."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor import paths

HOME = Path("home") / "li"


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("win32", {"APPDATA": "roaming"}, Path("roaming") / "Assessor"),
        ("win32", {}, HOME / "AppData" / "Roaming" / "Assessor"),
        ("darwin", {}, HOME / "Library" / "Application Support" / "Assessor"),
        ("linux", {}, HOME / ".local" / "share" / "assessor"),
        ("linux", {"XDG_DATA_HOME": "not/absolute"}, HOME / ".local" / "share" / "assessor"),
    ],
)
def test_user_folder(platform: str, environ: dict[str, str], expected: Path) -> None:
    assert paths.user_folder(environ, platform, HOME) == expected


def test_user_folder_follows_xdg(tmp_path: Path) -> None:
    environ = {"XDG_DATA_HOME": str(tmp_path)}
    assert paths.user_folder(environ, "linux", HOME) == tmp_path / "assessor"


def test_rubrics_are_sought_in_package_checkout_and_user_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled, root, user = tmp_path / "_data", tmp_path / "root", tmp_path / "user"
    for folder in (bundled, root, user):
        (folder / "rubrics").mkdir(parents=True)
    monkeypatch.setattr(paths, "_BUNDLED", bundled)
    monkeypatch.setattr(paths, "repository_folder", lambda: root)
    monkeypatch.setattr(paths, "user_folder", lambda: user)
    expected = [folder / "rubrics" for folder in (bundled, root, user)]
    assert list(paths.rubric_folders()) == expected
    (bundled / "rubrics").rmdir()
    assert list(paths.rubric_folders()) == expected[1:]


def test_a_built_program_has_no_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "site-packages" / "assessor")
    monkeypatch.setattr(paths, "_BUNDLED", tmp_path / "site-packages" / "assessor" / "_data")
    assert paths.repository_folder() is None
    assert paths.samples_folder() is None


def test_the_checkout_is_recognised() -> None:
    assert paths.repository_folder() == Path(__file__).resolve().parents[2]
