"""Operations about who spends: a member's PIN, and what was signed on the screen for a sale.

How a debit was proven stands in the sale's tender (`payment.py`). These two say something of a person, so their bodies can be
erased, and go to no store that has no use for them (PROTOCOL 2).
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.money import Money
from salon_desk.operations.operation import Operation


class MemberPinSet(Operation, frozen=True, kw_only=True):
    """A member chose a PIN for spending; only its argon2 hash is kept. Empty: the member wants none any more."""

    KIND: ClassVar[str] = "member.pin_set"
    member: str
    pin_hash: str


class SpendSigned(Operation, frozen=True, kw_only=True):
    """The strokes (`domain/signature.py`) with which somebody signed for what a sale took from these cards.

    `member`: whose they are, empty for nobody's. `print_language`: in which the shop's copy is printed.
    """

    KIND: ClassVar[str] = "sale.signed"
    ticket: str
    receipt: str
    member: str
    cards: tuple[str, ...]
    amount: Money
    strokes: str
    print_language: str = ""
