"""The .assessment file: one visit, its rubric, its evidence and every edit, safe on disk."""
