"""Marks over a picture: arrow, box, words, and squares over what is not to be seen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from assessor.assessment import Annotation, EvidenceItem
from assessor.ui.theme.sizes import M, S
from assessor.ui.views.evidence_desk.desk import Desk
from assessor.ui.views.evidence_desk.mark_canvas import TOOLS, MarkCanvas, Tool
from assessor.ui.widgets import (
    Button,
    FlowLabel,
    GhostButton,
    PrimaryButton,
    ToolButton,
    marked,
    named,
)

_PART = 0.9
_ICONS: dict[Tool, str] = {
    "move": "pointer",
    "arrow": "arrow",
    "rectangle": "rectangle",
    "text": "text",
    "pixelate": "pixelate",
}
_MOST_TEXT = 200
Marks = tuple[Annotation, ...]


class AnnotateDialog(QDialog):
    """Draws marks; nothing is kept until it is accepted, and the original never changes."""

    def __init__(self, desk: Desk, item: EvidenceItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = desk.context
        self._before: list[Marks] = []
        self._after: list[Marks] = []
        self._text_at: QPointF | None = None
        theme, words = desk.context.theme, desk.context.words
        self.setWindowTitle(words.tr("ui_evidence.marks_title"))
        self.canvas = MarkCanvas(theme, desk.store, item)
        named(self.canvas, words.tr("ui_evidence.picture"), words.tr("ui_evidence.canvas_keys"))
        self.hint = FlowLabel(theme, "", "muted", size=theme.sizes.table)
        self.text = QLineEdit()
        named(self.text, words.tr("ui_evidence.mark_text"))
        self.text.setPlaceholderText(words.tr("ui_evidence.mark_text_hint"))
        self.text.setMaxLength(_MOST_TEXT)
        self.text.returnPressed.connect(self._on_text)
        self.text.hide()
        self._make_buttons()
        self._lay_out()
        self.canvas.marks_changed.connect(self._do)
        self.canvas.text_asked.connect(self._ask_text)
        self.canvas.chosen_changed.connect(self._refresh)
        screen = parent.window().size()
        self.resize(round(screen.width() * _PART), round(screen.height() * _PART))
        self.set_tool("arrow")
        self._refresh()

    @classmethod
    def ask(cls, desk: Desk, item: EvidenceItem, parent: QWidget) -> Marks | None:
        """Let the person draw; returns all marks, `None` when they are to stay as they were."""
        dialog = cls(desk, item, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.canvas.marks if accepted else None

    def _make_buttons(self) -> None:
        theme, words = self._context.theme, self._context.words
        self.tools: dict[Tool, GhostButton] = {}
        group = QButtonGroup(self)
        for number, tool in enumerate(TOOLS, 1):
            button = GhostButton(theme, words.tr(f"ui_evidence.tool_{tool}"), _ICONS[tool])
            button.setCheckable(True)
            button.setShortcut(QKeySequence(f"Alt+{number}"))
            button.setIconSize(QSize(theme.sizes.icon, theme.sizes.icon))
            button.clicked.connect(lambda *_, tool=tool: self.set_tool(tool))
            group.addButton(button)
            self.tools[tool] = button
        self.undo = ToolButton(theme, "undo", words.tr("ui.action_undo"))
        self.redo = ToolButton(theme, "redo", words.tr("ui.action_redo"))
        self.remove = ToolButton(theme, "trash", words.tr("ui_evidence.remove_mark"))
        self.put = Button(theme, words.tr("ui_evidence.put_mark"), "plus")
        self.cancel = Button(theme, words.tr("ui_evidence.cancel"))
        self.keep = PrimaryButton(theme, words.tr("ui_evidence.keep_marks"), "check")
        self.undo.clicked.connect(lambda *_: self._step(self._before, self._after))
        self.redo.clicked.connect(lambda *_: self._step(self._after, self._before))
        self.remove.clicked.connect(lambda *_: self.canvas.remove_chosen())
        self.put.clicked.connect(lambda *_: self._put())
        self.cancel.clicked.connect(lambda *_: self.reject())
        self.keep.clicked.connect(lambda *_: self.accept())
        for standard, step in (
            (QKeySequence.StandardKey.Undo, self.undo),
            (QKeySequence.StandardKey.Redo, self.redo),
        ):
            QShortcut(QKeySequence(standard), self).activated.connect(step.click)

    def _lay_out(self) -> None:
        marked(self, "ground")
        theme = self._context.theme
        above = QHBoxLayout()
        above.setSpacing(theme.px(S))
        for button in self.tools.values():
            above.addWidget(button)
        above.addStretch(1)
        for button_above in (self.undo, self.redo, self.remove):
            above.addWidget(button_above)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(S))
        foot.addWidget(self.hint, 1)
        for button_below in (self.put, self.cancel, self.keep):
            foot.addWidget(button_below)
        whole = QVBoxLayout(self)
        edge = theme.px(M)
        whole.setContentsMargins(edge, edge, edge, edge)
        whole.setSpacing(theme.px(S))
        whole.addLayout(above)
        whole.addWidget(self.canvas, 1)
        whole.addWidget(self.text)
        whole.addLayout(foot)

    def set_tool(self, tool: Tool) -> None:
        """Draw with another tool."""
        self.tools[tool].setChecked(True)
        self.canvas.set_tool(tool)
        self.hint.set_text(self._context.words.tr(f"ui_evidence.hint_{tool}"))
        self.put.setEnabled(tool != "move")
        self.text.hide()
        self.canvas.setFocus()

    def _put(self) -> None:
        self.canvas.add_in_the_middle()
        if self.canvas.tool != "text" and self.canvas.marks:
            self.set_tool("move")
            self.canvas.choose(len(self.canvas.marks) - 1)

    def _ask_text(self, at: QPointF) -> None:
        self._text_at = at
        self.text.clear()
        self.text.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_text(self) -> None:
        if self._text_at is not None and self.text.text().strip():
            self.canvas.add(self._text_at, self._text_at, self.text.text().strip())
        self._text_at = None
        self.text.hide()
        self.canvas.setFocus()

    def _do(self, marks: Marks) -> None:
        self._before.append(self.canvas.marks)
        self._after.clear()
        self.canvas.set_marks(marks)
        self._refresh()

    def _step(self, source: list[Marks], target: list[Marks]) -> None:
        if source:
            target.append(self.canvas.marks)
            self.canvas.set_marks(source.pop())
            self._refresh()

    def _refresh(self) -> None:
        self.undo.setEnabled(bool(self._before))
        self.redo.setEnabled(bool(self._after))
        self.remove.setEnabled(self.canvas.chosen is not None)
