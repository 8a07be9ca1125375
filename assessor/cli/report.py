"""`assessor report`: PDF and workbook of a visit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessor.cli.console import console_of
from assessor.cli.passphrases import unlock
from assessor.cli.visit import VisitFile
from assessor.i18n import Language


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report", help="cli.report_help")(_report)


def _report(
    context: typer.Context,
    visit: VisitFile,
    output: Annotated[Path, typer.Option("-o", "--output", help="cli.report_output")],
    pdf: Annotated[bool, typer.Option("--pdf", help="cli.report_pdf")] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="cli.report_xlsx")] = False,
    lang: Annotated[Language, typer.Option("--lang", help="cli.report_lang")] = "zh",
    photos: Annotated[bool, typer.Option("--photos/--no-photos", help="cli.report_photos")] = True,
) -> None:
    from assessor.reports.build import ReportOptions
    from assessor.workspace.reports import write_report
    from assessor.workspace.visits import opened

    console = console_of(context)
    options = ReportOptions(language=lang, photos=photos)
    both = not pdf and not xlsx
    unlock(console.language)
    with opened(visit, read_only=True) as one:
        files = write_report(one, output, options, pdf=pdf or both, workbook=xlsx or both)
    for path in (files.pdf, files.workbook):
        if path is not None:
            console.say("written", file=str(path))
    console.say("digest", digest=files.payload_digest)
