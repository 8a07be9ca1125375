"""Settings: kept exactly, refused or reset where they are wrong, never lost without a copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assessor.errors import AssessorError
from assessor.i18n import render
from assessor.settings import (
    LARGEST_FILE,
    MOST_RECENT,
    Settings,
    SettingsError,
    faulty,
    load_settings,
    save_settings,
    settings_path,
)

CHOSEN = Settings(
    language="en",
    theme="dark",
    touch=True,
    text_percent=130,
    author="王工",
    backup_folder="/backup",
    watched_folder="/photos",
    recent=("/visits/b.assessment", "/visits/a.assessment"),
)


def backups(folder: Path) -> list[Path]:
    return sorted(folder.glob("settings.*.backup.json"))


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    save_settings(CHOSEN, path)
    loaded = load_settings(path)
    assert (loaded.settings, loaded.notices) == (CHOSEN, ())
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path / "settings.json")
    assert (loaded.settings, loaded.notices) == (Settings(), ())
    assert (loaded.settings.language, loaded.settings.theme) == ("zh", "system")


@pytest.mark.parametrize(
    "values",
    [
        {"colour": "red"},
        {"language": "fr"},
        {"touch": "yes"},
        {"touch": 1},
        {"text_percent": 500},
        {"text_percent": "100"},
        {"recent": ("x",) * (MOST_RECENT + 1)},
        {"recent": ("",)},
        {"recent": "x"},
        {"touch": None},
        {"theme": ["dark"]},
        {"author": "x" * 121},
        {"backup_folder": ""},
    ],
)
def test_wrong_values_are_refused(values: dict[str, object]) -> None:
    assert faulty(values) == tuple(values)
    with pytest.raises((ValueError, TypeError)):
        Settings(**values)


def test_wrong_entries_are_reset_alone_and_the_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    raw = json.dumps({"language": "en", "theme": "pink", "plugin": "x", "touch": True})
    path.write_text(raw, encoding="utf-8")
    loaded = load_settings(path)
    assert loaded.settings == Settings(language="en", touch=True)
    assert [kept.read_text(encoding="utf-8") for kept in backups(tmp_path)] == [raw]
    said = render(loaded.notices[0], "en")
    assert "plugin, theme" in said
    assert str(backups(tmp_path)[0]) in said


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b'"zh"',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"{}" + b" " * LARGEST_FILE,
    ],
    ids=["empty", "cut", "list", "text", "bytes", "deep", "large"],
)
def test_what_is_no_settings_file_is_kept_and_replaced(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(raw)
    loaded = load_settings(path)
    assert loaded.settings == Settings()
    assert len(loaded.notices) == len(backups(tmp_path)) == 1
    assert backups(tmp_path)[0].read_bytes() == raw


def test_the_same_fault_makes_one_backup(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for text in ("{", "{", "{]"):
        path.write_text(text, encoding="utf-8")
        load_settings(path)
    assert sorted(kept.read_text(encoding="utf-8") for kept in backups(tmp_path)) == ["{", "{]"]


def test_a_mark_at_the_beginning_of_the_file_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"language": "en"}', encoding="utf-8-sig")
    assert load_settings(path).settings.language == "en"


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    loaded = load_settings(path)
    assert loaded.settings == Settings()
    assert str(path) in render(loaded.notices[0], "zh")


def test_settings_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        save_settings(CHOSEN, tmp_path / "file" / "settings.json")
    assert isinstance(caught.value, AssessorError)
    assert "settings.json" in caught.value.text("en")


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    save_settings(CHOSEN, path)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SettingsError, match="No space left"):
        save_settings(Settings(), path)
    assert load_settings(path).settings == CHOSEN
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.json"]


def test_the_latest_visit_comes_first() -> None:
    settings = Settings()
    for number in range(MOST_RECENT + 5):
        settings = settings.with_recent(Path(f"/visits/{number}"))
    settings = settings.with_recent(Path("/visits/10"))
    assert settings.recent[0] == str(Path("/visits/10"))
    assert len(settings.recent) == len(set(settings.recent)) == MOST_RECENT
    assert str(Path("/visits/10")) not in settings.without_recent(Path("/visits/10")).recent


def test_settings_lie_in_the_persons_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    monkeypatch.setenv("APPDATA", "/data")
    assert settings_path().name == "settings.json"
    assert settings_path().parent.name.lower() == "assessor"


def test_the_last_word_on_a_synchronised_folder_holds(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    said = Settings().with_folder(Path("/cloud"), local=False).with_folder(Path("/o"), local=True)
    save_settings(said.with_folder(Path("/cloud"), local=True), path)
    kept = load_settings(path).settings
    assert (kept.stay_folders, kept.local_folders) == ((), (str(Path("/cloud")), str(Path("/o"))))


def test_registers_and_intake_folders_are_remembered_the_latest_first(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    said = Settings().with_register(Path("/a")).with_register(Path("/b")).with_register(Path("/a"))
    said = said.with_intake((Path("/in"),)).with_intake((Path("/new"), Path("/in")))
    save_settings(said, path)
    kept = load_settings(path).settings
    assert kept.registers == (str(Path("/a")), str(Path("/b")))
    assert kept.intake_folders == (str(Path("/new")), str(Path("/in")))
    assert kept.without_register(Path("/a")).registers == (str(Path("/b")),)
