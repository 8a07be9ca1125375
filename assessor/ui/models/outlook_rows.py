"""The way to an outcome, and how sure the result is, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assessor.analysis.improvement import Change, Path, roadmap
from assessor.analysis.improvement.wording import aim_said, obstacle_said
from assessor.analysis.robustness.wording import flip_parts, percent_text
from assessor.assessment import Assessment
from assessor.rubrics.models import Rubric
from assessor.scoring import shown_text
from assessor.ui.models.row_tree import RowLook, RowNode
from assessor.ui.words import Words
from assessor.workspace.robustness import Robustness, distance_said

SEPARATOR = "|"
"""Between the part of a list and the criterion a row is about; its key may stand in several."""


def criterion_of(key: str) -> str:
    """Return the criterion a row is about, empty for a heading."""
    return key.rpartition(SEPARATOR)[2].partition("@")[0] if SEPARATOR in key else ""


def path_rows(path: Path, rubric: Rubric, words: Words) -> tuple[RowNode, ...]:
    """Return the stages of a way, what stands in its way, and other ways of the same cost."""
    rows = [
        RowNode(f"obstacle{at}", RowLook(words.pick(obstacle_said(rubric, one)), "lock", "bad"))
        for at, one in enumerate(path.obstacles)
    ]
    for stage in roadmap(path.changes):
        cost = format(stage.cost, "f")
        rows.append(_heading(words.tr(f"path.stage_{stage.kind}", cost=cost)))
        rows.extend(_changes(stage.kind, stage.changes, rubric, words))
    for number, tie in enumerate(path.ties, 1):
        rows.append(_heading(words.tr("path.tie", number=number)))
        rows.extend(_changes(f"tie{number}", tie, rubric, words))
    return tuple(rows)


def _changes(
    part: str, changes: Iterable[Change], rubric: Rubric, words: Words
) -> Iterable[RowNode]:
    for change in changes:
        criterion = rubric.criterion_by_id[change.criterion]
        before = words.pick(aim_said(criterion, change.before))
        after = words.pick(aim_said(criterion, change.after))
        cost = words.tr("ui_outlook.cost", steps=change.steps, cost=format(change.cost, "f"))
        yield RowNode(
            f"{part}{SEPARATOR}{change.key}",
            RowLook(
                words.pick(criterion.title),
                number=criterion.number,
                notes=(words.tr("ui_outlook.from_to", before=before, after=after), cost),
                aside=words.tr("ui_outlook.gain", gain=shown_text(change.gain)),
                aside_role="good",
                depth=1,
            ),
        )


def robustness_rows(
    found: Robustness, rubric: Rubric, record: Assessment, words: Words
) -> tuple[RowNode, ...]:
    """Return the criteria the result hangs on, the answers that turn it, the lines."""
    rows: list[RowNode] = []
    drawn = found.simulation
    if drawn.hinges:
        rows.append(_heading(words.tr("ui_outlook.hinges")))
    for hinge in drawn.hinges:
        criterion = rubric.criterion_by_id[hinge.criterion]
        share = words.tr("ui_outlook.hinge", share=percent_text(hinge.share))
        look = RowLook(words.pick(criterion.title), number=criterion.number, aside=share, depth=1)
        rows.append(RowNode(f"hinge{SEPARATOR}{hinge.key}", look))
    rows.append(_heading(words.tr("robust.flips" if found.flips else "robust.no_flips")))
    for at, flip in enumerate(found.flips):
        criterion = rubric.criterion_by_id[flip.criterion]
        before, after, turns = (words.pick(part) for part in flip_parts(rubric, record, flip))
        notes = (words.tr("ui_outlook.from_to", before=before, after=after), turns)
        look = RowLook(words.pick(criterion.title), number=criterion.number, notes=notes, depth=1)
        rows.append(RowNode(f"flip{at}{SEPARATOR}{flip.key}", look))
    if found.lines:
        rows.append(_heading(words.tr("robust.distances")))
    for at, (outcome, reading) in enumerate(found.lines):
        said = words.pick(distance_said(outcome, reading))
        rows.append(RowNode(f"line{at}", RowLook(said, depth=1)))
    return tuple(rows)


def titles_of(gates: Sequence[str], rubric: Rubric, words: Words) -> str:
    """Return the titles of gates as one text."""
    titles = {gate.id: words.pick(gate.title) for gate in rubric.gates}
    return words.tr("ui_history.between").join(titles[gate] for gate in gates)


def _heading(text: str) -> RowNode:
    return RowNode(f"heading {text}", RowLook(text, heading=True))
