"""Holding the reading process to its memory: by itself on POSIX, by a job object on Windows."""

from __future__ import annotations

import subprocess
import sys

if sys.platform == "win32":
    from assessor.sheets.job_object import MemoryJob

    def confine_self(memory_bytes: int, seconds: float) -> None:
        """Do nothing: on Windows the parent holds the child, see `confine_child`."""

    def confine_child(child: subprocess.Popen[str], memory_bytes: int) -> MemoryJob:
        """Put the child into a job with a memory limit; closing the job ends the child."""
        return MemoryJob(child, memory_bytes)

else:
    import resource
    from contextlib import AbstractContextManager, nullcontext

    def confine_self(memory_bytes: int, seconds: float) -> None:
        """Limit this process's memory and processor time and forbid it to write files."""
        _limit(resource.RLIMIT_AS, memory_bytes)
        _limit(resource.RLIMIT_CPU, int(seconds) + 1)
        _limit(resource.RLIMIT_FSIZE, 0)

    def _limit(what: int, wanted: int) -> None:
        _, most = resource.getrlimit(what)
        value = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(what, (value, value))

    def confine_child(
        child: subprocess.Popen[str], memory_bytes: int
    ) -> AbstractContextManager[None]:
        """Do nothing: on POSIX the child confines itself, see `confine_self`."""
        return nullcontext()
