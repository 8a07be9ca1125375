"""The names of the cells that rules, scoring and the workbook all refer to.

A cell is an answer, an input or a figure computed from others. `key` is an answer key: a
criterion's id, or `<criterion>@<unit>` in a repeated block.
"""

from __future__ import annotations

from typing import Final

NOT_APPLICABLE: Final = "NA"
"""Answer cell: the criterion does not apply."""
NONE: Final = "NONE"
"""Answer cell: none of the options, said so (a blank cell is no answer)."""
NO_BASELINE: Final = "NB"
"""Answer cell of a measured quantity: there is no figure from before."""
MEASURED: Final = "M"
"""Answer cell of a measured quantity: the inputs count."""
YES: Final = "yes"
NO: Final = "no"

PASSED: Final = "pass"
FAILED: Final = "fail"
UNKNOWN: Final = "unknown"

BASE_TOTAL: Final = "total:base"
BONUS_TOTAL: Final = "total:bonus"
DEDUCTION_TOTAL: Final = "total:deductions"
TOTAL: Final = "total"

VIEWS: Final = ("points", "lowest", "highest")
"""So far, and the least and most still possible: every sum exists in these three."""


def answer(key: str) -> str:
    """The answer as given."""
    return f"answer:{key}"


def effective(key: str) -> str:
    """The answer after links between criteria."""
    return f"effective:{key}"


def entry(key: str, name: str) -> str:
    """An input of a measured quantity."""
    return f"input:{key}:{name}"


def result(key: str) -> str:
    """The measured result, rounded, in its own unit."""
    return f"result:{key}"


def leaf(view: str, key: str) -> str:
    """The points of one criterion in one of `VIEWS`."""
    return f"{view}:{key}"


def maximum(key: str) -> str:
    """The most points of a criterion, after re-weighting."""
    return f"maximum:{key}"


def asked(key: str) -> str:
    """1 when the criterion counts, 0 when it was left out as not applicable."""
    return f"asked:{key}"


def rank(view: str, key: str) -> str:
    """The tier the answer reaches: 1, 2, 3 ... from the lowest, 0 for none, -1 not applicable."""
    return f"rank:{view}:{key}"


def at_tier(view: str, tier_rank: int, key: str) -> str:
    """1 when the answer reaches the tier, else 0."""
    return f"at:{view}:{tier_rank}:{key}"


def capped(view: str, tier_rank: int, key: str) -> str:
    """The points, capped at the best option within the tier."""
    return f"capped:{view}:{tier_rank}:{key}"


def distance(key: str, target: str) -> str:
    """How much is missing to a target; negative beyond it."""
    return f"distance:{key}:{target}"


def way(key: str, target: str) -> str:
    """Percent of the way from the baseline to a target."""
    return f"way:{key}:{target}"


def applicable(dimension: str) -> str:
    """The points of a dimension's criteria that were not left out, before re-weighting."""
    return f"applicable:{dimension}"


def dimension_sum(view: str, dimension: str) -> str:
    """The figure of a dimension in one of `VIEWS`."""
    return f"dimension:{view}:{dimension}"


def dimension_own(view: str, dimension: str) -> str:
    """What a dimension comes to by itself, where from some share on it counts as whole."""
    return f"dimension:own:{view}:{dimension}"


def dimension_maximum(dimension: str) -> str:
    """The most a dimension can give."""
    return f"dimension:maximum:{dimension}"


def total(view: str, part: str = TOTAL) -> str:
    """The total, or its part `BASE_TOTAL`, `BONUS_TOTAL`, `DEDUCTION_TOTAL`, in one of `VIEWS`."""
    return part if view == "points" else f"{part}:{view}"


def reading(outcome: str, reading_id: str, view: str) -> str:
    """A reading of an outcome in one of `VIEWS`."""
    return f"reading:{outcome}:{reading_id}:{view}"


def gate(gate_id: str) -> str:
    """The state of a gate: `PASSED`, `FAILED` or `UNKNOWN`."""
    return f"gate:{gate_id}"


def platform(outcome: str) -> str:
    """The official platform's score, blank unless it is dated and evidenced."""
    return f"platform:{outcome}"


def outcome_state(outcome: str) -> str:
    """1 reached, 0 undecided, -1 not reached."""
    return f"outcome:{outcome}"
