"""What a report is made from, and the choices that shape it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from assessor.assessment import Assessment
from assessor.exchange.payload import HistoryRef
from assessor.exchange.signature import UNSIGNED, Signed
from assessor.i18n import DEFAULT_LANGUAGE, Language
from assessor.rubrics.models import Rubric
from assessor.rules.card import ScoreCard


@dataclass(frozen=True, slots=True)
class ReportSource:
    """One scored visit: rubric, record, score card, and the digests that name them (hex SHA-256).

    `program` names program and version, as the payload does. `payload_sm3` is the payload's SM3
    digest in hex, empty where it was not taken; `history` is how far the file's history had come;
    `signed` is the signature over the payload.
    """

    rubric: Rubric
    rubric_digest: str
    assessment: Assessment
    card: ScoreCard
    payload_digest: str
    program: str
    payload_sm3: str = ""
    history: HistoryRef | None = None
    signed: Signed = UNSIGNED


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the cover: the bytes of a PNG or JPEG, its size in pixels."""

    data: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes in hex."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Choices of whoever asks for the report; they shape it and never change a figure."""

    language: Language = DEFAULT_LANGUAGE
    photos: bool = True
    logo: Logo | None = None

    def as_pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the options as they are recorded in the report, so that it can be built again.

        The logo is not among them: it changes no word and moves none.
        """
        return (("language", self.language), ("photos", "yes" if self.photos else "no"))

    @staticmethod
    def from_pairs(pairs: tuple[tuple[str, str], ...]) -> ReportOptions:
        """Return the options a report records; unknown ones are ignored."""
        given = dict(pairs)
        language: Language = "en" if given.get("language") == "en" else "zh"
        return ReportOptions(language=language, photos=given.get("photos") != "no")
