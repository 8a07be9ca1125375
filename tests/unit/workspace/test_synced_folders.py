"""Synchronised and far-away folders are recognised; ordinary ones are left alone."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from assessor.workspace import synced_folders
from assessor.workspace.synced_folders import is_share, network_root, synced_folder

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/far\\040away cifs rw 0 0
server:/x /home nfs4 rw 0 0
/dev/sdb1 /home/a/stick vfat rw 0 0
"""


@pytest.fixture(autouse=True)
def _no_mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of the tests lies on a drive of this machine."""
    monkeypatch.setattr(synced_folders, "MOUNTS", tmp_path / "mounts")


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("OneDrive", "OneDrive"),
        ("onedrive - 宁波某公司", "OneDrive"),
        ("我的坚果云", "坚果云"),
        ("Nutstore Files", "坚果云"),
        ("BaiduSyncdisk", "百度网盘"),
        ("WPS云盘", "WPS 云盘"),
        ("Dropbox (Personal)", "Dropbox"),
        ("com~apple~CloudDocs", "iCloud 云盘"),
        ("GoogleDrive-a@b.example", "Google 云端硬盘"),
    ],
)
def test_a_service_is_recognised_by_the_name_of_its_folder(
    tmp_path: Path, folder: str, name: str
) -> None:
    found = synced_folder(tmp_path / folder / "2026" / "a.assessment", {})
    assert found is not None
    assert (found.root, found.name.pick("zh")) == (tmp_path / folder, name)


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial"])
def test_a_service_is_recognised_by_the_variable_it_sets(tmp_path: Path, variable: str) -> None:
    environ = {variable: str(tmp_path / "cloud")}
    found = synced_folder(tmp_path / "cloud" / "a" / "b.assessment", environ)
    assert found is not None
    assert found.root == tmp_path / "cloud"
    assert synced_folder(tmp_path / "cloudy" / "b.assessment", environ) is None


@pytest.mark.parametrize("value", ["", "relative", "/"])
def test_a_variable_that_names_no_folder_is_ignored(tmp_path: Path, value: str) -> None:
    assert synced_folder(tmp_path / "b.assessment", {"OneDrive": value}) is None


@pytest.mark.parametrize("marker", [".dropbox.cache", ".tmp.driveupload"])
def test_a_service_is_recognised_by_what_it_leaves_in_its_folder(
    tmp_path: Path, marker: str
) -> None:
    (tmp_path / "visits" / marker).mkdir(parents=True)
    found = synced_folder(tmp_path / "visits" / "a" / "b.assessment", {})
    assert found is not None
    assert found.root == tmp_path / "visits"


@pytest.mark.parametrize("name", ["OneDrive.assessment", "a.assessment"])
def test_an_ordinary_folder_is_none_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    assert synced_folder(tmp_path / "visits" / name, {}) is None


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("/mnt/far away/a/b.assessment", "/mnt/far away"),
        ("/home/a/b.assessment", "/home"),
        ("/home/a/stick/b.assessment", None),
        ("/srv/b.assessment", None),
    ],
)
def test_the_innermost_mount_decides(path: str, root: str | None) -> None:
    found = synced_folders._network_mount(PurePosixPath(path), MOUNTS)
    assert found == (PurePosixPath(root) if root else None)


@pytest.mark.parametrize(
    ("path", "share"),
    [
        (r"\\server\share\a", True),
        (r"\\?\UNC\server\share\a", True),
        (r"\\?\C:\a", False),
        (r"C:\a", False),
    ],
)
def test_shares_of_windows_are_told_from_drives(path: str, share: bool) -> None:
    assert is_share(PureWindowsPath(path)) is share


def test_without_a_list_of_mounts_nothing_is_far_away(tmp_path: Path) -> None:
    assert network_root(tmp_path) is None
