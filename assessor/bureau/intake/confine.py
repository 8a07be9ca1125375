"""Holding the judging process to its memory and, file by file, to its time.

On Windows the process that started it holds it, see `assessor.sheets.confine`.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":

    def confine_memory(memory_bytes: int) -> None:
        """Do nothing: the parent's job object limits this process."""

    def allow_seconds(seconds: float) -> None:
        """Do nothing: the parent ends this process when it takes too long."""

else:
    import resource

    _GRACE = 5

    def confine_memory(memory_bytes: int) -> None:
        """Limit this process's memory and forbid it to write files, for good."""
        for what, wanted in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_FSIZE, 0)):
            value = _within(what, wanted)
            resource.setrlimit(what, (value, value))

    def allow_seconds(seconds: float) -> None:
        """Let this process have so many more seconds of processor time, should its parent die."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        used = usage.ru_utime + usage.ru_stime
        value = _within(resource.RLIMIT_CPU, int(used + 2 * seconds) + _GRACE)
        # Only the soft limit: the next file needs a higher one.
        resource.setrlimit(resource.RLIMIT_CPU, (value, _hard(resource.RLIMIT_CPU)))

    def _within(what: int, wanted: int) -> int:
        """Return `wanted`, or as much of it as the hard limit allows."""
        most = _hard(what)
        return wanted if most == resource.RLIM_INFINITY else min(wanted, most)

    def _hard(what: int) -> int:
        return resource.getrlimit(what)[1]
