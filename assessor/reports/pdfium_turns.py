"""One user of the PDF reader at a time: it keeps its state for the whole process."""

from __future__ import annotations

from threading import RLock

PDFIUM_TURN = RLock()
"""To be held while a document is open. Two threads in the library at once end the program."""
