"""The process that makes reports: it loads the typesetter once, then does what it is asked to.

    python -m assessor.workspace.report_child

Its input and output carry frames (see `report_pipe`). It opens no visit: the record comes with the
question, photographs are asked back for when they are needed. It ends when nobody listens any more.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from assessor.errors import AssessorError
from assessor.exchange.payload import HistoryRef
from assessor.exchange.signature import Digests, Signed
from assessor.rubrics.loader import LoadedRubric, loads
from assessor.scoring import score
from assessor.workspace.report_files import Draft
from assessor.workspace.report_pipe import (
    BrokenOffError,
    Pipe,
    packed_error,
    unpacked_options,
    unpacked_record,
    unpacked_signature,
)
from assessor.workspace.reports import fill_drafts, set_pages
from assessor.workspace.snapshot import Snapshot

_NICENESS = 5
"""The window and whoever else is at work comes first."""


def main() -> int:
    """Answer questions until nobody asks any more; the process's own entry."""
    pipe = _own_pipe()
    if sys.platform != "win32":
        os.nice(_NICENESS)
    _load()
    maker = _Maker(pipe)
    try:
        while True:
            maker.answer()
    except BrokenOffError:
        return 0


def _own_pipe() -> Pipe:
    """Take input and output for frames alone: what anything prints must not come between."""
    pipe = Pipe(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb"))
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nothing, stream)
    os.close(nothing)
    return pipe


def _load() -> None:
    """Load what every report needs while nobody waits for it yet."""
    import assessor.reports.excel  # noqa: PLC0415
    import assessor.reports.pdf  # noqa: PLC0415
    import assessor.workspace.pages  # noqa: F401, PLC0415


class _Maker:
    """Makes reports of whatever record it is given."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._loaded: LoadedRubric | None = None

    def answer(self) -> None:
        """Wait for a question and answer it; raises `BrokenOffError`."""
        asked = self._pipe.receive()
        try:
            self._pipe.send(self._made(asked.head, asked.body))
        except AssessorError as error:
            self._pipe.send({"refused": packed_error(error)})
        except (BrokenOffError, MemoryError):
            raise
        except Exception as defect:
            self._pipe.send({"defect": _places(defect), "kind": type(defect).__qualname__})

    def _made(self, head: Mapping[str, Any], body: bytes) -> dict[str, object]:
        record, options = self._record(head, body), unpacked_options(head["options"])
        if "pages" in head:
            path = Path(head["pages"])
            return {"sizes": set_pages(record, path, options, self._step, self._sign)}
        drafts = [Draft(Path(path), Path(final)) for path, final in head["drafts"]]
        return {"digest": fill_drafts(record, drafts, options, self._step, self._sign)}

    def _record(self, head: Mapping[str, Any], body: bytes) -> Snapshot:
        if self._loaded is None or self._loaded.digest != head["rubric"]:
            self._loaded = loads(self._asked_for("rubric", head["rubric"]), head["name"])
        assessment = unpacked_record(body)
        card = score(self._loaded.rubric, assessment)
        history = HistoryRef.model_validate(head["history"]) if head["history"] else None
        return Snapshot(assessment, self._loaded, card, self._read, history)

    def _sign(self, digests: Digests) -> Signed:
        """Have an export signed where the private key is: it never comes here."""
        return unpacked_signature(self._asked_for("signature", " ".join(astuple(digests))))

    def _read(self, sha256: str) -> bytes:
        return self._asked_for("evidence", sha256)

    def _asked_for(self, what: str, name: str) -> bytes:
        self._pipe.send({"wanted": what, "name": name})
        return self._pipe.receive().body

    def _step(self, done: int, total: int) -> None:
        self._pipe.send({"step": (done, total)})


def _places(defect: BaseException) -> Sequence[tuple[str, int, str]]:
    """Return where in the code something went wrong: file, line, function."""
    frames = traceback.extract_tb(defect.__traceback__)
    return [(frame.filename, frame.lineno or 0, frame.name) for frame in frames]


if __name__ == "__main__":
    sys.exit(main())
