"""The fill-in workbook of a rubric, for Excel, WPS, LibreOffice or paper."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.workbook.protection import WorkbookProtection

from assessor import __version__
from assessor.errors import AssessorError
from assessor.exchange.form.criteria_rows import FormContext, criteria_rows, indicator_rows
from assessor.exchange.form.drawing import Frame, PageDrawer, cell_at
from assessor.exchange.form.guide import draw_guide
from assessor.exchange.form.other_rows import enterprise_rows, gate_rows
from assessor.exchange.form.rows import Entry, Page
from assessor.exchange.form.tables import draw_table
from assessor.exchange.form.validation import Validations
from assessor.i18n import DEFAULT_LANGUAGE, Language, message
from assessor.rubrics.loader import LoadedRubric
from assessor.sheets import put_text, sheet_name

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

IDENTITY_SHEET: Final = "assessor_template"
TEMPLATE_VERSION: Final = 1
TITLE: Final = "assessor template"

_CRITERIA_WIDTHS = (7, 46, 58, 11, 8, 11, 24)
_GATE_WIDTHS = (7, 46, 58, 14, 8, 0, 30)
_ENTERPRISE_WIDTHS = (0, 28, 52, 56, 10, 0, 0)
_LAST_HEADINGS = ("column_entry", "column_unit", "column_confidence", "column_remark")
_FACT_HEADINGS = ("column_number", "column_fact", "column_hint", *_LAST_HEADINGS)
_HEADINGS = ("column_number", "column_question", "column_prompt", *_LAST_HEADINGS)


def template_workbook(
    rubric: LoadedRubric,
    profile: str | None = None,
    target: str | None = None,
    language: Language = DEFAULT_LANGUAGE,
) -> bytes:
    """Return the fill-in workbook (.xlsx) of a rubric.

    Without `profile` and `target` it is made for the rubric's first profile and highest target.
    Raises `AssessorError` when the rubric has no such profile or target.
    """
    chosen = rubric.rubric
    context = FormContext(
        chosen,
        _chosen("profile", profile, [one.id for one in chosen.profiles], 0),
        _chosen("target", target, [one.id for one in chosen.targets], -1),
        language,
    )
    content = io.BytesIO()
    _Template(rubric, context).workbook().save(content)
    return content.getvalue()


def _chosen(field: str, given: str | None, known: Sequence[str], default: int) -> str:
    if given is None:
        return known[default]
    if given not in known:
        raise AssessorError(
            message(
                "template.unknown",
                field=message(f"answer.field_{field}"),
                given=given,
                choices=", ".join(known),
            )
        )
    return given


@dataclass
class _Template:
    """One workbook in the making."""

    loaded: LoadedRubric
    context: FormContext

    def workbook(self) -> Workbook:
        say, book = self.context.say, Workbook()
        # A new workbook always has a sheet; ours are made one by one.
        del book[book.sheetnames[0]]
        frame = self._frame()
        guide = book.create_sheet(sheet_name(say("sheet_guide")))
        described = [self._page(book, page, about, frame) for page, about in self._pages()]
        tables = {}
        for table in self.context.rubric.tables:
            name = sheet_name(self.context.pick(table.name), book.sheetnames)
            draw_table(book.create_sheet(name), table, self.context, frame)
            about = self.context.pick(table.note) if table.note else ""
            described.append((name, say("about_table", note=about)))
            tables[table.id] = name
        draw_guide(guide, self.context, frame, described)
        self._identity(book.create_sheet(IDENTITY_SHEET), tables)
        book.security = WorkbookProtection(lockStructure=True)
        book.properties.title, book.properties.creator = frame.title, f"assessor {__version__}"
        return book

    def _frame(self) -> Frame:
        context, rubric = self.context, self.context.rubric
        title = context.pick(rubric.title)
        profile = next(one.name for one in rubric.profiles if one.id == context.profile)
        target = next(one.name for one in rubric.targets if one.id == context.target)
        return Frame(
            context.say(
                "title_form" if rubric.collects else "title",
                rubric=title,
                profile=context.pick(profile),
                target=context.pick(target),
            ),
            context.pick(rubric.status.notice) if rubric.status.derived else "",
            f"{title} {rubric.version}",
        )

    def _pages(self) -> Iterator[tuple[Page, str]]:
        context, say = self.context, self.context.say
        facts = tuple(say(name) for name in _FACT_HEADINGS)
        headings = tuple(say(name) for name in _HEADINGS)
        enterprise, criteria = [*enterprise_rows(context)], [*criteria_rows(context)]
        title, about = "sheet_enterprise", "about_enterprise"
        if context.rubric.body is not None:
            title, about = "sheet_enterprise_body", "about_enterprise_body"
        page = Page(say(title), facts, _ENTERPRISE_WIDTHS, enterprise)
        yield page, say(about)
        page = Page(say("sheet_criteria"), headings, _CRITERIA_WIDTHS, criteria)
        yield page, say("about_criteria")
        gates, indicators = [*gate_rows(context)], [*indicator_rows(context)]
        if gates:
            yield Page(say("sheet_gates"), headings, _GATE_WIDTHS, gates), say("about_gates")
        if indicators:
            page = Page(say("sheet_indicators"), headings, _CRITERIA_WIDTHS, indicators)
            yield page, say("about_indicators")

    def _page(self, book: Workbook, page: Page, about: str, frame: Frame) -> tuple[str, str]:
        name = sheet_name(page.name, book.sheetnames)
        say = self.context.say
        levels = Entry("choice", (say("high"), say("medium"), say("low")))
        validations = Validations(self.context.language, levels)
        PageDrawer(book.create_sheet(name), page, validations).draw(frame)
        return name, about

    def _identity(self, sheet: Worksheet, tables: dict[str, str]) -> None:
        """Write what reading the workbook back has to know; people need not see it."""
        rubric = self.loaded.rubric
        rows = [
            (TITLE, str(TEMPLATE_VERSION)),
            ("rubric", rubric.id),
            ("version", rubric.version),
            ("digest", f"sha256:{self.loaded.digest}"),
            ("profile", self.context.profile),
            ("target", self.context.target),
            ("language", self.context.language),
            ("program", __version__),
            *((f"table {table}", name) for table, name in tables.items()),
        ]
        for row, cells in enumerate(rows, start=1):
            for column, words in enumerate(cells, start=1):
                put_text(cell_at(sheet, row, column), words)
        sheet.sheet_state = "hidden"
        sheet.protection.sheet = True
