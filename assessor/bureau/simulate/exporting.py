"""Workbooks as the program exports them, from visits that were never in a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from assessor import __version__
from assessor.assessment import Assessment
from assessor.exchange.envelope import to_rows
from assessor.exchange.payload import PROGRAM, build_payload, payload_digest, payload_text
from assessor.exchange.signature import UNSIGNED, Signer, digests_of
from assessor.reports.build.context import Context
from assessor.reports.build.document import report_meta
from assessor.reports.build.sheets import build_sheets
from assessor.reports.build.source import ReportOptions, ReportSource
from assessor.reports.document import Document
from assessor.reports.excel import write_workbook
from assessor.rubrics.loader import LoadedRubric
from assessor.rules.card import ScoreCard
from assessor.scoring import Scorer

OPTIONS = ReportOptions(photos=False)


@dataclass
class Exporter:
    """Scores and exports visits under one rubric; the rubric is compiled once."""

    loaded: LoadedRubric

    def __post_init__(self) -> None:
        self._scorer = Scorer(self.loaded.rubric)

    def score(self, assessment: Assessment) -> ScoreCard:
        """Return the score card of a visit."""
        return self._scorer.score(assessment)

    def workbook(
        self,
        assessment: Assessment,
        signer: Signer | None,
        spoil: Callable[[dict[str, object]], object] | None = None,
    ) -> bytes:
        """Return the workbook of a visit, signed or not; `spoil` may change its payload before."""
        card = self.score(assessment)
        data = build_payload(assessment, self.loaded, card)
        if spoil is not None:
            spoil(data)
        text = payload_text(data)
        signed = signer.sign(digests_of(text)) if signer else UNSIGNED
        source = ReportSource(
            rubric=self.loaded.rubric,
            rubric_digest=self.loaded.digest,
            assessment=assessment,
            card=card,
            payload_digest=payload_digest(data),
            program=f"{PROGRAM} {__version__}",
        )
        meta = report_meta(Context(source, OPTIONS))
        document = Document(meta, (), build_sheets(source, OPTIONS))
        out = BytesIO()
        write_workbook(document, out, to_rows(text, signed, OPTIONS.as_pairs()))
        return out.getvalue()


def signer_of(seed: int, institution: int) -> Signer:
    """Return the key of an invented institution; no secret, anybody can make it anew."""
    return Signer(sha256(f"simulated institution {seed} {institution}".encode()).digest())
