"""Words of the workbook: the catalogue in one language, and what answers are called there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assessor.formulas import Binary, Call, Node, Text, Unary
from assessor.i18n import Language, Localized, text
from assessor.rules import names

TOKENS: Mapping[str, str] = {
    names.YES: "yes",
    names.NO: "no",
    names.NOT_APPLICABLE: "na",
    names.NONE: "none",
    names.NO_BASELINE: "no_baseline",
    names.MEASURED: "measured",
    names.PASSED: "pass",
    names.FAILED: "fail",
    names.UNKNOWN: "unknown",
}


@dataclass(frozen=True)
class Words:
    """The catalogue's words in one language."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """Return the words of `key`."""
        return text(key, self.language, **values)

    def of(self, what: Localized | None) -> str:
        """Return a text that carries its own translations; empty for none."""
        return what.pick(self.language) if what is not None else ""

    def listed(self, parts: Iterable[str]) -> str:
        """Return `parts` one after the other as the language separates them."""
        return ("、" if self.language == "zh" else ", ").join(parts)

    @cached_property
    def tokens(self) -> Mapping[str, str]:
        """What stands in a cell for each token of the rules."""
        return {token: self(f"workbook.token_{name}") for token, name in TOKENS.items()}

    def token(self, token: str) -> str:
        """Return what stands in a cell for `token`; keys of options stay as they are."""
        return self.tokens.get(token, token)

    def localise(self, tree: Node) -> Node:
        """Return `tree` comparing with the words that stand in the cells instead of the tokens."""
        return localise(tree, self.tokens)


def localise(tree: Node, words: Mapping[str, str]) -> Node:
    """Return `tree` with its text constants replaced by `words`; other texts stay.

    The key in `has_key` stays as well: lists of options are written with their keys.
    """
    match tree:
        case Text(value=value):
            return Text(words[value]) if value in words else tree
        case Unary(operand=operand):
            return Unary(localise(operand, words))
        case Binary(operator=operator, left=left, right=right):
            return Binary(operator, localise(left, words), localise(right, words))
        case Call(function="has_key", args=(answer, key)):
            return Call("has_key", (localise(answer, words), key))
        case Call(function=function, args=args):
            return Call(function, tuple(localise(arg, words) for arg in args))
        case _:
            return tree


def plain_number(value: Decimal) -> str:
    """Return a measured number without padding: `12.50` as 12.5, `1E+2` as 100."""
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
