"""Words a visit into a report Document: all wording, ordering and rounding for people is here."""

from assessor.reports.build.source import Logo, ReportOptions, ReportSource

__all__ = ["Logo", "ReportOptions", "ReportSource"]
