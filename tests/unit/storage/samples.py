"""Records, rubrics and files that the tests of storage, commands and session share."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from PIL import Image

from assessor.assessment import (
    Answer,
    Assessment,
    Enterprise,
    EvidenceItem,
    Finding,
    GateAnswer,
    Jotting,
    PlatformResult,
    RubricRef,
    SelfAssessment,
    SignOff,
    Unit,
    Visit,
)
from assessor.canonical import canonical_json, digest_of, digest_of_bytes
from assessor.i18n import message
from assessor.storage.blobs import BlobSource, source_of_bytes
from assessor.storage.file import AssessmentFile, create
from assessor.storage.history import EditNote

RUBRIC = {"id": "small", "title": {"zh": "小标准", "en": "Small"}, "version": "1.0.0"}
RUBRIC_JSON = canonical_json(RUBRIC)
NOW = datetime(2025, 11, 3, 9, 41, tzinfo=UTC)
PHOTO_BYTES = b"first photo" * 50


def note(number: int = 0, author: str = "王工") -> EditNote:
    return EditNote(message("session.set_answer", criterion=f"c{number}"), NOW, author)


def bare_record() -> Assessment:
    return Assessment(
        id="v1",
        rubric=RubricRef(id="small", version="1.0.0", digest=digest_of(RUBRIC)),
        cycle="2025",
        profile="discrete",
        target="workshop",
        enterprise=Enterprise(name="宁波某某机械有限公司"),
    )


def evidence(item_id: str, data: bytes = PHOTO_BYTES, **fields: object) -> EvidenceItem:
    known = {
        "id": item_id,
        "sha256": digest_of_bytes(data),
        "size": len(data),
        "media_type": "image/jpeg",
        "file_name": f"{item_id}.jpg",
        "kind": "photo",
    }
    return EvidenceItem.model_validate({**known, **fields})


def full_record() -> Assessment:
    """A record in which every section has something."""
    changes: dict[str, object] = {
        "revision": 2,
        "enterprise": Enterprise(name="某某", employees=120, form={"capital": "500"}),
        "visit": Visit(date_from=date(2025, 11, 3), date_to=date(2025, 11, 4)),
        "answers": {
            "1.1": Answer(option="C", note="看了现场"),
            "1.2": Answer(options=("B", "D")),
            "1.3": Answer(inputs={"a": Decimal("12.50")}),
            "1.4": Answer(na=True, reason="没有此工序"),
            "2@east": Answer(none=True),
        },
        "jottings": {"1.9": Jotting(note="待看", confidence="low")},
        "gates": {
            "g1": GateAnswer.model_validate({"pass": True}),
            "g2": GateAnswer(inputs={"y": "3"}),
        },
        "indicators": {"i1": Answer(no_baseline=True, inputs={"after": Decimal("0")})},
        "tables": {"ledger": ({"name": "加工中心", "count": "4"}, {"name": "机器人"}), "none": ()},
        "units": {"lines": (Unit(id="east", name="东线"),)},
        "evidence": tuple(evidence(f"e{n}", criteria=("1.1",), taken_at=NOW) for n in range(1, 5)),
        "findings": (
            Finding(id="f1", criterion="1.1", text="缺少记录", evidence=("e2", "e3")),
            Finding(id="f2", criterion="1.2", text="未闭环", due=date(2026, 1, 31)),
        ),
        "platform_results": {"workshop": PlatformResult(score=Decimal("81.20"), evidence=("e2",))},
        "self_assessment": SelfAssessment(answers={"1.1": Answer(option="D")}),
        "sign_offs": (SignOff(name="李工", role="组长", statement="属实", signed_at=NOW),),
    }
    return Assessment.model_validate({**dict(bare_record()), **changes})


def photo_source(data: bytes = PHOTO_BYTES) -> BlobSource:
    return source_of_bytes(data, "image/jpeg", "photo.jpg")


def new_file(path: Path, record: Assessment | None = None) -> AssessmentFile:
    record = record or bare_record()
    sources = [photo_source()] if record.evidence else []
    return create(path, record, RUBRIC_JSON, note(), sources)


def noise_jpeg(width: int, height: int, seed: int = 1, **options: object) -> bytes:
    """Return a JPEG that does not compress well."""
    pixels = hashlib.shake_128(bytes([seed])).digest(width * height * 3)
    target = io.BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(target, "JPEG", **options)
    return target.getvalue()
