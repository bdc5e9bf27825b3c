"""BG/NBD: from how often and how lately members came, the chance that one still is a customer, and the visits to expect.

Fader, Hardie and Lee 2005, "Counting your customers the easy way", by maximum likelihood. No money is here: its reals are numpy's,
and whole numbers leave the room. Only this module imports numpy and scipy, and whoever needs it imports it when it is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import digamma, gammaln, hyp2f1

from salon_desk.domain.leaving import CERTAIN

Reals = NDArray[np.float64]

HUNDREDTHS = 100
_FARTHEST = 16
"""Logarithms of parameters stay within so much of nought: members who are all alike would lead them to the end of the world."""
_NEARLY_ONE = 1 / CERTAIN


@dataclass(frozen=True, slots=True)
class Parameters:
    """Visits while active: Gamma(r, alpha); the chance of leaving after each: Beta(a, b)."""

    r: np.float64
    alpha: np.float64
    a: np.float64
    b: np.float64


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """One row a member: visits after the first, when the last of them was and how long ago the first was, in one unit of time."""

    frequency: Reals
    recency: Reals
    age: Reals


class NoModel(Exception):
    """The histories say too little, or nothing that the model could say too."""


def histories(rows: Sequence[tuple[int, int, int]]) -> Histories:
    """Rows of (visits after the first, first to last, first to today)."""
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return Histories(table[:, 0], table[:, 1], table[:, 2])


def fit(given: Histories, start: Parameters | None = None) -> Parameters:
    """The parameters under which these histories are likeliest. Seconds for hundreds of thousands; holds no lock meanwhile.

    On a ridge without a top the search ends somewhere on it: whether the model is any good is for the proof to say. Raises NoModel
    where there is nothing to fit.
    """
    if not len(given.frequency) or not given.frequency.any():
        raise NoModel()
    counted = _Counted(given)
    first = start or Parameters(*np.array([1, max(given.age.mean(), 1), 1, 1], dtype=np.float64))
    at = np.log(np.array([first.r, first.alpha, first.a, first.b]))
    found = minimize(counted.held, at, jac=True, method="BFGS", options={"gtol": _FLAT, "maxiter": 500})
    if not np.isfinite(found.fun):
        raise NoModel()
    return Parameters(*_from_logs(found.x))


_FLAT = 1 / 10**7
_PULL = 1 / 10**7


def log_likelihood(parameters: Parameters, given: Histories) -> np.float64:
    """How likely the histories are under parameters, as a logarithm."""
    p = parameters
    mean, _slope = _Counted(given).loss(np.log(np.array([p.r, p.alpha, p.a, p.b])))
    return np.float64(-mean * len(given.frequency))


def active(parameters: Parameters, given: Histories) -> Reals:
    """The chance that each is a customer still. Who came once only has never had the chance to leave."""
    p, x = parameters, given.frequency
    left = p.a / (p.b + np.maximum(x, 1) - 1)
    silence = np.log(p.alpha + given.age) - np.log(p.alpha + given.recency)
    odds = np.where(x > 0, left * np.exp(np.minimum((p.r + x) * silence, 600)), 0)
    return np.asarray(1 / (1 + odds), dtype=np.float64)


def expected(parameters: Parameters, given: Histories, ahead: int) -> Reals:
    """The visits to expect from each within so many units of time to come (equation 10 of the paper).

    The hypergeometric function is taken after Euler's transformation, which keeps it small.
    """
    p, x = parameters, given.frequency
    a = p.a if abs(p.a - 1) > _NEARLY_ONE else 1 + _NEARLY_ONE
    z = ahead / (p.alpha + given.age + ahead)
    still = active(parameters, given)
    with np.errstate(all="ignore"):
        rest = (1 - z) ** (a - 1) * hyp2f1(a + p.b - 1 - p.r, a - 1, a + p.b + x - 1, z)
        visits = (a + p.b + x - 1) / (a - 1) * (1 - rest) * still
    # nobody comes more often than without ever leaving; so it is too where the function is beyond its own numbers
    most = still * (p.r + x) / (p.alpha + given.age) * ahead
    return np.asarray(np.clip(np.where(np.isfinite(visits), visits, most), 0, most), dtype=np.float64)


def in_millionths(chances: Reals) -> list[int]:
    """Chances as the rest of the house reads them."""
    return [int(one) for one in np.rint(chances * CERTAIN)]


def in_hundredths(visits: Reals) -> list[int]:
    """Expected visits as the rest of the house reads them."""
    return [int(one) for one in np.rint(visits * HUNDREDTHS)]


class _Counted:
    """Histories with equal ones counted together: what depends on the number of visits alone is reckoned once for each number."""

    def __init__(self, given: Histories) -> None:
        rows = np.column_stack([given.frequency, given.recency, given.age])
        rows, weight = np.unique(rows, axis=0, return_counts=True)
        self._recency, self._age = rows[:, 1], rows[:, 2]
        self._weight = weight / weight.sum()
        self._numbers, self._of = np.unique(rows[:, 0], return_inverse=True)
        self._again = rows[:, 0] > 0

    def held(self, logs: Reals) -> tuple[np.float64, Reals]:
        """The loss with a pull towards nought far too weak to be seen, but where nothing else says where to stop."""
        mean, slope = self.loss(logs)
        return mean + _PULL * (logs * logs).sum(), slope + 2 * _PULL * logs

    def loss(self, logs: Reals) -> tuple[np.float64, Reals]:
        """The mean of the negative logarithm of the likelihood, and its slope by the logarithm of each parameter."""
        r, alpha, a, b = _from_logs(logs)
        n, of, weight = self._numbers, self._of, self._weight
        until_now, until_last = np.log(alpha + self._age), np.log(alpha + self._recency)
        visits = n[of]
        still = -(r + visits) * until_now
        gone = np.where(
            self._again,
            np.log(a) - np.log(b + np.maximum(visits, 1) - 1) - (r + visits) * until_last,
            -np.inf,
        )
        either = np.logaddexp(still, gone)
        by_number = (
            gammaln(r + n) - gammaln(r) + gammaln(a + b) + gammaln(b + n) - gammaln(b) - gammaln(a + b + n)
        )
        total = (weight * (by_number[of] + r * np.log(alpha) + either)).sum()
        left = np.exp(gone - either)
        stayed = 1 - left
        ab = digamma(a + b) - digamma(a + b + n)
        once_more = b + np.maximum(visits, 1) - 1
        of_each = (
            (digamma(r + n) - digamma(r))[of] + np.log(alpha) - stayed * until_now - left * until_last,
            r / alpha - (r + visits) * (stayed / (alpha + self._age) + left / (alpha + self._recency)),
            ab[of] + left / a,
            (ab + digamma(b + n) - digamma(b))[of] - left / once_more,
        )
        # summed, not multiplied as vectors: a library of linear algebra would start threads and let them wait for one another
        slope = np.array([(weight * one).sum() for one in of_each])
        return -total, -slope * np.array([r, alpha, a, b])


def _from_logs(logs: Reals) -> Reals:
    """Parameters of their logarithms."""
    return np.asarray(np.exp(np.clip(logs, -_FARTHEST, _FARTHEST)), dtype=np.float64)
