"""What a record names in fields of its own: the enterprise in all its forms, people, numbers."""

from __future__ import annotations

from collections.abc import Iterator

from assessor.assessment import Assessment
from assessor.i18n import LANGUAGES, Language, text
from assessor.workspace.anonymised.scrubber import SHORTEST, Known


class Labels:
    """The words that stand for those whose names are taken out: the same person, the same label."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.enterprise = text("anonymise.enterprise", language)
        self._people: dict[str, str] = {}

    def person(self, name: str) -> str:
        """Return the label of a person, empty for nobody."""
        name = name.strip()
        if not name:
            return ""
        number = len(self._people) + 1
        return self._people.setdefault(name, text("anonymise.person", self.language, number=number))

    @property
    def people(self) -> dict[str, str]:
        """The labels given so far, by name."""
        return dict(self._people)


def people_of(record: Assessment) -> Iterator[str]:
    """Yield every name of a person that a field of the record holds."""
    yield record.enterprise.contact.name
    yield record.enterprise.legal_representative
    yield from (member.name for member in record.visit.panel)
    yield from (signed.name for signed in record.sign_offs)
    yield from (found.name for found in record.calibrations)
    yield from (item.person for item in record.evidence)
    yield from (finding.owner for finding in record.findings)
    if record.self_assessment is not None:
        yield record.self_assessment.by


def known_of(record: Assessment, labels: Labels) -> Iterator[Known]:
    """Yield everything to be looked for in the free text of the record."""
    enterprise, gone = record.enterprise, text("anonymise.gone", labels.language)
    for name in enterprise_names(enterprise.name):
        yield Known("enterprise", name, labels.enterprise)
    for member in record.visit.panel:
        yield Known("enterprise", member.organisation, gone)
    for person in people_of(record):
        yield Known("person", person, labels.person(person))
    yield Known("phone", enterprise.contact.phone, gone)
    yield Known("code", enterprise.credit_code, gone)
    yield Known("address", enterprise.address, gone)
    yield Known("enterprise", enterprise.cluster, gone)
    yield Known("enterprise", record.visit.project_name, gone)
    for item in record.evidence:
        yield Known("file_name", item.file_name, gone)


def enterprise_names(name: str) -> Iterator[str]:
    """Yield a name and what people shorten it to: without its legal form, without its place, and
    without what it makes."""
    name = name.strip()
    yield name
    forms = [form for language in LANGUAGES for form in _listed("legal_forms", language)]
    bare = next((name.removesuffix(form) for form in forms if name.endswith(form)), name).strip(
        " ,"
    )
    yield bare
    places = _listed("places", "zh")
    while place := next((one for one in places if bare.startswith(one) and bare != one), ""):
        bare = bare.removeprefix(place).strip()
        yield bare
    trades = _listed("trades", "zh")
    while trade := next((one for one in trades if bare.endswith(one)), ""):
        bare = bare.removesuffix(trade)
        if len(bare) < SHORTEST:
            return
        yield bare


def _listed(name: str, language: Language) -> list[str]:
    """Return a list of the catalogue, the longest first, so that a part never hides the whole."""
    return sorted(text(f"anonymise.{name}", language).split("|"), key=len, reverse=True)
