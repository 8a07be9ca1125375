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
        """Limit this process's memory and forbid it to write files."""
        _limit(resource.RLIMIT_AS, memory_bytes)
        _limit(resource.RLIMIT_FSIZE, 0)

    def allow_seconds(seconds: float) -> None:
        """Let this process have so many more seconds of processor time, should its parent die."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        used = usage.ru_utime + usage.ru_stime
        _limit(resource.RLIMIT_CPU, int(used + 2 * seconds) + _GRACE)

    def _limit(what: int, wanted: int) -> None:
        """Lower or raise the soft limit as far as the hard one allows."""
        _, most = resource.getrlimit(what)
        value = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(what, (value, most))
