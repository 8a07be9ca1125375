"""How the report says things: one place for words, figures, percentages and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce

from assessor.i18n import Language, Localized, text
from assessor.rubrics.base import decimal_to_text
from assessor.rubrics.provenance import Basis
from assessor.rules.card import Span
from assessor.scoring import shown, shown_text

HUNDRED = Decimal(100)
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language. Every figure of a report passes through one of its methods."""

    language: Language

    def say(self, name: str, /, **values: object) -> str:
        """Return the words of `report.<name>`."""
        return text(f"report.{name}", self.language, **values)

    def told(self, key: str, /, **values: object) -> str:
        """Return the words of a whole key, one that is put together where it is asked for."""
        return text(key, self.language, **values)

    def pick(self, words: Localized | None) -> str:
        """Return a text that carries its own translations, empty where there is none."""
        return "" if words is None else words.pick(self.language)

    def join(self, parts: list[str], kind: str = "clause") -> str:
        """Join the parts that are not empty: `list` (a, b), `clause` (a; b) or `dot` (a · b)."""
        return self.told(f"report.join_{kind}").join(part for part in parts if part)

    def fold(self, parts: list[str], name: str) -> str:
        """Put the parts that are not empty behind each other by a template of two."""
        given = [part for part in parts if part]
        return reduce(lambda a, b: self.say(name, first=a, second=b), given) if given else ""

    def score(self, value: Decimal | None) -> str:
        """Return points or a total as printed: always two digits; a dash where there is none."""
        return self.say("no_figure") if value is None else shown_text(value)

    def constant(self, value: Decimal | None) -> str:
        """Return a maximum, line or weight: two digits at most, none when it is a whole number."""
        if value is None:
            return self.say("no_figure")
        figure = shown(value)
        whole = figure.to_integral_value()
        return format(whole if whole == figure else figure, "f")

    def percent(self, value: Decimal | None) -> str:
        """Return a figure that is already a percentage, with its sign."""
        return self.say("no_figure") if value is None else f"{shown_text(value)} {PERCENT}"

    def share(self, value: Decimal | None) -> str:
        """Return a share (0 to 1) as a percentage."""
        return self.percent(None if value is None else value * HUNDRED)

    def quantity(self, value: Decimal, unit: str = "") -> str:
        """Return an entered or measured number with its digits as they are, and its unit."""
        return self.with_unit(decimal_to_text(value), unit)

    def with_unit(self, number: str, unit: str) -> str:
        """Return a written number with its unit; `10,000 yuan` is set apart from the number."""
        sign = " × " if unit[:1].isdigit() else " "
        return f"{number}{sign}{unit}".rstrip()

    def of(self, value: Decimal | None, maximum: Decimal | None) -> str:
        """Return points with what they are out of, e.g. `3.00 / 5`."""
        if maximum is None:
            return self.score(value)
        return f"{self.score(value)} / {self.constant(maximum)}"

    def between(self, span: Span, *, percent: bool = False) -> str:
        """Return what is still possible, e.g. `101.25–214.60`; one figure when both ends agree."""
        ends = dict.fromkeys(self.score(value) for value in (span.lowest, span.highest))
        words = self.say("range").join(ends)
        return f"{words} {PERCENT}" if percent and span.lowest is not None else words

    def date(self, day: date | None) -> str:
        """Return a day as `2026-11-20`."""
        return "" if day is None else day.isoformat()

    def basis(self, basis: Basis) -> str:
        """Return the name of how a rule is founded."""
        return self.told(f"report.basis_{basis}")


def share_of(value: Decimal | None, maximum: Decimal | None) -> Decimal | None:
    """Return `value` as a share of `maximum` (0 to 1), `None` where there is none."""
    if value is None or not maximum:
        return None
    return value / maximum
