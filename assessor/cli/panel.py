"""`assessor panel`: how far the experts of a visit agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.console import Console, console_of

if TYPE_CHECKING:
    from fractions import Fraction

    from assessor.analysis.agreement import Agreement, Figure, InItem
    from assessor.i18n import Message
    from assessor.workspace.agreement import ExpertAgreement

Files = Annotated[list[Path], typer.Argument(help="cli.panel_files", metavar="FILE...")]
Json = Annotated[bool, typer.Option("--json", help="cli.json_option")]
_COEFFICIENTS = ("kappa", "fleiss", "nominal", "ordinal", "interval")


def add_to(app: typer.Typer) -> None:
    """Add the family of commands."""
    family = typer.Typer(help="cli.panel_help", no_args_is_help=True)
    family.callback()(_family)
    family.command("agreement", help="cli.panel_agreement_help")(_agreement)
    app.add_typer(family, name="panel")


def _family() -> None:
    """Keep the name of the one command there is."""


def _agreement(context: typer.Context, files: Files, json: Json = False) -> None:
    from assessor.workspace.agreement import agreement_of_files

    console = console_of(context)
    found = agreement_of_files(files)
    if json:
        console.json(_data(found))
        return
    for line in _lines(found, console):
        console.line(line)


def _lines(found: ExpertAgreement, console: Console) -> Iterator[str]:
    from assessor.analysis.agreement.wording import coefficient_said, percentage_said
    from assessor.i18n import message

    shown, overall = found.agreement, found.agreement.overall
    yield console.pick(
        message(
            "agreement.lead",
            experts=len(shown.experts),
            shared=overall.shared,
            alike=overall.alike,
        )
    )
    values = {"percent": percentage_said(overall.percent)}
    values |= {name: coefficient_said(getattr(overall, name)) for name in _COEFFICIENTS}
    for name, said in values.items():
        label = message(f"agreement.name_{name}")
        yield console.pick(message("agreement.value", name=label, value=said))
    yield console.pick(message("agreement.by_dimension"))
    for entry in shown.dimensions:
        percent, ordinal = entry.agreement.percent, entry.agreement.ordinal
        said = message(
            "agreement.in_dimension",
            name=entry.dimension.name,
            percent=percentage_said(percent),
            ordinal=coefficient_said(ordinal),
        )
        yield f"{'  ' * (entry.depth + 1)}{console.pick(said)}"
    yield from _people(found, console)
    yield from _differing(found, console)


def _people(found: ExpertAgreement, console: Console) -> Iterator[str]:
    from assessor.analysis.agreement.wording import (
        coefficient_said,
        leaning_said,
        percentage_said,
    )
    from assessor.i18n import message

    yield console.pick(message("agreement.by_pair"))
    for pair in found.agreement.pairs:
        said = message(
            "agreement.pair",
            one=found.name_of(pair.one),
            other=found.name_of(pair.other),
            percent=percentage_said(pair.percent),
            kappa=coefficient_said(pair.kappa),
        )
        yield f"  {console.pick(said)}"
    yield console.pick(message("agreement.by_expert"))
    for one in found.agreement.leanings:
        name, told = found.name_of(one.expert), leaning_said(one.difference)
        said = message("agreement.expert", name=name, said=told, units=one.units)
        yield f"  {console.pick(said)}"


def _differing(found: ExpertAgreement, console: Console) -> Iterator[str]:
    from assessor.i18n import message

    items = [one for one in found.agreement.items if one.percent.value not in (None, 1)]
    yield console.pick(message("agreement.by_item", count=len(items)))
    for one in items:
        yield f"  {console.pick(_item_said(found, one))}"


def _item_said(found: ExpertAgreement, one: InItem) -> Message:
    from assessor.analysis.agreement.wording import item_said

    return item_said(one, found.names)


def _data(found: ExpertAgreement) -> dict[str, object]:
    shown = found.agreement
    return {
        "experts": [{"id": one, "name": found.name_of(one)} for one in shown.experts],
        "overall": _agreement_data(shown.overall),
        "dimensions": [
            {"id": entry.dimension.id, **_agreement_data(entry.agreement)}
            for entry in shown.dimensions
        ],
        "items": [_item_data(one) for one in shown.items],
        "pairs": [
            {
                "experts": [pair.one, pair.other],
                "percent": _figure_data(pair.percent, percent=True),
                "kappa": _figure_data(pair.kappa),
            }
            for pair in shown.pairs
        ],
        "leanings": [
            {
                "expert": one.expert,
                "units": one.units,
                "difference": None if one.difference is None else _exact(one.difference),
            }
            for one in shown.leanings
        ],
    }


def _agreement_data(one: Agreement) -> dict[str, object]:
    figures = {name: _figure_data(getattr(one, name)) for name in _COEFFICIENTS}
    return {
        "shared": one.shared,
        "alike": one.alike,
        "percent": _figure_data(one.percent, percent=True),
        **figures,
    }


def _item_data(one: InItem) -> dict[str, object]:
    return {
        "key": one.rated.key,
        "percent": _figure_data(one.percent, percent=True),
        "places": {who: _exact(value) for who, value in one.rated.values.items()},
    }


def _figure_data(figure: Figure, *, percent: bool = False) -> dict[str, object]:
    from assessor.analysis.agreement.wording import coefficient, percentage

    shown = percentage(figure) if percent else coefficient(figure)
    return {
        "value": None if shown is None else f"{shown:f}",
        "exact": None if figure.value is None else _exact(figure.value),
        "undefined": figure.missing,
        "units": figure.units,
    }


def _exact(value: Fraction) -> str:
    return str(value)
