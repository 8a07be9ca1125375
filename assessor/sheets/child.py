"""Reading foreign files in a process of its own, ended when it takes too long or too much.

    python -m assessor.sheets.child

reads one request line from its input and answers in lines of JSON (see `wire`); how it is started
stands in `own_process`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from assessor.sheets.cells import Workbook
from assessor.sheets.confine import confine_child, confine_self
from assessor.sheets.delimited import read_csv
from assessor.sheets.errors import SheetError, refused
from assessor.sheets.limits import MEGABYTE, Limits
from assessor.sheets.own_process import READING, own_command, own_environment
from assessor.sheets.reader import read_xlsx
from assessor.sheets.wire import (
    WireError,
    answer_lines,
    error_line,
    read_answer,
    read_request,
    request_line,
)

TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})


def read_workbook(
    path: Path, limits: Limits | None = None, sheets: Collection[str] | None = None
) -> Workbook:
    """Return the filled cells of a foreign workbook (.xlsx, .xlsm) or table (.csv, .tsv, .txt).

    Which of the two it must be goes by the name, so that a text file called .xlsx is refused.
    `sheets` limits the reading to the sheets of these names. Raises `SheetError`, which names what
    the file is and what to do; the reading process never outlives the call.
    """
    limits = limits or Limits()
    request = request_line(path.absolute(), limits, sheets)
    child = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell, fixed arguments
        child_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env=own_environment(),
    )
    with child, confine_child(child, limits.memory_bytes):
        try:
            answer, _ = child.communicate(request, timeout=limits.seconds)
        except subprocess.TimeoutExpired as error:
            raise refused("too_slow", file=path.name, limit=int(limits.seconds)) from error
        finally:
            child.kill()
    try:
        return read_answer(answer.splitlines())
    except WireError as error:
        limit = limits.memory_bytes // MEGABYTE
        raise refused("reading_failed", file=path.name, limit=limit) from error


def child_command() -> list[str]:
    """Return the command that starts the reading process."""
    return own_command(READING)


def main() -> int:
    """Answer the one request on the input; the reading process's own entry."""
    path, limits, sheets = read_request(sys.stdin.readline())
    confine_self(limits.memory_bytes, limits.seconds)
    try:
        is_table = path.suffix.lower() in TABLE_SUFFIXES
        workbook = read_csv(path, limits) if is_table else read_xlsx(path, limits, sheets)
        for line in answer_lines(workbook):
            sys.stdout.write(line + "\n")
    except SheetError as error:
        sys.stdout.write(error_line(error.message) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
