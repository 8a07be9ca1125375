"""Commands as they are typed, with what they print and the code they leave."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TEN = ROOT / "tests" / "data" / "rubrics" / "ten_items.json"
STANDARD_CODE = "91350100M000100Y43"


@dataclass(frozen=True)
class Said:
    """What one command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> object:
        return json.loads(self.out)


Shell = Callable[..., Said]


def written(name: str, data: object) -> Path:
    """Write JSON into the present folder."""
    path = Path(name)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def enterprise(**fields: object) -> Path:
    return written(
        "enterprise.json",
        {"name": "甬江齿轮有限公司", "credit_code": STANDARD_CODE, **fields},
    )
