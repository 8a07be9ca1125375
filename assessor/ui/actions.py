"""Every action of the window in one table: menus, keys and the sheet of shortcuts come from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from assessor.ui.words import Words

Menu = Literal["file", "edit", "go", "answer", "view", "help"]
OPTION_KEYS = 9


@dataclass(frozen=True)
class ActionSpec:
    """One action. `screen` names the screen whose page carries it out, empty for the window itself.

    Several shortcuts are separated by a space. A spec with `hidden` has keys but no menu entry.
    """

    id: str
    menu: Menu
    shortcut: str = ""
    icon: str = ""
    screen: str = ""
    hidden: bool = False

    @property
    def shortcuts(self) -> tuple[str, ...]:
        """Its shortcuts in portable notation."""
        return tuple(self.shortcut.split())


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", "file", "Ctrl+N", "plus"),
    ActionSpec("open", "file", "Ctrl+O", "folder"),
    ActionSpec("restore", "file", "", "clock"),
    ActionSpec("verify", "file", "", "check-filled"),
    ActionSpec("seal", "file", "", "lock"),
    ActionSpec("unseal", "file"),
    ActionSpec("history", "file", "Ctrl+H", "list"),
    ActionSpec("import_answers", "file", "Ctrl+I", "import", "evaluation"),
    ActionSpec("print_form", "file", "Ctrl+P", "printer", "evaluation"),
    ActionSpec("close_visit", "file", "Ctrl+W", "home"),
    ActionSpec("quit", "file", "Ctrl+Q"),
    ActionSpec("undo", "edit", "Ctrl+Z", "undo"),
    ActionSpec("redo", "edit", "Ctrl+Y Ctrl+Shift+Z", "redo"),
    ActionSpec("search", "edit", "/ Ctrl+F", "search"),
    ActionSpec("paste", "edit", "Ctrl+V", "paperclip"),
    ActionSpec("go_overview", "go", "Alt+1", "factory"),
    ActionSpec("go_evaluation", "go", "Alt+2", "checklist"),
    ActionSpec("go_walk", "go", "Alt+3", "walk"),
    ActionSpec("go_evidence", "go", "Alt+4", "image"),
    ActionSpec("go_ledger", "go", "Alt+5", "table"),
    ActionSpec("go_findings", "go", "Alt+6", "finding"),
    ActionSpec("go_review", "go", "Alt+7", "review"),
    ActionSpec("go_compare", "go", "", "scale"),
    ActionSpec("go_panel", "go", "Alt+8", "people"),
    ActionSpec("go_sign_off", "go", "Alt+9", "signature"),
    ActionSpec("go_report", "go", "Alt+0", "report"),
    ActionSpec("bureau", "go", "Ctrl+B", "bureau"),
    ActionSpec("next_item", "answer", "PgDown", "chevron-right", "evaluation"),
    ActionSpec("previous_item", "answer", "PgUp", "chevron-left", "evaluation"),
    ActionSpec("next_unanswered", "answer", "N", "arrow-right", "evaluation"),
    ActionSpec("flag", "answer", "F", "flag", "evaluation"),
    ActionSpec("not_applicable", "answer", "X", "circle-minus", "evaluation"),
    ActionSpec("add_evidence", "answer", "E", "camera", "evaluation"),
    ActionSpec("explain", "answer", "?", "info", "evaluation"),
    *(
        ActionSpec(f"option_{number}", "answer", str(number), "", "evaluation", hidden=True)
        for number in range(1, OPTION_KEYS + 1)
    ),
    ActionSpec("toggle_left", "view", "F7", "panel-left", "evaluation"),
    ActionSpec("toggle_right", "view", "F8", "panel-right", "evaluation"),
    ActionSpec("toggle_theme", "view", "F6", "moon"),
    ActionSpec("toggle_language", "view", "F4", "language"),
    ActionSpec("settings", "view", "Ctrl+,", "gear"),
    ActionSpec("shortcuts", "help", "F1", "keyboard"),
    ActionSpec("doctor", "help", "", "check-circle"),
)


def spec_of(action_id: str) -> ActionSpec:
    """Return the spec with an id; raises `KeyError` when there is none."""
    return _BY_ID[action_id]


_BY_ID = {spec.id: spec for spec in ACTIONS}


def action_text(spec: ActionSpec, words: Words) -> str:
    """Return the words of an action; those of a kind share one entry."""
    head, _, rest = spec.id.partition("_")
    if head == "option":
        return words.tr("ui.action_option", number=rest)
    if head == "go":
        return words.tr("ui.action_go", screen=words.tr(f"ui.screen_{rest}"))
    return words.tr(f"ui.action_{spec.id}")


def key_texts(spec: ActionSpec) -> tuple[str, ...]:
    """Return the shortcuts as they are printed on keys."""
    native = QKeySequence.SequenceFormat.NativeText
    return tuple(QKeySequence(keys).toString(native) for keys in spec.shortcuts)


def make_action(
    spec: ActionSpec, words: Words, run: Callable[[], None], parent: QObject
) -> QAction:
    """Return the Qt action of a spec; `run` carries it out. Menus add its icon when they open."""
    action = QAction(action_text(spec, words), parent)
    action.setObjectName(spec.id)
    action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
    action.triggered.connect(lambda *_: run())
    return action
