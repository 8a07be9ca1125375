"""A new visit as it is planned before anybody drives out: frame, gates, self-assessment."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assessor.assessment import Enterprise, GateAnswer, Visit
from assessor.errors import Problem, ProblemsError
from assessor.i18n import message
from assessor.rubrics.gates import BLOCKING, DeclaredCheck, FormulaCheck, Gate
from assessor.rubrics.loader import LoadedRubric
from assessor.rubrics.models import Rubric
from assessor.rules.answers import check_gate_answer
from assessor.rules.gates import GateFound, check_gate
from assessor.storage.atomic import ensure_new, put_new_in_place
from assessor.storage.errors import translated
from assessor.workspace.clock import Clock, Who, now, user_name
from assessor.workspace.received import Received
from assessor.workspace.report_files import make_folder
from assessor.workspace.visits import new_visit, opened, refuse_misfits

SUFFIX = ".assessment"
_LONGEST_PART = 40
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


@dataclass(frozen=True)
class VisitPlan:
    """Everything a new visit begins with; `received` is the enterprise's own assessment."""

    loaded: LoadedRubric
    profile: str
    target: str
    cycle: str
    enterprise: Enterprise
    visit: Visit = field(default_factory=Visit)
    gates: Mapping[str, GateAnswer] = field(default_factory=dict)
    received: Received | None = None


def create_visit(plan: VisitPlan, path: Path, clock: Clock = now, who: Who = user_name) -> Path:
    """Make the file of a planned visit, its folder too, and return it.

    Raises `ProblemsError` for gates that do not fit the rubric, `AssessorError` when the file
    cannot be made; there is no file then.
    """
    problems = tuple(gate_problems(plan.loaded.rubric, plan.gates))
    if problems:
        raise ProblemsError(message("visit.new_refused"), problems)
    make_folder(path.parent)
    ensure_new(path)
    with translated(path), _beside(path) as place:
        draft = Path(place) / path.name
        _make(draft, plan, clock, who)
        put_new_in_place(draft, path)
    return path


def _beside(path: Path) -> tempfile.TemporaryDirectory[str]:
    """Return a folder to make a file in, where the system can rename it to its place in one step.

    What a failing disk does not let go of stays there, under a hidden name.
    """
    return tempfile.TemporaryDirectory(
        dir=path.parent, prefix=".making-", ignore_cleanup_errors=True
    )


def _make(path: Path, plan: VisitPlan, clock: Clock, who: Who) -> None:
    new_visit(
        path,
        plan.loaded,
        plan.enterprise,
        plan.visit,
        profile=plan.profile,
        target=plan.target,
        cycle=plan.cycle,
        clock=clock,
        who=who,
    )
    if plan.gates or plan.received:
        _fill(path, plan, clock, who)


def preliminary_gates(rubric: Rubric, target: str) -> tuple[Gate, ...]:
    """Return the gates to be asked before a visit for this target, the strictest first.

    Those that block an outcome up to the target, decide by default, and can be answered from what
    the enterprise says: gates on figures of the visit itself come with the visit.
    """
    asked = (gate for gate in rubric.gates if _is_preliminary(gate, rubric, target))
    order = {"reject": 0, "return": 1}
    return tuple(sorted(asked, key=lambda gate: order[gate.severity]))


def gate_outlook(rubric: Rubric, gate: Gate, answer: GateAnswer | None, cycle: str) -> GateFound:
    """Return whether a gate is passed as far as it has been answered; what does not fit is open."""
    if answer is not None:
        problems = tuple(check_gate_answer(rubric, gate.id, answer))
        if problems:
            return GateFound("unknown", problems[0].message)
    batch = next((one for one in rubric.cycles if one.id == cycle), None)
    return check_gate(gate, answer, batch, {})


def gate_problems(rubric: Rubric, gates: Mapping[str, GateAnswer]) -> list[Problem]:
    """Return everything in the answers to gates that does not fit the rubric."""
    return [
        problem
        for gate, answer in gates.items()
        for problem in check_gate_answer(rubric, gate, answer)
    ]


def suggested_name(enterprise: str, rubric: str, day: date) -> str:
    """Return a file name that every system takes: enterprise, rubric, day."""
    parts = (_plain(enterprise), _plain(rubric), day.strftime("%Y%m%d"))
    return "-".join(part for part in parts if part) + SUFFIX


def free_path(folder: Path, name: str) -> Path:
    """Return the first of `name`, `name-2`, `name-3` ... that is not taken in `folder`."""
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return path


def _is_preliminary(gate: Gate, rubric: Rubric, target: str) -> bool:
    if gate.default != "on" or gate.severity not in BLOCKING:
        return False
    if not isinstance(gate.check, (DeclaredCheck, FormulaCheck)):
        return False
    ranks = rubric.target_rank
    aimed = [o.id for o in rubric.outcomes if ranks[o.target] <= ranks.get(target, 0)]
    return not gate.outcomes or any(outcome in aimed for outcome in gate.outcomes)


def _fill(path: Path, plan: VisitPlan, clock: Clock, who: Who) -> None:
    """Add gates and self-assessment in one durable step."""
    with opened(path, clock=clock, who=who) as visit:
        changes: dict[str, object] = {"gates": dict(plan.gates)}
        what = message("new_visit.prepared")
        if plan.received:
            changes |= plan.received.parts()
            what = message("visit.filled", file=plan.received.source.name)
        new = visit.assessment.model_copy(update=changes)
        refuse_misfits(plan.loaded, new, message("visit.new_refused"))
        visit.commit(new, what)


def _plain(text: str) -> str:
    words = " ".join(_NOT_IN_NAMES.sub(" ", text).split())
    return words.strip(" .")[:_LONGEST_PART].strip(" .")
