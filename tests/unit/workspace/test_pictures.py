"""Evidence to look at: small enough, upright, with its marks; and what gives pause."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread

import pytest
from PIL import ExifTags, Image
from reportlab.pdfgen.canvas import Canvas

from assessor.assessment import (
    Annotation,
    Assessment,
    EvidenceItem,
    Finding,
    PlatformResult,
    SignOff,
    Visit,
)
from assessor.errors import AssessorError
from assessor.storage.pictures import NotAPictureError
from assessor.workspace.decoding import decoded
from assessor.workspace.pages import PDF, page_count
from assessor.workspace.pictures import (
    Wanted,
    can_be_shown,
    duplicates,
    has_location,
    render,
    taken_outside,
    untied,
    wanted_for,
)
from tests.unit.storage.samples import bare_record, evidence, noise_jpeg

PHONE = Path(__file__).parents[2] / "data" / "pictures" / "phone.heic"


def pdf(pages: int = 2) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(400, 200))
    for number in range(pages):
        canvas.drawString(20, 100, f"page {number}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def wanted(media_type: str = "image/jpeg", longest: int = 100, **more: object) -> Wanted:
    return Wanted("0" * 64, media_type, longest, **more)


def test_a_picture_is_made_small_and_keeps_its_shape() -> None:
    made = render(noise_jpeg(400, 300), wanted())
    assert (made.width, made.height) == (100, 75)
    assert made.size == 100 * 75 * 3


def test_a_picture_on_its_side_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 8
    made = render(noise_jpeg(400, 300, exif=exif), wanted())
    assert (made.width, made.height) == (75, 100)


def test_what_phones_make_is_shown() -> None:
    made = render(PHONE.read_bytes(), wanted("image/heic", 64))
    assert max(made.width, made.height) == 64


def test_transparent_parts_are_white() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(target, "PNG")
    assert decoded(target.getvalue(), "image/png").getpixel((0, 0)) == (255, 255, 255)


def test_marks_are_drawn_in() -> None:
    box = Annotation.model_validate(
        {"kind": "rectangle", "x1": "0.1", "y1": "0.1", "x2": "0.9", "y2": "0.9"}
    )
    data = noise_jpeg(200, 200)
    assert render(data, wanted(marks=(box,))).data != render(data, wanted()).data


def test_a_page_of_a_document_is_a_picture() -> None:
    first, second = (render(pdf(), wanted(PDF, 200, page=page)) for page in (0, 1))
    assert (first.width, first.height) == (200, 100)
    assert first.data != second.data
    assert page_count(pdf(3)) == 3


@pytest.mark.parametrize(
    ("data", "media_type", "page"),
    [
        (b"\xff\xd8\xff broken", "image/jpeg", 0),
        (noise_jpeg(300, 300)[:2000], "image/jpeg", 0),
        (b"%PDF-1.7 broken", PDF, 0),
        (pdf(1), PDF, 7),
        (b"text", "text/plain", 0),
    ],
)
def test_what_cannot_be_shown_is_said_in_a_sentence(
    data: bytes, media_type: str, page: int
) -> None:
    with pytest.raises(AssessorError):
        render(data, wanted(media_type, page=page))


def test_a_document_of_no_pages_is_refused() -> None:
    with pytest.raises(NotAPictureError):
        page_count(b"%PDF-1.4\n%%EOF")


def test_documents_can_be_drawn_from_several_threads_at_once() -> None:
    data, made = pdf(3), []
    threads = [
        Thread(target=lambda page=page: made.append(render(data, wanted(PDF, 300, page=page))))
        for page in (0, 1, 2, 0, 1, 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len({raster.data for raster in made}) == 3


def test_only_photographs_and_documents_with_pages_can_be_shown() -> None:
    assert can_be_shown("image/heic")
    assert can_be_shown(PDF)
    assert not can_be_shown("text/plain")


def test_a_picture_is_asked_for_with_its_marks() -> None:
    box = Annotation.model_validate({"kind": "arrow", "x1": "0", "y1": "0", "x2": "1", "y2": "1"})
    piece = evidence("e1", annotations=(box,))
    assert wanted_for(piece, 50).marks == (box,)
    assert wanted_for(piece, 50) != wanted_for(evidence("e1"), 50)


def test_a_location_is_noticed() -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    assert has_location(noise_jpeg(20, 20, exif=exif), "image/jpeg")
    assert not has_location(noise_jpeg(20, 20), "image/jpeg")
    assert not has_location(b"broken", "image/jpeg")
    assert not has_location(pdf(), PDF)


def test_equal_bytes_are_pointed_out_on_both_sides() -> None:
    pieces = [evidence("e1"), evidence("e2", b"other"), evidence("e3")]
    assert duplicates(pieces) == {"e1": ("e3",), "e3": ("e1",)}


VISIT = Visit(date_from=date(2026, 3, 2), date_to=date(2026, 3, 3))


@pytest.mark.parametrize(
    ("taken", "visit", "outside"),
    [
        (datetime(2026, 3, 2, 0, 0, tzinfo=UTC), VISIT, False),
        (datetime(2026, 3, 3, 23, 59, tzinfo=UTC), VISIT, False),
        (datetime(2026, 3, 1, 23, 59, tzinfo=UTC), VISIT, True),
        (datetime(2026, 3, 4, 0, 0, tzinfo=UTC), VISIT, True),
        (datetime(2026, 3, 4, 0, 0, tzinfo=UTC), Visit(date_from=date(2026, 3, 4)), False),
        (datetime(2026, 3, 5, 0, 0, tzinfo=UTC), Visit(date_from=date(2026, 3, 4)), True),
        (datetime(2026, 3, 1, 0, 0, tzinfo=UTC), Visit(), False),
        (None, VISIT, False),
    ],
)
def test_a_picture_taken_on_another_day_is_pointed_out(
    taken: datetime | None, visit: Visit, *, outside: bool
) -> None:
    assert taken_outside(evidence("e1", taken_at=taken), visit) is outside


def record(pieces: list[EvidenceItem], **fields: object) -> Assessment:
    return Assessment.model_validate({**dict(bare_record()), "evidence": tuple(pieces), **fields})


def test_the_inbox_holds_what_serves_nothing() -> None:
    pieces = [
        evidence("e1"),
        evidence("e2", criteria=("c1",)),
        evidence("e3", gates=("g1",)),
        evidence("e4"),
        evidence("e5"),
        evidence("e6"),
        evidence("e7"),
    ]
    found = Finding(id="f1", criterion="c1", text="x", evidence=("e4",), recheck=("e6",))
    signed = SignOff(
        name="李工",
        role="组长",
        statement="属实",
        signed_at=datetime(2026, 3, 1, tzinfo=UTC),
        signature="e7",
    )
    result = PlatformResult.model_validate({"score": "80", "evidence": ("e5",)})
    made = record(pieces, findings=(found,), platform_results={"p": result}, sign_offs=(signed,))
    assert untied(made) == {"e1"}
