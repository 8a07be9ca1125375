"""Which state of a visit a PDF was made from, as far as it can say so without its data.

A PDF carries no payload, only the digest of it. The digest covers how far the history of the visit
had come, so a visit that was changed and changed back has another one, though it says the same.
What the PDF prints of its history is tried: where the present record with that history has the
digest of the PDF, the record is the very same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assessor.errors import Problem
from assessor.exchange.payload import HistoryRef, ProgramRef, payload_digest
from assessor.exchange.signature import KnownKeys, TamperCheck, named_data_check
from assessor.i18n import message
from assessor.reports.check_code import squeeze
from assessor.reports.verify_history import history_notes, history_problems, version_notes
from assessor.reports.verify_pages import PdfFile
from assessor.reports.verify_payload import Source
from assessor.reports.verify_words import told

_HISTORY = re.compile(r"([1-9][0-9]{0,8})[^0-9]{1,12}?(?=([0-9a-f]{64}))")
"""A number of entries and, after a word or two, a digest; white space taken out."""
_DIGESTS = re.compile(r"(?=([0-9a-f]{64}))")
_PROGRAM = re.compile(r"(\S{1,40}) (\S{1,40})")
_MOST_DIGESTS, _MOST_HISTORIES = 2_000, 20
"""How many are tried, as a foreign file may print any number of them. Our own reports print some
hundred places a digest may begin at, and a handful of numbers before one; the appendix is last."""


@dataclass(frozen=True)
class Then:
    """When a PDF was made: `named` is the history it prints, where that is one of the source's.

    `source` are the data as they were then, where the record has stayed the same; `problems` and
    `notes` say what became of the history since.
    """

    named: HistoryRef | None = None
    source: Source | None = None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def state_of(found: PdfFile, source: Source) -> Then:
    """Return when the PDF was made in the history of `source`, as far as that can be told."""
    if found.digest in ("", source.digest):
        return Then()
    wanted = source.payload.history
    printed = list(_histories(found, wanted)) if wanted else []
    for named in (*printed, wanted):
        same = _with_history(found, source, named)
        if same is not None:
            problems = history_problems(named, wanted, source.entries)
            notes = (
                *history_notes(named, wanted),
                *version_notes(same.payload, source.payload.program.version),
            )
            return Then(named, same, problems, notes)
    own = (one for one in printed if source.entries.get(one.entries) == one.head)
    return Then(next(own, None))


def other_report(found: PdfFile, source: Source, then: Then) -> Problem | None:
    """Return what the PDF is, when its own properties say it is of other data than `source`."""
    if found.digest in ("", source.digest) or then.source is not None:
        return None
    subject = source.payload.assessment.enterprise.name
    rubric = f"{source.payload.rubric.id} {source.payload.rubric.version}"
    now = source.payload.history
    fix = "pdf_other_fix"
    if found.rubric != rubric:
        said = message("verify.pdf_other_rubric", found=told(found.rubric), expected=rubric)
    elif found.subject != subject:
        said = message("verify.pdf_other_visit", found=told(found.subject), expected=told(subject))
    elif then.named is not None and now is not None:
        at = {"found": then.named.entries, "expected": now.entries}
        said, fix = message("verify.pdf_earlier_state", **at), "pdf_earlier_fix"
    else:
        digests = {"found": found.digest[:12], "expected": source.digest[:12]}
        said = message("verify.pdf_other_state", **digests)
    return Problem(said, fix=message(f"verify.{fix}"))


def own_signature(found: PdfFile, known: KnownKeys) -> TamperCheck:
    """Check the signature of a PDF over the data it names itself."""
    words = _words(found)
    printed = dict.fromkeys(match[1] for match in _DIGESTS.finditer(words))
    return named_data_check(found.digest, list(printed)[-_MOST_DIGESTS:], found.signed, known)


def _histories(found: PdfFile, wanted: HistoryRef) -> Iterator[HistoryRef]:
    """Yield what may be the history the PDF prints: the number of entries, and the last digest."""
    matches = list(_HISTORY.finditer(_words(found)))
    for match in reversed(matches[-_MOST_HISTORIES:]):
        yield HistoryRef(file=wanted.file, entries=int(match[1]), head=match[2])


def _with_history(found: PdfFile, source: Source, named: HistoryRef | None) -> Source | None:
    """Return the data with the history and the program the PDF names, if it was made from these."""
    program = _PROGRAM.fullmatch(found.program)
    changes: dict[str, object] = {"history": named}
    if program is not None:
        changes["program"] = ProgramRef(name=program[1], version=program[2])
    payload = source.payload.model_copy(update=changes)
    digest = payload_digest(payload.to_json())
    return replace(source, payload=payload, digest=digest) if digest == found.digest else None


def _words(found: PdfFile) -> str:
    return squeeze("".join(found.drawn))
