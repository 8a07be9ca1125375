"""Write the golden cases under `tests/data/golden`, one case per line.

Run it from the repository's root as `python -m tests.reference.make_golden` after a change of the
facts or of the reference; it takes about ten seconds, most of it the search for exact totals.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.reference import factory_cases, workshop_cases

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "golden"


def lines_of(rows: list[dict[str, Any]]) -> str:
    """One case per line, so that a difference names its case."""
    texts = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    return "[\n" + ",\n".join(texts) + "\n]\n"


def main() -> None:
    """Make both files anew."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, rows in (
        ("digital_workshop", workshop_cases.golden()),
        ("future_factory", factory_cases.golden()),
    ):
        names = [row["id"] for row in rows]
        if len(set(names)) != len(names):
            raise ValueError(f"{name}: a case id is used twice")
        (GOLDEN / f"{name}.json").write_text(lines_of(rows), encoding="utf-8", newline="\n")
        sys.stdout.write(f"{name}: {len(rows)} cases\n")


if __name__ == "__main__":
    main()
