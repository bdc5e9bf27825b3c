"""What a provider of wallets can be asked, and what its answers come to, whoever it is.

No address and no signature lives here (`snappay.py`), and no patience (`course.py`). The one rule to know: `Refused` says only that a
request was not done; whether an order stands is known from asking for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from salon_desk.domain.charge import ChargeProblem, Means
from salon_desk.domain.money import Money


@dataclass(frozen=True, slots=True)
class Order:
    """What a guest pays. `reference`: ours, unique for ever."""

    reference: str
    amount: Money
    means: Means


@dataclass(frozen=True, slots=True)
class Paid:
    """The order was paid; or, of money given back, it was given. `transaction`: the provider's own number."""

    amount: Money
    transaction: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The guest has not paid yet. `to_scan`: what the guest's wallet scans, where the provider made such a code."""

    to_scan: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Closed:
    """The order was not paid and can be no more, or was undone: no money is with the shop."""


@dataclass(frozen=True, slots=True)
class Refused:
    """This request was not done. `code` and `said`: the provider's own."""

    code: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Absent:
    """The provider knows no such order."""


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no answer that can be believed. `written`: whether the request may have been acted on."""

    problem: ChargeProblem
    written: bool = True


Said = Paid | Waiting | Closed | Refused | Absent | Lost


class WalletProvider(Protocol):
    """One account with a provider. Each call is one request and blocks; none is made twice by itself. One thread."""

    def pay(self, order: Order, code: str) -> Said:
        """Take the money from the wallet that shows this code."""
        ...

    def offer(self, order: Order) -> Said:
        """Make a code that the guest scans; `Waiting` has it."""
        ...

    def ask(self, reference: str) -> Said:
        """What became of an order; moves no money."""
        ...

    def revoke(self, reference: str) -> Said:
        """Undo an order, paid or not; `Closed` when that was done."""
        ...

    def give_back(self, of_reference: str, reference: str, amount: Money) -> Said:
        """Give a part of a paid order back, under a reference of its own."""
        ...

    def trouble(self) -> str:
        """What keeps the account from working, in the provider's word; empty for nothing. Moves no money."""
        ...
