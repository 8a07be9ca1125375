"""Exports without names: nothing of the original is left in record, workbook, PDF or picture."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from assessor.assessment import (
    Annotation,
    Answer,
    Assessment,
    Contact,
    Enterprise,
    EvidenceItem,
    Finding,
    PanelMember,
    SelfAssessment,
    SignOff,
    Visit,
    assessment_to_json,
)
from assessor.canonical import canonical_json, digest_of_bytes
from assessor.errors import AssessorError
from assessor.exchange.payload import ANONYMISED_ID, build_payload, read_payload
from assessor.reports.build import ReportOptions
from assessor.reports.pdf_text import page_texts
from assessor.scoring import Scorer
from assessor.workspace.anonymised import export
from assessor.workspace.anonymised.export import removal_lines, write_anonymised
from assessor.workspace.anonymised.names import enterprise_names
from assessor.workspace.anonymised.record import Anonymised, anonymise
from assessor.workspace.anonymised.scrubber import Known, Scrubber
from assessor.workspace.snapshot import Snapshot
from assessor.workspace.verification import verify_files
from tests.strategies.visits import shipped, visit_for

ITEM = "a5-monitoring-visualisation"
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
NAME, BRAND = "宁波赑屃精密机械有限公司", "赑屃"
PEOPLE = {"contact": "麤龘", "legal": "靐齉", "leader": "爨癵", "giver": "驫麣", "owner": "籲灪"}
PHONE, CODE = "13806612345", "91330201MA2AXXXX3Q"
CONTACT_LINE = "0574-87651234"


def picture() -> bytes:
    """A picture that says where and by whom it was taken."""
    exif = Image.Exif()
    exif[0x013B] = "zhang-wei-artist"
    exif.get_ifd(0x8825)[1] = "N"
    target = io.BytesIO()
    checks = Image.new("RGB", (120, 80))
    checks.putdata([(255, 255, 255) if (x + x // 120) % 2 else (0, 0, 0) for x in range(9600)])
    checks.save(target, "JPEG", exif=exif, comment=NAME.encode())
    return target.getvalue()


PHOTO = picture()
FACE = Annotation(
    kind="pixelate", x1=Decimal(0), y1=Decimal(0), x2=Decimal("0.5"), y2=Decimal("0.5")
)


def piece(item_id: str, *marks: Annotation, **fields: object) -> EvidenceItem:
    known = {
        "id": item_id,
        "sha256": digest_of_bytes(PHOTO),
        "size": len(PHOTO),
        "media_type": "image/jpeg",
        "file_name": f"{BRAND}车间{item_id}.jpg",
        "kind": "photo",
        "criteria": (ITEM,),
        "person": PEOPLE["giver"],
        "caption": f"{NAME}的看板，{PEOPLE['contact']}摄",
        "width": 120,
        "height": 80,
        "annotations": marks,
    }
    return EvidenceItem.model_validate({**known, **fields})


def full_record(
    name: str = NAME, people: Mapping[str, str] = PEOPLE, phone: str = PHONE, code: str = CODE
) -> Assessment:
    """A record in which everything that tells whose it is stands in fields and in free text."""
    told = f"{name}的{people['contact']}（电话 {phone}，代码 {code}）陪同，{people['leader']}核对"
    contact = Contact(name=people["contact"], title="厂长", phone=phone)
    changes: dict[str, object] = {
        "enterprise": Enterprise(
            name=name,
            credit_code=code,
            address=f"鄞州区某某路 1 号 {name}",
            legal_representative=people["legal"],
            profile=told,
            contact=contact,
            form={"telephone": phone},
        ),
        "visit": Visit(
            project_name=f"{name}数字化车间项目",
            workshop=f"{BRAND}一号车间",
            recusal=told,
            panel=(PanelMember(id="expert-a", name=people["leader"], organisation="齾龗评估中心"),),
        ),
        "answers": {ITEM: Answer(option="L2", note=told, by="expert-a")},
        "evidence": (piece("e1"), piece("e2", FACE)),
        "findings": (
            Finding(id="f1", criterion=ITEM, text=told, owner=people["owner"], evidence=("e1",)),
        ),
        "self_assessment": SelfAssessment(
            answers={ITEM: Answer(option="L2", note=told)}, by=people["legal"]
        ),
        "sign_offs": (SignOff(name=people["leader"], role="组长", statement=told, signed_at=NOW),),
    }
    return Assessment.model_validate(
        {**dict(visit_for(shipped("digital_workshop"), {})), **changes}
    )


def made_of(record: Assessment) -> Anonymised:
    return anonymise(record, lambda _: PHOTO, "zh")


def secrets_of(record: Assessment) -> list[str]:
    enterprise = record.enterprise
    return [
        enterprise.name,
        enterprise.credit_code,
        enterprise.contact.name,
        enterprise.contact.phone,
        enterprise.legal_representative,
        *(member.name for member in record.visit.panel),
        *(member.organisation for member in record.visit.panel),
        *(item.person for item in record.evidence),
        *(item.file_name for item in record.evidence),
        *(finding.owner for finding in record.findings),
    ]


def left(secrets: list[str], content: str) -> list[str]:
    return [secret for secret in secrets if secret in content]


def snapshot(record: Assessment) -> Snapshot:
    loaded = shipped("digital_workshop")
    return Snapshot(record, loaded, Scorer(loaded.rubric).score(record), lambda _: PHOTO)


# --- the record -----------------------------------------------------------------------------------

RARE = st.text(st.characters(min_codepoint=0x9000, max_codepoint=0x9F00), min_size=2, max_size=4)
FIVE = st.lists(RARE, min_size=5, max_size=5, unique=True)
PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
CODES = st.from_regex(r"91[0-9]{6}[A-HJ-NP-RT-UW-Y]{9}[0-9]", fullmatch=True)


@given(RARE, FIVE, PHONES, CODES)
def test_nothing_of_the_original_is_left(
    brand: str, people: list[str], phone: str, code: str
) -> None:
    named = dict(zip(PEOPLE, people, strict=True))
    record = full_record(f"宁波{brand}机械有限公司", named, phone, code)
    text = canonical_json(assessment_to_json(made_of(record).assessment))
    assert left(secrets_of(record), text) == []
    assert brand not in text


def test_answers_figures_and_result_stay() -> None:
    record = full_record()
    new = made_of(record).assessment
    assert new.answers[ITEM].option == "L2"
    assert [item.criteria for item in new.evidence] == [item.criteria for item in record.evidence]
    scorer = Scorer(shipped("digital_workshop").rubric)
    assert scorer.score(new).total == scorer.score(record).total


def test_one_person_has_one_label() -> None:
    new = made_of(full_record()).assessment
    assert new.visit.panel[0].name == new.sign_offs[0].name
    assert new.visit.panel[0].name in new.answers[ITEM].note
    assert new.answers[ITEM].by == new.visit.panel[0].id != "expert-a"


def test_what_was_taken_out_is_counted() -> None:
    made = made_of(full_record())
    assert made.removed["pixelated"] == made.removed["left_out"] == 1
    assert made.left_out == (1,)
    assert all(made.removed[kind] > 0 for kind in ("enterprise", "person", "phone", "code"))
    told = "\n".join(removal_lines(made.removed, made.left_out, "zh"))
    assert left(secrets_of(full_record()), told) == []


# --- pictures -------------------------------------------------------------------------------------


def test_only_pictures_with_a_hidden_part_stay() -> None:
    first, second = made_of(full_record()).assessment.evidence
    assert (first.width, first.height, first.size) == (0, 0, 0)
    assert (second.width, second.height) == (120, 80)
    assert digest_of_bytes(PHOTO) not in (first.sha256, second.sha256)


def test_a_picture_says_nothing_of_itself_and_its_part_is_hidden() -> None:
    (data,) = made_of(full_record()).pictures.values()
    assert b"artist" not in data
    assert NAME.encode() not in data
    with Image.open(io.BytesIO(data)) as image:
        assert dict(image.getexif()) == {}
        hidden = image.convert("L").crop((0, 0, 50, 30))
    lightest, darkest = hidden.getextrema()[1], hidden.getextrema()[0]
    # Black and white squares of a pixel have become one grey.
    assert lightest - darkest < 60


def test_without_photos_none_stays() -> None:
    made = anonymise(full_record(), lambda _: PHOTO, "zh", photos=False)
    assert made.pictures == {}


def test_a_drawn_signature_is_left_out() -> None:
    record = full_record()
    drawn = piece("drawn", FACE, kind="document", criteria=())
    signed = record.sign_offs[0].model_copy(update={"signature": "drawn"})
    changes = {"evidence": (*record.evidence, drawn), "sign_offs": (signed,)}
    made = made_of(record.model_copy(update=changes))
    assert made.assessment.sign_offs[0].signature is None
    assert made.assessment.evidence[2].width == 0
    assert made.removed["signature"] == 1


# --- free text ------------------------------------------------------------------------------------


def test_short_forms_of_a_name() -> None:
    found = list(enterprise_names(NAME))
    assert {NAME, "宁波赑屃精密机械", "赑屃精密机械", BRAND} <= set(found)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("打电话 138 0661 2345 找他", "phone"),
        ("座机0574-87651234转8", "phone"),
        ("邮箱 a.b@example.com。", "mail"),
        ("见 IMG_2034.JPG", "file_name"),
        ("位于 29.868336, 121.543990", "place"),
        ("代码 91330201MA2A12345Q 一致", "code"),
        ("证号 330203199001011234", "code"),
    ],
)
def test_numbers_nobody_told_of_are_found(words: str, kind: str) -> None:
    scrub = Scrubber((), lambda _: "#")
    assert "#" in scrub.text(words)
    assert +scrub.removed == {kind: 1}


@pytest.mark.parametrize(
    "words", ["12.50", "产量 1200000 件", "2026-03-10", "GB/T 39116-2020", "13800138000"]
)
def test_figures_stay(words: str) -> None:
    scrub = Scrubber((), lambda _: "#")
    assert scrub.text(words) == words


@pytest.mark.parametrize("written", ["057487651234", "0574 8765 1234", "0574-8765-1234"])
def test_what_is_known_is_found_however_it_is_set_off(written: str) -> None:
    scrub = Scrubber([Known("phone", CONTACT_LINE, "#")], lambda _: "?")
    assert scrub.text(f"打 {written} 找人") == "打 # 找人"


def test_a_single_letter_is_not_looked_for() -> None:
    scrub = Scrubber([Known("person", "王", "#")], lambda _: "?")
    assert scrub.text("王者") == "王者"


# --- files ----------------------------------------------------------------------------------------


def test_no_file_that_is_written_holds_anything_of_the_original(tmp_path: Path) -> None:
    record = full_record()
    secrets = [*secrets_of(record), BRAND, record.id, "zhang-wei-artist"]
    options = ReportOptions(language="zh", photos=True)
    made = write_anonymised(snapshot(record), tmp_path, options)
    book, page = made.files.workbook, made.files.pdf
    assert book is not None
    assert page is not None
    with zipfile.ZipFile(book) as archive:
        parts = b"".join(archive.read(name) for name in archive.namelist())
    raw = parts + page.read_bytes() + made.report.read_bytes()
    assert [one for one in secrets if one.encode() in raw or one.encode("utf-16-be") in raw] == []
    assert left(secrets, "".join(page_texts(page)).replace("\n", "")) == []
    assert left(secrets, "".join(path.name for path in tmp_path.iterdir())) == []
    (check,) = verify_files([book])
    assert check.verification is not None
    assert check.verification.holds
    assert check.verification.payload is not None
    assert check.verification.payload.anonymised
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".pdf", ".txt", ".xlsx"]


def test_a_leak_is_caught_before_any_file_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Something the scrubbing missed, as if it had been told of.
    monkeypatch.setattr(export, "_to_look_for", lambda *_: ("某企业（匿名）",))
    with pytest.raises(AssessorError):
        write_anonymised(snapshot(full_record()), tmp_path, ReportOptions(), pdf=False)
    assert list(tmp_path.iterdir()) == []


def test_a_result_that_would_change_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def emptied(record: Assessment, *_: object, **__: object) -> Anonymised:
        made = made_of(record)
        bare = made.assessment.model_copy(update={"answers": {}})
        return Anonymised(bare, made.pictures, made.removed, made.left_out, made.originals)

    monkeypatch.setattr(export, "anonymise", emptied)
    with pytest.raises(AssessorError):
        write_anonymised(snapshot(full_record()), tmp_path, ReportOptions(), pdf=False)


# --- the mark -------------------------------------------------------------------------------------


@pytest.mark.parametrize("forged", [{"anonymised": False}, {"anonymised": None}])
def test_the_mark_cannot_be_dropped(forged: dict[str, object]) -> None:
    made = made_of(full_record()).assessment
    loaded = shipped("digital_workshop")
    data = build_payload(made, loaded, Scorer(loaded.rubric).score(made))
    assert made.id.startswith(ANONYMISED_ID)
    assert read_payload(data).anonymised
    with pytest.raises(AssessorError):
        read_payload({**data, **forged})
    without = {name: value for name, value in data.items() if name != "anonymised"}
    with pytest.raises(AssessorError):
        read_payload(without)


def test_a_usual_payload_has_no_mark() -> None:
    record, loaded = full_record(), shipped("digital_workshop")
    data = build_payload(record, loaded, Scorer(loaded.rubric).score(record))
    assert "anonymised" not in data
    assert not read_payload(data).anonymised
