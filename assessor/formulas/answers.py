"""How texts in answer cells are compared: the same way here and in the printed Excel formula."""

from __future__ import annotations


def same_text(left: str, right: str) -> bool:
    """Return whether two texts are equal without regard to case, as `=` in Excel is."""
    return left == right or left.lower() == right.lower()


def has_key(answer: str, key: str) -> bool:
    """Return whether a multi-choice answer such as `B,D` names `key`.

    Blanks don't count, case doesn't, and the full-width comma separates like the plain one, because
    people type into the cell.
    """
    keys = answer.upper().replace(" ", "").replace("，", ",").split(",")
    return key.upper() in keys
