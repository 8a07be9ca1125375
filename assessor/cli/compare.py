"""`assessor compare`: two records of one rubric beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.console import Console, console_of

if TYPE_CHECKING:
    from decimal import Decimal

    from assessor.analysis.comparison import Comparison, ItemPair, Side
    from assessor.i18n import Message

First = Annotated[Path, typer.Argument(help="cli.compare_first", metavar="A")]
Second = Annotated[Path | None, typer.Argument(help="cli.compare_second", metavar="[B]")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="cli.compare_output")]
Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare", help="cli.compare_help")(_compare)


def _compare(
    context: typer.Context,
    first: First,
    second: Second = None,
    output: Output = None,
    json: Json = False,
) -> None:
    from assessor.i18n import message
    from assessor.workspace.comparing import compare_files, write_comparison

    console = console_of(context)
    found = compare_files(first, second)
    if output is not None:
        path = write_comparison(found, output, console.language)
        if not json:
            console.line(console.pick(message("comparison.written", file=str(path))))
    if json:
        console.json(_data(found, console))
    elif output is None:
        for line in _lines(found, console):
            console.line(line)


def _lines(found: Comparison, console: Console) -> Iterator[str]:
    from assessor.analysis.comparison.wording import (
        difference_said,
        points_said,
        result_said,
        summary_said,
        title_said,
    )
    from assessor.i18n import message

    yield console.pick(title_said(found))
    one, other = found.first.card.total.value, found.second.card.total.value
    gap = None if one is None or other is None else other - one
    values = {"first": points_said(one), "second": points_said(other)}
    if not found.second.rubric.collects:
        yield console.pick(message("comparison.total", difference=difference_said(gap), **values))
    results = {"first": result_said(found, True), "second": result_said(found, False)}
    yield console.pick(message("comparison.result", **results))
    if found.versions_differ:
        versions = (found.first.record.rubric.version, found.second.record.rubric.version)
        said = message("comparison.versions", first=versions[0], second=versions[1])
        yield console.pick(said)
    yield console.pick(summary_said(found))
    for pair in found.items:
        if pair.standing not in ("same", "open"):
            yield f"  - {console.pick(_row(pair))}"
    if found.left_out:
        yield from _left_out(found, console)


def _row(pair: ItemPair) -> Message:
    from assessor.analysis.comparison.wording import (
        answers_said,
        pair_title,
        points_said,
        standing_said,
    )
    from assessor.i18n import message

    if not pair.second.span.maximum:
        return message(
            "form.compared_row",
            title=pair_title(pair),
            before=answers_said(pair.first),
            after=answers_said(pair.second),
            standing=standing_said(pair.standing),
        )
    return message(
        "comparison.row",
        title=pair_title(pair),
        before=answers_said(pair.first),
        after=answers_said(pair.second),
        first=points_said(pair.first.points),
        second=points_said(pair.second.points),
        standing=standing_said(pair.standing),
    )


def _left_out(found: Comparison, console: Console) -> Iterator[str]:
    from assessor.analysis.comparison.wording import left_out_said
    from assessor.i18n import message

    yield console.pick(message("comparison.left_out", count=len(found.left_out)))
    for entry in found.left_out:
        yield f"  - {console.pick(left_out_said(entry))}"


def _data(found: Comparison, console: Console) -> dict[str, object]:
    first, second = found.names
    return {
        "kind": found.kind,
        "first": _side(found.first, console.pick(first)),
        "second": _side(found.second, console.pick(second)),
        "counts": dict(found.counts),
        "items": [
            {
                "id": pair.criterion.id,
                "standing": pair.standing,
                "first": _figure(pair.first.points),
                "second": _figure(pair.second.points),
                "difference": _figure(pair.difference),
            }
            for pair in found.items
        ],
        "dimensions": [
            {
                "id": entry.dimension.id,
                "first": _figure(entry.first.value),
                "second": _figure(entry.second.value),
            }
            for entry in found.dimensions
        ],
        "left_out": [
            {"id": entry.criterion.id, "reason": entry.reason} for entry in found.left_out
        ],
    }


def _side(side: Side, name: str) -> dict[str, object]:
    return {
        "name": name,
        "enterprise": side.record.enterprise.name,
        "rubric": side.record.rubric.id,
        "version": side.record.rubric.version,
        "total": _figure(side.card.total.value),
        "result": side.card.result,
    }


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
