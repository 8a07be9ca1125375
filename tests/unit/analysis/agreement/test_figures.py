"""Figures of agreement against published tables, another implementation, and their own laws."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessor.analysis.agreement import (
    Figure,
    fleiss_kappa,
    interval_alpha,
    nominal_alpha,
    ordinal_alpha,
    percent_agreement,
    weighted_kappa,
)
from assessor.analysis.agreement.wording import coefficient, rounded

Units = list[dict[str, Fraction]]

OBSERVERS = {
    "A": "123321412...",
    "B": "1233224125.3",
    "C": ".3332342251.",
    "D": "12332441251.",
}
"""Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section D; `.` is missing."""

DIAGNOSES = (
    "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 "
    "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006"
)
"""Fleiss (1971), table 1: of 30 patients, how many of 6 psychiatrists gave each of 5 diagnoses."""

COUPLES = ((7, 7, 2, 3), (2, 8, 3, 7), (1, 5, 4, 9), (2, 8, 9, 14))
"""Agresti, Categorical Data Analysis (1990), table 2.12: husbands' answers by wives'."""


def observed() -> Units:
    return [
        {who: Fraction(int(row[at])) for who, row in OBSERVERS.items() if row[at] != "."}
        for at in range(12)
    ]


def diagnosed() -> list[dict[str, int]]:
    return [
        dict(zip("uvwxyz", (k for k, n in enumerate(row) for _ in range(int(n))), strict=True))
        for row in DIAGNOSES.split()
    ]


def coupled() -> Units:
    return [
        {"husband": Fraction(one), "wife": Fraction(other)}
        for one, row in enumerate(COUPLES)
        for other, count in enumerate(row)
        for _ in range(count)
    ]


def shown(figure: Figure) -> str:
    return str(coefficient(figure))


def test_krippendorffs_four_observers() -> None:
    units = observed()
    assert shown(nominal_alpha(units)) == "0.743"
    assert shown(ordinal_alpha(units)) == "0.815"
    assert shown(interval_alpha(units)) == "0.849"
    assert nominal_alpha(units) == Figure(Fraction(113, 152), None, 11)


def test_fleiss_psychiatrists() -> None:
    assert shown(fleiss_kappa(diagnosed())) == "0.430"


def test_weighted_kappa_of_agrestis_couples() -> None:
    assert shown(weighted_kappa(coupled(), "husband", "wife")) == "0.237"
    assert shown(weighted_kappa(coupled(), "husband", "wife", "quadratic")) == "0.332"


def test_kappa_of_two_labels_is_cohens() -> None:
    # Cohen's own formula by hand: 20 + 15 of 50 agree, chance 0.5.
    table = {(1, 1): 20, (1, 0): 5, (0, 1): 10, (0, 0): 15}
    units = [
        {"a": Fraction(one), "b": Fraction(other)}
        for (one, other), count in table.items()
        for _ in range(count)
    ]
    assert weighted_kappa(units, "a", "b").value == Fraction(2, 5)


# --- another implementation -----------------------------------------------------------------------

RATERS = "pqrst"
TABLES = st.lists(
    st.dictionaries(st.sampled_from(RATERS), st.integers(0, 4), min_size=1), min_size=1, max_size=15
)


@settings(max_examples=40)
@given(TABLES)
def test_alpha_equals_that_of_the_library(table: list[dict[str, int]]) -> None:
    units = [{who: Fraction(value, 4) for who, value in unit.items()} for unit in table]
    shared = [unit for unit in table if len(unit) > 1]
    assume(len(shared) > 1 and len({value for unit in shared for value in unit.values()}) > 1)
    data: Any = np.array([[unit.get(who, np.nan) for unit in table] for who in RATERS])
    ours = {
        "nominal": nominal_alpha(units),
        "ordinal": ordinal_alpha(units),
        "interval": interval_alpha(units),
    }
    for level, figure in ours.items():
        theirs = krippendorff.alpha(reliability_data=data, level_of_measurement=level)
        assert figure.value is not None
        assert float(figure.value) == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=40)
@given(TABLES, st.randoms())
def test_neither_order_nor_names_change_a_figure(table: list[dict[str, int]], order: Any) -> None:
    units = [{who: Fraction(value) for who, value in unit.items()} for unit in table]
    names = dict(zip(RATERS, order.sample(RATERS, len(RATERS)), strict=True))
    mixed = [{names[who]: value for who, value in unit.items()} for unit in units]
    order.shuffle(mixed)
    for figure in (nominal_alpha, ordinal_alpha, interval_alpha, fleiss_kappa, percent_agreement):
        assert figure(mixed) == figure(units)


@given(st.lists(st.integers(0, 3), min_size=2, max_size=9))
def test_full_agreement_is_one_or_undefined(values: list[int]) -> None:
    units = [dict.fromkeys("abc", Fraction(value)) for value in values]
    alike = len(set(values)) == 1
    expected = None if alike else Fraction(1)
    for figure in (nominal_alpha, ordinal_alpha, interval_alpha, fleiss_kappa):
        assert figure(units).value == expected
        assert (figure(units).missing == "no_variation") == alike
    assert percent_agreement(units).value == 1


# --- where nothing can be said --------------------------------------------------------------------

ALL = (nominal_alpha, ordinal_alpha, interval_alpha, fleiss_kappa, percent_agreement)


@pytest.mark.parametrize(
    ("units", "missing"),
    [
        ([{"a": Fraction(1)}, {"a": Fraction(2)}], "one_rater"),
        ([], "one_rater"),
        ([{"a": Fraction(1)}, {"b": Fraction(2)}], "nothing_shared"),
    ],
)
def test_one_rater_or_nothing_shared_is_said(units: Units, missing: str) -> None:
    for figure in ALL:
        assert (figure(units).value, figure(units).missing) == (None, missing)


def test_a_single_unit_tells_nothing_of_chance() -> None:
    units = [{"a": Fraction(1), "b": Fraction(2)}, {"a": Fraction(1)}]
    assert nominal_alpha(units) == Figure(None, "one_unit", 1)
    assert weighted_kappa(units, "a", "b") == Figure(None, "one_unit", 1)
    assert fleiss_kappa(units).missing == "not_all_rated"
    assert percent_agreement(units).value == 0


def test_raters_without_a_common_unit_have_no_kappa() -> None:
    units = [{"a": Fraction(1), "b": Fraction(2)}, {"c": Fraction(1)}]
    assert weighted_kappa(units, "a", "c").missing == "nothing_shared"


# --- rounding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1, 8), "0.13"),
        (Fraction(-1, 8), "-0.13"),
        (Fraction(-1, 300), "0.00"),
        (Fraction(2, 3), "0.67"),
        (Fraction(1), "1.00"),
    ],
)
def test_figures_are_rounded_half_up_and_never_minus_zero(value: Fraction, text: str) -> None:
    assert str(rounded(value, 2)) == text
