"""From text to tree and back, and what is said about texts that are no formula."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.formulas import (
    Binary,
    Call,
    Column,
    FormulaError,
    Name,
    Number,
    Text,
    TooDeepError,
    Truth,
    Unary,
    columns,
    names,
    parse,
    to_text,
)
from assessor.formulas.tree import MAX_DEPTH

A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a + b * c", Binary("+", A, Binary("*", B, C))),
        ("(a + b) * c", Binary("*", Binary("+", A, B), C)),
        ("a - b - c", Binary("-", Binary("-", A, B), C)),
        ("a / (b / c)", Binary("/", A, Binary("/", B, C))),
        ("-a * b", Binary("*", Unary(A), B)),
        ("-5", Number(Decimal(-5))),
        ("-(5)", Unary(Number(Decimal(5)))),
        ("a - -5.50", Binary("-", A, Number(Decimal("-5.5")))),
        ("a <= b and b <> c", Call("and", (Binary("<=", A, B), Binary("<>", B, C)))),
        ("a and b and c", Call("and", (A, B, C))),
        ("(a and b) and c", Call("and", (Call("and", (A, B)), C))),
        ("a or b and c", Call("or", (A, Call("and", (B, C))))),
        ("not a = b", Call("not", (Binary("=", A, B),))),
        ("not a and b", Call("and", (Call("not", (A,)), B))),
        (
            'pick(a, "B", 1, 0)',
            Call("pick", (A, Text("B"), Number(Decimal(1)), Number(Decimal(0)))),
        ),
        ('a = "say ""no"""', Binary("=", A, Text('say "no"'))),
        ("true or false", Call("or", (Truth(True), Truth(False)))),
        ("[a1-nc rate] + 1", Binary("+", Name("a1-nc rate"), Number(Decimal(1)))),
        ("sum(ledger.power)", Call("sum", (Column("ledger", "power"),))),
        ("sum", Name("sum")),
        ("\n a\t+ b ", Binary("+", A, B)),
    ],
)
def test_text_and_tree_mean_each_other(text: str, tree: object) -> None:
    parsed = parse(text)
    assert parsed == tree
    assert parse(to_text(parsed)) == tree


@pytest.mark.parametrize(
    ("text", "key", "position"),
    [
        ("", "ended", 1),
        ("1 +", "ended", 4),
        ("a b", "unexpected", 3),
        ("a ** b", "unexpected", 4),
        ("(a", "ended", 3),
        ("sum(a b)", "expected", 7),
        ("a < b < c", "chained", 7),
        ("1 + nope(2)", "unknown_function", 5),
        ("round(a, 2.5)", "bad_call", 1),
        ("round(a, 13)", "bad_call", 1),
        ("pick(a, 1, 2)", "bad_call", 1),
        ("piecewise(a, 0, 0, 0, 1)", "bad_call", 1),
        ('has_key(a, "B,C")', "bad_call", 1),
        ('sumif(x.a, "k", y.b)', "bad_call", 1),
        ("is_blank(a + 1)", "bad_call", 1),
        ("1 + ledger.power", "column_alone", 3),
        ("ledger.power", "column_alone", 1),
        ("not ledger.power", "bad_call", 1),
        ("ledger.", "no_column", 8),
        ('"never closed', "open_text", 1),
        ('a = ""', "bad_text", 5),
        ("[]", "bad_name", 1),
        ("5 ＋ 3", "bad_character", 3),
        ("and", "unexpected", 1),
        ("a; drop", "bad_character", 2),
        ("9" * 41, "bad_number", 1),
        ("1" * 4001, "too_long", 4001),
    ],
)
def test_a_bad_formula_is_refused_with_its_place(text: str, key: str, position: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.message.key == f"formulas.{key}"
    assert caught.value.position == position
    assert caught.value.text("zh") != caught.value.text("en")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 2000,
        "-" * 2000,
        "not " * 900,
        "1" + "+1" * 1500,
        "if(" * 1000,
        "sum(" * 200 + "1" + ")" * 200,
    ],
)
def test_deep_nesting_is_an_error_and_no_crash(text: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.message.key == "formulas.too_deep"


def test_trees_are_bounded_where_they_are_built() -> None:
    tree = parse("a")
    for _ in range(MAX_DEPTH - 1):
        tree = Unary(tree)
    assert parse(to_text(tree)) == tree
    with pytest.raises(TooDeepError):
        Unary(tree)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Number(Decimal("NaN")),
        lambda: Number(Decimal("1E+99999")),
        lambda: Text(""),
        lambda: Text("bell\x07"),
        lambda: Name("a]b"),
        lambda: Column("1st", "x"),
        lambda: Unary(Column("t", "x")),
        lambda: Call("nope", (A,)),
        lambda: Call("round", (A,)),
    ],
)
def test_a_tree_that_makes_no_sense_cannot_be_built(make: object) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=r"usable|many values|wrong call"):
        make()


def test_variables_and_columns_are_listed_once_in_order() -> None:
    tree = parse('b / a + countif(ledger.net, "yes") / count(ledger.id) + b + count(ledger.net)')
    assert names(tree) == ("b", "a")
    assert columns(tree) == (Column("ledger", "net"), Column("ledger", "id"))
