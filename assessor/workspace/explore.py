"""The samples as something to play with: built once into a folder of the person's."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assessor.paths import user_folder
from assessor.rubrics.base import LocalText
from assessor.rubrics.catalog import list_rubrics
from assessor.rubrics.models import Rubric
from assessor.storage.atomic import put_in_place
from assessor.workspace.demo import build_sample
from assessor.workspace.report_files import make_folder
from assessor.workspace.samples import Sample, samples


@dataclass(frozen=True)
class SampleTitle:
    """A sample by name: what enterprise is looked at, with which rubric and aim."""

    slug: str
    enterprise: str
    rubric: LocalText
    target: LocalText


def sample_titles() -> tuple[SampleTitle, ...]:
    """Return what the bundled samples are; empty when this build carries none."""
    known = {entry.id: entry.loaded.rubric for entry in list_rubrics() if entry.loaded}
    return tuple(
        _title(sample, known[sample.frame.rubric])
        for sample in samples()
        if sample.frame.rubric in known
    )


def sample_visit(slug: str, folder: Path | None = None) -> Path:
    """Return the visit of a sample, built first unless it is there already.

    `folder` is the person's own folder of samples unless given. Raises `AssessorError` for an
    unknown sample or when the file cannot be made.
    """
    home = folder or user_folder() / "samples"
    path = home / f"{slug}.assessment"
    if path.exists():
        return path
    make_folder(home)
    with tempfile.TemporaryDirectory(dir=home, prefix=".new-") as draft:
        put_in_place(build_sample(slug, Path(draft)), path)
    return path


def _title(sample: Sample, rubric: Rubric) -> SampleTitle:
    target = next(one.name for one in rubric.targets if one.id == sample.frame.target)
    return SampleTitle(sample.slug, _enterprise(sample), rubric.short_title, target)


def _enterprise(sample: Sample) -> str:
    path = sample.file("visit.json")
    data: Mapping[str, Mapping[str, str]] = json.loads(path.read_bytes()) if path else {}
    return data.get("enterprise", {}).get("name", sample.slug)
