"""What paying value out refuses: nothing is left, or the law of the place gives nothing back in cash; and that nothing has lapsed.

Parameters only, no prose.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class NothingToPayOut(DomainError):
    """Nothing that was paid for is left here, `elsewhere` aside (cents)."""

    tail: str
    elsewhere: int


@dataclass
class CashOutNotDue(DomainError):
    """The balance is not one that the law of the place pays out in cash; `limit` 0: it pays out none (cents)."""

    balance: int
    limit: int
    inclusive: bool


@dataclass
class PayoutNotThisWay(DomainError):
    """Value is not paid out in this tender: value is no money, and the law gives cash."""

    tender: str


@dataclass
class NothingLapsed(DomainError):
    """No bonus of this card has lapsed here, or nothing that lapsed can be given back here."""

    tail: str
