"""Files looked at before they are attached: told by content, refused with a reason."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from assessor.canonical import digest_of_bytes
from assessor.commands.proofs import add_evidence
from assessor.i18n import LANGUAGES
from assessor.storage.errors import MissingError
from assessor.storage.evidence import LARGEST_MB, EvidenceRefusedError, read_evidence
from assessor.storage.file import open_file
from tests.unit.storage.samples import NOW, bare_record, new_file, noise_jpeg, note

PHONE = Path(__file__).parents[2] / "data" / "pictures" / "phone.heic"


def exif(orientation: int = 1, taken: str = "", zone: str = "") -> Image.Exif:
    made = Image.Exif()
    made[ExifTags.Base.Orientation] = orientation
    details = made.get_ifd(ExifTags.IFD.Exif)
    if taken:
        details[ExifTags.Base.DateTimeOriginal] = taken
    if zone:
        details[ExifTags.Base.OffsetTimeOriginal] = zone
    return made


def picture(format_name: str, size: tuple[int, int] = (60, 40)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (10, 120, 200)).save(target, format_name)
    return target.getvalue()


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


def place(folder: Path, data: bytes, name: str = "IMG_1.jpg") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("orientation", range(1, 9))
def test_width_and_height_are_as_the_picture_is_seen(tmp_path: Path, orientation: int) -> None:
    path = place(tmp_path, noise_jpeg(64, 48, exif=exif(orientation)))
    seen = read_evidence(path).picture
    assert (seen.width, seen.height) == ((64, 48) if orientation < 5 else (48, 64))


def test_a_phone_picture_is_read(tmp_path: Path) -> None:
    found = read_evidence(PHONE)
    taken = datetime(2025, 11, 3, 9, 41, 7, tzinfo=timezone(timedelta(hours=8)))
    assert (found.source.media_type, found.kind) == ("image/heic", "photo")
    assert (found.picture.width, found.picture.height) == (64, 96)
    assert found.picture.taken_at == taken


@pytest.mark.parametrize(
    ("taken", "zone", "expected"),
    [
        ("2025:11:03 09:41:07", "", "2025-11-03T09:41:07"),
        ("2025:11:03 09:41:07", "+08:00", "2025-11-03T09:41:07+08:00"),
        ("2025:11:03 09:41:07", "China", "2025-11-03T09:41:07"),
        ("    :  :     :  :  ", "", None),
        ("2025:13:40 09:41:07", "", None),
        ("", "", None),
    ],
)
def test_the_time_is_what_the_picture_names(
    tmp_path: Path, taken: str, zone: str, expected: str | None
) -> None:
    path = place(tmp_path, noise_jpeg(32, 32, exif=exif(1, taken, zone)))
    found = read_evidence(path).picture.taken_at
    assert (found.isoformat() if found else None) == expected


OFFICE = "application/vnd.openxmlformats-officedocument."
ACCEPTED = {
    "image/png": picture("PNG"),
    "image/webp": picture("WEBP"),
    "image/bmp": picture("BMP"),
    "image/tiff": picture("TIFF"),
    "application/pdf": b"%PDF-1.7\n...",
    "application/ofd": zipped("OFD.xml", "Doc_0/Document.xml"),
    OFFICE + "wordprocessingml.document": zipped("[Content_Types].xml", "word/document.xml"),
    OFFICE + "spreadsheetml.sheet": zipped("[Content_Types].xml", "xl/workbook.xml"),
    OFFICE + "presentationml.presentation": zipped("[Content_Types].xml", "ppt/a.xml"),
    "application/x-ole-storage": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "text/plain": "时间,设备,状态\r\n08:00,加工中心,运行\n".encode("gb18030"),
}


@pytest.mark.parametrize("media_type", ACCEPTED)
def test_a_file_is_known_by_its_content(tmp_path: Path, media_type: str) -> None:
    found = read_evidence(place(tmp_path, ACCEPTED[media_type], "随便.bin"))
    assert found.source.media_type == media_type
    assert found.kind == ("photo" if media_type.startswith("image/") else "document")
    assert found.source.sha256 == digest_of_bytes(ACCEPTED[media_type])


@pytest.mark.parametrize("cut", [4095, 4096, 4097, 4098, 4099])
def test_a_text_may_end_anywhere(tmp_path: Path, cut: int) -> None:
    for encoding in ("utf-8", "gb18030"):
        data = ("a" + "记录" * 5000).encode(encoding)
        assert read_evidence(place(tmp_path, data[:cut])).source.media_type == "text/plain"
        assert read_evidence(place(tmp_path, data)).source.media_type == "text/plain"


def bomb() -> bytes:
    """A 200-megapixel picture of a few kilobytes."""
    target = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(target, "PNG")
    return target.getvalue()


JPEG = noise_jpeg(200, 150)
REFUSED = {
    "empty": (b"", "空文件"),
    "a text called photo": (b"\xff\xd8\xff this is no picture", "损坏"),
    "half a JPEG": (JPEG[: len(JPEG) // 2], "损坏"),
    "half a PNG": (ACCEPTED["image/png"][:60], "损坏"),
    "half a HEIC": (PHONE.read_bytes()[:700], "损坏"),
    "half a WebP": (picture("WEBP", (300, 300))[:40], "损坏"),
    "200 megapixels": (bomb(), "100 百万像素"),
    "a film (mp4)": (b"\x00\x00\x00\x20ftypisom" + bytes(900), "视频"),
    "a film (mov)": (b"\x00\x00\x00\x14ftypqt  " + bytes(900), "视频"),
    "a film (avi)": (b"RIFF\x00\x00\x00\x00AVI " + bytes(900), "视频"),
    "a film (mkv)": (b"\x1aE\xdf\xa3" + bytes(900), "视频"),
    "an archive": (zipped("a.jpg", "b.jpg"), "解压"),
    "a broken archive": (b"PK\x03\x04" + bytes(900), "解压"),
    "a rar": (b"Rar!\x1a\x07\x01\x00" + bytes(99), "解压"),
    "a program": (b"MZ\x90\x00" + bytes(99), "可执行程序"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "可执行程序"),
    "bytes": (bytes(range(256)), "无法识别"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_evidence_is_refused_by_name(tmp_path: Path, name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(EvidenceRefusedError, match=reason) as refusal:
        read_evidence(place(tmp_path, data))
    assert all("IMG_1.jpg" in refusal.value.text(language) for language in LANGUAGES)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = place(tmp_path, b"")
    with path.open("wb") as file:
        file.truncate(LARGEST_MB * 1_000_000 + 1)
    with pytest.raises(EvidenceRefusedError, match=r"51 MB.*50 MB"):
        read_evidence(path)


def test_a_missing_file_or_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="none"):
        read_evidence(tmp_path / "none.jpg")
    with pytest.raises(MissingError):
        read_evidence(tmp_path)


def test_a_picture_travels_unchanged_into_the_file_and_out(tmp_path: Path) -> None:
    data = noise_jpeg(300, 200, exif=exif(6, "2025:11:03 09:41:07"))
    found = read_evidence(place(tmp_path, data, "总装线.jpg"))
    item = found.item("e1", NOW, criteria=["1.1"], caption="总装线")
    path = tmp_path / "a.assessment"
    with new_file(path) as file:
        file.commit(add_evidence([item]).apply(bare_record()), note(), [found.source])
    with open_file(path) as file:
        (stored,) = file.assessment.evidence
        assert stored == item
        assert (stored.width, stored.height, stored.file_name) == (200, 300, "总装线.jpg")
        assert stored.taken_at == datetime(2025, 11, 3, 9, 41, 7)  # noqa: DTZ001 (names no zone)
        assert file.read_blob(stored.sha256) == data
