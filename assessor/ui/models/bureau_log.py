"""What came of each file, as rows of a table that grows from above while files come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from assessor.ui.models.bureau_naming import VERDICT_LOOKS, place_of
from assessor.ui.theme import Theme
from assessor.ui.words import Words
from assessor.workspace.bureau_register import LogRow

if TYPE_CHECKING:
    from assessor.bureau.records import FileVerdict, Finding

Index = QModelIndex | QPersistentModelIndex
VERDICTS = ("accepted", "warning", "rejected", "skipped")
COLUMNS = ("verdict", "file", "reason", "place", "seen")


def line_now(one: FileVerdict) -> LogRow:
    """Return the line of a file that was just judged, which has no number yet."""
    visit, revision = ("", 0) if one.record is None else (one.record.visit_id, one.record.revision)
    return LogRow(
        *(0, one.name, one.sha256, one.size, one.verdict, one.first_seen, one.findings),
        *(visit, revision),
    )


class BureauLogModel(QAbstractTableModel):
    """Lines of the log, the latest first; those of one verdict and name, or all."""

    def __init__(self, theme: Theme, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self.lines: list[LogRow] = []
        self._shown: list[LogRow] = []
        self._verdict, self._text = "", ""
        self.counts: dict[str, int] = dict.fromkeys(VERDICTS, 0)

    def set_lines(self, lines: Iterable[LogRow]) -> None:
        """Show other lines."""
        self.lines = list(lines)
        counted = Counter(line.verdict for line in self.lines)
        self.counts = dict.fromkeys(VERDICTS, 0) | {
            verdict.value: count for verdict, count in counted.items()
        }
        self._show()

    def prepend(self, lines: Sequence[LogRow]) -> None:
        """Show further lines above the others; the last of them is the latest."""
        latest = list(lines)[::-1]
        self.lines[:0] = latest
        for line in latest:
            self.counts[line.verdict.value] += 1
        shown = [line for line in latest if self._meant(line)]
        if shown:
            self.beginInsertRows(QModelIndex(), 0, len(shown) - 1)
            self._shown[:0] = shown
            self.endInsertRows()

    def set_filter(self, verdict: str, text: str) -> None:
        """Show the lines of a verdict whose name contains a text."""
        self._verdict, self._text = verdict, text.casefold()
        self._show()

    def _show(self) -> None:
        self.beginResetModel()
        if self._verdict or self._text:
            self._shown = [line for line in self.lines if self._meant(line)]
        else:
            self._shown = list(self.lines)
        self.endResetModel()

    def _meant(self, line: LogRow) -> bool:
        if self._verdict and line.verdict.value != self._verdict:
            return False
        return not self._text or self._text in line.name.casefold()

    def line_at(self, number: int) -> LogRow | None:
        """Return a line that is shown, `None` outside."""
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def place_of(self, wanted: LogRow | None) -> int:
        """Return the number of the row of a file, -1 when it is not shown."""
        if wanted is None:
            return -1
        key = (wanted.name, wanted.sha256)
        keys = ((line.name, line.sha256) for line in self._shown)
        return next((at for at, known in enumerate(keys) if known == key), -1)

    def reason(self, line: LogRow) -> str:
        """Return the first reason, the gravest ones first."""
        grave = _gravest(line.findings)
        return self._words.pick(grave.reason) if grave else ""

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """One for each file."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """Verdict, file, reason, place, time."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if not 0 <= section < len(COLUMNS):
            return None
        return self._words.tr(f"ui_bureau.log_{COLUMNS[section]}")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and a shape beside the verdict."""
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text_of(line, column)
        if role == Qt.ItemDataRole.ToolTipRole and column in {"file", "reason"}:
            return self._text_of(line, column) or None
        if role == Qt.ItemDataRole.DecorationRole and column == "verdict":
            return self._theme.icon(*VERDICT_LOOKS[line.verdict.value])
        return None

    def _text_of(self, line: LogRow, column: str) -> str:
        grave = _gravest(line.findings)
        match column:
            case "verdict":
                return self._words.tr(f"bureau_intake.verdict_{line.verdict.value}")
            case "file":
                return line.name
            case "reason":
                more = len(line.findings) - 1
                said = self.reason(line)
                return f"{said} (+{more})" if more > 0 else said
            case "place":
                return place_of(grave) if grave else ""
            case _:
                return self._words.moment(line.first_seen.astimezone())


def _gravest(findings: Sequence[Finding]) -> Finding | None:
    order = list(VERDICTS)
    return max(findings, key=lambda one: order.index(one.verdict.value), default=None)
