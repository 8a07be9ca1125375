"""What is printed to be taken along: words and the way onto paper, shared by plan and form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assessor import __version__
from assessor.analysis.walk_plan import WalkOrder
from assessor.errors import AssessorError
from assessor.i18n import Language, Localized, message, text
from assessor.reports.document import Document
from assessor.rubrics.criterion import WantedEvidence
from assessor.storage.atomic import aside, put_in_place
from assessor.storage.errors import translated


@dataclass(frozen=True)
class Sayer:
    """The words of the walk in one language."""

    language: Language

    def say(self, name: str, /, **values: object) -> str:
        """Return the words of `walk.<name>`."""
        return text(f"walk.{name}", self.language, **values)

    def pick(self, what: Localized) -> str:
        """Return a text of the rubric."""
        return what.pick(self.language)

    def place(self, key: str) -> str:
        """Return the name of a place."""
        return text(f"walk.place_{key}", self.language)

    def person(self, key: str) -> str:
        """Return what a person to meet is called, or that nobody is named."""
        return text(f"walk.person_{key}", self.language)

    def order(self, order: WalkOrder) -> str:
        """Return the name of an order of walking."""
        return text(f"walk.order_{order}", self.language)

    def stop(self, key: str, order: WalkOrder) -> str:
        """Return the name of a stop."""
        return self.place(key) if order == "place" else self.person(key)

    def proof(self, wanted: WantedEvidence) -> str:
        """Return a proof to ask for with its kind."""
        kind = text(f"report.kind_{wanted.kind}", self.language)
        return self.say("proof_line", kind=kind, text=self.pick(wanted.text))


def program_name() -> str:
    """Return program and version as documents name them."""
    return f"assessor {__version__}"


def write_paper(document: Document, path: Path) -> Path:
    """Write the pages of a document without pictures as PDF, complete or not at all.

    Raises `AssessorError` when `path` is a folder or cannot be written.
    """
    from assessor.reports.pdf import write_pdf  # noqa: PLC0415 (loads the typesetter)

    if path.is_dir():
        raise AssessorError(message("visit.is_folder", path=str(path)))
    with translated(path), aside(path) as draft:
        write_pdf(document, draft, no_picture)
        put_in_place(draft, path)
    return path


def no_picture(sha256: str) -> bytes:
    """Raise, as a document of words alone has no pictures."""
    raise KeyError(sha256)
