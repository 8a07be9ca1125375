"""`assessor calibrate`: gold cases answered blind before the season, and how far one agreed."""

from __future__ import annotations

import json as json_text
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.author import author
from assessor.cli.console import FINDING, Console, console_of
from assessor.cli.visit import VisitFile

if TYPE_CHECKING:
    from assessor.analysis.agreement import Figure
    from assessor.analysis.calibration import GoldItem, Marked
    from assessor.assessment import Calibration
    from assessor.rubrics.criterion import Criterion
    from assessor.workspace.calibration import GoldFile

Set = Annotated[str, typer.Argument(help="cli.calibrate_set", metavar="SET")]
Answers = Annotated[Path, typer.Argument(help="cli.calibrate_answers", metavar="ANSWERS")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="cli.calibrate_output")]
Name = Annotated[str, typer.Option("--name", help="cli.calibrate_name")]
Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]


def add_to(app: typer.Typer) -> None:
    """Add the family of commands."""
    family = typer.Typer(help="cli.calibrate_help", no_args_is_help=True)
    family.command("list", help="cli.calibrate_list_help")(_list)
    family.command("ask", help="cli.calibrate_ask_help")(_ask)
    family.command("answer", help="cli.calibrate_answer_help")(_answer)
    family.command("show", help="cli.calibrate_show_help")(_show)
    family.command("note", help="cli.calibrate_note_help")(_note)
    app.add_typer(family, name="calibrate")


def _list(context: typer.Context) -> None:
    from assessor.i18n import message
    from assessor.workspace.calibration import bundled_sets, read_gold

    console = console_of(context)
    for path in bundled_sets():
        gold = read_gold(path).gold
        count = len(list(gold.questions))
        values = {"id": gold.id, "title": gold.title, "count": count, "cycle": gold.cycle}
        console.line(console.pick(message("calibration.set", **values)))
        if gold.notice is not None:
            console.line(f"  {console.pick(gold.notice)}")


def _ask(context: typer.Context, set_name: Set, output: Output = None) -> None:
    from assessor.i18n import message
    from assessor.workspace.calibration import blank_answers, gold_called, write_blank

    console = console_of(context)
    found = gold_called(set_name)
    if output is not None:
        write_blank(found.gold, output)
        console.line(console.pick(message("calibration.blank_written", file=str(output))))
        return
    if found.gold.notice is not None:
        console.line(console.pick(found.gold.notice))
    for line in _questions(found, console):
        console.line(line)
    console.line(json_text.dumps(blank_answers(found.gold), ensure_ascii=False, indent=2))


def _questions(found: GoldFile, console: Console) -> Iterator[str]:
    from assessor.i18n import message

    for case in found.gold.cases:
        yield console.pick(message("calibration.case", title=case.title))
        yield f"  {console.pick(case.text)}"
        for item in case.items:
            criterion = found.loaded.rubric.criterion_by_id[item.criterion]
            yield from _question(item, criterion, console)


def _question(item: GoldItem, criterion: Criterion, console: Console) -> Iterator[str]:
    from assessor.analysis.calibration.wording import choices_said
    from assessor.i18n import message

    said = message(
        "calibration.question",
        number=criterion.number,
        title=criterion.title,
        question=criterion.question,
    )
    yield f"  {console.pick(said)}"
    yield f"    {console.pick(message('calibration.evidence', text=item.evidence))}"
    for choice in choices_said(criterion):
        yield f"    {console.pick(choice)}"


def _answer(
    context: typer.Context, set_name: Set, answers: Answers, name: Name = "", json: Json = False
) -> None:
    from assessor.workspace.calibration import (
        gold_called,
        keep_result,
        marked,
        read_answers,
        result_of,
    )
    from assessor.workspace.identity import own_keys

    console = console_of(context)
    found = gold_called(set_name)
    result = marked(found, read_answers(answers, found))
    reached = result_of(found, result, name, own_keys())
    keep_result(reached)
    if json:
        console.json(_data(reached, result))
        return
    for line in _marked(reached, result, console):
        console.line(line)


def _marked(reached: Calibration, result: Marked, console: Console) -> Iterator[str]:
    from assessor.analysis.agreement.wording import coefficient_said, percentage_said
    from assessor.analysis.calibration.wording import marked_said, result_said
    from assessor.i18n import message

    yield console.pick(result_said(reached))
    for entry in result.dimensions:
        said = message(
            "calibration.in_dimension",
            name=entry.dimension.name,
            percent=percentage_said(entry.agreement.percent),
            kappa=coefficient_said(entry.agreement.kappa),
        )
        yield f"{'  ' * (entry.depth + 1)}{console.pick(said)}"
    for one in result.items:
        yield f"  {console.pick(marked_said(one))}"
        yield f"    {console.pick(message('calibration.reason', text=one.item.reason))}"
    yield console.pick(message("calibration.kept"))


def _show(context: typer.Context, json: Json = False) -> None:
    from assessor.analysis.calibration.wording import result_said, set_said
    from assessor.i18n import message
    from assessor.workspace.calibration import kept_results

    console = console_of(context)
    results = kept_results()
    if json:
        console.json([one.model_dump(mode="json") for one in results])
    elif not results:
        console.line(console.pick(message("calibration.none_kept")))
    else:
        for one in results:
            console.line(console.pick(result_said(one)))
            console.line(f"  {console.pick(set_said(one))}")


def _note(context: typer.Context, visit: VisitFile) -> None:
    from assessor.analysis.calibration.wording import line_said
    from assessor.i18n import message
    from assessor.workspace.calibration import fitting, kept_results, noted
    from assessor.workspace.visits import opened

    console = console_of(context)
    with opened(visit, who=author) as one:
        edit = noted(one.assessment, fitting(one.assessment, kept_results()))
        if edit is None:
            console.line(console.pick(message("calibration.nothing_to_note")))
            raise typer.Exit(FINDING)
        one.do(edit)
        for found in one.assessment.calibrations:
            console.line(console.pick(line_said(found, one.assessment)))


def _data(reached: Calibration, result: Marked) -> dict[str, object]:
    return {
        **reached.model_dump(mode="json"),
        "dimensions": [
            {
                "id": entry.dimension.id,
                "percent": _exact(entry.agreement.percent),
                "kappa": _exact(entry.agreement.kappa),
            }
            for entry in result.dimensions
        ],
        "questions": [
            {
                "case": one.case.id,
                "criterion": one.criterion.id,
                "alike": one.alike,
                "apart": None if one.apart is None else str(one.apart),
            }
            for one in result.items
        ],
    }


def _exact(figure: Figure) -> str | None:
    return None if figure.value is None else str(figure.value)
