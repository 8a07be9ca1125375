"""Who has signed, with the drawn signatures; and how earlier revisions came about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from assessor.assessment import Assessment, SignOff
from assessor.ui.theme import Theme
from assessor.ui.theme.sizes import S
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.widgets import Card, FlowLabel, StateIcon, label, named, row
from assessor.ui.words import Words
from assessor.workspace.sign_off import Revision
from assessor.workspace.visits import OpenVisit

_HEIGHT, _WIDTH = 64, 220
_SHARP = 2
_MOST_PIXELS = 40_000_000
_ICON = 18
_WHITE = "background: #FFFFFF; border-radius: 4px;"
"""Ink is dark on white in both looks, as on paper."""


class SignedList(QWidget):
    """The signatures of the present revision."""

    def __init__(
        self, theme: Theme, words: Words, visit: VisitBridge, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._words, self._visit = theme, words, visit
        self._column = _column(self, theme)
        self._shown: tuple[SignOff, ...] = ()
        self.cards: list[SignedCard] = []

    def show_record(self, record: Assessment) -> None:
        """Show the signatures of another record."""
        if record.sign_offs == self._shown:
            return
        self._shown = record.sign_offs
        _empty(self._column)
        pieces = {item.id: item for item in record.evidence}
        self.cards = []
        for entry in record.sign_offs:
            card = SignedCard(self._theme, self._words, entry)
            self.cards.append(card)
            self._column.addWidget(card)
            piece = pieces.get(entry.signature or "")
            if piece is not None and piece.width * piece.height <= _MOST_PIXELS:
                self._fetch(card, piece.sha256)

    def _fetch(self, card: SignedCard, sha256: str) -> None:
        size = QSize(self._theme.px(_WIDTH), self._theme.px(_HEIGHT)) * _SHARP

        def read(visit: OpenVisit) -> QImage:
            return picture_within(visit.read_blob(sha256), size)

        self._visit.run(read, card.show_picture, owner=card)


class SignedCard(Card):
    """One signature: whose, when, what was declared, and the drawing."""

    def __init__(self, theme: Theme, words: Words, entry: SignOff) -> None:
        super().__init__(theme)
        said = words.tr(
            "ui_sign.entry", name=entry.name, role=entry.role, at=words.moment(entry.signed_at)
        )
        self.head = label(said, "strong")
        icon = StateIcon(theme, "good", words.tr("ui_sign.signatures"), theme.px(_ICON))
        self.body.addLayout(row(theme, icon, self.head, stretch=True))
        self.body.addWidget(FlowLabel(theme, entry.statement, "muted", size=theme.sizes.table))
        self.picture = QLabel()
        self.picture.setVisible(False)
        named(self.picture, words.tr("ui_sign.picture_name", name=entry.name))
        self.body.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignLeft)
        if entry.signature is None:
            self.body.addWidget(label(words.tr("ui_sign.no_picture"), "caption"))

    def show_picture(self, image: QImage) -> None:
        """Show the drawing once it is there."""
        if image.isNull():
            return
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(_SHARP)
        self.picture.setStyleSheet(_WHITE)
        self.picture.setPixmap(pixmap)
        self.picture.setVisible(True)


class RevisionList(QWidget):
    """How the revisions of a record began."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self._column = _column(self, theme)
        self.texts: list[str] = []

    def show_revisions(self, found: Sequence[Revision]) -> None:
        """Show these, the latest first."""
        _empty(self._column)
        self.texts = []
        self.setVisible(bool(found))
        tr = self._words.tr
        if found:
            self._column.addWidget(label(tr("ui_sign.history"), "title"))
        for entry in reversed(found):
            at, author = self._words.moment(entry.at), entry.author or "-"
            head = tr("ui_sign.revision", number=entry.number, at=at, author=author)
            signed = tr("ui_sign.signed_before", names=", ".join(entry.signed_before))
            self.texts.append(entry.reason)
            card = Card(self._theme, "sunken")
            card.body.addWidget(label(head, "caption"))
            card.body.addWidget(FlowLabel(self._theme, entry.reason))
            if entry.signed_before:
                card.body.addWidget(label(signed, "caption"))
            self._column.addWidget(card)


def picture_within(data: bytes, most: QSize) -> QImage:
    """Return a picture no larger than `most`, empty when it cannot be read. Works on any thread."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"png"))
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _column(parent: QWidget, theme: Theme) -> QVBoxLayout:
    made = QVBoxLayout(parent)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme.px(S))
    return made


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
