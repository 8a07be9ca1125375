"""What a bureau enters into its register: tables from workbooks, and other registers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assessor.bureau.entered import read_decisions, read_roster, read_targets
from assessor.bureau.register import MergeReport, merge, open_register
from assessor.bureau.register.merging import ensure_another
from assessor.workspace.bureau_register import known_rubrics

__all__ = ["MergeReport", "enter_decisions", "enter_roster", "enter_targets", "merge_registers"]


def enter_roster(register: Path, table: Path) -> int:
    """Enter who is expected, all or none; return how many. Raises `AssessorError`."""
    expected = read_roster(table)
    with open_register(register, create=True) as opened:
        opened.expect(expected)
    return len(expected)


def enter_decisions(register: Path, table: Path) -> int:
    """Enter decisions, all or none; return how many. Raises `AssessorError`."""
    decisions = read_decisions(table, known_rubrics())
    with open_register(register, create=True) as opened:
        opened.decide(decisions)
    return len(decisions)


def enter_targets(register: Path, table: Path) -> int:
    """Enter what the plan asks for, all or none; return how many. Raises `AssessorError`."""
    targets = read_targets(table, known_rubrics())
    with open_register(register, create=True) as opened:
        opened.plan(targets)
    return len(targets)


def merge_registers(register: Path, others: Sequence[Path]) -> Iterator[tuple[Path, MergeReport]]:
    """Take registers in one after the other; yield what each brought. Raises `AssessorError`."""
    for other in others:
        # Before a register is made, which a slip of the finger would else leave behind.
        ensure_another(register, other)
    with open_register(register, create=True) as opened:
        for other in others:
            yield other, merge(opened, other)
