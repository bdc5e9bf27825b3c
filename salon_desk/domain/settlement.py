"""Who owes whom for value that was sold in one store and spent in another: lots of value, the oldest spent first.

Pure reckoning over steps in their order; where the order comes from and what a step was is the caller's business. The one rule:
whoever sold a unit owes it to whoever gave something for it, so that the sum over all parties is zero whatever happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

HEAD_OFFICE = ""
"""The party that stands for the merchant itself: cover, value carried over, whatever no store sold."""


class BonusPolicy(StrEnum):
    """Who bears bonus that is spent: the store that gave it, the one that took it, or the merchant as a whole."""

    ISSUER = "issuer"
    REDEEMER = "redeemer"
    HEAD_OFFICE = "head-office"


class Purpose(StrEnum):
    """Why value was put on a card."""

    VALUE = "value"
    OVERDRAFT = "overdraft"
    COVER = "cover"


class Why(StrEnum):
    """What made one party owe another."""

    SALE = "sale"
    REFUND = "refund"
    VOID = "void"
    OVERDRAFT = "overdraft"
    COVER = "cover"
    CLAIM = "claim"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Owing:
    """`units` of an asset that `debtor` owes `creditor` since a business day; below zero it is owed back."""

    debtor: str
    creditor: str
    asset: str
    units: int
    day: str
    why: Why


@dataclass(slots=True)
class _Lot:
    """Units that one party put on a card in one operation, and what is left of them."""

    by: str
    op: str
    purpose: Purpose
    left: int


@dataclass(slots=True)
class _Missing:
    """Units that were spent before, in this order, anybody sold them: some of the operations are not here yet."""

    by: str
    op: str
    day: str
    why: Why
    units: int


@dataclass(slots=True)
class _Asset:
    lots: list[_Lot] = field(default_factory=list)
    missing: list[_Missing] = field(default_factory=list)


class Settlement:
    """The lots of all cards while the steps go by; each step gives what it makes somebody owe."""

    def __init__(self) -> None:
        self._assets: dict[str, _Asset] = {}
        self._spent: dict[tuple[str, str], list[tuple[_Lot, int]]] = {}
        """By operation and asset, what it took from which lot."""
        self._overdrafts: dict[str, list[_Lot]] = {}
        """By card, what was given beyond its value and not recovered, oldest first; `by` gave it."""

    def issued(
        self, asset: str, units: int, *, by: str, op: str, purpose: Purpose = Purpose.VALUE
    ) -> Iterator[Owing]:
        """A party put units on a card; what was spent too early is owed by it."""
        of = self._assets.setdefault(asset, _Asset())
        lot = _Lot(by, op, purpose, units)
        of.lots.append(lot)
        for early in list(of.missing):
            taken = min(early.units, lot.left)
            early.units -= taken
            yield from self._owe(asset, lot, taken, by=early.by, op=early.op, day=early.day, why=early.why)
        of.missing = [one for one in of.missing if one.units]

    def spent(self, asset: str, units: int, *, by: str, op: str, day: str, why: Why) -> Iterator[Owing]:
        """A party gave something for units of a card: the oldest are spent first."""
        yield from self._take(asset, units, [], by=by, op=op, day=day, why=why)

    def put_back(
        self, asset: str, units: int, *, by: str, op: str, of_op: str, day: str, why: Why
    ) -> Iterator[Owing]:
        """A party puts back what an operation took, the last taken first; what that never took is the party's own issue."""
        taken = self._spent.get((of_op, asset), [])
        while units and taken:
            lot, number = taken.pop()
            back = min(number, units)
            if number > back:
                taken.append((lot, number - back))
            lot.left += back
            units -= back
            yield Owing(lot.by, by, asset, -back, day, why)
        if units:
            yield from self.issued(asset, units, by=by, op=op)

    def taken_off(
        self, asset: str, units: int, *, by: str, op: str, of_op: str, day: str, why: Why
    ) -> Iterator[Owing]:
        """A party takes back units that it sold in an operation and gives the money back: those first, then the oldest."""
        own = [lot for lot in self._lots(asset) if lot.op == of_op]
        yield from self._take(asset, units, own, by=by, op=op, day=day, why=why)

    def ended(self, asset: str, units: int) -> None:
        """Units ended, the oldest first, and nobody gave anything for them."""
        for lot in self._lots(asset):
            gone = min(lot.left, units)
            lot.left -= gone
            units -= gone

    def overdrawn(self, card: str, asset: str, units: int, *, by: str, op: str) -> Iterator[Owing]:
        """A party gave value beyond what was in reach."""
        self._overdrafts.setdefault(card, []).append(_Lot(by, op, Purpose.OVERDRAFT, units))
        yield from self.issued(asset, units, by=by, op=op, purpose=Purpose.OVERDRAFT)

    def recovered(self, card: str, asset: str, units: int, *, op: str, day: str) -> Iterator[Owing]:
        """An overdraft was recovered: for whoever gave it, first from what is left of it, then from the oldest value."""
        for given in self._overdrafts.get(card, []):
            part = min(given.left, units)
            given.left -= part
            units -= part
            if part:
                own = [lot for lot in self._lots(asset) if lot.op == given.op]
                yield from self._take(asset, part, own, by=given.by, op=op, day=day, why=Why.OVERDRAFT)
        if units:
            yield from self._take(asset, units, [], by=HEAD_OFFICE, op=op, day=day, why=Why.OVERDRAFT)

    def cover_repaid(self, asset: str, units: int, *, op: str, day: str) -> Iterator[Owing]:
        """The merchant took a cover back: what is left of it first, then the oldest value that its cover was spent for."""
        own = [lot for lot in self._lots(asset) if lot.purpose is Purpose.COVER]
        yield from self._take(asset, units, own, by=HEAD_OFFICE, op=op, day=day, why=Why.COVER)

    def unattributed(self) -> Iterator[tuple[str, str, int]]:
        """(asset, party, units) that were spent and that nobody sold, as far as the steps go."""
        for asset, of in self._assets.items():
            for early in of.missing:
                yield asset, early.by, early.units

    def left(self, asset: str) -> int:
        """What is left of an asset by the lots, less what was spent of it too early."""
        of = self._assets.get(asset, _Asset())
        return sum(lot.left for lot in of.lots) - sum(early.units for early in of.missing)

    def _lots(self, asset: str) -> list[_Lot]:
        return self._assets.setdefault(asset, _Asset()).lots

    def _take(
        self, asset: str, units: int, first: Iterable[_Lot], *, by: str, op: str, day: str, why: Why
    ) -> Iterator[Owing]:
        for lot in (*first, *self._lots(asset)):
            taken = min(lot.left, units)
            units -= taken
            yield from self._owe(asset, lot, taken, by=by, op=op, day=day, why=why)
            if not units:
                return
        self._assets[asset].missing.append(_Missing(by, op, day, why, units))

    def _owe(
        self, asset: str, lot: _Lot, units: int, *, by: str, op: str, day: str, why: Why
    ) -> Iterator[Owing]:
        if units:
            lot.left -= units
            self._spent.setdefault((op, asset), []).append((lot, units))
            yield Owing(lot.by, by, asset, units, day, why)
