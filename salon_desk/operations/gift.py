"""Operations about gift cards: one is sold, and what stands on it for whom.

Spending one is part of a sale (`sale.py`). The sale of a gift card holds opaque ids and the code alone; greeting and names ride
in an operation of their own, whose body can be erased (PROTOCOL 2).
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.operations.operation import Operation
from salon_desk.operations.value_document import ValueDocument


class GiftSold(ValueDocument, frozen=True, kw_only=True):
    """A gift card was sold, and is active with its value from now on. `member`: who bought it, if that is known."""

    KIND: ClassVar[str] = "gift.sold"
    gift: str
    code: str
    seller: str = ""


class GiftGreeted(Operation, frozen=True, kw_only=True):
    """For whom a gift card is, from whom, and what shall stand on it; the newest stands. `member`: who bought it, if known."""

    KIND: ClassVar[str] = "gift.greeted"
    gift: str
    member: str = ""
    recipient: str = ""
    sender: str = ""
    greeting: str = ""
