"""From the text of a formula to its tree: a recursive descent that says where it stumbled.

From the loosest binding to the tightest:

    or · and · not · one comparison (= <> < <= > >=) · + - · * / · the sign - · number, "text",
    true, false, name, [any name], table.column, function(argument, ...), (bracketed)

A text doubles its inner quotes. Formulas longer than `MAX_LENGTH` characters or nested deeper than
`MAX_DEPTH` are refused, so a hostile one costs nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from assessor.formulas.functions import SIGNATURES
from assessor.formulas.tokens import FormulaError, Token, tokenize
from assessor.formulas.tree import (
    COMPARISONS,
    MAX_DEPTH,
    Binary,
    Call,
    Column,
    Name,
    Node,
    Number,
    Operator,
    Text,
    TooDeepError,
    Truth,
    Unary,
)
from assessor.i18n import message

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN = range(1, 8)
_LEVELS: dict[str, int] = {
    "or": _OR,
    "and": _AND,
    **dict.fromkeys(COMPARISONS, _COMPARE),
    "+": _SUM,
    "-": _SUM,
    "*": _PRODUCT,
    "/": _PRODUCT,
}
# Each level of a tree takes at most two nested calls of `_expression`: an operand and its brackets.
_MAX_NESTING = 2 * MAX_DEPTH + 2


def parse(text: str) -> Node:
    """Return the tree of `text`; raises `FormulaError`, which tells the place."""
    parser = _Parser(tokenize(text))
    first = parser.token
    tree = parser.expression(_OR)
    parser.expect_end()
    if isinstance(tree, Column):
        raise _error("column_alone", first)
    return tree


def _error(name: str, token: Token, **values: object) -> FormulaError:
    values = {"position": token.position, "found": token.text, **values}
    return FormulaError(message(f"formulas.{name}", **values), token.position)


class _Parser:
    """A place in a list of tokens that moves forward while trees are made."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._next = 0
        self._nesting = 0

    @property
    def token(self) -> Token:
        return self._tokens[self._next]

    def expect_end(self) -> None:
        if self.token.kind != "end":
            raise _error("unexpected", self.token)

    def expression(self, lowest: int) -> Node:
        """Read operands and the operators between them that bind as tightly as `lowest`."""
        self._nesting += 1
        if self._nesting > _MAX_NESTING:
            raise _error("too_deep", self.token, limit=MAX_DEPTH)
        left = self._prefix(lowest)
        while (level := self._level()) >= lowest:
            left = self._join(left, level)
        self._nesting -= 1
        return left

    def _level(self) -> int:
        token = self.token
        return _LEVELS.get(token.text, 0) if token.kind in ("symbol", "name") else 0

    def _advance(self) -> Token:
        token = self.token
        self._next += token.kind != "end"
        return token

    def _take(self, symbol: str) -> bool:
        found = self.token.kind == "symbol" and self.token.text == symbol
        self._next += found
        return found

    def _expect(self, symbol: str) -> None:
        if not self._take(symbol):
            name = "ended" if self.token.kind == "end" else "expected"
            raise _error(name, self.token, wanted=symbol)

    def _join(self, left: Node, level: int) -> Node:
        operator = self._advance()
        if level in (_OR, _AND):
            return self._call(operator, [left, *self._same(operator.text, level)])
        right = self.expression(level + 1)
        if level == _COMPARE and self._level() == _COMPARE:
            raise _error("chained", self.token)
        try:
            return Binary(cast("Operator", operator.text), left, right)
        except ValueError as problem:
            raise self._refused(problem, operator) from None

    def _same(self, operator: str, level: int) -> list[Node]:
        operands = [self.expression(level + 1)]
        while self.token.kind == "name" and self.token.text == operator:
            self._advance()
            operands.append(self.expression(level + 1))
        return operands

    def _prefix(self, lowest: int) -> Node:
        token = self._advance()
        if token.kind == "name" and token.text == "not" and lowest <= _NOT:
            return self._call(token, [self.expression(_NOT)])
        if token.kind == "symbol" and token.text == "-":
            return self._sign(token)
        return self._atom(token)

    def _sign(self, sign: Token) -> Node:
        if self.token.kind == "number":
            return self._number(self._advance(), "-")
        operand = self.expression(_SIGN)
        try:
            return Unary(operand)
        except ValueError as problem:
            raise self._refused(problem, sign) from None

    def _atom(self, token: Token) -> Node:
        if token.kind == "number":
            return self._number(token, "")
        if token.kind == "text":
            return self._constant(token)
        if token.kind == "bracketed":
            return self._name(token, token.text[1:-1])
        if token.kind == "symbol" and token.text == "(":
            inner = self.expression(_OR)
            self._expect(")")
            return inner
        if token.kind == "name" and token.text not in ("and", "or", "not"):
            return self._named(token)
        raise _error("ended" if token.kind == "end" else "unexpected", token, wanted="")

    def _number(self, token: Token, sign: str) -> Node:
        try:
            return Number(Decimal(sign + token.text))
        except ValueError:
            raise _error("bad_number", token) from None

    def _constant(self, token: Token) -> Node:
        try:
            return Text(token.text[1:-1].replace('""', '"'))
        except ValueError:
            raise _error("bad_text", token) from None

    def _name(self, token: Token, name: str) -> Node:
        try:
            return Name(name)
        except ValueError:
            raise _error("bad_name", token) from None

    def _named(self, token: Token) -> Node:
        if token.text in ("true", "false"):
            return Truth(token.text == "true")
        if self._take("."):
            column = self._advance()
            if column.kind != "name":
                raise _error("no_column", column, table=token.text)
            return Column(token.text, column.text)
        if self._take("("):
            return self._call(token, self._arguments())
        return self._name(token, token.text)

    def _arguments(self) -> list[Node]:
        args: list[Node] = []
        while not self._take(")"):
            if args:
                self._expect(",")
            args.append(self.expression(_OR))
        return args

    def _call(self, function: Token, args: list[Node]) -> Node:
        if function.text not in SIGNATURES:
            raise _error("unknown_function", function, known=", ".join(SIGNATURES))
        try:
            return Call(function.text, tuple(args))
        except ValueError as problem:
            raise self._refused(problem, function) from None

    def _refused(self, problem: ValueError, token: Token) -> FormulaError:
        if isinstance(problem, TooDeepError):
            return _error("too_deep", token, limit=MAX_DEPTH)
        if token.text in SIGNATURES:
            return _error("bad_call", token, usage=SIGNATURES[token.text].usage)
        return _error("column_alone", token)
