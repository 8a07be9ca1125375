"""Edits as values: what changes in a record, how it is undone, what it is called."""
