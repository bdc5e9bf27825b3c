"""BG/NBD against the paper (Fader, Hardie and Lee 2005): CDNOW's parameters, and the figures of its first customer."""

from __future__ import annotations

import csv
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pytest

from salon_desk.services.leaving_model import (
    Histories,
    NoModel,
    Parameters,
    active,
    expected,
    fit,
    histories,
    in_hundredths,
    in_millionths,
    log_likelihood,
)


@pytest.fixture(scope="module")
def cdnow() -> Histories:
    """2,357 customers in weeks. The file of the package is read, because the package itself does not import with today's pandas."""
    path = distribution("lifetimes").locate_file("lifetimes/datasets/cdnow_customers_summary.csv")
    with Path(str(path)).open(encoding="utf-8") as file:
        rows = [[float(row[name]) for name in ("frequency", "recency", "T")] for row in csv.DictReader(file)]
    assert len(rows) == 2357
    return Histories(*np.array(rows).T)


@pytest.fixture(scope="module")
def fitted(cdnow: Histories) -> Parameters:
    return fit(cdnow)


def test_cdnow_gives_the_parameters_of_the_paper(fitted: Parameters, cdnow: Histories) -> None:
    assert round(float(fitted.r), 3) == 0.243
    assert round(float(fitted.alpha), 3) == 4.414
    assert round(float(fitted.a), 3) == 0.793
    assert round(float(fitted.b), 3) == 2.426
    assert round(float(log_likelihood(fitted, cdnow)), 1) == -9582.4


def test_the_search_ends_at_the_same_parameters_wherever_it_begins(
    fitted: Parameters, cdnow: Histories
) -> None:
    start = Parameters(*np.array([3, 50, 4, 1], dtype=np.float64))
    again = fit(cdnow, start)
    assert [again.r, again.alpha, again.a, again.b] == pytest.approx(
        [fitted.r, fitted.alpha, fitted.a, fitted.b], abs=5e-4
    )


def test_the_first_customer_is_active_and_expected_as_the_authors_say(fitted: Parameters) -> None:
    """x = 2, t_x = 30.43, T = 38.86: P(alive) 0.7266, and 1.226 purchases within the next 39 weeks."""
    first = Histories(*np.array([[2], [30.43], [38.86]]))
    assert in_millionths(active(fitted, first))[0] == pytest.approx(726_600, abs=100)
    assert float(expected(fitted, first, 39)[0]) == pytest.approx(1.226, abs=5e-4)
    assert in_hundredths(expected(fitted, first, 39)) == [123]


def test_who_came_once_has_had_no_chance_to_leave(fitted: Parameters) -> None:
    once = histories([(0, 0, 10), (0, 0, 300)])
    assert in_millionths(active(fitted, once)) == [1_000_000, 1_000_000]
    soon, late = expected(fitted, once, 10)
    assert soon > late


def test_members_who_are_all_alike_still_give_chances_between_nought_and_one() -> None:
    rows = [(12, 360, 361 + late % 30) for late in range(300)] + [(5, 150, 500)] * 60
    parameters = fit(histories(rows))
    chances = active(parameters, histories([*rows, (40, 100, 4_000)]))
    visits = expected(parameters, histories(rows), 90)
    assert ((chances >= 0) & (chances <= 1)).all()
    assert np.isfinite(visits).all()
    assert chances[0] > chances[-2]
    assert 0 < visits[0] < 6


def test_a_chance_of_leaving_that_has_the_exponent_one_is_no_division_by_nought() -> None:
    even = Parameters(*np.array([1, 10, 1, 2], dtype=np.float64))
    near = Parameters(*np.array([1, 10, 1.001, 2], dtype=np.float64))
    given = histories([(3, 30, 40)])
    assert expected(even, given, 30)[0] == pytest.approx(expected(near, given, 30)[0], rel=1e-3)


@pytest.mark.parametrize("rows", [[], [(0, 0, 30)] * 5])
def test_nobody_who_came_twice_is_no_model(rows: list[tuple[int, int, int]]) -> None:
    with pytest.raises(NoModel):
        fit(histories(rows))
