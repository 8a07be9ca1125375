"""Values of formulas, exact to the last digit, and the reasons why there is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.formulas import NotComputable, Scope, Value, evaluate, parse
from assessor.i18n import LANGUAGES, render

VALUES: dict[str, Value | None] = {
    "nc_key": Decimal(7),
    "key_total": Decimal(9),
    "zero": Decimal(0),
    "five": Decimal(5),
    "answer": "B, d，F",
    "level": "C",
    "yes": True,
    "gone": None,
    "empty": "",
}
COLUMNS: dict[tuple[str, str], list[Value | None]] = {
    ("ledger", "id"): ["m1", "m2", "", "m4"],
    ("ledger", "net"): ["yes", "NO", None, "Yes"],
    ("ledger", "kw"): [Decimal("1.5"), Decimal(2), None, Decimal("0.25")],
    ("ledger", "mixed"): [Decimal(1), "two", None, None],
    ("ledger", "none"): [None, None, None, None],
}
SCOPE = Scope(VALUES, COLUMNS, {"gone": "缺的"})


def value(formula: str) -> Value:
    result = evaluate(parse(formula), SCOPE)
    assert not isinstance(result, NotComputable), render(result.reason, "en")
    return result


def reason(formula: str) -> NotComputable:
    result = evaluate(parse(formula), SCOPE)
    assert isinstance(result, NotComputable)
    return result


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("round(nc_key / key_total * 100, 2)", "77.78"),
        ("1 / 3 * 3", "1"),
        ("1 / 3 + 2 / 3 - 1", "0"),
        ("round(2.675, 2)", "2.68"),
        ("round(-2.675, 2)", "-2.68"),
        ("round(0.5, 0)", "1"),
        ("round(-0.5, 0)", "-1"),
        ("round(-0.001, 2)", "0"),
        ("round(1 / 8, 2)", "0.13"),
        ("round(1 / 3 - 1 / 3 + 0.005, 2)", "0.01"),
        ("round(0.00499999999999999999999999999999, 2)", "0"),
        ("1.1 + 2.2", "3.3"),
        ("min(five, 2, 7)", "2"),
        ("max(five, 1 / 3)", "5"),
        ("sum(five, five, -1)", "9"),
        ("sum(ledger.kw)", "3.75"),
        ("min(ledger.kw)", "0.25"),
        ("max(ledger.kw)", "2"),
        ("sum(ledger.none)", "0"),
        ("count(ledger.id)", "3"),
        ('countif(ledger.net, "yes")', "2"),
        ('countif(ledger.net, "yes") / count(ledger.id) * 90', "60"),
        ('sumif(ledger.net, "YES", ledger.kw)', "1.75"),
        ("sum_known(five, gone, 1 / zero, level)", "5"),
        ("count_known(five, gone, 1 / zero, 2)", "2"),
        ("if(five > 4, 1, 1 / zero)", "1"),
        ('pick(level, "A", 0, "c", 1.67)', "1.67"),
        ('pick(level, "A", 0, 9)', "9"),
        ("piecewise(five, 0, 0, 10, 0.35, 30, 1)", "0.175"),
        ("piecewise(-1, 0, 0.2, 10, 1)", "0.2"),
        ("piecewise(10, 0, 0, 10, 0.35, 30, 1)", "0.35"),
        ("piecewise(31, 0, 0, 10, 0.35, 30, 1)", "1"),
        ("if(nc_key / key_total * 9 >= 7, 1, 0)", "1"),
    ],
)
def test_numbers_are_exact(formula: str, expected: str) -> None:
    assert value(formula) == Decimal(expected)


def test_a_number_without_a_finite_form_keeps_fifty_digits() -> None:
    assert str(value("2 / 3")) == "0." + "6" * 49 + "7"


def test_zero_never_carries_a_minus() -> None:
    assert str(value("-zero")) == "0"
    assert str(value("round(-0.001, 2)")) == "0.00"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ('has_key(answer, "B")', True),
        ('has_key(answer, "D")', True),
        ('has_key(answer, "f")', True),
        ('has_key(answer, "A")', False),
        ('level = "c"', True),
        ('level <> "C"', False),
        ("is_blank(gone)", True),
        ("is_blank(empty)", True),
        ("is_blank(never_heard_of)", True),
        ("is_blank(zero)", False),
        ("zero = -0", True),
        ("yes = true", True),
        ("not yes", False),
        ("five >= 5 and five <= 5 and not (five < 5 or five > 5)", True),
    ],
)
def test_conditions(formula: str, expected: bool) -> None:
    assert value(formula) is expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("gone > 1 and five > 9", False),
        ("five > 9 and gone > 1", False),
        ("gone > 1 or five > 1", True),
        ("five > 1 or gone > 1", True),
        ("not (gone > 1 and five > 9)", True),
    ],
)
def test_what_is_known_decides_whatever_is_missing(formula: str, expected: bool) -> None:
    assert value(formula) is expected


@pytest.mark.parametrize(
    "formula", ["gone > 1 and five > 1", "gone > 1 or five > 9", "not gone", "gone = gone"]
)
def test_unknown_stays_unknown(formula: str) -> None:
    assert reason(formula).missing == ("gone",)


def test_all_missing_inputs_are_named_once_with_their_labels() -> None:
    result = reason("gone / empty + gone * never_heard_of")
    assert result.missing == ("gone", "empty", "never_heard_of")
    assert render(result.reason, "zh") == "缺少：缺的、empty、never_heard_of"
    assert render(result.reason, "en") == "missing: 缺的, empty, never_heard_of"


@pytest.mark.parametrize(
    ("formula", "key", "words"),
    [
        ("five / zero", "division_by_zero", "zero"),
        ("1 / (five - 5) + gone", "division_by_zero", "five - 5"),
        ("level + 1", "wrong_kind", "level"),
        ("five and yes", "wrong_kind", "five"),
        ('five = "5"', "wrong_kind", "5"),
        ("yes = 1", "wrong_kind", "1"),
        ('has_key(five, "A")', "wrong_kind", "five"),
        ('pick(level, "A", 0, "B", 1)', "no_such_key", "C"),
        ("min(ledger.none)", "empty_column", "ledger.none"),
        ("sum(ledger.mixed)", "wrong_kind", "two"),
        ("count(ledger.nowhere)", "missing_column", "ledger.nowhere"),
    ],
)
def test_what_cannot_be_computed_says_why(formula: str, key: str, words: str) -> None:
    result = reason(formula)
    assert result.reason.key == f"formulas.{key}"
    assert all(words in result.reason.pick(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    "text", ["NaN", "sNaN", "Infinity", "1." + "1" * 45, "1E+999999", "1E-999999", "1" * 50]
)
def test_absurd_numbers_cost_nothing(text: str) -> None:
    result = evaluate(parse("x * x"), Scope({"x": Decimal(text)}))
    assert isinstance(result, NotComputable)
    assert result.reason.key == "formulas.unusable_number"


def test_one_absurd_number_does_not_spoil_its_equals() -> None:
    padded = Decimal("7." + "0" * 60)
    for value in (padded, Decimal(7)):
        assert evaluate(parse("x + 0"), Scope({"x": value})) == Decimal(7)


def test_numbers_that_grow_absurd_are_refused() -> None:
    scope = Scope({"x": Decimal("1E40")})
    for formula in ("x * x", "round(x * x, 2)"):
        result = evaluate(parse(formula), scope)
        assert isinstance(result, NotComputable)
        assert result.reason.key == "formulas.unusable_number"


def test_the_reason_of_a_computed_part_is_handed_on() -> None:
    upstream = reason("five / zero")
    result = evaluate(parse("rate + 1"), Scope({"rate": upstream}))
    assert result is upstream
