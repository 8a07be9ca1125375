"""The page check code: steady, sensitive, and readable aloud."""

from __future__ import annotations

import re

from assessor.reports.check_code import page_code, squeeze

DIGEST = "ab" * 32


def test_a_code_holds_a_hundred_bits_in_letters_that_are_not_misread() -> None:
    assert re.fullmatch(
        r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}", page_code(DIGEST, 1, 9, "得分 15.00")
    )


def test_the_code_is_the_same_for_the_same_page_in_every_version_of_the_program() -> None:
    assert page_code(DIGEST, 2, 9, "得分 15.00") == "AXXB-XMPC-CW33-SRAK-5RYH"


def test_every_part_of_a_page_changes_its_code() -> None:
    codes = {
        page_code(DIGEST, 2, 9, "得分 15.00"),
        page_code("cd" * 32, 2, 9, "得分 15.00"),
        page_code(DIGEST, 3, 9, "得分 15.00"),
        page_code(DIGEST, 2, 10, "得分 15.00"),
        page_code(DIGEST, 2, 9, "得分 15.01"),
    }
    assert len(codes) == 5


def test_white_space_does_not_change_a_code() -> None:
    assert page_code(DIGEST, 1, 1, "得分 15.00\n满分") == page_code(DIGEST, 1, 1, "得分15.00 满分")


def test_squeezing_pieces_or_the_whole_is_the_same() -> None:
    pieces = ["ﬁne e", "\u0301 \u00ad가", " ①\tü"]
    assert "".join(map(squeeze, pieces)) == squeeze("".join(pieces))
