"""The person's settings; a change holds at once and is kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor.settings import TEXT_PERCENTS, settings_path
from assessor.ui.dialogs import files
from assessor.ui.navigation import Context, Page
from assessor.ui.theme.sizes import XL, L, M
from assessor.ui.views.settings_keys import KeysField
from assessor.ui.views.start_tiles import CutLabel
from assessor.ui.widgets import (
    Button,
    Card,
    CheckField,
    ChoiceField,
    FlowLabel,
    GhostButton,
    LineField,
    ScrollColumn,
    label,
    named,
    row,
)
from assessor.ui.widgets.segments import Segments

WIDTH = 760
_LANGUAGES = ("zh", "en")
_THEMES = ("system", "light", "dark")
_FOLDERS = ("watched_folder", "backup_folder")


def build(context: Context) -> Page:
    """Make the screen."""
    return SettingsPage(context)


class SettingsPage(Page):
    """Language and look, the name beside one's work, folders, what copies of evidence say."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._theme, self._words = context.theme, context.words
        self._focused: dict[str, QWidget] = {}
        self.folders: dict[str, FolderField] = {}
        scroll = ScrollColumn(self._theme, XL)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        content = QWidget()
        content.setMaximumWidth(self._theme.px(WIDTH))
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self._theme.px(L))
        line = QHBoxLayout()
        line.addWidget(content, 1)
        line.addStretch(0)
        scroll.body.addLayout(line)
        scroll.body.addStretch(1)
        self._column.addWidget(label(self._words.tr("ui_settings.title"), "question"))
        self._add_look()
        self._add_author()
        self._add_folders()
        self._add_keys()
        self._add_evidence()
        told = self._words.tr("ui_settings.kept_in", path=str(settings_path()))
        self._column.addWidget(
            FlowLabel(self._theme, told, "muted", size=self._theme.sizes.caption)
        )

    def show_place(self, **where: str) -> None:
        """Put the focus where it was."""
        widget = self._focused.get(where.get("field", ""))
        if isinstance(widget, Segments):
            widget.focus_chosen()
        elif widget is not None:
            widget.setFocus()

    def place(self) -> Mapping[str, str]:
        """Say which setting has the focus: most changes build this page anew."""
        for name, widget in self._focused.items():
            if widget.hasFocus() or widget.isAncestorOf(self.focusWidget() or self):
                return {"field": name}
        return {}

    def leave(self) -> None:
        """Hand in the name."""
        self.author.flush()

    # --- parts ------------------------------------------------------------------------------------

    def _add_look(self) -> None:
        chosen, words, theme = self._context.settings.value, self._words, self._theme
        card = self._card("look")
        languages = {key: words.tr(f"ui_settings.language_{key}") for key in _LANGUAGES}
        self.language = self._segments(card, "language", languages, chosen.language)
        themes = {key: words.tr(f"ui_settings.theme_{key}") for key in _THEMES}
        self.theme_choice = self._segments(card, "theme", themes, chosen.theme)
        self.text_size = ChoiceField(theme, words.tr("ui_settings.text_percent"))
        self.text_size.set_choices({str(size): f"{size} %" for size in _percents(chosen)})
        self.text_size.set_key(str(chosen.text_percent))
        self.text_size.key_chosen.connect(
            lambda key: self._context.settings.change(text_percent=int(key))
        )
        self._line(card, "text_percent", self.text_size)
        self.touch = CheckField(theme, words.tr("ui_settings.touch_box"))
        self.touch.setChecked(chosen.touch)
        self.touch.clicked.connect(lambda on: self._context.settings.change(touch=on))
        self._line(card, "touch", self.touch)

    def _add_author(self) -> None:
        card = self._card("author")
        self.author = LineField(self._theme, self._words.tr("ui_settings.author"))
        self.author.setMaxLength(120)
        self.author.set_text(self._context.settings.value.author)
        self.author.text_handed.connect(
            lambda text: self._context.settings.change(author=text.strip())
        )
        self._line(card, "author", self.author)

    def _add_folders(self) -> None:
        card = self._card("folders")
        for name in _FOLDERS:
            field = FolderField(self._context, name)
            self.folders[name] = field
            self._line(card, name, field)

    def _add_keys(self) -> None:
        card = self._card("keys")
        self.keys = KeysField(self._context)
        self._line(card, "keys", self.keys)

    def _add_evidence(self) -> None:
        card = self._card("evidence")
        self.keep_location = CheckField(
            self._theme, self._words.tr("ui_settings.keep_location_box")
        )
        self.keep_location.setChecked(self._context.settings.value.keep_location)
        self.keep_location.clicked.connect(
            lambda on: self._context.settings.change(keep_location=on)
        )
        self._line(card, "keep_location", self.keep_location)

    def _card(self, name: str) -> Card:
        card = Card(self._theme)
        card.body.setSpacing(self._theme.px(M))
        card.body.addWidget(label(self._words.tr(f"ui_settings.card_{name}"), "title"))
        self._column.addWidget(card)
        return card

    def _segments(self, card: Card, name: str, choices: dict[str, str], chosen: str) -> Segments:
        made = Segments(self._theme, self._words.tr(f"ui_settings.{name}"), choices)
        made.set_key(chosen)
        made.key_chosen.connect(lambda key: self._context.settings.change(**{name: key}))
        self._line(card, name, made)
        return made

    def _line(self, card: Card, name: str, widget: QWidget) -> None:
        """Add a setting: its name and what it does at the left, what to choose at the right."""
        theme, words = self._theme, self._words
        about = QVBoxLayout()
        about.setSpacing(0)
        about.addWidget(label(words.tr(f"ui_settings.{name}")))
        hint = words.tr(f"ui_settings.{name}_hint")
        about.addWidget(FlowLabel(theme, hint, "muted", size=theme.sizes.caption))
        # What stands beside it may be higher; name and hint stay together.
        about.insertStretch(0, 1)
        about.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(theme.px(XL))
        line.addLayout(about, 2)
        holder = row(theme, widget, stretch=isinstance(widget, Segments))
        line.addLayout(holder, 3)
        card.body.addLayout(line)
        self._focused[name] = widget


class FolderField(QWidget):
    """A folder of the settings: where it is, another one, none."""

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._name = context, name
        theme, words = context.theme, context.words
        title = words.tr(f"ui_settings.{name}")
        self.choose = Button(theme, words.tr("ui_settings.choose"), "folder")
        named(self.choose, f"{title} {words.tr('ui_settings.choose')}")
        self.choose.clicked.connect(lambda *_: self._choose())
        self.clear = GhostButton(theme, words.tr("ui_settings.clear"))
        named(self.clear, f"{title} {words.tr('ui_settings.clear')}")
        self.clear.clicked.connect(lambda *_: self._set(None))
        self._line = row(theme, QWidget(), self.choose, self.clear)
        self._line.setStretch(0, 1)
        self.setLayout(self._line)
        self.said: CutLabel | QWidget = self._line.itemAt(0).widget()
        self.setFocusProxy(self.choose)
        self._show()

    def _choose(self) -> None:
        present = getattr(self._context.settings.value, self._name)
        title = self._context.words.tr(f"ui_settings.{self._name}")
        found = files.ask_folder(self, title, Path(present) if present else None)
        if found is not None:
            self._set(str(found))

    def _set(self, folder: str | None) -> None:
        self._context.settings.change(**{self._name: folder})
        self._show()

    def _show(self) -> None:
        present = getattr(self._context.settings.value, self._name)
        text = present or self._context.words.tr("ui_settings.no_folder")
        new = CutLabel(text, "" if present else "muted")
        self._line.replaceWidget(self.said, new)
        self.said.deleteLater()
        self.said = new
        self.clear.setEnabled(present is not None)


def _percents(chosen: object) -> list[int]:
    """The usual sizes, and the present one where it is another."""
    present = getattr(chosen, "text_percent", TEXT_PERCENTS[0])
    return sorted({*TEXT_PERCENTS, present})
