"""What a receipt must know besides the operation: the names behind its ids, the shop's own words, card balances.

Nothing is read here: `services/receipts.py` fills it from one snapshot. The one rule: an id that has no name here is
left out of the paper, never printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from salon_desk.domain.clock import parse_instant
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names

NOBODY = Names("")


@dataclass(frozen=True, slots=True)
class CardWords:
    """A stored-value card or gift card on a receipt: the end of its code, and what lay on it after this operation.

    `paid` and `bonus` are None where the balance of that moment is not known any more (an old copy).
    """

    tail: str
    paid: Money | None = None
    bonus: Money | None = None
    is_gift: bool = False


@dataclass(frozen=True, slots=True)
class CouponWords:
    """A coupon that came with a document: what for, until when (None: without an end), and its text."""

    names: Names
    until: date | None
    terms: str


@dataclass(frozen=True, slots=True)
class SavingsWords:
    """How the savings stand that a document paid into, when it is printed. `granted`: the bonus is on the card."""

    names: Names
    deposited: Money
    target: Money
    bonus: Money
    granted: bool
    terms: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """Names and shop words for one receipt. Mappings are from id; `time_zone` is an IANA name.

    `recipient`, `sender` and `greeting` are those of the gift card that it sells, as they stand when it is printed. `points`: the
    member's balance behind this operation, None where it has nothing to do with points; `coupons`: those that came with it.
    """

    shop: Names
    store: str
    time_zone: str
    address: str = ""
    phone: str = ""
    cashier: Names = NOBODY
    approver: Names = NOBODY
    member: Names = NOBODY
    staff: Mapping[str, Names] = field(default_factory=dict)
    cards: Mapping[str, CardWords] = field(default_factory=dict)
    tenders: Mapping[str, Names] = field(default_factory=dict)
    footer: Names = NOBODY
    return_policy: Names = NOBODY
    logo: bytes = b""
    original_receipt: str = ""
    items: Mapping[str, Names] = field(default_factory=dict)
    recipient: str = ""
    sender: str = ""
    greeting: str = ""
    points: int | None = None
    coupons: tuple[CouponWords, ...] = ()
    savings: tuple[SavingsWords, ...] = ()

    def local(self, instant: str) -> datetime:
        """An instant's text in the shop's own time."""
        return parse_instant(instant).astimezone(ZoneInfo(self.time_zone))

    def person(self, staff: str) -> Names:
        """Someone who works here."""
        return self.staff.get(staff, NOBODY)
