"""What the steps have in common: fields under their names, and handing in what is entered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor.ui.navigation import Context
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import XS, L
from assessor.ui.views.new_visit.draft import Draft
from assessor.ui.widgets import FlowLabel, LineField, ScrollColumn, label

WIDTH = 760


class Step(QWidget):
    """One step: shows a draft and announces what is entered.

    Put the content into `body`. Signals: `entered(object)` a mapping of fields of the draft.
    """

    entered = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.theme, self.words = context, context.theme, context.words
        self.area = ScrollColumn(self.theme, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        content = QWidget()
        content.setMaximumWidth(self.theme.px(WIDTH))
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, self.theme.px(L), 0)
        self.body.setSpacing(self.theme.px(L))
        line = QHBoxLayout()
        line.addWidget(content, 1)
        line.addStretch(0)
        self.area.body.addLayout(line)
        self.area.body.addStretch(1)

    def show_draft(self, draft: Draft) -> None:
        """Show what has been entered so far."""

    def first_field(self) -> QWidget | None:
        """Return what takes the focus when the step is opened."""
        return None

    def tell(self, **values: object) -> None:
        """Announce entries."""
        self.entered.emit(values)

    def line(self, name: str, field: str, placeholder: str = "") -> LineField:
        """Return a line for a field of the draft; `name` is the catalogue's key of its name."""
        made = LineField(self.theme, self.words.tr(name), placeholder)
        made.textEdited.connect(lambda text: self.tell(**{field: text}))
        return made


def under(theme: Theme, text: str, *widgets: QWidget, hint: str = "") -> QVBoxLayout:
    """Return widgets one below the other under a name, with a hint beneath."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme.px(XS))
    name = label(text, "caption")
    name.setBuddy(widgets[0])
    made.addWidget(name)
    for widget in widgets:
        made.addWidget(widget)
    if hint:
        made.addWidget(FlowLabel(theme, hint, "muted", size=theme.sizes.caption))
    return made


def head_of(part: QVBoxLayout) -> QLabel:
    """Return the name above the widgets of `under`."""
    item = part.itemAt(0)
    found = item.widget() if item is not None else None
    if not isinstance(found, QLabel):
        raise TypeError("only what `under` made has a name on top")
    return found


def set_shown(part: QVBoxLayout, shown: bool) -> None:
    """Show or hide everything `under` put below a name, the name too."""
    for at in range(part.count()):
        item = part.itemAt(at)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.setVisible(shown)


def side_by_side(theme: Theme, *parts: QVBoxLayout) -> QHBoxLayout:
    """Return columns of equal width, aligned at their tops."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme.px(L))
    for part in parts:
        holder = QVBoxLayout()
        holder.addLayout(part)
        holder.addStretch(1)
        made.addLayout(holder, 1)
    return made
