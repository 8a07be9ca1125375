"""The geometry of charts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.reports import charts


def test_the_first_axis_points_up_and_the_others_follow_clockwise() -> None:
    shares = [Decimal(1), Decimal("0.5"), Decimal(0), Decimal("0.25")]
    corners = charts.radar_points(shares, (10.0, 20.0), 100.0)
    expected = [(10, 120), (60, 20), (10, 20), (-15, 20)]
    assert [c for corner in corners for c in corner] == pytest.approx(
        [c for corner in expected for c in corner]
    )


def test_labels_stand_outside_their_axis() -> None:
    up, right, down, left = charts.radar_labels(4, (0.0, 0.0), 10.0)
    assert [label.align for label in (up, right, down, left)] == [
        "center",
        "left",
        "center",
        "right",
    ]
    assert (up.rise, down.rise) == (pytest.approx(1), pytest.approx(-1))


def test_shares_outside_nought_to_one_are_drawn_at_the_edge() -> None:
    shares = [Decimal("-0.2"), Decimal("0.63"), Decimal("1.7")]
    assert [charts.clamp(share) for share in shares] == [0.0, pytest.approx(0.63), 1.0]


def test_a_stepped_outline_goes_level_before_it_rises() -> None:
    points = [(Decimal(0), Decimal(0)), (Decimal(50), Decimal(2)), (Decimal(100), Decimal(4))]
    across = charts.scale_of([x for x, _ in points], 0.0, 200.0)
    up = charts.scale_of([y for _, y in points], 0.0, 40.0, zero=True)
    assert charts.outline(points, True, across, up) == [
        (0.0, 0.0),
        (100.0, 0.0),
        (100.0, 20.0),
        (200.0, 20.0),
        (200.0, 40.0),
    ]
    assert charts.outline(points, False, across, up) == [(0.0, 0.0), (100.0, 20.0), (200.0, 40.0)]


def test_a_scale_of_a_single_value_does_not_divide_by_nought() -> None:
    assert charts.scale_of([Decimal(5)], 10.0, 90.0).at(Decimal(7)) == 10.0
