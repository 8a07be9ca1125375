"""Folders that somebody else writes to as well: synchronised with a cloud, or on a network drive.

A service that copies a file in the middle of an edit, or puts its own version in the place of an
open one, makes conflicting copies and can lose work. So such a folder is pointed out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from pathlib import Path, PurePosixPath, PureWindowsPath

from pydantic import Field

from assessor.i18n import Localized, message
from assessor.rubrics.base import LocalText, Model

MOUNTS = Path("/proc/self/mounts")
NETWORK_SYSTEMS = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "davfs"),
        *("fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.smbnetfs"),
    )
)
_FIELDS = 3
_REMOTE = 4
"""What Windows answers of a drive that is on the network."""


@dataclass(frozen=True)
class SyncedFolder:
    """The folder that is synchronised or far away, and by or through what."""

    root: Path
    name: Localized


class Service(Model):
    """How a service is recognised: variables that name its folder, names, files inside it."""

    id: str
    name: LocalText
    variables: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()


class Services(Model):
    """The services that are known; `note` says how to read the list."""

    note: LocalText
    services: tuple[Service, ...] = Field(min_length=1)


def synced_folder(path: Path, environ: Mapping[str, str] = os.environ) -> SyncedFolder | None:
    """Return the synchronised or far-away folder a file lies in, `None` for an ordinary one.

    Looks at the disk, so it is not for the window's thread.
    """
    folders = tuple(path.absolute().parents)
    found = _by_variable(path.absolute(), environ) or _by_name(folders) or _by_marker(folders)
    if found is not None:
        return found
    root = network_root(path.absolute())
    return SyncedFolder(root, message("mishap.network_drive")) if root is not None else None


def network_root(path: Path) -> Path | None:
    """Return the share or mounted folder a path lies on, `None` for a drive of this machine."""
    if sys.platform == "win32":
        return _windows_share(path)
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    place = _network_mount(PurePosixPath(path), mounts)
    return Path(place) if place is not None else None


@cache
def services() -> tuple[Service, ...]:
    """Return the services that are known."""
    source = resources.files("assessor") / "reference" / "synced_folders.json"
    return Services.model_validate_json(source.read_bytes()).services


def is_share(path: PureWindowsPath) -> bool:
    """Tell whether a path of Windows names a share on another machine."""
    drive = path.drive.upper()
    local = drive.startswith(("\\\\?\\", "\\\\.\\")) and not drive.startswith("\\\\?\\UNC\\")
    return drive.startswith("\\\\") and not local


def _by_variable(path: Path, environ: Mapping[str, str]) -> SyncedFolder | None:
    for service, variable in _pairs("variables"):
        root = Path(environ.get(variable, ""))
        if root.is_absolute() and root != Path(root.anchor) and path.is_relative_to(root):
            return SyncedFolder(root, service.name)
    return None


def _by_name(folders: Sequence[Path]) -> SyncedFolder | None:
    """The outermost folder counts: what is synchronised lies below it."""
    for folder in reversed(folders):
        name = folder.name.casefold()
        for service, pattern in _pairs("folders"):
            if name and fnmatchcase(name, pattern.casefold()):
                return SyncedFolder(folder, service.name)
    return None


def _by_marker(folders: Sequence[Path]) -> SyncedFolder | None:
    for folder in folders:
        for service, marker in _pairs("markers"):
            if os.path.lexists(folder / marker):
                return SyncedFolder(folder, service.name)
    return None


def _pairs(kind: str) -> Iterator[tuple[Service, str]]:
    return ((service, entry) for service in services() for entry in getattr(service, kind))


def _network_mount(path: PurePosixPath, mounts: str) -> PurePosixPath | None:
    """Return the place of the innermost mount a path lies on, if that is a network's."""
    best, far = PurePosixPath("/"), False
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < _FIELDS:
            continue
        # Blanks in names are written as octal numbers.
        place = PurePosixPath(fields[1].replace("\\040", " "))
        if path.is_relative_to(place) and len(place.parts) >= len(best.parts):
            best, far = place, fields[2] in NETWORK_SYSTEMS
    return best if far else None


if sys.platform == "win32":

    def _windows_share(path: Path) -> Path | None:
        import ctypes  # noqa: PLC0415 (only here)

        if is_share(PureWindowsPath(path)):
            return Path(path.anchor)
        kind = ctypes.windll.kernel32.GetDriveTypeW(str(path.anchor))
        return Path(path.anchor) if kind == _REMOTE else None

else:

    def _windows_share(path: Path) -> Path | None:
        """Only Windows has letters for drives."""
        return None
