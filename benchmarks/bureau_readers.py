"""Which reader the intake is built on: what each costs a file, and what it makes of three traps.

    python -m benchmarks.bureau_readers [FOLDER]

FOLDER holds exported workbooks (by default a small synthetic region is made). Prints milliseconds
of the processor a file, one process, for every cell of every sheet. The traps are three workbooks
of a few kilobytes that are legal, or what another program writes; each is read by a process with
2 GB of memory.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import openpyxl
import xlsxwriter

from assessor.bureau.intake.plain_book import FrameCache, plain_book
from assessor.bureau.simulate.simulation import WORKBOOKS, Plan, simulate
from assessor.sheets import Limits, SheetError, read_xlsx
from assessor.sheets.precheck import open_archive
from benchmarks.bureau_intake import with_calamine, with_openpyxl

ENTERPRISES, MOST, ROUNDS = 60, 80, 3
LIMITS = Limits()
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

READ_BY = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
{imports}
print({rows})
"""
TRAPPED = {
    "calamine": (
        "import python_calamine",
        "len(python_calamine.CalamineWorkbook.from_path(sys.argv[1])"
        ".get_sheet_by_index(0).to_python())",
    ),
    "openpyxl, read-only": (
        "import openpyxl",
        "sum(1 for row in openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0]"
        ".iter_rows() for cell in row if cell.value is not None)",
    ),
    "openpyxl": (
        "import openpyxl",
        "sum(1 for row in openpyxl.load_workbook(sys.argv[1]).worksheets[0]"
        ".iter_rows() for cell in row if cell.value is not None)",
    ),
    "guarded reader": (
        "from pathlib import Path\nfrom assessor.sheets import read_xlsx",
        "sum(len(sheet.cells) for sheet in read_xlsx(Path(sys.argv[1])).sheets)",
    ),
}


def openpyxl_read_only(path: Path) -> None:
    """Read every cell in the mode made for large files."""
    book = openpyxl.load_workbook(path, read_only=True)
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            _ = row
    book.close()


def guarded(path: Path) -> None:
    """Read every cell with the reader that trusts nothing."""
    read_xlsx(path, LIMITS)


def by_patterns(path: Path) -> None:
    """Read every cell of a workbook that is written as this program writes it."""
    with open_archive(path, LIMITS) as archive:
        book = plain_book(archive, path.name, FRAMES)
        for title in book.titles if book else ():
            if book is not None:
                book.sheet(title)


FRAMES = FrameCache()


def milliseconds(read: Callable[[Path], object], paths: Sequence[Path]) -> float:
    """The processor time a file takes, the best of a few rounds."""
    found = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for path in paths:
            with suppress(SheetError):
                read(path)
        found.append((time.process_time() - started) / len(paths) * 1000)
    return min(found)


def trap(rows: str, dimension: str = "", texts: str = "") -> bytes:
    """A workbook of one sheet with these rows."""
    out = BytesIO()
    made = xlsxwriter.Workbook(out)
    made.add_worksheet().write_string(0, 0, "text")
    made.close()
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = f'<worksheet xmlns="{MAIN}">{dimension}<sheetData>{rows}</sheetData></worksheet>'
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    if texts:
        parts["xl/sharedStrings.xml"] = texts.encode()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def traps() -> dict[str, tuple[bytes, int]]:
    """Each trap with the number of cells it holds."""
    fifty = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 51))
    corner = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )
    text = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    absurd = (
        f'<sst xmlns="{MAIN}" count="4000000000" uniqueCount="4000000000"><si><t>x</t></si></sst>'
    )
    return {
        "cells in both corners": (trap(corner), 2),
        "4,000,000,000 texts claimed": (trap(text, texts=absurd), 1),
        "dimension A1, 50 rows": (trap(fifty, '<dimension ref="A1"/>'), 50),
    }


def made_of(reader: str, path: Path) -> str:
    """What a reader says of a trap: the cells (or rows) it found, or how it ended."""
    imports, rows = TRAPPED[reader]
    try:
        done = subprocess.run(
            [sys.executable, "-c", READ_BY.format(imports=imports, rows=rows), str(path)],
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    except subprocess.TimeoutExpired:
        return "30 s were not enough"
    if done.returncode < 0:
        return f"process ended by signal {-done.returncode}"
    last = (done.stdout or done.stderr).strip().splitlines()[-1:]
    return last[0][:60] if last else f"returned {done.returncode}"


def main() -> int:
    """Print both tables."""
    with tempfile.TemporaryDirectory() as name:
        region = Path(name) / "region"
        given = Path(sys.argv[1]) if len(sys.argv) > 1 else region / WORKBOOKS
        if len(sys.argv) == 1:
            simulate(Plan(ENTERPRISES, 1, region, with_faults=False), 2)
        costs(sorted(given.rglob("*.xlsx"))[:MOST])
        for trap_name, (content, cells) in traps().items():
            path = Path(name) / "trap.xlsx"
            path.write_bytes(content)
            print(f"\n{trap_name} ({cells} cells, {len(content) / 1024:.1f} kB)")
            for reader in TRAPPED:
                print(f"  {reader:22}{made_of(reader, path)}")
    return 0


def costs(paths: Sequence[Path]) -> None:
    """Print what the readers cost."""
    readers: dict[str, Callable[[Path], object]] = {
        "openpyxl": with_openpyxl,
        "openpyxl, read-only": openpyxl_read_only,
        "calamine": with_calamine,
        "guarded reader": guarded,
        "patterns of our writer": by_patterns,
    }
    print(f"{len(paths)} workbooks, ms of the processor a file")
    for name, read in readers.items():
        print(f"  {name:24}{milliseconds(read, paths):8.1f}")


if __name__ == "__main__":
    sys.exit(main())
