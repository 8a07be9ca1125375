"""Taking a picture with the machine's camera."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor.ui.camera import CameraSource
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import L, M
from assessor.ui.widgets import Button, FlowLabel, PrimaryButton
from assessor.ui.words import Words


class CameraDialog(QDialog):
    """Shows what the camera sees until a picture is taken, which is then `image`."""

    def __init__(
        self, source: CameraSource, theme: Theme, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source, self._words = source, words
        self.image: QImage | None = None
        self.setWindowTitle(words.tr("ui_evidence.camera"))
        self.resize(theme.px(720), theme.px(560))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(L)] * 4)
        column.setSpacing(theme.px(M))
        source.preview.setAccessibleName(words.tr("ui_evidence.camera_view"))
        column.addWidget(source.preview, 1)
        self.fault = FlowLabel(theme, "", "bad")
        column.addWidget(self.fault)
        self.shoot = PrimaryButton(theme, words.tr("ui_evidence.camera_take"), "camera")
        self.shoot.setDefault(True)
        self.shoot.clicked.connect(lambda *_: source.take())
        cancel = Button(theme, words.tr("ui_evidence.camera_cancel"))
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.shoot)
        column.addLayout(foot)
        source.taken.connect(self._on_taken)
        source.failed.connect(self._on_failed)

    @classmethod
    def ask(
        cls, source: CameraSource, theme: Theme, words: Words, parent: QWidget | None
    ) -> QImage | None:
        """Return the picture that was taken, `None` when the person thinks better of it."""
        dialog = cls(source, theme, words, parent)
        source.start()
        try:
            dialog.exec()
        finally:
            source.stop()
        image = dialog.image
        dialog.deleteLater()
        return image

    def _on_taken(self, image: QImage) -> None:
        self.image = image
        self.accept()

    def _on_failed(self, said: str) -> None:
        self.fault.set_text(self._words.tr("ui_evidence.camera_failed", said=said))
