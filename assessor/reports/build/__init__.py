"""Words a visit into a report Document: all wording, ordering and rounding for people is here."""

from assessor.reports.build.source import ReportOptions, ReportSource

__all__ = ["ReportOptions", "ReportSource"]
