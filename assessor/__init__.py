"""Assessor: an offline evaluation tool for smart factories."""

__version__ = "0.1.0"
