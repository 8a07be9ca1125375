"""A layer between the program's own SQLite and the files: it sees, and can refuse, every write.

The storage code runs unchanged, with Python's own `sqlite3` module. The library this module is
linked to is asked for its default VFS (the part of SQLite that knows the operating system), and a
copy of it is made the default whose opening, writing, cutting, syncing and deleting go through a
`Layer` first. Reading and locking stay SQLite's own.
"""

from __future__ import annotations

import ctypes
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

OK = 0
_P = ctypes.c_void_p
_INT, _SIZE = ctypes.c_int, ctypes.c_int64

# Names stay addresses: SQLite keeps them, and its parameters lie behind them.
_Open = ctypes.CFUNCTYPE(_INT, _P, _P, _P, _INT, _P)
_Delete = ctypes.CFUNCTYPE(_INT, _P, _P, _INT)
_Write = ctypes.CFUNCTYPE(_INT, _P, _P, _INT, _SIZE)
_Truncate = ctypes.CFUNCTYPE(_INT, _P, _SIZE)
_Sync = ctypes.CFUNCTYPE(_INT, _P, _INT)
_Close = ctypes.CFUNCTYPE(_INT, _P)


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods`."""

    _fields_ = [
        ("version", _INT),
        ("close", _Close),
        ("read", _P),
        ("write", _Write),
        ("truncate", _Truncate),
        ("sync", _Sync),
        *((f"more{number}", _P) for number in range(13)),
    ]


class _File(ctypes.Structure):
    """The head of `sqlite3_file`."""

    _fields_ = [("methods", ctypes.POINTER(_Methods))]


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs`."""

    _fields_ = [
        ("version", _INT),
        ("file_size", _INT),
        ("longest_path", _INT),
        ("next", _P),
        ("name", ctypes.c_char_p),
        ("data", _P),
        ("open", _Open),
        ("delete", _Delete),
        *((f"more{number}", _P) for number in range(14)),
    ]


class Layer:
    """What stands between; each method returns `OK` to go on, or the code SQLite gets instead.

    `path` is what SQLite calls the file.
    """

    def opening(self, path: str, *, makes: bool) -> int:
        """A file is opened; `makes` when it is made where there is none."""
        return OK

    def writing(self, path: str, data: bytes, offset: int) -> int:
        """Bytes are written."""
        return OK

    def cutting(self, path: str, size: int) -> int:
        """A file is cut off, or made longer."""
        return OK

    def syncing(self, path: str) -> int:
        """What was written, and the name of a new file, is forced to the disk."""
        return OK

    def deleting(self, path: str, *, durably: bool) -> int:
        """A file is deleted; `durably` when its being gone is forced to the disk."""
        return OK


class _Shim:
    """The copy of the default VFS, with what ctypes needs to be kept alive."""

    def __init__(self, library: ctypes.CDLL, layer: Layer) -> None:
        self._library, self._layer = library, layer
        find = library.sqlite3_vfs_find
        find.restype = ctypes.POINTER(_Vfs)
        self._real = find(None)
        self._paths: dict[int, str] = {}
        self._methods: dict[int, tuple[_Methods, _Methods]] = {}
        self._copy = _Vfs.from_buffer_copy(self._real.contents)
        self._copy.name, self._copy.next = b"layered", None
        self._copy.open, self._copy.delete = _Open(self._open), _Delete(self._delete)

    def install(self) -> None:
        self._library.sqlite3_vfs_register(ctypes.byref(self._copy), 1)

    def remove(self) -> None:
        self._library.sqlite3_vfs_unregister(ctypes.byref(self._copy))
        self._library.sqlite3_vfs_register(self._real, 1)

    def _open(self, _: Any, name: int | None, file: int, flags: int, out: Any) -> int:
        path = ctypes.string_at(name).decode() if name else ""
        makes = bool(flags & 4) and not Path(path).exists()
        if path and (code := self._layer.opening(path, makes=makes)):
            # SQLite closes what has methods; a file that could not be opened has none.
            _File.from_address(file).methods = ctypes.POINTER(_Methods)()
            return code
        real = self._real.contents
        code = real.open(ctypes.addressof(real), name, file, flags, out)
        if code == OK and path:
            self._paths[file] = path
            head = _File.from_address(file)
            head.methods = ctypes.pointer(self._layered(head.methods))
        return int(code)

    def _layered(self, real: Any) -> _Methods:
        """Return the methods of a kind of file with ours among them."""
        key = ctypes.addressof(real.contents)
        if key not in self._methods:
            kept, ours = real.contents, _Methods.from_buffer_copy(real.contents)
            ours.write = _Write(lambda *call: self._write(kept, *call))
            ours.truncate = _Truncate(lambda *call: self._truncate(kept, *call))
            ours.sync = _Sync(lambda *call: self._sync(kept, *call))
            self._methods[key] = (kept, ours)
        return self._methods[key][1]

    def _write(self, real: _Methods, file: int, data: int, size: int, offset: int) -> int:
        code = self._layer.writing(self._paths[file], ctypes.string_at(data, size), offset)
        return code or int(real.write(file, data, size, offset))

    def _truncate(self, real: _Methods, file: int, size: int) -> int:
        return self._layer.cutting(self._paths[file], size) or int(real.truncate(file, size))

    def _sync(self, real: _Methods, file: int, flags: int) -> int:
        return self._layer.syncing(self._paths[file]) or int(real.sync(file, flags))

    def _delete(self, _: Any, name: int, durably: int) -> int:
        code = self._layer.deleting(ctypes.string_at(name).decode(), durably=bool(durably))
        if code:
            return code
        real = self._real.contents
        return int(real.delete(ctypes.addressof(real), name, durably))


@contextmanager
def layered(layer: Layer) -> Iterator[None]:
    """Put `layer` under every database opened inside the block, which is closed by its end."""
    shim = _Shim(_library(), layer)
    shim.install()
    try:
        yield
    finally:
        shim.remove()


def _library() -> ctypes.CDLL:
    """Return the SQLite that Python's module is linked to, not just any of the machine."""
    with closing(sqlite3.connect(":memory:")):
        pass
    for name in _candidates():
        try:
            library = ctypes.CDLL(name)
            library.sqlite3_libversion.restype = ctypes.c_char_p
            version = library.sqlite3_libversion().decode()
        except (OSError, AttributeError):
            continue
        if version == sqlite3.sqlite_version:
            return library
    raise RuntimeError("this Python keeps its SQLite out of reach")


def _candidates() -> Iterator[str | None]:
    maps = Path("/proc/self/maps")
    if maps.is_file():
        mapped = {line.split()[-1] for line in maps.read_text().splitlines() if "sqlite3" in line}
        # The module itself where the library is built into it.
        yield from sorted(mapped, key=lambda path: "libsqlite3" not in path)
    if sys.platform == "win32":
        yield str(Path(sys.base_prefix) / "DLLs" / "sqlite3.dll")
    yield None
