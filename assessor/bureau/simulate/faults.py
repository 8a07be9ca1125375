"""The faults that are planted, and the verdict and code each of them has to get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assessor.assessment import Assessment
from assessor.bureau.records import Verdict
from assessor.bureau.simulate import spoiled
from assessor.bureau.simulate.region import name_parts
from assessor.canonical import digest_of
from assessor.credit_code import ALPHABET
from assessor.rubrics.loader import LoadedRubric

Key = Literal["enrolled", "stranger", "none"]
"""Whose key signs a workbook."""


@dataclass(frozen=True)
class Fault:
    """One way for a file to be wrong.

    Before the export `visit` and `rubric` change what is exported, `data` the payload that was
    built and `key` who signs; `book` changes the finished workbook. One that is `alike` gives the
    same bytes each time and is planted once. With `of_base` the fault is
    planted in a copy of a sound visit rather than in a visit of its own.
    """

    name: str
    code: str
    verdict: Verdict
    visit: Callable[[Assessment], Assessment] | None = None
    rubric: Callable[[LoadedRubric], LoadedRubric] | None = None
    data: Callable[[dict[str, object]], object] | None = None
    book: Callable[[bytes], bytes] | None = None
    key: Key = "enrolled"
    of_base: bool = False
    alike: bool = False
    suffix: str = ".xlsx"


def faults() -> tuple[Fault, ...]:
    """Return every fault that can be planted, in a fixed order."""
    return (*_of_files(), *_of_books(), *_of_data(), *_of_visits(), *_of_identity())


def _refused(entries: Mapping[str, tuple[str, Callable[[bytes], bytes]]]) -> Iterable[Fault]:
    for name, (code, change) in entries.items():
        yield Fault(name, code, Verdict.REJECTED, book=change)


def _of_files() -> Iterable[Fault]:
    yield from _refused(
        {
            "truncated": ("container.damaged", spoiled.cut_short),
            "csv": ("container.csv", spoiled.as_csv),
            "html": ("container.html", spoiled.as_html),
            "bomb": ("container.packed_too_tight", spoiled.zip_bomb),
        }
    )
    empty = "container.empty"
    yield Fault("empty", empty, Verdict.REJECTED, book=spoiled.emptied, alike=True)
    warning, skipped = Verdict.WARNING, Verdict.SKIPPED
    yield Fault("macros", "container.has_macros", warning, book=spoiled.with_macros)
    yield Fault("~$lock", "container.lock_file", skipped, book=spoiled.as_csv)
    yield Fault("report", "container.other_file", skipped, book=spoiled.as_csv, suffix=".pdf")


def _of_books() -> Iterable[Fault]:
    yield from _refused(
        {
            "other-figure": ("tamper.figure", spoiled.other_figure),
            "no-machine-sheet": ("payload.missing", spoiled.without_machine_sheet),
            "other-payload": ("tamper.digest", spoiled.other_payload),
        }
    )
    warning = Verdict.WARNING
    yield Fault("hidden-column", "layout.hidden", warning, book=spoiled.hidden_column)
    yield Fault("merged-cells", "layout.merged", warning, book=spoiled.merged_cells)


def _of_data() -> Iterable[Fault]:
    yield Fault("other-result", "tamper.result", Verdict.REJECTED, data=_better_result)
    yield Fault("unsigned", "tamper.unsigned", Verdict.WARNING, key="none")
    yield Fault("stranger", "tamper.key_not_enrolled", Verdict.WARNING, key="stranger")
    yield Fault("newer-rubric", "rubric.newer", Verdict.REJECTED, rubric=_newer)


def _of_visits() -> Iterable[Fault]:
    warning = Verdict.WARNING
    yield Fault("future", "values.future_date", warning, visit=_in_the_future)
    yield Fault("no-assessor", "values.no_assessor", warning, visit=_without_panel)
    yield Fault("bidi", "values.odd_characters", warning, visit=_with_bidi)
    yield Fault("lower-case-code", "identity.written_oddly", warning, visit=_lower_case_code)
    yield Fault("wrong-code", "identity.check_digit", Verdict.REJECTED, visit=_wrong_code)


def _of_identity() -> Iterable[Fault]:
    warning, refused = Verdict.WARNING, Verdict.REJECTED
    yield Fault("same-bytes", "identity.same_file", Verdict.SKIPPED, of_base=True)
    yield Fault(
        "same-revision", "identity.other_payload", refused, visit=_other_workshop, of_base=True
    )
    yield Fault(
        "other-district", "identity.other_district", warning, visit=_other_district, of_base=True
    )


def _better_result(data: dict[str, object]) -> None:
    result = data["result"]
    if isinstance(result, dict):
        result["total"] = "99.99"


def _newer(loaded: LoadedRubric) -> LoadedRubric:
    rubric = loaded.rubric.model_copy(update={"version": "99.0.0"})
    return replace(loaded, rubric=rubric, digest=digest_of([loaded.digest, "99.0.0"]))


def _in_the_future(visit: Assessment) -> Assessment:
    day = date(2100, 1, 1)
    return _with_visit(visit, date_from=day, date_to=day)


def _without_panel(visit: Assessment) -> Assessment:
    return _with_visit(visit, panel=())


def _with_bidi(visit: Assessment) -> Assessment:
    return _with_visit(visit, workshop=f"{visit.visit.workshop}\u202e1")


def _other_workshop(visit: Assessment) -> Assessment:
    return _with_visit(visit, workshop=name_parts()["odd_name"])


def _lower_case_code(visit: Assessment) -> Assessment:
    return _with_enterprise(visit, credit_code=visit.enterprise.credit_code.lower())


def _wrong_code(visit: Assessment) -> Assessment:
    code = visit.enterprise.credit_code
    last = ALPHABET[(ALPHABET.index(code[-1]) + 1) % len(ALPHABET)]
    return _with_enterprise(visit, credit_code=code[:-1] + last)


def _other_district(visit: Assessment) -> Assessment:
    moved = _with_enterprise(visit, district=f"{visit.enterprise.district}*")
    return moved.model_copy(update={"id": f"{visit.id}-moved", "revision": 1})


def _with_visit(visit: Assessment, **changes: object) -> Assessment:
    return visit.model_copy(update={"visit": visit.visit.model_copy(update=changes)})


def _with_enterprise(visit: Assessment, **changes: object) -> Assessment:
    return visit.model_copy(update={"enterprise": visit.enterprise.model_copy(update=changes)})
