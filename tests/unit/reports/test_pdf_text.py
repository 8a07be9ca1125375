"""Reading text from PDFs that may be anything."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from assessor.errors import AssessorError
from assessor.reports import pdf_text
from assessor.reports.document import Paragraph
from assessor.reports.pdf import write_pdf
from assessor.reports.pdf_text import Difference, first_difference, page_texts
from tests.unit.reports.report_sample import images, sample


def report() -> bytes:
    out = BytesIO()
    write_pdf(sample(Paragraph("得分 15.00")), out, images)
    return out.getvalue()


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4\n%%EOF", b"not a pdf" * 100, b"PK\x03\x04" + bytes(500)]
)
def test_a_foreign_or_broken_file_is_one_clear_error(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "foreign.pdf"
    path.write_bytes(data)
    with pytest.raises(AssessorError, match=r"foreign\.pdf"):
        page_texts(path)


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(AssessorError, match=r"nowhere\.pdf"):
        page_texts(tmp_path / "nowhere.pdf")


def test_damage_at_any_place_never_escapes_as_something_else(tmp_path: Path) -> None:
    good = report()
    path = tmp_path / "damaged.pdf"
    for place in range(0, len(good), len(good) // 40):
        path.write_bytes(good[:place] + b"\x00\xff<<[" * 8 + good[place + 40 :])
        try:
            texts = page_texts(path)
        except AssessorError:
            continue
        assert all(isinstance(text, str) for text in texts)


def test_a_file_beyond_the_limits_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(report())
    monkeypatch.setattr(pdf_text, "MOST_PAGES", 0)
    with pytest.raises(AssessorError, match=r"large\.pdf"):
        page_texts(path)
    monkeypatch.setattr(pdf_text, "MOST_PAGES", 10)
    monkeypatch.setattr(pdf_text, "MOST_BYTES", 1000)
    with pytest.raises(AssessorError, match=r"large\.pdf"):
        page_texts(path)


def test_the_first_difference_is_the_first_text_that_is_not_there() -> None:
    drawn = ("得分 15.00", "满分 25")
    assert first_difference(drawn, "得分15.00\n满分 25") is None
    assert first_difference(drawn, "得分 15.01满分 25") == Difference("得分 15.00", "得分15.01")
    assert first_difference(drawn, "得分 15.00") == Difference("满分 25", "")
    assert first_difference(drawn, "得分 15.00 满分 25 更多") == Difference("", "更多")
