"""Synthetic regions: real exported workbooks of invented enterprises, and the truth beside them."""
