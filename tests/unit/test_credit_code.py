"""The unified social credit code: checks worked out by hand, slips found, the likely correction."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.credit_code import (
    ALPHABET,
    LENGTH,
    check_character,
    check_credit_code,
    organisation_check_character,
)

STANDARD = "91350100M000100Y43"
"""The example of GB 32100-2015."""
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
"""As printed in the standard."""


def by_the_book(first_17: str) -> str:
    """The last character as the standard's table of weights gives it."""
    total = sum(ALPHABET.index(one) * weight for one, weight in zip(first_17, WEIGHTS, strict=True))
    return next(c for c in ALPHABET if (total + ALPHABET.index(c)) % 31 == 0)


@st.composite
def codes(draw: st.DrawFn) -> str:
    """Return a code that passes both checks."""
    before = draw(st.text("0123456789", min_size=6, max_size=6))
    organisation = draw(st.text(ALPHABET, min_size=8, max_size=8))
    first_17 = f"91{before}{organisation}{organisation_check_character(organisation)}"
    return first_17 + by_the_book(first_17)


def test_the_standards_own_example() -> None:
    # 9*1 1*3 3*9 5*27 0 1*26 0 0 M=21*20 0 0 0 1*8 0 0 Y=30*30 4*28; 1640 = 52*31 + 28
    total = 9 + 3 + 27 + 135 + 26 + 420 + 8 + 900 + 112
    assert total == 1640
    assert check_character(STANDARD[:17]) == ALPHABET[31 - 28] == "3"
    assert check_credit_code(STANDARD).fault is None
    assert check_credit_code(STANDARD).acceptable


def test_the_organisation_inside_the_standards_example() -> None:
    # M=22*3 + 1*5 + Y=34*2 = 139 = 12*11 + 7; 11 - 7 = 4
    assert organisation_check_character("M000100Y") == "4"


@pytest.mark.parametrize(
    ("first_8", "expected"),
    [
        ("00000000", "0"),  # 11 - 0 = 11 is written 0
        ("00000010", "7"),  # 1*4; 11 - 4
        ("00000060", "9"),  # 6*4 = 24 = 2*11 + 2; 11 - 2
        ("00000030", "X"),  # 3*4 = 12 = 11 + 1; 11 - 1 = 10 is written X
    ],
)
def test_organisation_check_at_its_odd_ends(first_8: str, expected: str) -> None:
    assert organisation_check_character(first_8) == expected


@pytest.mark.parametrize(
    "written",
    [
        "91350100m000100y43",
        " 91350100 M000100Y43 ",
        "91350100-M000100Y-43",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "9135O1OOMOOO1OOY43",  # letter O for nought
        "9I350I00M000I00Y43",  # letter I for one
        "913S0100M000100Y43",  # S for five
        "９１３５０１００ｍ０００１００y43",
        "91350100M000100Y43\n",
    ],
)
def test_odd_writing_is_mended_and_said(written: str) -> None:
    found = check_credit_code(written)
    assert (found.fault, found.code, found.given) == ("written_oddly", STANDARD, written)
    assert found.acceptable


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", "length"),
        ("91350100M000100Y4", "length"),
        ("91350100M000100Y433", "length"),
        ("91350100M000100Y4#", "character"),
        ("91350100M000100Y4龙", "character"),
        ("91350100M000100Y4Ⅲ", "character"),
        ("٩1350100M000100Y43", "character"),  # an Arabic-Indic nine is no nine here
    ],
)
def test_what_cannot_be_a_code_gets_no_guess(written: str, fault: str) -> None:
    found = check_credit_code(written)
    assert (found.fault, found.code) == (fault, "")
    assert not found.acceptable


@pytest.mark.parametrize(
    "slip",
    [
        "91350100M000100Y4Z",  # the last character (Z is read as 2)
        "91350100M001000Y43",  # neighbours changed places
        "91350100M00010Y043",
        "91350100M000700Y43",  # 7 for 1
        "91350100M000100Y93",  # 9 for 4 in the organisation's own check
        "91350100M000100U43",  # U for Y
        "91350100M0D0100Y43",  # D for 0
    ],
)
def test_a_usual_slip_leads_back_to_the_code(slip: str) -> None:
    found = check_credit_code(slip)
    assert (found.fault, found.code) == ("check", STANDARD)
    assert not found.acceptable


def test_a_slip_before_the_organisation_code_offers_the_fitting_last_character() -> None:
    # 7 for 1 at weight 3 adds 18: 1658 = 53*31 + 15; 31 - 15 = 16 is G
    assert check_credit_code("97350100M000100Y43").code == "97350100M000100Y4G"


def test_an_old_code_with_another_inner_check_only_warns() -> None:
    # 1234567 and 8 give 1*3+2*7+3*9+4*10+5*5+6*8+7*4+8*2 = 201 = 18*11 + 3; 11 - 3 = 8, not 0
    assert organisation_check_character("12345678") == "8"
    old = "91330201123456780"
    found = check_credit_code(old + by_the_book(old))
    assert found.fault == "organisation_check"
    assert found.acceptable
    assert found.code == found.given


@given(code=codes())
@settings(max_examples=200, deadline=None)
def test_every_good_code_passes(code: str) -> None:
    assert check_credit_code(code).fault is None


@given(code=codes(), data=st.data())
@settings(max_examples=300, deadline=None)
def test_any_one_changed_character_is_caught(code: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, LENGTH - 1))
    other = data.draw(st.sampled_from([one for one in ALPHABET if one != code[at]]))
    found = check_credit_code(code[:at] + other + code[at + 1 :])
    assert found.fault == "check"
    assert not found.acceptable
    # The guess is itself a code whose last character fits.
    assert found.code[-1] == by_the_book(found.code[:-1])


@given(code=codes(), at=st.integers(0, LENGTH - 2))
@settings(max_examples=200, deadline=None)
def test_neighbours_that_changed_places_are_caught(code: str, at: int) -> None:
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if swapped != code:
        assert check_credit_code(swapped).fault == "check"
