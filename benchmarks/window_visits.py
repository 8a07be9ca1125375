"""The visits that `window` works in: one with photos of a telephone, one with a long ledger."""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image

from assessor.workspace.demo import build_sample
from assessor.workspace.evidence import attach
from assessor.workspace.visits import opened

SAMPLE, LEDGER_SAMPLE = "precision-mould", "auto-parts"
PHONE_PIXELS = (4000, 3000)
AT_ONCE = 20
"""Photos attached in one commit, and dropped at once on the open window."""
LEDGER_ROWS = 5000


def build(folder: Path, count: int, size: int) -> None:
    """Make `count` photos of about `size` bytes, as many again as are dropped at once, and both
    visits."""
    build_visit(folder, photos(folder, count + AT_ONCE, size)[:count])
    build_sample(LEDGER_SAMPLE, folder)


def visit_path(folder: Path, sample: str) -> Path:
    """Return where the visit of a sample is."""
    return folder / f"{sample}.assessment"


def phone_photo(size: int) -> bytes:
    """Return a JPEG of 12 megapixels and about `size` bytes."""
    low, high = 1.0, 64.0
    data = b""
    for _ in range(8):
        shrink = (low + high) / 2
        grain = (round(PHONE_PIXELS[0] / shrink), round(PHONE_PIXELS[1] / shrink))
        noise = Image.frombytes("RGB", grain, os.urandom(grain[0] * grain[1] * 3))
        target = io.BytesIO()
        noise.resize(PHONE_PIXELS, Image.Resampling.BILINEAR).save(target, "JPEG", quality=85)
        data = target.getvalue()
        if abs(len(data) - size) < size / 20:
            break
        low, high = (shrink, high) if len(data) > size else (low, shrink)
    return data


def photos(folder: Path, count: int, size: int) -> list[Path]:
    """Write photos that differ in their last bytes."""
    data = phone_photo(size)
    made = [folder / f"photo-{number:04}.jpg" for number in range(count)]
    for number, path in enumerate(made):
        path.write_bytes(data + number.to_bytes(4, "big"))
    return made


def build_visit(folder: Path, pictures: list[Path]) -> Path:
    """Build the visit with its photos spread over the criteria."""
    path = build_sample(SAMPLE, folder)
    with opened(path) as visit:
        asked = [item.criterion.id for item in visit.score().items]
        for number in range(0, len(pictures), AT_ONCE):
            attach(
                visit,
                asked[number // AT_ONCE * 3 % len(asked)],
                pictures[number : number + AT_ONCE],
            )
    return path


def ledger_text() -> str:
    """Return a ledger as it is pasted from a spreadsheet."""
    head = "设备编号\t设备名称\t数量（台/套）\t是否关键装备\t已数控化数量\t已联网数量"
    rows = [f"E-{number}\t加工中心\t2\t是\t1\t1" for number in range(LEDGER_ROWS)]
    return "\n".join([head, *rows])
