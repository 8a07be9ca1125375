"""Reports: one Document, written as PDF and workbook, and verified by building it again."""
