"""Restoring a visit: which visit, as it was when; the latest is chosen already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.ui.dialogs import files
from assessor.ui.navigation import Context
from assessor.ui.theme.sizes import XL, M
from assessor.ui.widgets import Button, ChoiceField, FlowLabel, PrimaryButton, label, row

if TYPE_CHECKING:
    from assessor.workspace.backups import BackedUp, BackupContent, BackupPlace

_WIDTH = 560


class BackupsDialog(QDialog):
    """Lists what can be restored and writes it as a new file, which is then opened.

    `wanted` is the file whose backups are shown first; it need not be there any more.
    """

    def __init__(
        self, context: Context, wanted: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._wanted = context, wanted
        theme, words = context.theme, context.words
        self._visits: dict[str, BackedUp] = {}
        self._contents: dict[str, BackupContent] = {}
        self.setWindowTitle(words.tr("ui_backup.title"))
        self.setMinimumWidth(theme.px(_WIDTH))
        self.visit = ChoiceField(theme, words.tr("ui_backup.visit"))
        self.moment = ChoiceField(theme, words.tr("ui_backup.moment"))
        self.said = FlowLabel(theme, words.tr("ui_backup.looking"), "muted")
        self.place_said = FlowLabel(theme, "", "muted", size=theme.sizes.caption)
        self.restore = PrimaryButton(theme, words.tr("ui_backup.restore"), "clock")
        self.restore.setEnabled(False)
        self.visit.key_chosen.connect(lambda *_: self._look_into())
        self.moment.key_chosen.connect(lambda *_: self._show_moment())
        self.restore.clicked.connect(lambda *_: self._restore())
        self._build()
        place = self._place()
        self.place_said.set_text(words.tr("ui_backup.place", folder=str(place.folder)))
        context.tasks.start(
            lambda _: _backed_up(place), self._show_visits, self._show_failure, owner=self
        )

    @classmethod
    def ask(cls, context: Context, parent: QWidget | None, wanted: Path | None = None) -> None:
        """Show the dialog until something is being restored or the person leaves it."""
        dialog = cls(context, wanted, parent)
        dialog.exec()
        dialog.deleteLater()

    def _build(self) -> None:
        theme, words = self._context.theme, self._context.words
        close = Button(theme, words.tr("ui.close"))
        close.clicked.connect(lambda *_: self.reject())
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(XL)] * 4)
        column.setSpacing(theme.px(M))
        column.addWidget(label(words.tr("ui_backup.title"), "title"))
        column.addWidget(FlowLabel(theme, words.tr("ui_backup.text"), "muted"))
        for name, field in (("visit", self.visit), ("moment", self.moment)):
            line = row(theme, label(words.tr(f"ui_backup.{name}"), "muted"), field)
            line.setStretch(1, 1)
            column.addLayout(line)
        column.addWidget(self.said)
        column.addWidget(self.place_said)
        column.addStretch(1)
        foot = row(theme, close, self.restore)
        foot.insertStretch(0, 1)
        column.addLayout(foot)

    def _place(self) -> BackupPlace:
        from assessor.workspace.backups import backup_place  # noqa: PLC0415 (heavy at start)

        settings = self._context.settings
        return backup_place(settings.value, settings.folder)

    # --- what can be restored ---------------------------------------------------------------------

    def _show_visits(self, visits: tuple[BackedUp, ...]) -> None:
        self._visits = {visit.visit_id: visit for visit in visits}
        if not visits:
            self.said.set_text(self._context.words.tr("ui_backup.none"))
            return
        names = {visit.visit_id: self._name(visit) for visit in visits}
        self.visit.set_choices(names)
        fitting = [visit.visit_id for visit in visits if visit.file == self._wanted]
        self.visit.set_key(fitting[0] if fitting else visits[0].visit_id)
        self._look_into()

    def _name(self, visit: BackedUp) -> str:
        file = visit.file.name if visit.file else visit.visit_id
        return f"{visit.enterprise} · {file}"

    def _look_into(self) -> None:
        visit, place = self._visits.get(self.visit.key() or ""), self._place()
        if visit is None:
            return
        self.restore.setEnabled(False)
        self._context.tasks.start(
            lambda _: _contents(visit, place), self._show_contents, self._show_failure, owner=self
        )

    def _show_contents(self, contents: tuple[BackupContent, ...]) -> None:
        self._contents = {content.record.path.stem: content for content in contents}
        self.moment.set_choices({key: self._time(one) for key, one in self._contents.items()})
        good = [key for key, one in self._contents.items() if one.problem is None]
        self.moment.set_key(good[0] if good else next(iter(self._contents), ""))
        self._show_moment()

    def _time(self, content: BackupContent) -> str:
        words, at = self._context.words, content.record.at.astimezone()
        if content.problem is not None:
            return words.tr("ui_backup.bad", time=words.moment(at))
        values = {"answered": content.answered, "evidence": content.evidence}
        return words.tr("ui_backup.good", time=words.moment(at), **values)

    def _show_moment(self) -> None:
        content = self._contents.get(self.moment.key() or "")
        problem = content.problem if content is not None else None
        self.restore.setEnabled(content is not None and problem is None)
        self.said.set_text(self._context.words.pick(problem) if problem else "")

    def _show_failure(self, error: AssessorError) -> None:
        self.said.set_text(error.text(self._context.words.language))

    # --- restoring --------------------------------------------------------------------------------

    def _restore(self) -> None:
        visit, content = (
            self._visits[self.visit.key() or ""],
            self._contents[self.moment.key() or ""],
        )
        place, fallback = self._place(), files.documents()
        bridge, open_visit = self._context.bridge, self._context.open_visit

        def done(path: Path) -> None:
            bridge.say(message("ui_backup.done", file=str(path)), "good")
            open_visit(path)

        self._context.tasks.start(lambda _: _restored(visit, content, place, fallback), done)
        self.accept()


def _backed_up(place: BackupPlace) -> tuple[BackedUp, ...]:
    from assessor.workspace.backups import backed_up  # noqa: PLC0415 (heavy at start)

    return backed_up(place)


def _contents(visit: BackedUp, place: BackupPlace) -> tuple[BackupContent, ...]:
    from assessor.workspace.backups import look_into  # noqa: PLC0415 (heavy at start)

    return tuple(look_into(record, place) for record in visit.records)


def _restored(visit: BackedUp, content: BackupContent, place: BackupPlace, fallback: Path) -> Path:
    """Write the file beside the one it is a backup of, where that folder is still there."""
    from assessor.workspace.backups import (  # noqa: PLC0415 (heavy at start)
        restore_backup,
        restored_name,
    )

    file = visit.file or fallback / f"{visit.visit_id}{files.VISIT_SUFFIX}"
    near = file if file.parent.is_dir() else fallback / file.name
    target = restored_name(near, content.record)
    restore_backup(content.record, place, target)
    return target
