"""`assessor demo` and `assessor open`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from assessor.cli.console import console_of
from assessor.errors import AssessorError
from assessor.i18n import DEFAULT_LANGUAGE, Language, message

WINDOW = "assessor.ui.app"


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("demo", help="cli.demo_help")(_demo)
    app.command("open", help="cli.open_help")(_open)


def _demo(
    context: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", help="cli.demo_output")],
    lang: Annotated[Language, typer.Option("--lang", help="cli.report_lang")] = "zh",
) -> None:
    from assessor.cli.result_view import verdict
    from assessor.workspace.demo import demo

    console = console_of(context)
    for sample in demo(output, language=lang):
        console.say("demo_sample", name=sample.enterprise, rubric=sample.rubric.title)
        console.line(f"  {verdict(sample.rubric, sample.card, console.language)}")
        for path in sample.files:
            console.line(f"  {path}")


def _open(
    context: typer.Context,
    visit: Annotated[
        Path | None, typer.Argument(help="cli.visit_file", metavar="[VISIT.assessment]")
    ] = None,
) -> None:
    parts = ("PySide6", WINDOW.rpartition(".")[0], WINDOW)
    if any(find_spec(part) is None for part in parts):
        raise AssessorError(message("cli.no_window"))
    from assessor.ui.app import run

    language = console_of(context).language
    raise typer.Exit(run(visit, None if language == DEFAULT_LANGUAGE else language))
