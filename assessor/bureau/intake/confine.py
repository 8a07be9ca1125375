"""Holding the judging process to its memory and, file by file, to its time.

On Windows the process that started it holds it, see `assessor.sheets.confine`.

Time is processor time where the system can end a process by it: on a busy machine a sound file may
well wait longer than a hostile one would compute. The clock is then only the last resort, for a
process that neither answers nor computes.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":

    def confine_memory(memory_bytes: int) -> None:
        """Do nothing: the parent's job object limits this process."""

    def allow_seconds(seconds: float) -> None:
        """Do nothing: the parent ends this process when it takes too long."""

    def by_the_clock(seconds: float) -> float:
        """Return how long the parent waits for an answer that may take so many seconds."""
        return seconds

    def ran_out_of_time(returned: int | None) -> bool:
        """Whether a process ended because its time was up: here the parent sees to that."""
        return False

else:
    import resource
    import signal

    _STALLED = 6
    """Times its processor time that a process may take by the clock."""

    def confine_memory(memory_bytes: int) -> None:
        """Limit this process's memory and forbid it to write files, for good."""
        for what, wanted in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_FSIZE, 0)):
            value = _within(what, wanted)
            resource.setrlimit(what, (value, value))

    def allow_seconds(seconds: float) -> None:
        """Let this process have so many more seconds of processor time; the system ends it then."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        used = usage.ru_utime + usage.ru_stime
        value = _within(resource.RLIMIT_CPU, int(used + seconds) + 1)
        # Only the soft limit: the next file needs a higher one.
        resource.setrlimit(resource.RLIMIT_CPU, (value, _hard(resource.RLIMIT_CPU)))

    def by_the_clock(seconds: float) -> float:
        """Return how long the parent waits for an answer that may take so many seconds."""
        return seconds * _STALLED

    def ran_out_of_time(returned: int | None) -> bool:
        """Whether a process ended because its processor time was up, by what it returned."""
        return returned == -signal.SIGXCPU

    def _within(what: int, wanted: int) -> int:
        """Return `wanted`, or as much of it as the hard limit allows."""
        most = _hard(what)
        return wanted if most == resource.RLIM_INFINITY else min(wanted, most)

    def _hard(what: int) -> int:
        return resource.getrlimit(what)[1]
