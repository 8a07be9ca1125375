"""Visits: made, opened, filled, scored, edited; every edit is on disk when the call returns."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from assessor.assessment import Assessment, Enterprise, RubricRef, Visit
from assessor.canonical import canonical_json
from assessor.commands.edit import Edit
from assessor.errors import AssessorError, ProblemsError
from assessor.exchange.payload import HistoryRef
from assessor.i18n import Message, message
from assessor.rubrics.loader import LoadedRubric, loads
from assessor.rules.answers import check_assessment
from assessor.scoring import ScoreCard, Scorer
from assessor.storage.blobs import BlobSource
from assessor.storage.errors import StorageError
from assessor.storage.file import AssessmentFile, create, open_file
from assessor.storage.history import EditNote
from assessor.storage.presence import OtherContentError, ensure_there, mark_of
from assessor.workspace.clock import Clock, Who, now, user_name
from assessor.workspace.sign_off import reason_of, refuse_when_signed


class OpenVisit:
    """One open visit with the rubric it was made for; `who` names the author of each step."""

    def __init__(self, file: AssessmentFile, clock: Clock = now, who: Who = user_name) -> None:
        self.file = file
        self.loaded = loads(file.rubric_json.encode("utf-8"), file.path.name)
        self._clock = clock
        self._who = who
        self._mark = mark_of(file.path)
        self._scorer = Scorer(self.loaded.rubric)

    @property
    def path(self) -> Path:
        """The file of the visit."""
        return self.file.path

    @property
    def assessment(self) -> Assessment:
        """The record as it is on disk."""
        return self.file.assessment

    @property
    def history(self) -> HistoryRef | None:
        """How far the history of the file has come, `None` where nothing sensible says so."""
        head = self.file.history_head()
        if head is None:
            return None
        try:
            return HistoryRef(file=head.file, entries=head.entries, head=head.digest)
        except ValidationError:
            return None

    def read_blob(self, sha256: str) -> bytes:
        """Return the bytes of a piece of evidence; raises `KeyError`, `DamagedError`."""
        return self.file.read_blob(sha256)

    def score(self) -> ScoreCard:
        """Score the record."""
        return self._scorer.score(self.assessment)

    def foresee(self, new: Assessment) -> ScoreCard:
        """Score a record that is about to be committed; raises `SignedError` as `commit` would."""
        refuse_when_signed(self.assessment, new)
        return self._scorer.score(new)

    def do(self, edit: Edit, sources: Iterable[BlobSource] = ()) -> bool:
        """Make an edit durable; `False` when it changes nothing.

        Raises `ProblemsError` when the record would no longer fit its rubric; nothing is changed
        then.
        """
        new = edit.apply(self.assessment)
        refuse_misfits(self.loaded, new, message("visit.edit_refused"))
        return self.commit(new, edit.description, sources)

    def commit(self, new: Assessment, what: Message, sources: Iterable[BlobSource] = ()) -> bool:
        """Make a whole new record durable under one description; every change comes through here.

        Raises `SignedError` when the record is signed and would be changed, `GoneError` when the
        file is not where it was: a step in a file that nobody can find again is not durable.
        """
        refuse_when_signed(self.assessment, new)
        self.ensure_there()
        try:
            return self.file.commit(new, self.note(what), sources) > 0
        except StorageError:
            # Of a folder that went away in this moment the system speaks in riddles.
            self.ensure_there()
            raise

    def note(self, what: Message) -> EditNote:
        """Return what is noted beside a step that is made now."""
        reason = reason_of(what)
        return EditNote(what=what, at=self._clock(), author=self._who(), reason=reason)

    def ensure_there(self) -> None:
        """Raise `GoneError` unless the file is still where it was opened."""
        ensure_there(self.path, self._mark)

    def resume(self, file: AssessmentFile) -> None:
        """Go on with the file opened anew after it was away.

        Raises `OtherContentError`, and stays as it is, when that says something else than what was
        acknowledged.
        """
        known = (self.file.assessment, self.file.rubric_json)
        if (file.assessment, file.rubric_json) != known:
            raise OtherContentError(message("mishap.replaced", path=str(file.path)))
        self.file, self._mark = file, mark_of(file.path)


@contextmanager
def opened(
    path: Path, *, read_only: bool = False, clock: Clock = now, who: Who = user_name
) -> Iterator[OpenVisit]:
    """Open a visit and close it again; raises `AssessorError` saying why it cannot be opened."""
    with open_file(path, read_only=read_only) as file:
        yield OpenVisit(file, clock, who)


def new_visit(
    path: Path,
    loaded: LoadedRubric,
    enterprise: Enterprise,
    visit: Visit,
    *,
    profile: str | None = None,
    target: str | None = None,
    cycle: str | None = None,
    clock: Clock = now,
    who: Who = user_name,
) -> Path:
    """Make a new visit file; what is not chosen is the rubric's first profile, highest target and
    first cycle.

    Raises `ProblemsError` for a profile, target or cycle the rubric does not have, `StorageError`
    when the file cannot be made.
    """
    rubric = loaded.rubric
    assessment = Assessment(
        id=f"v-{uuid.uuid4()}",
        rubric=RubricRef(id=rubric.id, version=rubric.version, digest=loaded.digest),
        cycle=cycle or rubric.cycles[0].id,
        profile=profile or rubric.profiles[0].id,
        target=target or rubric.targets[-1].id,
        enterprise=enterprise,
        visit=visit,
    )
    refuse_misfits(loaded, assessment, message("visit.new_refused"))
    note = EditNote(what=message("visit.created"), at=clock(), author=who())
    create(path, assessment, canonical_json(loaded.data), note).close()
    return path


def refuse_misfits(loaded: LoadedRubric, assessment: Assessment, why: Message) -> None:
    """Raise `ProblemsError` with everything in `assessment` that does not fit the rubric."""
    problems = tuple(check_assessment(loaded.rubric, assessment))
    if problems:
        raise ProblemsError(why, problems)


@contextmanager
def fields_fit() -> Iterator[None]:
    """Turn a field that a record cannot hold into a sentence; only texts can be too long."""
    try:
        yield
    except ValidationError as error:
        fault = error.errors()[0]
        limit = fault.get("ctx", {}).get("max_length", "-")
        field = ".".join(str(part) for part in fault["loc"])
        raise AssessorError(message("visit.text_too_long", field=field, limit=limit)) from error


def find_item(loaded: LoadedRubric, name: str) -> str:
    """Return the id of the criterion called `name` (id or printed number); raises `AssessorError`
    naming it when there is none."""
    criterion = loaded.rubric.find_criterion(name)
    if criterion is None:
        raise AssessorError(message("visit.no_item", item=name, rubric=loaded.rubric.short_title))
    return criterion.id
