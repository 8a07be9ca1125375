"""Editing a rubric: its parts, a form for each, what the checks say meanwhile, a new version."""
