"""The fill-in workbook of a rubric: for whom it is made, and where it is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from assessor.i18n import LANGUAGES, Language, message
from assessor.rubrics.loader import LoadedRubric
from assessor.ui.dialogs import files
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, M
from assessor.ui.views.new_visit.forms import under
from assessor.ui.widgets import Button, ChoiceField, FlowLabel, PrimaryButton, label, row
from assessor.ui.widgets.segments import Segments

_WIDTH = 520


class BlankForm(QDialog):
    """Chooses what the workbook is for, asks where to, and writes it beside the window."""

    def __init__(
        self, context: Context, rubric: LoadedRubric | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        theme, words = context.theme, context.words
        self.setWindowTitle(words.tr("ui_rubric.blank_title"))
        self.setMinimumWidth(theme.px(_WIDTH))
        self._rubrics: dict[str, LoadedRubric] = {}
        self.rubric = ChoiceField(theme, words.tr("ui_new.rubric"))
        self.profile = ChoiceField(theme, words.tr("ui_new.profile"))
        self.target = ChoiceField(theme, words.tr("ui_new.target"))
        names = {str(one): words.tr(f"ui_rubric.in_{one}") for one in LANGUAGES}
        self.language = Segments(theme, words.tr("ui_rubric.blank_language"), names)
        self.language.set_key(words.language)
        self.rubric.key_chosen.connect(lambda *_: self._show_rubric())
        self.save = PrimaryButton(theme, words.tr("ui_rubric.blank_save"), "save")
        self.save.clicked.connect(lambda *_: self._save())
        self._build()
        if rubric is not None:
            self._offer((rubric,))
        else:
            self.save.setEnabled(False)
            context.tasks.start(lambda _: _all_rubrics(), done=self._offer, owner=self)

    @classmethod
    def ask(
        cls, context: Context, parent: QWidget | None, rubric: LoadedRubric | None = None
    ) -> None:
        """Show the dialog until a workbook is under way or the person thinks better of it."""
        dialog = cls(context, rubric, parent)
        dialog.fit()
        dialog.exec()
        dialog.deleteLater()

    def fit(self) -> None:
        """Take the height that the texts need at the least width."""
        layout = self.layout()
        if layout is not None:
            self.resize(self.minimumWidth(), layout.totalHeightForWidth(self.minimumWidth()))

    def _build(self) -> None:
        theme, words = self._context.theme, self._context.words
        close = Button(theme, words.tr("ui_new.cancel"))
        close.clicked.connect(lambda *_: self.reject())
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(XL)] * 4)
        column.setSpacing(theme.px(M))
        column.addWidget(label(words.tr("ui_rubric.blank_title"), "title"))
        column.addWidget(FlowLabel(theme, words.tr("ui_rubric.blank_text"), "muted"))
        for name, field in (
            ("rubric", self.rubric),
            ("profile", self.profile),
            ("target", self.target),
        ):
            column.addLayout(under(theme, words.tr(f"ui_new.{name}"), field))
        column.addLayout(under(theme, words.tr("ui_rubric.blank_language"), self.language))
        hint = words.tr("ui_rubric.blank_print")
        column.addWidget(FlowLabel(theme, hint, "muted", size=theme.sizes.caption))
        foot = row(theme, close, self.save)
        foot.insertStretch(0, 1)
        column.addLayout(foot)

    def _offer(self, rubrics: tuple[LoadedRubric, ...]) -> None:
        self._rubrics = {loaded.digest: loaded for loaded in rubrics}
        pick = self._context.words.pick
        self.rubric.set_choices(
            {
                digest: f"{pick(loaded.rubric.title)} {loaded.rubric.version}"
                for digest, loaded in self._rubrics.items()
            }
        )
        self.save.setEnabled(bool(rubrics))
        self._show_rubric()

    def _show_rubric(self) -> None:
        loaded = self._rubrics.get(self.rubric.key() or "")
        if loaded is None:
            return
        rubric, pick = loaded.rubric, self._context.words.pick
        self.profile.set_choices({one.id: pick(one.name) for one in rubric.profiles})
        self.target.set_choices({one.id: pick(one.name) for one in rubric.targets})
        self.target.set_key(rubric.targets[-1].id)

    def _save(self) -> None:
        loaded = self._rubrics[self.rubric.key() or ""]
        language = cast("Language", self.language.key() or self._context.words.language)
        title = loaded.rubric.short_title.pick(language)
        name = self._context.words.tr("ui_rubric.blank_name", rubric=title)
        path = files.ask_workbook(self, self._context.words, name)
        if path is None:
            return
        profile, target = self.profile.key(), self.target.key()
        write = _writer(loaded.rubric.id, path, profile, target, language)
        bridge = self._context.bridge
        self._context.tasks.start(
            lambda _: write(),
            done=lambda made: bridge.say(
                message("ui_rubric.blank_written", file=made.name),
                "good",
                message("ui_start.show_folder"),
                lambda: _show_folder(made),
            ),
        )
        self.accept()


def _all_rubrics() -> tuple[LoadedRubric, ...]:
    from assessor.workspace.rubric_library import list_rubrics  # noqa: PLC0415 (heavy at start)

    return tuple(entry.loaded for entry in list_rubrics() if entry.loaded is not None)


def _writer(
    rubric: str, path: Path, profile: str | None, target: str | None, language: Language
) -> Callable[[], Path]:
    def write() -> Path:
        from assessor.workspace.templates import (  # noqa: PLC0415 (heavy at start)
            write_fill_in_workbook,
        )

        return write_fill_in_workbook(
            rubric, path, profile=profile, target=target, language=language
        )

    return write


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
