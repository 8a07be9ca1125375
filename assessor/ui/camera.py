"""The machine's camera, where the optional part of Qt that speaks to cameras is installed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

_PARTS = ("PySide6.QtMultimedia", "PySide6.QtMultimediaWidgets")


class CameraSource(QObject):
    """A camera: `preview` shows what it sees.

    Signals: `taken(object)` a `QImage`; `failed(str)` what the system says of a picture that could
    not be taken.
    """

    taken = Signal(object)
    failed = Signal(str)

    def __init__(self, preview: QWidget) -> None:
        super().__init__(preview)
        self.preview = preview

    def start(self) -> None:
        """Begin to look."""

    def take(self) -> None:
        """Take a picture; it is announced when it is there."""

    def stop(self) -> None:
        """Let go of the camera."""


def camera_installed() -> bool:
    """Tell whether cameras can be spoken to, without loading what that takes."""
    return all(find_spec(part) is not None for part in _PARTS)


def open_camera() -> CameraSource | None:
    """Return the machine's first camera, `None` where there is none or no means to speak to it."""
    try:
        media, widgets = (cast(Any, import_module(part)) for part in _PARTS)
    except ImportError:
        return None
    if not media.QMediaDevices.videoInputs():
        return None
    return _QtCamera(media, widgets.QVideoWidget())


class _QtCamera(CameraSource):
    """A camera through Qt; `media` is the module for it, which need not be installed."""

    def __init__(self, media: Any, preview: QWidget) -> None:
        super().__init__(preview)
        self._camera = media.QCamera(media.QMediaDevices.defaultVideoInput())
        self._capture = media.QImageCapture()
        self._session = media.QMediaCaptureSession()
        self._session.setCamera(self._camera)
        self._session.setImageCapture(self._capture)
        self._session.setVideoOutput(preview)
        self._capture.imageCaptured.connect(self._on_captured)
        self._capture.errorOccurred.connect(self._on_error)
        self._camera.errorOccurred.connect(self._on_error)

    def start(self) -> None:
        self._camera.start()

    def take(self) -> None:
        self._capture.capture()

    def stop(self) -> None:
        self._camera.stop()

    def _on_captured(self, _: int, image: QImage) -> None:
        self.taken.emit(image)

    def _on_error(self, *said: object) -> None:
        self.failed.emit(str(said[-1]))
