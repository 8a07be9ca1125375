"""The file as a container and its XML: what the guarded reader refuses, by a code of the bureau."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from zipfile import ZipFile

from assessor.bureau.intake.reasons import passed_on, rejected, skipped
from assessor.bureau.records import Finding, Verdict
from assessor.i18n import Message
from assessor.sheets import SheetError
from assessor.sheets.precheck import warnings_of

WORKBOOKS = frozenset({".xlsx", ".xlsm"})
SPREADSHEETS = WORKBOOKS | {".xls", ".xlsb", ".xlt", ".xltx", ".xltm", ".et", ".ett", ".ods"}
SPREADSHEETS |= {".csv", ".tsv", ".htm", ".html", ".mht", ".numbers", ".zip"}
"""Names under which somebody may have meant to send a workbook; anything else is passed over."""

_XML = frozenset(
    {
        "hostile_xml",
        "too_many_cells",
        "too_much_text",
        "cell_too_long",
        "cell_misplaced",
        "cell_twice",
        "cell_broken",
    }
)
_KIND = "kind_"
ENDED = frozenset({"container.reading_failed", "container.too_slow"})
"""What is said of files that ended the process reading them, which therefore told no digest."""


def not_meant(name: str) -> Finding | None:
    """Return why a file is passed over because of its name, `None` when it may be a workbook."""
    path = PurePath(name)
    if path.name.startswith("~$"):
        return skipped("container", "lock_file")
    if path.suffix.lower() not in SPREADSHEETS:
        return skipped("container", "other_file", suffix=path.suffix or path.name)
    return None


def refusal(error: SheetError) -> Finding:
    """Return what the guarded reader said as a finding; it names sheet and cell where it can."""
    said = error.message
    name = said.key.partition(".")[2]
    kind = said.values.get("kind")
    if name == "foreign" and isinstance(kind, Message):
        return passed_on(f"container.{kind.key.partition(_KIND)[2]}", Verdict.REJECTED, said)
    if name == "not_found":
        return skipped("container", "vanished")
    group = "xml" if name in _XML else "container"
    sheet, cell = (str(said.values.get(part, "")) for part in ("sheet", "cell"))
    return passed_on(f"{group}.{name}", Verdict.REJECTED, said, sheet, cell)


def archive_warnings(archive: ZipFile) -> Iterator[Finding]:
    """Yield what in the archive calls for a look: macros, links to other files; none of it runs."""
    for said in warnings_of(archive):
        code = f"container.{said.key.partition('.')[2]}"
        yield passed_on(code, Verdict.WARNING, said)


def reading_failed() -> Finding:
    """Return the finding on a file that ended the process reading it, by memory or by a crash."""
    return rejected("container", "reading_failed")


def too_slow(seconds: float) -> Finding:
    """Return the finding on a file whose reading was ended after its time."""
    return rejected("container", "too_slow", limit=int(seconds))
