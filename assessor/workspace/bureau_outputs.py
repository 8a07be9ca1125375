"""What a register gives out: drawing, bulletin, summary workbook, CSV and Parquet.

Every file is written aside and read again; only what holds appears under its name.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from secrets import token_hex

from assessor import __version__
from assessor.bureau.bulletin.book import MOST_ROWS, Chart, parts_of, write_book
from assessor.bureau.bulletin.docx_file import write_docx
from assessor.bureau.bulletin.grid import Grid
from assessor.bureau.bulletin.grids import Grids
from assessor.bureau.bulletin.long_grids import item_grid, open_visits
from assessor.bureau.bulletin.naming import Naming
from assessor.bureau.bulletin.open_data import write_csv, write_parquet
from assessor.bureau.bulletin.period import parse_period
from assessor.bureau.bulletin.register_grids import (
    city_grid,
    log_grid,
    plan_grid,
    roster_grid,
    visit_grid,
)
from assessor.bureau.bulletin.report import bulletin
from assessor.bureau.bulletin.reread import check_book, check_csv, check_docx, check_pdf
from assessor.bureau.bulletin.source import Edition, read_source
from assessor.bureau.bulletin.targets import city_targets
from assessor.bureau.register import Register, open_register
from assessor.bureau.statistics.loading import read_facts, rubrics_in
from assessor.bureau.statistics.overview import roster_lines
from assessor.bureau.statistics.plan import plan_progress
from assessor.bureau.statistics.results import GROUPINGS
from assessor.bureau.statistics.suppression import SMALL
from assessor.bureau.statistics.survey import survey
from assessor.errors import AssessorError
from assessor.i18n import Language, message, text
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import translated
from assessor.workspace.bureau_lists import latest_decisions
from assessor.workspace.bureau_statistics import (
    Question,
    draw_picks,
    naming_in,
    rubric_meant,
)
from assessor.workspace.clock import now

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")
_CHARTS = {
    "district": Chart("bar", 0, 5),
    "histogram": Chart("column", 0, 1),
    "criteria": Chart("bar", 0, 2),
}


@dataclass(frozen=True)
class Wanted:
    """Which outputs are wanted; none named means all."""

    xlsx: bool = False
    csv: bool = False
    parquet: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing was named."""
        return not (self.xlsx or self.csv or self.parquet)


def write_sample(register: Path, output: Path, question: Question, count: int, seed: int) -> Grid:
    """Draw visits to be inspected again and write them; raises `AssessorError`."""
    _, found = draw_picks(register, question, count, seed)
    internal = text("bureau_output.internal", question.language)
    _book(output, found.title, (found,), question.language, (internal,))
    return found


def write_bulletin(
    register: Path,
    period: str,
    folder: Path,
    question: Question,
    limit: int = SMALL,
    *,
    release: bool = False,
) -> tuple[Path, ...]:
    """Write the bulletin of a period as PDF and as .docx; return the files.

    With `release` the register keeps what it shows, so that no later bulletin gives single
    enterprises away beside it; without it is a draft. Raises `AssessorError` for a text that is no
    period, a register without visits or not to be written to, or a file that does not read back.
    """
    from assessor.reports.pdf import write_pdf  # noqa: PLC0415 (loads the typesetter)

    span = parse_period(period)
    naming = naming_in(question.language)
    with open_register(register, read_only=not release) as opened:
        rubric = _rubric(opened, question)
        edition = Edition(span, rubric, limit, release, f"assessor {__version__}")
        document, published = bulletin(read_source(opened, naming, edition))
        # An id comes from a register, which may have been merged from anywhere.
        name = f"{_UNSAFE.sub('_', rubric)}-{span.text}"
        pdf, docx = folder / f"{name}.pdf", folder / f"{name}.docx"
        with translated(folder):
            folder.mkdir(parents=True, exist_ok=True)
            with aside(pdf) as drawn, aside(docx) as edited:
                check_pdf(drawn, write_pdf(document, drawn, _no_picture))
                check_docx(edited, write_docx(document, edited))
                if release:
                    # Before anybody can have it: what is kept for nothing does no harm.
                    opened.publish(published)
                put_in_place(drawn, pdf)
                put_in_place(edited, docx)
    return pdf, docx


def export(
    register: Path,
    folder: Path,
    language: Language,
    wanted: Wanted | None = None,
    today: date | None = None,
    most_rows: int = MOST_ROWS,
) -> tuple[Path, ...]:
    """Write the summary workbook, CSV and Parquet asked for; return files and folders.

    `today` tells who on the roster is overdue, by default the clock's. Raises `AssessorError`;
    older outputs of a kind that failed are untouched.
    """
    asked = wanted or Wanted()
    naming = naming_in(language)
    with open_register(register, read_only=True) as opened, translated(folder):
        folder.mkdir(parents=True, exist_ok=True)
        written: list[Path] = []
        if asked.xlsx or asked.everything:
            book = folder / "summary.xlsx"
            title = text("bureau_output.book_title", language)
            grids = tuple(_sheets(opened, naming, today or now().date()))
            internal = text("bureau_output.internal", language)
            _book(book, title, grids, language, (internal,), most_rows)
            written.append(book)
        if asked.csv or asked.everything:
            written += [_csv(one, folder) for one in _open_grids(opened, naming)]
        if asked.parquet or asked.everything:
            written += [_parquet(one, folder) for one in _open_grids(opened, naming)[:2]]
    return tuple(written)


# --- what goes into which file --------------------------------------------------------------------


def _sheets(register: Register, naming: Naming, today: date) -> Iterator[Grid]:
    visits = tuple(register.visits())
    yield visit_grid(visits, naming, latest_decisions(register.decisions()))
    progress = plan_progress(register.decisions(), register.plan_targets(), visits)
    yield plan_grid(progress, naming)
    yield city_grid(city_targets().targets, naming)
    rubrics = rubrics_in(register)
    for rubric in rubrics:
        for one in _statistics(register, rubric, naming):
            title = f"{one.title} {naming.rubric(rubric)}" if len(rubrics) > 1 else one.title
            yield replace(one, title=title)
    yield roster_grid(roster_lines(register.expected(), visits, today), naming)
    yield log_grid(register.log(), naming)


def _statistics(register: Register, rubric: str, naming: Naming) -> Iterator[Grid]:
    facts = read_facts(register, rubric)
    found = survey(facts, naming.dimensions(rubric))
    grids = Grids(facts, rubric, naming)
    for by in GROUPINGS:
        yield grids.results(found.results[by])
    yield grids.histogram(found.histogram)
    yield grids.criteria(found.criteria)
    yield grids.heat(found.heat, found.results["district"])
    yield grids.years(found.years)
    yield grids.inflation(found.inflation)
    yield grids.severity(found.severity)


def _open_grids(register: Register, naming: Naming) -> tuple[Grid, ...]:
    """Return the grids that are published as data, those for Parquet first."""
    visits = tuple(register.visits())
    facts = [read_facts(register, rubric) for rubric in rubrics_in(register)]
    return (
        open_visits(visits, naming),
        item_grid(facts, naming),
        log_grid(register.log(), naming),
    )


# --- writing --------------------------------------------------------------------------------------


def _book(
    path: Path,
    title: str,
    grids: Sequence[Grid],
    language: Language,
    notes: Sequence[str],
    most_rows: int = MOST_ROWS,
) -> None:
    parts = parts_of(grids, _CHARTS, language, most_rows)
    with translated(path), aside(path) as draft:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_book(title, parts, draft, language, notes)
        check_book(draft, parts, language)
        put_in_place(draft, path)


def _csv(grid: Grid, folder: Path) -> Path:
    path = folder / f"{grid.name}.csv"
    with aside(path) as draft:
        check_csv(draft, grid, write_csv(grid, draft))
        put_in_place(draft, path)
    return path


def _parquet(grid: Grid, folder: Path) -> Path:
    """Write a folder of Parquet files aside, then put it in the place of an older one."""
    path = folder / f"{grid.name}.parquet"
    with _folder_aside(path) as draft:
        write_parquet(grid, draft, ("year", "district"))
        if path.exists():
            shutil.rmtree(path)
        draft.replace(path)
    return path


@contextmanager
def _folder_aside(path: Path) -> Iterator[Path]:
    draft = path.with_name(f".{path.name}.{token_hex(4)}.part")
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _rubric(register: Register, question: Question) -> str:
    rubric = rubric_meant(register, question.wanted)
    if not rubric:
        raise AssessorError(message("bureau_stats.no_visits"))
    return rubric


def _no_picture(digest: str) -> bytes:
    raise KeyError(digest)
