"""Cutting the text of a formula into tokens, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assessor.errors import AssessorError
from assessor.i18n import Message, message

MAX_LENGTH = 4000

Kind = Literal["number", "text", "name", "bracketed", "symbol", "end"]

_TOKEN = re.compile(
    r"""(?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<text>"(?:[^"]|"")*")
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<bracketed>\[[^\[\]]*\])
      | (?P<symbol><=|>=|<>|[-+*/=<>(),.])""",
    re.VERBOSE,
)
_SPACE = re.compile(r"[ \t\r\n]*")


class FormulaError(AssessorError):
    """A formula that cannot be read; `position` counts its characters from 1."""

    def __init__(self, message: Message, position: int) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True)
class Token:
    """A piece of a formula; `text` is what stands there, `position` counts from 1."""

    kind: Kind
    text: str
    position: int


def tokenize(formula: str) -> tuple[Token, ...]:
    """Return the tokens of `formula`, the last of kind `end`; raises `FormulaError`."""
    if len(formula) > MAX_LENGTH:
        raise FormulaError(message("formulas.too_long", limit=MAX_LENGTH), MAX_LENGTH + 1)
    tokens: list[Token] = []
    at = _after_space(formula, 0)
    while at < len(formula):
        token = _token_at(formula, at)
        tokens.append(token)
        at = _after_space(formula, at + len(token.text))
    return (*tokens, Token("end", "", len(formula) + 1))


def _after_space(formula: str, at: int) -> int:
    found = _SPACE.match(formula, at)
    return found.end() if found else at


def _token_at(formula: str, at: int) -> Token:
    found = _TOKEN.match(formula, at)
    if found is None:
        key = "formulas.open_text" if formula[at] == '"' else "formulas.bad_character"
        raise FormulaError(message(key, position=at + 1, found=formula[at]), at + 1)
    for kind in ("number", "text", "name", "bracketed"):
        if found[kind] is not None:
            return Token(kind, found[kind], at + 1)
    return Token("symbol", found["symbol"], at + 1)
