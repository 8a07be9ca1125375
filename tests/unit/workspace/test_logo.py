"""The organisation's logo: only pixels are kept, and a cover that carries them verifies."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from assessor.assessment import Enterprise, Visit
from assessor.errors import AssessorError
from assessor.i18n import LANGUAGES, render
from assessor.reports.build import Logo, ReportOptions
from assessor.workspace import logo as logos
from assessor.workspace.anonymised.export import write_anonymised
from assessor.workspace.logo import LONGEST, drop_logo, keep_logo, logo_path, own_logo, read_logo
from assessor.workspace.report_pipe import packed_options, unpacked_options
from assessor.workspace.reports import write_report
from assessor.workspace.verification import verify_files
from assessor.workspace.visits import OpenVisit, new_visit, opened
from tests.strategies.visits import shipped

_pdfium: Any = import_module("pypdfium2")
TURNED = 6
IMAGE = 3
"""What PDFium calls an object of a page that is a picture."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folder that nobody else has."""
    folder = tmp_path / "home"
    for name in ("XDG_DATA_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.fixture
def phone_photo(tmp_path: Path) -> Path:
    """A sign photographed on its side, which says where and by whom."""
    exif = Image.Exif()
    exif[0x0112] = TURNED
    exif[0x013B] = "the artist"
    exif.get_ifd(0x8825)[1] = "N"
    path = tmp_path / "sign.jpg"
    Image.new("RGB", (2000, 1000), "navy").save(path, exif=exif, comment=b"a comment")
    return path


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVisit]:
    path = tmp_path_factory.mktemp("visit") / "visit.assessment"
    new_visit(path, shipped("digital_workshop"), Enterprise(name="宁波甬示精密机械"), Visit())
    with opened(path, read_only=True) as one:
        yield one


def test_only_small_upright_pixels_are_kept(phone_photo: Path) -> None:
    assert own_logo() is None
    kept = keep_logo(phone_photo)
    assert own_logo() == kept == read_logo(phone_photo)
    assert (kept.width, kept.height) == (LONGEST // 2, LONGEST)
    with Image.open(BytesIO(kept.data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (kept.width, kept.height))
        assert not picture.getexif()
        assert not picture.info
    assert b"artist" not in kept.data
    assert [path.name for path in logo_path().parent.iterdir()] == [logo_path().name]
    drop_logo()
    drop_logo()
    assert own_logo() is None


def test_transparent_parts_become_paper(tmp_path: Path) -> None:
    path = tmp_path / "clear.png"
    Image.new("RGBA", (30, 10), (255, 0, 0, 0)).save(path)
    logo = read_logo(path)
    assert (logo.width, logo.height) == (30, 10)
    with Image.open(BytesIO(logo.data)) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


def huge() -> bytes:
    """A small file that claims four hundred million pixels."""
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00"))


def chunk(name: bytes, content: bytes) -> bytes:
    checked = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + checked


def cut() -> bytes:
    out = BytesIO()
    Image.effect_noise((200, 200), 80).save(out, "PNG")
    return out.getvalue()[:3000]


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"our motto", "logo.not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.not_a_picture"),
        (b"", "logo.not_a_picture"),
        (cut(), "logo.not_a_picture"),
        (huge(), "logo.too_many_pixels"),
    ],
    ids=["text", "svg", "empty", "cut off", "huge"],
)
def test_what_cannot_be_a_logo_is_refused_and_the_earlier_one_stays(
    data: bytes, key: str, tmp_path: Path, phone_photo: Path
) -> None:
    kept = keep_logo(phone_photo)
    path = tmp_path / "logo-of-ours.png"
    path.write_bytes(data)
    with pytest.raises(AssessorError) as refusal:
        keep_logo(path)
    assert refusal.value.message.key == key
    assert all(path.name in render(refusal.value.message, one) for one in LANGUAGES)
    assert own_logo() == kept


def test_a_file_too_large_is_not_read(phone_photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logos, "MOST_MEGABYTES", 0)
    with pytest.raises(AssessorError) as refusal:
        read_logo(phone_photo)
    assert refusal.value.message.key == "logo.too_big"
    with pytest.raises(AssessorError):
        read_logo(phone_photo.with_name("gone.png"))


def test_a_file_of_others_under_its_name_is_no_logo(phone_photo: Path) -> None:
    keep_logo(phone_photo)
    logo_path().write_bytes(phone_photo.read_bytes())
    assert own_logo() is None
    Image.new("RGB", (LONGEST + 1, 20)).save(logo_path(), "PNG")
    assert own_logo() is None


def test_it_travels_to_the_process_of_reports_as_it_is() -> None:
    for options in (ReportOptions("en", photos=False), ReportOptions(logo=Logo(b"\x00\xff", 3, 4))):
        assert unpacked_options(packed_options(options)) == options


def pictures_on(path: Path, page: int) -> int:
    with _pdfium.PdfDocument(path) as document:
        shown = document[page]
        try:
            return len(list(shown.get_objects(filter=[IMAGE])))
        finally:
            shown.close()


def test_a_cover_with_the_logo_verifies_as_one_without(
    visit: OpenVisit, phone_photo: Path, tmp_path: Path
) -> None:
    logo = read_logo(phone_photo)
    plain = write_report(visit, tmp_path / "plain", ReportOptions())
    marked = write_report(visit, tmp_path / "marked", ReportOptions(logo=logo))
    for files, count in ((plain, 0), (marked, 1)):
        assert files.pdf is not None
        assert files.workbook is not None
        assert pictures_on(files.pdf, 0) == count
        found = verify_files([files.pdf, files.workbook])
        assert [one.verification is not None and one.verification.holds for one in found] == [
            True,
            True,
        ]
    assert plain.workbook is not None
    assert marked.workbook is not None
    assert marked.workbook.read_bytes() == plain.workbook.read_bytes()


def test_a_report_without_names_never_carries_it(
    visit: OpenVisit, phone_photo: Path, tmp_path: Path
) -> None:
    options = ReportOptions(logo=read_logo(phone_photo))
    made = write_anonymised(visit, tmp_path / "out", options, workbook=False)
    assert made.files.pdf is not None
    assert pictures_on(made.files.pdf, 0) == 0
