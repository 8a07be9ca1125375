"""Signed exports: valid, re-saved by other programs, altered, their parts swapped."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from pypdfium2 import PdfDocument

from assessor.canonical import canonical_json
from assessor.exchange.envelope import SHEET_NAME, to_rows
from assessor.exchange.signature import KnownKey, Signed, Signer, digests_of
from assessor.i18n import Language
from assessor.reports.excel import write_workbook
from assessor.reports.pdf import write_pdf
from assessor.reports.verify import Verification, verify_pdf, verify_workbook
from assessor.reports.verify_words import tamper_message
from tests.office import recalculated
from tests.unit.reports.build.report_visits import images
from tests.unit.reports.verify.exported import (
    OPTIONS,
    find_rubric,
    saved,
    source,
    with_machine_rows,
    with_value,
)

SIGNER, OTHER = Signer(bytes(range(32))), Signer(bytes(32))
KNOWN = {SIGNER.key_id: KnownKey("甬江评估所", SIGNER.public_key)}


@cache
def signed(skill: int = 7) -> Signed:
    return SIGNER.sign(digests_of(source(skill).text))


def rows(mark: Signed, text: str | None = None) -> list[list[str]]:
    return to_rows(text or source().text, mark, OPTIONS["zh"].as_pairs())


@cache
def signed_workbook(language: Language = "zh") -> bytes:
    out = io.BytesIO()
    options = OPTIONS[language]
    document = source().document(options, signed())
    write_workbook(document, out, to_rows(source().text, signed(), options.as_pairs()))
    return out.getvalue()


@cache
def signed_pdf(language: Language = "zh") -> bytes:
    out = io.BytesIO()
    write_pdf(source().document(OPTIONS[language], signed()), out, images)
    return out.getvalue()


def checked(folder: Path, book: bytes) -> Verification:
    return verify_workbook(saved(folder / "report.xlsx", book), find_rubric, known=KNOWN)


def verdict(found: Verification) -> str:
    assert found.tamper
    return found.tamper.verdict


def test_a_signed_workbook_is_valid_and_its_key_told(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", signed_workbook())
    enrolled = verify_workbook(path, find_rubric, known=KNOWN)
    stranger = verify_workbook(path, find_rubric)
    assert (enrolled.holds, verdict(enrolled)) == (True, "enrolled")
    assert (stranger.holds, verdict(stranger)) == (True, "unknown")
    assert enrolled.tamper
    assert "甬江评估所" in tamper_message(enrolled.tamper).pick("zh")
    assert enrolled.tamper.key_id in tamper_message(enrolled.tamper).pick("en")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_signed_pdf_is_valid(tmp_path: Path, language: Language) -> None:
    path = saved(tmp_path / "report.pdf", signed_pdf(language))
    found = verify_pdf(path, source(), KNOWN)
    assert (found.holds, verdict(found)) == (True, "enrolled")
    assert found.options == OPTIONS[language].as_pairs()


def test_a_pdf_saved_again_without_its_properties_is_still_signed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with PdfDocument(signed_pdf()) as given, PdfDocument.new() as made:
        made.import_pages(given)
        made.save(out)
    found = verify_pdf(saved(tmp_path / "report.pdf", out.getvalue()), source(), KNOWN)
    assert (found.holds, verdict(found)) == (True, "enrolled")


def test_a_pdf_signed_for_other_data_is_altered(tmp_path: Path) -> None:
    out = io.BytesIO()
    write_pdf(source().document(OPTIONS["zh"], signed(5)), out, images)
    found = verify_pdf(saved(tmp_path / "report.pdf", out.getvalue()), source(), KNOWN)
    assert (found.holds, verdict(found)) == (False, "altered")
    assert found.problems[0].code == "verify.signature_altered"


# --- re-saved by others ---------------------------------------------------------------------------


def resaved_by_openpyxl(path: Path, change: Callable[[openpyxl.Workbook], None]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    made = path.with_name("resaved.xlsx")
    book.save(made)
    book.close()
    return made


def as_wps(book: openpyxl.Workbook) -> None:
    """What WPS does to a file: 15 digits of each number, and texts that are numbers become some."""
    for row in book[SHEET_NAME].iter_rows():
        for cell in row:
            number = as_number(cell.value)
            if number is not None:
                cell.value = number
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, float):
                    cell.value = float(f"{cell.value:.15g}")


def as_number(value: object) -> float | None:
    try:
        return float(f"{float(str(value)):.15g}")
    except ValueError:
        return None


def test_a_workbook_saved_again_by_openpyxl_keeps_its_signature(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", signed_workbook())
    found = verify_workbook(resaved_by_openpyxl(path, lambda book: None), find_rubric, known=KNOWN)
    assert (found.holds, verdict(found)) == (True, "enrolled")


def test_fifteen_digits_do_not_touch_the_signature(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", signed_workbook())
    found = verify_workbook(resaved_by_openpyxl(path, as_wps), find_rubric, known=KNOWN)
    assert (found.holds, verdict(found)) == (True, "enrolled")


def test_a_workbook_saved_again_by_libreoffice_keeps_its_signature(tmp_path: Path) -> None:
    path = saved(tmp_path / "report.xlsx", signed_workbook())
    (made,) = recalculated([path], tmp_path / "office")
    found = verify_workbook(made, find_rubric, known=KNOWN)
    assert (found.holds, verdict(found)) == (True, "enrolled")


# --- tampered -------------------------------------------------------------------------------------


def other_text() -> str:
    data = json.loads(source().text)
    data["assessment"]["enterprise"]["name"] = "别的公司"
    return canonical_json(data)


def cut(mark: Signed, text: str) -> list[list[str]]:
    """The payload changed, its digests left as they were."""
    kept = {row[0]: row for row in rows(mark)}
    return [
        kept.get(row[0], row) if row[0] in {"digest", "sm3"} else row for row in rows(mark, text)
    ]


def tampered() -> Iterator[tuple[str, list[list[str]], str]]:
    mark = signed()
    yield "payload changed", cut(mark, other_text()), "exchange.digest_differs"
    yield "digests recomputed", rows(mark, other_text()), "verify.signature_altered"
    yield "signature of another file", rows(signed(5)), "verify.signature_altered"
    other = OTHER.sign(digests_of(source().text))
    yield "key swapped", rows(replace(mark, public_key=other.public_key)), _ALTERED
    swapped = replace(mark, public_key=other.public_key, key_id=other.key_id)
    yield "key and fingerprint swapped", rows(swapped), _ALTERED
    yield "fingerprint of an enrolled key", rows(replace(other, key_id=mark.key_id)), _ALTERED
    yield "signature cut", rows(replace(mark, signature=mark.signature[:-2])), _ALTERED
    yield "public key gone", rows(replace(mark, public_key="")), _ALTERED
    yield "something else there", rows(Signed("c2lnbmF0dXJl", "", "key-1")), _ALTERED


_ALTERED = "verify.signature_altered"


@pytest.mark.parametrize(
    ("machine_rows", "code"),
    [(made, code) for _, made, code in tampered()],
    ids=[name for name, _, _ in tampered()],
)
def test_tampering_is_called_so(machine_rows: list[list[str]], code: str, tmp_path: Path) -> None:
    found = checked(tmp_path, with_machine_rows(signed_workbook(), machine_rows))
    assert (found.holds, verdict(found)) == (False, "altered")
    assert found.problems[0].code == code


def test_signed_anew_with_another_key_it_is_valid_and_unknown(tmp_path: Path) -> None:
    mine = OTHER.sign(digests_of(source().text))
    found = checked(tmp_path, with_machine_rows(signed_workbook(), rows(mine)))
    assert (found.holds, verdict(found)) == (True, "unknown")


def test_stripped_of_its_signature_it_is_unsigned(tmp_path: Path) -> None:
    found = checked(tmp_path, with_machine_rows(signed_workbook(), rows(Signed("", "", ""))))
    assert (found.holds, verdict(found)) == (True, "unsigned")


def test_a_figure_changed_on_a_sheet_leaves_the_data_signed_and_fails(tmp_path: Path) -> None:
    book = with_value(signed_workbook(), "评分明细", "F11", "99.5")
    found = checked(tmp_path, book)
    assert (found.holds, verdict(found)) == (False, "enrolled")
    assert found.problems[0].place == "评分明细!F11"
