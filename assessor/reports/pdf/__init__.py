"""The PDF of a report: `write_pdf` places a Document on pages."""

from assessor.reports.pdf.writer import PageText, PdfSummary, expected_pages, write_pdf

__all__ = ["PageText", "PdfSummary", "expected_pages", "write_pdf"]
