"""The bundled samples: invented enterprises whose visits can be built and explored.

A sample is a folder of data: `sample.json` (the frame), `visit.json` (answers, as any file of
answers), and where the sample has them `self.json` (the enterprise's own answers), `ledger.csv`,
`evidence.json` (pictures to be drawn) and `findings.json`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from assessor.assessment import Finding
from assessor.errors import AssessorError
from assessor.i18n import message
from assessor.paths import samples_folder
from assessor.rubrics.base import Id, Model
from assessor.rubrics.criterion import EvidenceKind
from assessor.workspace.sample_pictures import Scene

T = TypeVar("T")

FRAME = "sample.json"


class SelfMade(Model):
    """When and by whom the enterprise assessed itself."""

    made_on: date
    by: str


class Frame(Model):
    """What a sample is a visit of; `made` is the time its record bears, with a zone."""

    id: Id
    rubric: Id
    profile: Id
    target: Id
    cycle: Id
    made: datetime
    self_assessment: SelfMade | None = None


class SamplePicture(Scene):
    """A picture and what it proves; `items` are printed numbers or ids of criteria."""

    name: Id
    kind: EvidenceKind
    caption: str
    items: tuple[str, ...] = ()
    gates: tuple[Id, ...] = ()

    @property
    def day(self) -> date | None:
        """The day the picture is about, which begins the time written in it."""
        return date.fromisoformat(self.taken[:10]) if self.taken else None


class Sample:
    """One folder of `samples/`, read as it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.frame = Frame.model_validate_json((folder / FRAME).read_bytes())

    @property
    def slug(self) -> str:
        """The name of the sample, which is its folder's."""
        return self.folder.name

    def file(self, name: str) -> Path | None:
        """Return a file of the sample, or None when it has none of that name."""
        path = self.folder / name
        return path if path.is_file() else None

    def pictures(self) -> tuple[SamplePicture, ...]:
        """Return the pictures of the sample in their order."""
        return self._listed("evidence.json", TypeAdapter(tuple[SamplePicture, ...]))

    def findings(self) -> tuple[Finding, ...]:
        """Return the findings; criteria and evidence are named as in the sample's files."""
        return self._listed("findings.json", TypeAdapter(tuple[Finding, ...]))

    def _listed(self, name: str, kind: TypeAdapter[tuple[T, ...]]) -> tuple[T, ...]:
        path = self.file(name)
        return kind.validate_json(path.read_bytes()) if path else ()


def samples() -> tuple[Sample, ...]:
    """Return every bundled sample, sorted by name; none when this build carries no samples."""
    folder = samples_folder()
    return tuple(Sample(frame.parent) for frame in _frames(folder)) if folder else ()


def sample_called(slug: str) -> Sample:
    """Return one sample; raises `AssessorError` naming those there are."""
    found = samples()
    for sample in found:
        if sample.slug == slug:
            return sample
    known = ", ".join(sample.slug for sample in found) or "-"
    raise AssessorError(message("demo.no_sample", sample=slug, known=known))


def _frames(folder: Path) -> Iterable[Path]:
    return sorted(folder.glob(f"*/{FRAME}"))
