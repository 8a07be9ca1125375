"""One reader fed by atheris, led by what of the program its content reaches.

    python -m benchmarks.fuzzing_by_coverage TARGET SECONDS CORPUS FINDINGS

Started by `benchmarks.fuzzing`, once for each reader; `atheris` is no dependency of the program.
Ends with another code than 0 when the reader did anything but answer or refuse in words.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

# What is imported here is watched while it runs.
with atheris.instrument_imports(include=["assessor"]):
    from tests.proofs.fuzzing import TARGETS


def main(target: str, seconds: str, corpus: str, findings: str) -> None:
    """Feed one reader; does not return."""
    Path(findings).mkdir(parents=True, exist_ok=True)
    wishes = [f"-max_total_time={seconds}", "-max_len=70000", "-timeout=60", "-rss_limit_mb=4096"]
    atheris.Setup(
        [sys.argv[0], *wishes, f"-artifact_prefix={findings}/", corpus], TARGETS[target].read
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
