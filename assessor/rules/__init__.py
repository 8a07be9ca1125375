"""The rules: each kind compiles to formula trees, one definition for scoring and workbook."""
