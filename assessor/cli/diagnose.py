"""`assessor diagnose`: the diagnosis report for the enterprise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessor.cli.console import console_of
from assessor.cli.visit import VisitFile
from assessor.i18n import Language

To = Annotated[str | None, typer.Option("--to", help="cli.path_to", metavar="OUTCOME")]
Output = Annotated[
    list[Path], typer.Option("-o", "--output", help="cli.diagnose_output", metavar="FILE")
]
Lang = Annotated[Language, typer.Option("--lang", help="cli.report_lang")]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("diagnose", help="cli.diagnose_help")(_diagnose)


def _diagnose(
    context: typer.Context, visit: VisitFile, output: Output, to: To = None, lang: Lang = "zh"
) -> None:
    from assessor.analysis.diagnosis import diagnose
    from assessor.i18n import message
    from assessor.workspace.diagnosing import write_diagnosis
    from assessor.workspace.improvement import outcome_called
    from assessor.workspace.visits import opened

    console = console_of(context)
    with opened(visit, read_only=True) as one:
        rubric, record = one.loaded.rubric, one.assessment
    outcome = outcome_called(rubric, to) if to else None
    found = diagnose(rubric, record, outcome)
    for path in output:
        written = write_diagnosis(found, path, lang)
        console.line(console.pick(message("diagnosis.written", file=str(written))))
