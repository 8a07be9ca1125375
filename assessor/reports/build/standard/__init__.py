"""A rubric printed in the shape of a Chinese local standard, for bureaus on their way to one.

It is a draft set from the rubric's file and says so on every page.
"""

from assessor.reports.build.standard.document import standard_document

__all__ = ["standard_document"]
