"""`assessor report`: PDF and workbook of a visit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli.console import Console, console_of
from assessor.cli.passphrases import unlock
from assessor.cli.visit import VisitFile
from assessor.errors import AssessorError
from assessor.i18n import Language, message, text

if TYPE_CHECKING:
    from assessor.reports.build import ReportOptions
    from assessor.workspace.report_files import ReportFiles


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
    anonymised: Annotated[bool, typer.Option("--anonymised", help="cli.report_anonymised")] = False,
    logo: Annotated[Path | None, typer.Option("--logo", help="cli.report_logo")] = None,
) -> None:
    from assessor.reports.build import ReportOptions
    from assessor.workspace.logo import read_logo
    from assessor.workspace.reports import write_report
    from assessor.workspace.visits import opened

    console = console_of(context)
    if anonymised and logo is not None:
        raise AssessorError(message("logo.not_anonymised"))
    picture = None if logo is None else read_logo(logo)
    options = ReportOptions(language=lang, photos=photos, logo=picture)
    both = not pdf and not xlsx
    pdf, xlsx = pdf or both, xlsx or both
    if anonymised:
        _write_anonymised(console, visit, output, options, pdf, xlsx)
        return
    unlock(console.language)
    with opened(visit, read_only=True) as one:
        files = write_report(one, output, options, pdf=pdf, workbook=xlsx)
    _tell(console, files)


def _write_anonymised(
    console: Console, visit: Path, output: Path, options: ReportOptions, pdf: bool, workbook: bool
) -> None:
    from assessor.workspace.anonymised.export import removal_lines, write_anonymised
    from assessor.workspace.visits import opened

    with opened(visit, read_only=True) as one:
        made = write_anonymised(one, output, options, pdf=pdf, workbook=workbook)
    _tell(console, made.files)
    console.line(text("anonymise.written", console.language, file=str(made.report)))
    for line in removal_lines(made.removed, made.left_out, console.language):
        console.line(line)


def _tell(console: Console, files: ReportFiles) -> None:
    for path in (files.pdf, files.workbook):
        if path is not None:
            console.say("written", file=str(path))
    console.say("digest", digest=files.payload_digest)
