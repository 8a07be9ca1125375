"""Files made to harm: each is refused in a sentence, none hangs, none is half believed."""

from __future__ import annotations

import io
import random
import stat
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assessor.errors import AssessorError
from assessor.i18n import LANGUAGES
from assessor.sheets import Limits, SheetError, read_workbook, read_xlsx
from assessor.sheets.limits import MEGABYTE
from tests.hostile.crafted import GOOD_ROWS, HEAD, MAIN, parts, save, shared_xml, sheet_xml

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"


def key_of(path: Path, limits: Limits | None = None) -> str:
    """Return which refusal reading `path` gives; fails when there is none."""
    with pytest.raises(SheetError) as caught:
        read_xlsx(path, limits)
    assert all(path.name in caught.value.text(language) for language in LANGUAGES)
    return caught.value.message.key.removeprefix("sheets.")


def kind_of(path: Path) -> str:
    """Return what a refused file is said to be."""
    with pytest.raises(SheetError) as caught:
        read_xlsx(path)
    kind = caught.value.message.values["kind"]
    return getattr(kind, "key", "").removeprefix("sheets.kind_")


def good(path: Path) -> Path:
    return save(path, parts(sheet_xml(GOOD_ROWS)))


# --- files that are something else ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("设备,联网\n车床,是\n".encode(), "csv"),
        ("设备,联网\n车床,是\n".encode("gb18030"), "csv"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "html"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>", "html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:x"/>', "xml"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "xls"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "ole"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"Rar!\x1a\x07", "archive"),
        (b"SQLite format 3\x00" + b"\0" * 80, "database"),
        (b"\x01\x02\x00\xfe\xff\x80", "unknown"),
    ],
)
def test_a_renamed_file_is_named_for_what_it_is(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "renamed.xlsx"
    path.write_bytes(content)
    assert kind_of(path) == kind


@pytest.mark.parametrize(
    ("name", "part", "kind"),
    [
        ("xl/workbook.bin", b"", "xlsb"),
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
        ("word/document.xml", b"", "docx"),
        ("ppt/presentation.xml", b"", "pptx"),
        ("Index/Document.iwa", b"", "numbers"),
        ("readme.txt", b"", "zip"),
    ],
)
def test_another_zip_format_is_named_for_what_it_is(
    tmp_path: Path, name: str, part: bytes, kind: str
) -> None:
    assert kind_of(save(tmp_path / "renamed.xlsx", {name: part})) == kind


def test_password_empty_missing_and_folder(tmp_path: Path) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(OLE + b"\0" * 9000 + "EncryptedPackage".encode("utf-16-le"))
    assert key_of(locked) == "encrypted"
    empty = tmp_path / "empty.xlsx"
    empty.touch()
    assert key_of(empty) == "empty"
    assert key_of(tmp_path / "gone.xlsx") == "not_found"
    assert key_of(tmp_path) == "not_a_file"


# --- the archive ----------------------------------------------------------------------------------


def test_a_truncated_file(tmp_path: Path) -> None:
    path = good(tmp_path / "a.xlsx")
    content = path.read_bytes()
    for share in (0.2, 0.5, 0.9, 0.99):
        path.write_bytes(content[: int(len(content) * share)])
        assert key_of(path) == "damaged"


def test_a_zip_bomb(tmp_path: Path) -> None:
    rows = f"<row><c><v>1</v></c></row>{' ' * 30 * MEGABYTE}"
    path = save(tmp_path / "bomb.xlsx", parts(sheet_xml(rows)))
    assert path.stat().st_size < MEGABYTE
    assert key_of(path) == "packed_too_tight"
    assert key_of(path, Limits(unpacked_bytes=20 * MEGABYTE)) == "unpacks_too_big"


def test_a_bomb_that_lies_about_its_size_is_cut_off(tmp_path: Path) -> None:
    path = save(tmp_path / "bomb.xlsx", parts(sheet_xml("<row/>" + " " * 8 * MEGABYTE)))
    content = bytearray(path.read_bytes())
    size = len(sheet_xml("<row/>" + " " * 8 * MEGABYTE).encode())
    assert content.count(struct.pack("<L", size)) == 2
    path.write_bytes(bytes(content).replace(struct.pack("<L", size), struct.pack("<L", 2000)))
    assert key_of(path) == "damaged_part"


def test_too_big_and_too_many(tmp_path: Path) -> None:
    path = good(tmp_path / "a.xlsx")
    assert key_of(path, Limits(packed_bytes=100)) == "too_big"
    assert key_of(path, Limits(cells=3)) == "too_many_cells"
    assert key_of(path, Limits(text_characters=5)) == "too_much_text"
    many = {f"xl/media/{number}.png": "" for number in range(5000)}
    assert key_of(save(tmp_path / "b.xlsx", {**parts(""), **many})) == "too_many_parts"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", [SHEET, SHEET.upper(), SHEET.replace("/", "\\")])
def test_duplicate_part_names(tmp_path: Path, name: str) -> None:
    path = good(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, sheet_xml("<row><c><v>999</v></c></row>"))
    assert key_of(path) == "duplicate_parts"


@pytest.mark.parametrize("name", ["../../evil.py", "/etc/passwd", "xl\\..\\..\\evil", "C:\\evil"])
def test_names_that_point_outside(tmp_path: Path, name: str) -> None:
    path = good(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "x")
    assert key_of(path) == "unsafe_parts"


def test_a_symbolic_link_as_a_part(tmp_path: Path) -> None:
    path = good(tmp_path / "a.xlsx")
    link = zipfile.ZipInfo("xl/worksheets/sheet2.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert key_of(path) == "unsafe_parts"


def test_encrypted_parts_and_foreign_compression(tmp_path: Path) -> None:
    path = good(tmp_path / "a.xlsx")
    content = path.read_bytes()
    at = content.index(b"PK\x01\x02")
    path.write_bytes(content[: at + 8] + b"\x01" + content[at + 9 :])
    assert key_of(path) == "encrypted"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, part in parts(sheet_xml(GOOD_ROWS)).items():
            archive.writestr(name, part)
    assert key_of(path) == "damaged"


# --- the markup -----------------------------------------------------------------------------------

BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declaration",
    [
        f'<!DOCTYPE x [<!ENTITY e0 "ha">{BOMB}]>',
        '<!DOCTYPE x [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "_rels/.rels"])
def test_declarations_and_entities(tmp_path: Path, declaration: str, part: str) -> None:
    content = parts(sheet_xml(GOOD_ROWS))
    content[part] = content[part].replace(HEAD, HEAD + declaration).replace("甲", "&e9;")
    assert key_of(save(tmp_path / "a.xlsx", content)) == "hostile_xml"


def test_absurd_nesting(tmp_path: Path) -> None:
    rows = "<row>" + "<c>" * 5000 + "</c>" * 5000 + "</row>"
    assert key_of(save(tmp_path / "a.xlsx", parts(sheet_xml(rows)))) == "hostile_xml"


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ('<row r="1"><c r="A0"><v>1</v></c></row>', "cell_misplaced"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "cell_misplaced"),
        ('<row r="1"><c r="A2"><v>1</v></c></row>', "cell_misplaced"),
        ('<row r="1048577"><c><v>1</v></c></row>', "cell_misplaced"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "cell_twice"),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c><v>2</v></c></row>', "cell_twice"),
        ('<row r="1"><c r="A1"><v>12abc</v></c></row>', "cell_broken"),
        ('<row r="1"><c r="A1"><v>NaN</v></c></row>', "cell_broken"),
        ('<row r="1"><c r="A1"><v>1E999999999</v></c></row>', "cell_broken"),
        (f'<row r="1"><c r="A1"><v>{"9" * 5000}</v></c></row>', "cell_broken"),
        ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "cell_broken"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "cell_broken"),
        ('<row r="1"><c r="A1" t="evil"><v>1</v></c></row>', "cell_broken"),
        ('<row r="1"><c r="A1" s="x"><v>1</v></c></row>', "cell_broken"),
        (f'<row r="1"><c r="A1" t="str"><v>{"长" * 32768}</v></c></row>', "cell_too_long"),
        (f'<row r="1"><c r="A1" t="str"><v>{"长" * 900000}</v></c></row>', "cell_too_long"),
        (f'<row r="1"><c r="A1"><f>{"1+" * 90000}1</f></c></row>', "cell_too_long"),
        ('<row r="1"><c r="A1"><v>1</v></row>', "damaged_part"),
    ],
)
def test_cells_no_program_writes(tmp_path: Path, rows: str, key: str) -> None:
    assert key_of(save(tmp_path / "a.xlsx", parts(sheet_xml(rows)))) == key


def test_huge_shared_strings(tmp_path: Path) -> None:
    content = parts(sheet_xml('<row><c t="s"><v>0</v></c></row>'))
    content["xl/sharedStrings.xml"] = shared_xml(f"<si><t>{'x' * 40_000}</t></si>")
    path = save(tmp_path / "a.xlsx", content)
    assert key_of(path) == "cell_too_long"
    assert key_of(path, Limits(text_characters=30_000)) == "too_much_text"


def test_one_long_text_used_everywhere_counts_everywhere(tmp_path: Path) -> None:
    content = parts(sheet_xml('<row><c t="s"><v>0</v></c></row>' * 2000))
    content["xl/sharedStrings.xml"] = shared_xml(f"<si><t>{'x' * 30_000}</t></si>")
    assert key_of(save(tmp_path / "a.xlsx", content)) == "too_much_text"


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", SHEET, "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_a_missing_or_broken_part_is_named(tmp_path: Path, part: str) -> None:
    content = parts(sheet_xml(GOOD_ROWS))
    broken = save(tmp_path / "a.xlsx", {**content, part: content[part][:-9]})
    assert key_of(broken) == "damaged_part"
    del content[part]
    assert key_of(save(tmp_path / "b.xlsx", content)) == "damaged_part"


def test_sheets_that_share_a_name_or_a_bad_style_sheet(tmp_path: Path) -> None:
    content = parts(sheet_xml(GOOD_ROWS))
    sheet = '<sheet name="数据" sheetId="1" r:id="rId1"/>'
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(sheet, sheet * 2)
    assert key_of(save(tmp_path / "a.xlsx", content)) == "damaged_part"
    content = parts(sheet_xml(GOOD_ROWS))
    content["xl/styles.xml"] = (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmt numFmtId="x"/></styleSheet>'
    )
    assert key_of(save(tmp_path / "b.xlsx", content)) == "damaged_part"


# --- the reading process --------------------------------------------------------------------------


def test_a_reading_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    rows = "<row><c/></row>" * 1_000_000
    path = save(tmp_path / "slow.xlsx", parts(sheet_xml(rows)))
    began = time.monotonic()
    with pytest.raises(SheetError) as caught:
        read_workbook(path, Limits(seconds=0.5, ratio=1000))
    assert caught.value.message.key == "sheets.too_slow"
    assert time.monotonic() - began < 5


def test_a_reading_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(1, 150_001))
    path = save(tmp_path / "fat.xlsx", parts(sheet_xml(rows)))
    with pytest.raises(SheetError) as caught:
        read_workbook(path, Limits(memory_bytes=64 * MEGABYTE))
    assert caught.value.message.key == "sheets.reading_failed"


def test_refusals_come_through_the_process_word_for_word(tmp_path: Path) -> None:
    path = tmp_path / "renamed.xlsx"
    path.write_bytes(b"%PDF-1.7\n")
    with pytest.raises(SheetError) as direct:
        read_xlsx(path)
    with pytest.raises(SheetError) as told:
        read_workbook(path)
    for language in LANGUAGES:
        assert told.value.text(language) == direct.value.text(language)


# --- chance ---------------------------------------------------------------------------------------

Change = Callable[[random.Random, bytearray], bytearray]


def _flip(rng: random.Random, content: bytearray) -> bytearray:
    for _ in range(rng.randrange(1, 6)):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    return content


def _cut(rng: random.Random, content: bytearray) -> bytearray:
    start = rng.randrange(len(content))
    del content[start : start + rng.randrange(1, 200)]
    return content


def _double(rng: random.Random, content: bytearray) -> bytearray:
    start = rng.randrange(len(content))
    return content[:start] + content[start : start + rng.randrange(1, 200)] + content[start:]


def _overwrite(rng: random.Random, content: bytearray) -> bytearray:
    start = rng.randrange(len(content))
    content[start : start + 4] = rng.randbytes(4)
    return content


CHANGES: tuple[Change, ...] = (_flip, _cut, _double, _overwrite)


@pytest.mark.parametrize("seed", range(10))
def test_a_mutated_workbook_gives_values_or_a_refusal(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    content = good(tmp_path / "good.xlsx").read_bytes()
    path = tmp_path / "mutated.xlsx"
    refused = 0
    for _ in range(20):
        path.write_bytes(rng.choice(CHANGES)(rng, bytearray(content)))
        refused += _is_refused(path)
    assert refused > 5


@pytest.mark.parametrize("seed", range(10))
def test_mutated_markup_gives_values_or_a_refusal(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    refused = 0
    for _ in range(20):
        content: dict[str, str | bytes] = {**parts(sheet_xml(GOOD_ROWS))}
        name = rng.choice(list(content))
        part = str(content[name]).encode()
        content[name] = bytes(rng.choice(CHANGES)(rng, bytearray(part)))
        refused += _is_refused(save(tmp_path / "mutated.xlsx", content))
    assert refused > 5


def _is_refused(path: Path) -> bool:
    try:
        read_xlsx(path)
    except AssessorError:
        return True
    return False


def test_the_directory_of_the_archive_is_all_that_is_opened_for_a_refusal(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("anything", "x")
    path = tmp_path / "a.xlsx"
    path.write_bytes(stream.getvalue())
    assert kind_of(path) == "zip"
    assert list(tmp_path.iterdir()) == [path]
