"""Calibration: gold sets found and read, blind answers marked, results kept with the identity.

In the folder `identity` of the person's own folder lies `calibrations.json`: what was reached on
this installation, the latest result for each person and set. It is a statement of this
installation, like everything a visit says, and proves nothing beyond that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from assessor.analysis.agreement.wording import coefficient, percentage
from assessor.analysis.calibration import (
    BlindAnswers,
    Given,
    GoldCase,
    GoldItem,
    GoldSet,
    Marked,
    RubricVersion,
    check_given,
    check_gold,
    mark,
    standing_of,
    still_open,
)
from assessor.assessment import Assessment, Calibration
from assessor.commands.edit import Edit
from assessor.commands.entries import Change
from assessor.errors import AssessorError, ProblemsError
from assessor.exchange.json_file import JsonFile, read_json_file
from assessor.exchange.refusals import validation_problems
from assessor.i18n import message
from assessor.paths import samples_folder
from assessor.rubrics.base import LocalText, Model
from assessor.rubrics.catalog import get
from assessor.rubrics.loader import LoadedRubric
from assessor.storage.atomic import ensure_new
from assessor.storage.errors import translated
from assessor.workspace.clock import now
from assessor.workspace.identity import Keys, own_keys
from assessor.workspace.key_store import write_private
from assessor.workspace.visits import OpenVisit, opened

M = TypeVar("M", bound=Model)
VISIT = ".assessment"
GOLD_FOLDER = "gold"
_FILE = "calibrations.json"
_LARGEST = 4 * 1024 * 1024
_KEPT = TypeAdapter(tuple[Calibration, ...])


@dataclass(frozen=True)
class GoldFile:
    """A gold set with the rubric it is answered by."""

    gold: GoldSet
    loaded: LoadedRubric


# --- sets -----------------------------------------------------------------------------------------


def bundled_sets() -> tuple[Path, ...]:
    """Return the files of the sets that come with the program; none where it carries none."""
    folder = samples_folder()
    return tuple(sorted((folder / GOLD_FOLDER).glob("*.json"))) if folder else ()


def gold_called(name: str) -> GoldFile:
    """Return the bundled set with this id, or the one in the file of this name.

    Raises `AssessorError` saying which there are, `ProblemsError` for a file that is no set.
    """
    path = Path(name)
    if path.is_file():
        return read_gold(path)
    known = {found.gold.id: found for found in map(read_gold, bundled_sets())}
    if name not in known:
        ids = ", ".join(known) or "-"
        raise AssessorError(message("calibration.no_such_set", name=name, known=ids))
    return known[name]


def read_gold(path: Path) -> GoldFile:
    """Read a set from a JSON file, or make one from a visit that experts have scored.

    Of a visit every answer counts that says why (its note) and whose evidence is described. Raises
    `ProblemsError` with the place of everything wrong, `AssessorError` for an unknown rubric.
    """
    if path.suffix.lower() == VISIT:
        with opened(path, read_only=True) as visit:
            return GoldFile(_from_visit(visit, path), visit.loaded)
    file = read_json_file(path)
    gold = _parsed(file, GoldSet)
    loaded = get(gold.rubric.id)
    problems = tuple(check_gold(loaded, gold))
    if problems:
        raise ProblemsError(message("calibration.misfit", file=path.name), file.located(problems))
    return GoldFile(gold, loaded)


def _from_visit(visit: OpenVisit, path: Path) -> GoldSet:
    record = visit.assessment
    shown = {key: _described(record, key) for key in record.answers}
    items = tuple(
        GoldItem(
            criterion=key,
            evidence=_both(shown[key]),
            answer=answer.model_copy(update={"note": "", "by": None, "confidence": None}),
            reason=_both(answer.note.strip()),
        )
        for key, answer in record.answers.items()
        if answer.note.strip() and shown[key] and "@" not in key
    )
    if not items:
        raise AssessorError(message("calibration.nothing_told", file=path.name))
    name = _both(record.enterprise.name)
    case = GoldCase(
        id="visit",
        title=name,
        text=_both(record.enterprise.profile.strip() or record.enterprise.name),
        profile=record.profile,
        target=record.target,
        items=items,
    )
    return GoldSet(
        format="assessor.gold",
        format_version=1,
        id=record.id,
        title=name,
        rubric=RubricVersion(id=record.rubric.id, version=record.rubric.version),
        cycle=record.cycle,
        cases=(case,),
    )


def _described(record: Assessment, criterion: str) -> str:
    captions = (item.caption.strip() for item in record.evidence_for(criterion))
    return "\n".join(caption for caption in captions if caption)


def _both(text: str) -> LocalText:
    return LocalText(zh=text, en=text)


# --- answering ------------------------------------------------------------------------------------


def blank_answers(gold: GoldSet) -> dict[str, object]:
    """Return the file an assessor fills in: every question with nothing said yet."""
    return {
        "format": "assessor.gold_answers",
        "format_version": 1,
        "set_id": gold.id,
        "answers": {case.id: {item.criterion: {} for item in case.items} for case in gold.cases},
    }


def write_blank(gold: GoldSet, path: Path) -> None:
    """Write the file an assessor fills in; raises `AssessorError` where a file is there already."""
    with translated(path):
        ensure_new(path)
        text = json.dumps(blank_answers(gold), ensure_ascii=False, indent=2)
        path.write_text(f"{text}\n", encoding="utf-8")


def read_answers(path: Path, found: GoldFile) -> Given:
    """Read filled-in answers; questions left blank count as open.

    Raises `ProblemsError` with the place of everything wrong, `AssessorError` for another set.
    """
    file = read_json_file(path)
    told = file.data.get("answers")
    kept = {
        **file.data,
        "answers": {
            case: {key: one for key, one in answers.items() if one != {}}
            for case, answers in (told if isinstance(told, dict) else {}).items()
            if isinstance(answers, dict)
        },
    }
    answers = _parsed(JsonFile(file.name, file.text, kept), BlindAnswers)
    if answers.set_id != found.gold.id:
        known = {"given": answers.set_id, "wanted": found.gold.id}
        raise AssessorError(message("calibration.other_set", file=path.name, **known))
    problems = tuple(check_given(found.loaded, found.gold, answers.answers))
    if problems:
        raise ProblemsError(
            message("calibration.answers_misfit", file=path.name), file.located(problems)
        )
    return answers.answers


def marked(found: GoldFile, given: Given) -> Marked:
    """Return how far the answers agree with the experts'; raises `AssessorError` while any question
    is open."""
    left = still_open(found.gold, given)
    if left:
        numbers = [found.loaded.rubric.criterion_by_id[item.criterion].number for _, item in left]
        said = {"count": len(left), "items": ", ".join(dict.fromkeys(numbers))}
        raise AssessorError(message("calibration.still_open", **said))
    return mark(found.loaded, found.gold, given)


def result_of(
    found: GoldFile, result: Marked, name: str, keys: Keys, today: date | None = None
) -> Calibration:
    """Return what is kept of a result: who, on which set, when, how far they agreed.

    Raises `AssessorError` without a name, which is that of the identity unless given.
    """
    identity, gold = keys.identity(), found.gold
    who = name.strip() or (identity.keys.name if identity else "")
    if not who:
        raise AssessorError(message("calibration.no_name"))
    percent = percentage(result.overall.percent)
    if percent is None:
        raise ValueError("a marked set has a percentage")
    return Calibration(
        name=who,
        key_id=identity.key_id if identity else "",
        set_id=gold.id,
        set_title=gold.title.zh,
        set_digest=gold.digest,
        invented=gold.invented,
        rubric_id=gold.rubric.id,
        cycle=gold.cycle,
        made_on=today or now().date(),
        valid_until=gold.valid_until,
        items=len(result.items),
        alike=sum(one.alike for one in result.items),
        percent=percent,
        kappa=coefficient(result.overall.kappa),
    )


# --- keeping --------------------------------------------------------------------------------------


def kept_results(keys: Keys | None = None) -> tuple[Calibration, ...]:
    """Return what was reached on this installation; raises `AssessorError` for a damaged file."""
    path = (keys or own_keys()).folder / _FILE
    if not path.exists():
        return ()
    with translated(path), path.open("rb") as file:
        data = file.read(_LARGEST)
    try:
        return _KEPT.validate_json(data)
    except ValidationError:
        raise AssessorError(message("calibration.broken", path=str(path))) from None


def keep_result(found: Calibration, keys: Keys | None = None) -> tuple[Calibration, ...]:
    """Keep a result beside the others and return them; it replaces that of the same person on the
    same set."""
    home = keys or own_keys()
    left = [one for one in kept_results(home) if _subject(one) != _subject(found)]
    results = arranged((*left, found))
    data = [one.model_dump(mode="json", exclude_defaults=True) for one in results]
    text = json.dumps(data, ensure_ascii=False, indent=2)
    write_private(home.folder / _FILE, f"{text}\n".encode())
    return results


def arranged(results: Iterable[Calibration]) -> tuple[Calibration, ...]:
    """Return results without doubles in an order that depends on nothing but themselves."""
    distinct = {one.model_dump_json(): one for one in results}
    return tuple(
        one for _, one in sorted(distinct.items(), key=lambda pair: (pair[1].name, pair[0]))
    )


def fitting(record: Assessment, results: Iterable[Calibration]) -> tuple[Calibration, ...]:
    """Return the results that count for a visit: its rubric, its season, not run out."""
    return tuple(one for one in results if standing_of(one, record) == "valid")


def noted(record: Assessment, results: Sequence[Calibration]) -> Edit | None:
    """Return the edit that writes results into a visit, `None` when it has them all.

    An earlier result of the same person on the same set is replaced.
    """
    subjects = {_subject(one) for one in results}
    left = [one for one in record.calibrations if _subject(one) not in subjects]
    after = arranged((*left, *results))
    if after == record.calibrations:
        return None
    what = message("calibration.noted", names=", ".join(dict.fromkeys(one.name for one in results)))
    return Edit((Change("meta", "calibrations", after),), what)


def _subject(one: Calibration) -> tuple[str, str, str]:
    return (one.name, one.key_id, one.set_digest)


def _parsed(file: JsonFile, kind: type[M]) -> M:
    try:
        return kind.model_validate(file.data)
    except ValidationError as error:
        problems = file.located(validation_problems(error))
        raise ProblemsError(message("calibration.misfit", file=file.name), problems) from None
