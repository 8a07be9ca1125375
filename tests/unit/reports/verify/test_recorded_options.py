"""The choices that shaped a report travel with it, in the workbook and in the PDF."""

from __future__ import annotations

import pypdfium2
import pytest

from assessor.exchange.envelope import from_rows, options_from, options_text, to_rows
from assessor.i18n import Language
from assessor.reports.build.source import ReportOptions
from tests.unit.reports.verify.exported import OPTIONS, pdf_bytes


def test_the_machine_sheet_gives_them_back() -> None:
    pairs = ReportOptions(language="en", photos=False).as_pairs()
    envelope = from_rows(to_rows('{"a":"b"}', options=pairs))
    assert envelope.options == pairs
    assert ReportOptions.from_pairs(envelope.options) == ReportOptions("en", photos=False)


def test_they_are_no_part_of_the_digest_and_may_be_missing() -> None:
    with_them = from_rows(to_rows('{"a":"b"}', options=(("language", "en"),)))
    without = from_rows(to_rows('{"a":"b"}'))
    assert with_them.digest == without.digest
    assert without.options == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_properties_of_the_pdf_give_them_back(language: Language) -> None:
    with pypdfium2.PdfDocument(pdf_bytes(language)) as pdf:
        keywords = pdf.get_metadata_dict()["Keywords"]
    assert options_from(keywords) == OPTIONS[language].as_pairs()


@pytest.mark.parametrize("line", ["", ";;;", "language", "= ;a", "\x00"])
def test_a_line_that_says_nothing_is_no_choice(line: str) -> None:
    assert all(name == "" for name, _ in options_from(line))
    assert ReportOptions.from_pairs(options_from(line)) == ReportOptions()


def test_a_line_reads_as_it_was_written() -> None:
    assert options_text((("language", "zh"), ("photos", "no"))) == "language=zh; photos=no"
