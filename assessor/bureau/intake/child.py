"""The process in which files are judged: one after the other, with limited memory and time.

    python -m assessor.bureau.intake.child

Its first line of input is the setting, every other one the path of a file; each is answered by one
line of JSON. It ends with its input. What a file makes it do wrong ends it, too: whoever asked
starts another one.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import Any

from assessor.bureau.intake.confine import allow_seconds, confine_memory
from assessor.bureau.intake.judging import Judged, judge
from assessor.bureau.intake.setting import setting_from_data
from assessor.bureau.packing import (
    finding_from_data,
    finding_to_data,
    record_from_json,
    record_to_json,
)

READY = "ready"
_YOUNGEST, _OLDEST = 0, 2
_SEARCHED_EVERY, _ALL_EVERY = 5, 500
"""Files after which what the last ones left is searched for garbage, and everything else, too."""


def judged_line(judged: Judged) -> str:
    """Return the line that answers for a file."""
    return json.dumps(
        {
            "sha256": judged.sha256,
            "size": judged.size,
            "findings": [finding_to_data(finding) for finding in judged.findings],
            "record": record_to_json(judged.record) if judged.record else None,
        }
    )


def judged_from_line(line: str) -> Judged:
    """Return the answer in a line; raises `ValueError`, `KeyError` or `TypeError` for nonsense."""
    data: dict[str, Any] = json.loads(line)
    findings = tuple(finding_from_data(one) for one in data["findings"])
    record = record_from_json(data["record"]) if data["record"] else None
    return Judged(data["sha256"], data["size"], findings, record)


def main() -> int:
    """Answer every request on the input; this process's own entry."""
    setting = setting_from_data(json.loads(sys.stdin.readline()))
    bench = setting.bench()
    confine_memory(setting.limits.memory_bytes)
    _collect_between_files()
    _say(READY)
    for number, line in enumerate(sys.stdin, start=1):
        allow_seconds(setting.limits.seconds)
        path = Path(json.loads(line))
        _say(judged_line(judge(path, bench, setting.today, setting.limits)))
        if number % _SEARCHED_EVERY == 0:
            gc.collect(_OLDEST if number % _ALL_EVERY == 0 else _YOUNGEST)
    return 0


def _collect_between_files() -> None:
    """Look for garbage after a few files instead of while they are read, among what they left.

    What stays for good (rubrics, programs) need not be looked at every time.
    """
    gc.collect()
    gc.freeze()
    gc.disable()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
