"""Whatever is handed to `verify` gives a sentence: no traceback, no hang, no false all-clear."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from assessor.canonical import canonical_json, digest_of_bytes
from assessor.cli.app import run
from assessor.errors import AssessorError
from assessor.i18n import LANGUAGES
from assessor.reports.pdf_text import page_texts
from assessor.reports.verify import Verification, verify_pdf, verify_workbook
from assessor.reports.verify_payload import check_payload
from assessor.sheets import read_xlsx
from assessor.workspace.verification import verify_files
from tests.unit.reports.verify.exported import (
    find_rubric,
    part_of,
    pdf_bytes,
    saved,
    source,
    text_cell,
    with_cells,
    with_parts,
    workbook_bytes,
)

DICTIONARY = "数据字典"
CONTENTS = {
    "empty": b"",
    "zeros": bytes(64),
    "zip": b"PK\x03\x04",
    "html": b"<html>",
    "pdf": b"%PDF-1.4",
}
ODD = 'AZ09"{}[],:\\é'


def payload() -> Any:
    return json.loads(canonical_json(source().payload.to_json()))


def judged(text: str) -> list[str]:
    """What is wrong with a payload whose digest is right; every sentence can be said."""
    found = check_payload(text, digest_of_bytes(text.encode("utf-8", "surrogatepass")), find_rubric)
    for problem in found.problems:
        for language in LANGUAGES:
            assert problem.message.pick(language)
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"format":"assessor.payload","format":"assessor.payload"}',
        '{"total":NaN}',
        '{"total":1e999999}',
        '{"total":' + "9" * 100_000 + "}",
        '{"a":"\\ud800"}',
        "\x00",
    ],
)
def test_what_is_no_payload_is_refused(text: str) -> None:
    assert judged(text)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["assessment", "answers"], {"../../etc": {"option": "A"}}),
        (["assessment", "answers"], {"unknown": {"option": "A"}}),
        (["assessment", "profile"], "nobody"),
        (["assessment", "target"], "nothing"),
        (["assessment", "cycle"], "1999"),
        (["assessment", "enterprise", "name"], ""),
        (["assessment", "gates"], {"nothing": {"pass": True}}),
        (["assessment", "tables", "ledger"], [{"quantity": "-5"}]),
        (["assessment", "tables", "ledger"], [{"quantity": "1e400"}]),
        (["assessment", "self_assessment"], {"answers": {"unknown": {"option": "A"}}}),
        (["assessment", "visit", "date_from"], "2026-02-30"),
        (["rubric", "digest"], "0" * 64),
        (["program", "version"], 7),
        (["result", "total"], "-1E+9"),
        (["result", "dimensions"], []),
        (["result", "extra"], "x"),
        (["format_version"], 2**70),
    ],
)
def test_a_payload_that_fits_nothing_is_refused(path: list[str], value: object) -> None:
    data = payload()
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert judged(canonical_json(data))


def test_a_payload_with_one_character_changed_is_refused_or_read_as_it_stands() -> None:
    text = canonical_json(source().payload.to_json())
    first = text.index('"answers":')
    last = text.index('"cycle"', first)
    for number, at in enumerate(range(first, last, (last - first) // 60)):
        changed = text[:at] + ODD[number % len(ODD)] + text[at + 1 :]
        judged(changed)
        payload = check_payload(changed, "", find_rubric).payload
        assert payload is None or canonical_json(payload.to_json()) == changed


def outcome(path: Path) -> Verification | AssessorError:
    check = verify_files([path])[0]
    found = check.verification or check.error
    assert found is not None
    return found


def with_flipped_bits(content: bytes, first: int, step: int) -> bytes:
    """Return the file with a bit turned round at every `step` bytes from `first` on."""
    damaged = bytearray(content)
    for at in range(first, len(damaged), step):
        damaged[at] ^= 1 << at % 8
    return bytes(damaged)


def test_a_damaged_workbook_verifies_only_when_it_says_the_same(tmp_path: Path) -> None:
    whole = workbook_bytes()
    said = read_xlsx(saved(tmp_path / "whole.xlsx", whole)).sheets
    for first in range(5, len(whole), len(whole) // 10):
        path = saved(tmp_path / "damaged.xlsx", with_flipped_bits(whole, first, len(whole)))
        found = outcome(path)
        if isinstance(found, Verification) and found.holds:
            assert read_xlsx(path).sheets == said


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_workbook_is_refused(share: float, tmp_path: Path) -> None:
    whole = workbook_bytes()
    path = saved(tmp_path / "cut.xlsx", whole[: int(len(whole) * share)])
    assert isinstance(outcome(path), AssessorError)


@pytest.mark.parametrize("suffix", [".xlsx", ".pdf", ".assessment", ".txt"])
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_the_command_says_why_and_ends_with_2(
    suffix: str, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = saved(tmp_path / "report.xlsx", workbook_bytes())
    path = saved(tmp_path / f"odd{suffix}", content)
    assert run(["verify", str(path), "--against", str(book)]) == 2
    said = capsys.readouterr()
    assert path.name in said.out
    assert "Traceback" not in said.out + said.err
    assert "程序内部" not in said.out + said.err


def test_characters_that_act_on_a_screen_are_not_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nasty = "_x001B_[2J\u202e\u009b31m"
    book = with_cells(workbook_bytes(), {(DICTIONARY, "A2"): text_cell(nasty)})
    assert run(["verify", str(saved(tmp_path / "nasty.xlsx", book))]) == 1
    said = capsys.readouterr().out
    assert f"{DICTIONARY}!A2" in said
    assert not {"\x1b", "\u202e", "\u009b"} & set(said)


def test_sixty_thousand_added_cells_are_told_in_one_remark(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}">{"<c><v>1</v></c>" * 20}</row>' for row in range(1_000, 4_000)
    ).encode()

    def flood(parts: dict[str, bytes]) -> None:
        name = part_of(parts, DICTIONARY)
        parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")

    path = saved(tmp_path / "flood.xlsx", with_parts(workbook_bytes(), flood))
    began = time.monotonic()
    found = verify_workbook(path, find_rubric)
    assert time.monotonic() - began < 30
    assert 0 < len(found.problems) <= 1_000


def test_a_damaged_pdf_verifies_only_when_it_says_the_same(tmp_path: Path) -> None:
    whole = pdf_bytes()
    said = page_texts(saved(tmp_path / "whole.pdf", whole))
    for first in range(3, 20_000, 5_000):
        path = saved(tmp_path / "damaged.pdf", with_flipped_bits(whole, first, 20_000))
        with suppress(AssessorError):
            found = verify_pdf(path, source())
            assert not found.holds or page_texts(path) == said


def test_a_pdf_of_empty_pages_is_no_report(tmp_path: Path) -> None:
    out = BytesIO()
    with pypdfium2.PdfDocument.new() as pdf:
        for _ in range(120):
            pdf.new_page(100, 100).close()
        pdf.save(out)
    found = verify_pdf(saved(tmp_path / "empty.pdf", out.getvalue()), source())
    assert found.problems[0].code == "verify.page_count"
    assert {problem.code for problem in found.problems[1:]} == {
        "verify.page_without_code",
        "verify.page_differs",
        "verify.page_missing",
    }
