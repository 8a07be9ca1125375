"""Marks over pictures: drawn in when shown or handed on, the original untouched."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from pydantic import ValidationError

from assessor.assessment import Annotation, EvidenceItem
from assessor.canonical import digest_of_bytes
from assessor.commands.proofs import add_evidence
from assessor.storage.blobs import source_of_bytes
from assessor.storage.pictures import NotAPictureError
from assessor.workspace.annotations import INK, bake, marked_bytes, marks_by_picture
from assessor.workspace.handing_on import outgoing_bytes, report_pictures
from assessor.workspace.visits import OpenVisit, opened
from tests.unit.storage.samples import noise_jpeg
from tests.unit.workspace.visit_files import new_file


def mark(kind: str, x1: str, y1: str, x2: str, y2: str, text: str = "") -> Annotation:
    corners = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return Annotation.model_validate({"kind": kind, "text": text, **corners})


def plain() -> Image.Image:
    return Image.new("RGB", (400, 200), (0, 0, 255))


def has_ink(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    part = picture.crop(box)
    return any(colour == INK for _, colour in part.getcolors(100_000) or [])


def test_without_marks_the_picture_stays() -> None:
    picture = plain()
    assert bake(picture, ()) is picture


def test_a_rectangle_is_drawn_at_its_corners_in_either_order() -> None:
    one = bake(plain(), [mark("rectangle", "0.25", "0.25", "0.75", "0.75")])
    other = bake(plain(), [mark("rectangle", "0.75", "0.75", "0.25", "0.25")])
    assert one.tobytes() == other.tobytes()
    assert has_ink(one, (95, 45, 110, 60))
    assert one.getpixel((200, 100)) == (0, 0, 255)


def test_an_arrow_has_its_head_at_the_second_corner() -> None:
    drawn = bake(plain(), [mark("arrow", "0.1", "0.5", "0.9", "0.5")])
    head, tail = drawn.crop((335, 80, 365, 120)), drawn.crop((40, 80, 70, 120))
    count = [sum(n for n, c in part.getcolors(10_000) or [] if c == INK) for part in (head, tail)]
    assert count[0] > count[1] > 0


def test_words_at_the_edge_stay_inside() -> None:
    drawn = bake(plain(), [mark("text", "1", "1", "1", "1", "未联网")])
    assert has_ink(drawn, (300, 150, 400, 200))


def test_what_is_hidden_cannot_be_read_any_more() -> None:
    noisy = Image.open(BytesIO(noise_jpeg(200, 200))).convert("RGB")
    hidden = bake(noisy, [mark("pixelate", "0", "0", "0.5", "0.5")])
    colours = len(hidden.crop((0, 0, 100, 100)).getcolors(100_000) or [])
    assert colours <= 26 * 26 < len(noisy.crop((0, 0, 100, 100)).getcolors(100_000) or [])
    assert hidden.crop((110, 110, 200, 200)).tobytes() == noisy.crop((110, 110, 200, 200)).tobytes()


def test_other_marks_stand_above_what_is_hidden() -> None:
    marks = [
        mark("rectangle", "0.1", "0.1", "0.9", "0.9"),
        mark("pixelate", "0", "0", "1", "1"),
    ]
    assert has_ink(bake(plain(), marks), (30, 10, 60, 40))


def test_a_picture_handed_on_is_upright_and_says_nothing_of_the_place() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    data = noise_jpeg(60, 40, exif=exif)
    with Image.open(BytesIO(marked_bytes(data, "image/jpeg", ()))) as made:
        assert made.size == (40, 60)
        assert not made.getexif()
        assert not made.getexif().get_ifd(ExifTags.IFD.GPSInfo)


def test_bytes_that_are_no_picture_are_refused() -> None:
    with pytest.raises(NotAPictureError):
        marked_bytes(b"no picture", "image/jpeg", ())


def test_a_mark_lies_inside_the_picture_and_a_text_says_something() -> None:
    with pytest.raises(ValidationError):
        mark("arrow", "0", "0", "1.01", "0")
    with pytest.raises(ValidationError):
        mark("text", "0", "0", "0", "0", "  ")


DATA = noise_jpeg(80, 60)


def item(item_id: str, **fields: object) -> EvidenceItem:
    known = {
        "id": item_id,
        "sha256": digest_of_bytes(DATA),
        "size": len(DATA),
        "media_type": "image/jpeg",
        "file_name": "IMG_1.jpg",
        "kind": "photo",
    }
    return EvidenceItem.model_validate({**known, **fields})


def attach(visit: OpenVisit, piece: EvidenceItem) -> None:
    visit.do(add_evidence([piece]), [source_of_bytes(DATA, "image/jpeg", "IMG_1.jpg")])


def test_old_records_have_no_marks_and_are_written_as_before() -> None:
    old = item("e1")
    assert old.annotations == ()
    assert "annotations" not in old.model_dump(exclude_defaults=True)


def test_marks_come_back_from_disk_and_into_the_report_but_not_into_the_original(
    tmp_path: Path,
) -> None:
    path = new_file(tmp_path)
    box = mark("rectangle", "0.125", "0.25", "0.75", "0.8")
    with opened(path) as visit:
        attach(visit, item("e1", annotations=(box,)))
    with opened(path, read_only=True) as visit:
        (back,) = visit.assessment.evidence
        assert back.annotations == (box,)
        assert back.annotations[0].x1 == Decimal("0.125")
        assert visit.file.read_blob(back.sha256) == DATA
        with Image.open(BytesIO(report_pictures(visit)(back.sha256))) as made:
            assert made.size == (80, 60)
        assert report_pictures(visit)(back.sha256) != DATA


def test_unmarked_pictures_go_into_the_report_as_they_are(tmp_path: Path) -> None:
    with opened(new_file(tmp_path)) as visit:
        attach(visit, item("e1"))
        assert report_pictures(visit)(digest_of_bytes(DATA)) == DATA
        assert outgoing_bytes(visit, item("e1"), keep_location=True) == DATA
        assert outgoing_bytes(visit, item("e1")) != DATA


@pytest.mark.parametrize("kept", [True, False])
def test_a_marked_picture_says_where_it_was_taken_only_when_asked(kept: bool) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Phone"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    data, marks = noise_jpeg(80, 60, exif=exif), (mark("arrow", "0", "0", "1", "1"),)
    made = marked_bytes(data, "image/jpeg", marks, keep_location=kept)
    with Image.open(BytesIO(made)) as picture:
        place = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        assert dict(place) == ({ExifTags.GPS.GPSLatitudeRef: "N"} if kept else {})
        assert ExifTags.Base.Make not in picture.getexif()


def test_what_is_hidden_in_one_of_two_equal_pictures_is_hidden_in_both() -> None:
    hidden = mark("pixelate", "0", "0", "1", "1")
    shown = mark("arrow", "0", "0", "1", "1")
    pieces = (item("e1", annotations=(shown,)), item("e2", annotations=(hidden,)), item("e3"))
    assert marks_by_picture(pieces) == {digest_of_bytes(DATA): (shown, hidden)}
