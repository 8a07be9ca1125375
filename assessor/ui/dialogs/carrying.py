"""A visit under a newer version of its rubric: what would become of it, then a new file."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.rubrics.loader import LoadedRubric
from assessor.ui.dialogs import files
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, L, M
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import Button, FlowLabel, LineField, PrimaryButton, label, named, row

if TYPE_CHECKING:
    from assessor.analysis.carry import Entry, Part
    from assessor.workspace.carrying import Plan
    from assessor.workspace.visits import OpenVisit

_WIDTH, _HEIGHT = 720, 560
_WAYS = ("carried", "mapped", "listed")


class CarryDialog(QDialog):
    """The dry run as a table first; writing makes a file of its own beside the visit's."""

    def __init__(
        self,
        context: Context,
        visit: VisitBridge,
        newer: LoadedRubric,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._visit, self._newer = context, visit, newer
        self.plan: Plan | None = None
        theme, words = context.theme, context.words
        self.setWindowTitle(words.tr("ui_carry.title"))
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        self.text = named(QTextBrowser(), words.tr("ui_carry.table"))
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(theme.px(L))
        self.reason = LineField(theme, words.tr("ui_carry.reason"), words.tr("ui_carry.reason"))
        self.write = PrimaryButton(theme, words.tr("ui_carry.write"), "save")
        self.write.setEnabled(False)
        self.write.clicked.connect(lambda *_: self._write())
        self._build()
        visit.run(lambda one: _plan(one, newer), self._show, owner=self)

    @classmethod
    def ask(
        cls, context: Context, visit: VisitBridge, newer: LoadedRubric, parent: QWidget | None
    ) -> None:
        """Show the dialog until a file is written or the person thinks better of it."""
        dialog = cls(context, visit, newer, parent)
        dialog.exec()
        dialog.deleteLater()

    def _build(self) -> None:
        theme, words = self._context.theme, self._context.words
        close = Button(theme, words.tr("ui_new.cancel"))
        close.clicked.connect(lambda *_: self.reject())
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(XL)] * 4)
        column.setSpacing(theme.px(M))
        column.addWidget(label(words.tr("ui_carry.title"), "title"))
        column.addWidget(FlowLabel(theme, words.tr("ui_carry.lead"), "muted"))
        column.addWidget(self.text, 1)
        column.addWidget(self.reason)
        foot = row(theme, close, self.write)
        foot.insertStretch(0, 1)
        column.addLayout(foot)

    def _show(self, plan: Plan) -> None:
        self.plan = plan
        self.text.setHtml("".join(self._html(plan)))
        self.write.setEnabled(True)

    def _html(self, plan: Plan) -> Iterator[str]:
        from assessor.analysis.carry import Part  # noqa: PLC0415 (heavy at start)

        tr = self._context.words.tr
        heads = "".join(f"<th align='right'>{escape(tr(f'carry.how_{way}'))}</th>" for way in _WAYS)
        yield f"<table cellpadding='4'><tr><th></th>{heads}</tr>"
        for part in get_args(Part):
            yield from self._counts(plan, part)
        yield "</table>"
        told = [one for one in plan.carried.entries if one.how != "carried" or one.reason]
        if told:
            yield f"<p><b>{escape(tr('ui_carry.look'))}</b></p><ul>"
            yield from map(self._entry, told)
            yield "</ul>"

    def _counts(self, plan: Plan, part: Part) -> Iterator[str]:
        counts = [plan.carried.count(way, part) for way in _WAYS]
        if any(counts):
            name = escape(self._context.words.tr(f"carry.part_{part}"))
            cells = "".join(f"<td align='right'>{count}</td>" for count in counts)
            yield f"<tr><td>{name}</td>{cells}</tr>"

    def _entry(self, entry: Entry) -> str:
        words = self._context.words
        colours = self._context.theme.palette.colours()
        colour = colours["bad" if entry.how == "listed" else "caution"]
        part = words.tr(f"carry.part_{entry.part}")
        arrow = f" → {entry.to}" if entry.to and entry.to != entry.key else ""
        reason = words.pick(entry.reason) if entry.reason else ""
        said = f" ({entry.said})" if entry.said and entry.how == "listed" else ""
        how = escape(words.tr(f"carry.how_{entry.how}"))
        named_ = escape(f"{part} {self._called(entry.key)}{arrow}")
        return (
            f"<li><span style='color:{colour}'><b>{how}</b></span> {named_}: "
            f"{escape(reason + said)}</li>"
        )

    def _called(self, key: str) -> str:
        """Return a criterion's number and title, any other key as it is."""
        found = self._visit.loaded.rubric.criterion_by_id.get(key.partition("@")[0])
        if found is None:
            return key
        return f"{found.number} {self._context.words.pick(found.title)}"

    def _write(self) -> None:
        plan = self.plan
        if plan is None:
            return
        self.reason.flush()
        name = _carried_name(self._visit.path, self._newer).name
        path = files.ask_copy(self, self._context.words, name)
        if path is None:
            return
        reason = self.reason.text()
        self.write.setEnabled(False)
        self._visit.run(
            lambda one: _written(one, plan, path, reason),
            self._on_written,
            self._failed,
            owner=self,
        )

    def _failed(self, error: AssessorError) -> None:
        self.write.setEnabled(True)
        self._context.bridge.complain(error)

    def _on_written(self, path: Path) -> None:
        context = self._context
        context.bridge.say(
            message("ui_carry.written", file=path.name),
            "good",
            message("ui_carry.open_new"),
            lambda: context.open_visit(path),
        )
        self.accept()


def _plan(one: OpenVisit, newer: LoadedRubric) -> Plan:
    from assessor.workspace.carrying import plan_carry  # noqa: PLC0415 (heavy at start)

    return plan_carry(one, newer)


def _written(one: OpenVisit, plan: Plan, path: Path, reason: str) -> Path:
    from assessor.workspace.carrying import write_carried  # noqa: PLC0415 (heavy at start)

    return write_carried(one, plan, path, reason)


def _carried_name(visit: Path, newer: LoadedRubric) -> Path:
    from assessor.workspace.carrying import carried_name  # noqa: PLC0415 (heavy at start)

    return carried_name(visit, newer)
