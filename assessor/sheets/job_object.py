"""A Windows job object that limits a process's memory and ends it when the job is closed.

See "Job Objects" in the Windows documentation. Only imported on Windows.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from ctypes import wintypes
from types import TracebackType
from typing import ClassVar

_LIMIT_PROCESS_MEMORY = 0x100
_LIMIT_KILL_ON_JOB_CLOSE = 0x2000
_EXTENDED_LIMIT_INFORMATION = 9
_TERMINATE = 0x1
_SET_QUOTA = 0x100


class _BasicLimits(ctypes.Structure):
    _fields_: ClassVar = [
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", wintypes.DWORD),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", wintypes.DWORD),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", wintypes.DWORD),
        ("SchedulingClass", wintypes.DWORD),
    ]


class _ExtendedLimits(ctypes.Structure):
    _fields_: ClassVar = [
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    ]


if sys.platform == "win32":
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
    _kernel.SetInformationJobObject.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        wintypes.LPVOID,
        wintypes.DWORD,
    )
    _kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    _kernel.OpenProcess.restype = wintypes.HANDLE
    _kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)

    class MemoryJob:
        """A job that holds one child process; a context manager that ends it on leaving."""

        def __init__(self, child: subprocess.Popen[str], memory_bytes: int) -> None:
            limits = _ExtendedLimits()
            flags = _LIMIT_PROCESS_MEMORY | _LIMIT_KILL_ON_JOB_CLOSE
            limits.BasicLimitInformation.LimitFlags = flags
            limits.ProcessMemoryLimit = memory_bytes
            self._job = _kernel.CreateJobObjectW(None, None)
            _kernel.SetInformationJobObject(
                self._job,
                _EXTENDED_LIMIT_INFORMATION,
                ctypes.byref(limits),
                ctypes.sizeof(limits),
            )
            if not self._assign(child.pid):
                child.kill()
                raise ctypes.WinError(ctypes.get_last_error())

        def _assign(self, pid: int) -> bool:
            process = _kernel.OpenProcess(_SET_QUOTA | _TERMINATE, False, pid)
            try:
                return bool(_kernel.AssignProcessToJobObject(self._job, process))
            finally:
                _kernel.CloseHandle(process)

        def __enter__(self) -> None:
            """The child is in the job from the start."""

        def __exit__(
            self,
            kind: type[BaseException] | None,
            error: BaseException | None,
            trace: TracebackType | None,
        ) -> None:
            _kernel.CloseHandle(self._job)
