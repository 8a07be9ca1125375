"""What stands before the rules: cover, foreword, scope, references, terms, principles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assessor.i18n import text
from assessor.reports.build.standard.scribe import Scribe
from assessor.reports.document import Cover, Field
from assessor.rubrics.provenance import STRENGTH, Source

_PRINCIPLES = ("evidence", "exact", "open", "traceable")


def cover(scribe: Scribe, digest: str) -> Cover:
    """Return the first page."""
    rubric, say = scribe.rubric, scribe.say
    other = rubric.title.en if scribe.words.language == "zh" else rubric.title.zh
    fields = (
        Field(say("cover_number"), say("cover_number_none")),
        Field("ICS / CCS", say("cover_to_fix")),
        Field(say("cover_issuer"), say("cover_to_fix")),
        Field(say("cover_rubric"), f"{rubric.id} {rubric.version}"),
        Field("SHA-256", digest),
    )
    return Cover(say("kicker"), scribe.pick(rubric.title), other, fields, say("notice"))


def foreword(scribe: Scribe) -> None:
    """Write how the draft came about and how its figures are founded."""
    rubric, say = scribe.rubric, scribe.say
    scribe.unnumbered(say("foreword"), "foreword")
    scribe.caution(say("notice"))
    scribe.text(
        say("foreword_shape"),
        say("foreword_made", id=rubric.id, version=rubric.version),
        say("foreword_parties"),
    )
    scribe.caution(scribe.pick(rubric.status.notice))
    official = [scribe.pick(part) for part in rubric.status.official_parts]
    scribe.listing(official, say("official_parts"))
    counts = Counter(scribe.basis(one.weight_provenance) for one in rubric.every_criterion)
    counted = [
        say("basis_count", basis=scribe.words.basis(basis), count=counts[basis])
        for basis in STRENGTH
        if counts[basis]
    ]
    scribe.text(say("foreword_basis", counts=scribe.words.join(counted, "list")))


def scope(scribe: Scribe) -> None:
    """Write chapter 1."""
    rubric = scribe.rubric
    scribe.chapter(scribe.say("scope"))
    name = scribe.pick(rubric.short_title)
    scribe.text(scribe.say("scope_what", name=name), scribe.pick(rubric.summary))
    profiles = [scribe.pick(one.name) for one in rubric.profiles]
    body = scribe.pick(rubric.body.name) if rubric.body else scribe.say("enterprise")
    joined = scribe.words.join(profiles, "list")
    scribe.text(scribe.say("scope_for", body=body, profiles=joined))


def references(scribe: Scribe) -> None:
    """Write chapter 2: the sources that carry a document number."""
    scribe.chapter(scribe.say("references"))
    numbered = [source for source in scribe.rubric.sources if source.document_number]
    if not numbered:
        scribe.text(scribe.say("references_none"))
        return
    scribe.text(scribe.say("references_lead"))
    scribe.listing(_cited(scribe, source) for source in numbered)


def bibliography(scribe: Scribe) -> None:
    """Write the sources without a number, at the end."""
    others = [source for source in scribe.rubric.sources if not source.document_number]
    if others:
        scribe.unnumbered(scribe.say("bibliography"), "bibliography")
        scribe.blocks.pop(-2)  # on the same page as what stands before
        scribe.listing(_cited(scribe, source) for source in others)


def _cited(scribe: Scribe, source: Source) -> str:
    said = scribe.words.basis(source.kind)
    parts = [source.document_number or "", scribe.pick(source.title), scribe.pick(source.issuer)]
    cited = scribe.words.join([*parts, source.date or ""], "list")
    return scribe.say("cited", source=cited, basis=said)


def terms(scribe: Scribe) -> None:
    """Write chapter 3: what the rubric's own parts are called, and what the words mean here."""
    scribe.chapter(scribe.say("terms"))
    scribe.text(scribe.say("terms_lead"))
    for title, words in _terms(scribe):
        scribe.clause(title)
        scribe.text(words)


def _terms(scribe: Scribe) -> Iterator[tuple[str, str]]:
    rubric = scribe.rubric
    named = ["criterion", "dimension"]
    named += ["gate"] if rubric.gates else []
    named += ["line"] if rubric.outcomes else []
    named += ["evidence", "open_answer"]
    chinese = scribe.words.language == "zh"
    for name in named:
        key = f"standard.term_{name}"
        other = text(key, "en") if chinese else ""
        meaning = scribe.words.told(f"standard.meaning_{name}")
        yield f"{scribe.words.told(key)}　{other}".rstrip(), meaning
    for target in rubric.targets:
        level = scribe.pick(target.level)
        other = target.name.en if chinese else ""
        title = f"{scribe.pick(target.name)}　{other}".rstrip()
        yield title, scribe.words.join([level, scribe.say("meaning_target")])


def principles(scribe: Scribe) -> None:
    """Write chapter 4."""
    scribe.chapter(scribe.say("principles"))
    for name in _PRINCIPLES:
        scribe.clause(scribe.words.told(f"standard.principle_{name}"))
        scribe.text(scribe.words.told(f"standard.principle_{name}_text"))
