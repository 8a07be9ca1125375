"""The demonstration: bundled samples built into visits, scored, reported and verified."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assessor.assessment import (
    Assessment,
    Enterprise,
    EvidenceItem,
    Finding,
    RubricRef,
    SelfAssessment,
)
from assessor.canonical import canonical_json
from assessor.commands.answers import set_self_assessment
from assessor.commands.proofs import add_evidence, set_finding
from assessor.errors import AssessorError
from assessor.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, message, text
from assessor.reports.build import ReportOptions
from assessor.rubrics.catalog import get
from assessor.rubrics.loader import LoadedRubric
from assessor.rubrics.models import Rubric
from assessor.scoring import ScoreCard
from assessor.storage.atomic import put_in_place
from assessor.storage.blobs import BlobSource, source_of_bytes
from assessor.storage.file import create
from assessor.storage.history import EditNote
from assessor.workspace.clock import Clock, user_name
from assessor.workspace.filling import fill, read_file
from assessor.workspace.ledger import import_table
from assessor.workspace.report_files import make_folder
from assessor.workspace.reports import write_report
from assessor.workspace.sample_pictures import PICTURE_HEIGHT, PICTURE_WIDTH, draw
from assessor.workspace.samples import Sample, SamplePicture, sample_called, samples
from assessor.workspace.visits import OpenVisit, find_item, opened

SHOWN = ("precision-mould", "fine-chemicals")
"""The samples of the demonstration: one discrete and one process enterprise."""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demonstration made of one sample."""

    enterprise: str
    rubric: Rubric
    card: ScoreCard
    visit: Path
    pdf: Path | None
    workbook: Path | None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that were written: the visit and its reports."""
        return tuple(path for path in (self.visit, self.pdf, self.workbook) if path)


def demo(folder: Path, language: Language = DEFAULT_LANGUAGE) -> tuple[DemoResult, ...]:
    """Build the samples into `folder` (made if absent), score them, write and verify the reports.

    A visit of the demonstration that somebody has changed since is kept; the new one stands beside
    it. Raises `AssessorError` when this build carries no samples or a file cannot be written.
    """
    if not samples():
        raise AssessorError(message("demo.no_samples"))
    make_folder(folder)
    return tuple(_shown(slug, folder, language) for slug in SHOWN)


def build_sample(slug: str, folder: Path, clock: Clock | None = None) -> Path:
    """Build the visit of a sample as `<slug>.assessment` in `folder` and return the file.

    The record is the same each time; `clock` gives the times of the steps in its history and is the
    sample's own time unless given. Raises `AssessorError` for an unknown sample or when the file is
    there already.
    """
    sample = sample_called(slug)
    times = clock or (lambda: sample.frame.made)
    loaded = get(sample.frame.rubric)
    path = folder / f"{slug}.assessment"
    what = message("demo.created", sample=slug)
    note = EditNote(what=what, at=times(), author=user_name())
    create(path, _blank(sample, loaded), canonical_json(loaded.data), note).close()
    with opened(path, clock=times) as visit:
        _fill(visit, sample)
    return path


def _blank(sample: Sample, loaded: LoadedRubric) -> Assessment:
    frame = sample.frame
    return Assessment(
        id=frame.id,
        rubric=RubricRef(id=loaded.rubric.id, version=loaded.rubric.version, digest=loaded.digest),
        cycle=frame.cycle,
        profile=frame.profile,
        target=frame.target,
        enterprise=Enterprise(name=sample.slug),
    )


def _fill(visit: OpenVisit, sample: Sample) -> None:
    evidence = _attach(visit, sample)
    answers = sample.file("visit.json")
    if answers:
        fill(visit, answers)
    own, made = sample.file("self.json"), sample.frame.self_assessment
    if own and made:
        said = dict(read_file(visit, own).answers)
        kept = SelfAssessment(answers=said, made_on=made.made_on, by=made.by)
        visit.do(set_self_assessment(kept))
    ledger = sample.file("ledger.csv")
    if ledger:
        import_table(visit, ledger)
    for number, finding in enumerate(sample.findings(), 1):
        visit.do(set_finding(visit.assessment, _placed(visit, finding, number, evidence)))


def _attach(visit: OpenVisit, sample: Sample) -> Mapping[str, str]:
    """Draw and attach the sample's pictures; return the ids they got by their names."""
    pictures = sample.pictures()
    mark = " / ".join(text("demo.mark", language) for language in LANGUAGES)
    drawn = [(picture, _source(picture, mark)) for picture in pictures]
    items = [
        _evidence(visit, sample, picture, source, number)
        for number, (picture, source) in enumerate(drawn, 1)
    ]
    if items:
        visit.do(add_evidence(items), [source for _, source in drawn])
    return {picture.name: item.id for picture, item in zip(pictures, items, strict=True)}


def _source(picture: SamplePicture, mark: str) -> BlobSource:
    return source_of_bytes(draw(picture, mark), "image/jpeg", f"{picture.name}.jpg")


def _evidence(
    visit: OpenVisit, sample: Sample, picture: SamplePicture, source: BlobSource, number: int
) -> EvidenceItem:
    return EvidenceItem(
        id=f"e{number}",
        sha256=source.sha256,
        size=source.size,
        media_type=source.media_type,
        file_name=source.name,
        kind=picture.kind,
        criteria=tuple(find_item(visit.loaded, item) for item in picture.items),
        gates=picture.gates,
        caption=picture.caption,
        about=picture.day,
        added_at=sample.frame.made,
        width=PICTURE_WIDTH,
        height=PICTURE_HEIGHT,
    )


def _placed(
    visit: OpenVisit, finding: Finding, number: int, evidence: Mapping[str, str]
) -> Finding:
    """Return a finding under its own number, its item and pictures named by their ids."""
    placed = {
        "id": f"f{number}",
        "criterion": find_item(visit.loaded, finding.criterion),
        "evidence": tuple(evidence[name] for name in finding.evidence),
        "recheck": tuple(evidence[name] for name in finding.recheck),
    }
    return finding.model_copy(update=placed)


def _shown(slug: str, folder: Path, language: Language) -> DemoResult:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".demo-") as draft:
        path = _kept_or_new(build_sample(slug, Path(draft)), folder)
    with opened(path, read_only=True) as visit:
        files = write_report(visit, folder, ReportOptions(language=language))
        return DemoResult(
            enterprise=visit.assessment.enterprise.name,
            rubric=visit.loaded.rubric,
            card=visit.score(),
            visit=path,
            pdf=files.pdf,
            workbook=files.workbook,
        )


def _kept_or_new(draft: Path, folder: Path) -> Path:
    """Return the first name in `folder` that holds this very visit or nothing yet, then with it."""
    with opened(draft, read_only=True) as visit:
        wanted = visit.assessment
    names = _names(folder, draft)
    path = next(name for name in names if not name.exists() or _holds(name, wanted))
    if not path.exists():
        put_in_place(draft, path)
    return path


def _names(folder: Path, draft: Path) -> Iterable[Path]:
    yield folder / draft.name
    for number in itertools.count(2):
        yield folder / f"{draft.stem}-{number}{draft.suffix}"


def _holds(path: Path, wanted: Assessment) -> bool:
    try:
        with opened(path, read_only=True) as visit:
            return visit.assessment == wanted
    except AssessorError:
        return False
