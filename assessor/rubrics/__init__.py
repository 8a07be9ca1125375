"""Rubrics: their format, how they are read, checked and found."""
