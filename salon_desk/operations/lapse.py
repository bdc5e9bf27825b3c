"""Operations about bonus that lapses: what was over is taken off a card, or given back where that was wrong.

Until when bonus counts stands in the funding that gave it (`payment.py`), with the text that was shown. They hold opaque ids alone.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.money import Money
from salon_desk.operations.operation import Moving


class BonusLapsed(Moving, frozen=True, kw_only=True):
    """Bonus of a card was over on `day`, by the parent's time or a manager's word. `until`: the newest last day of it (ISO dates)."""

    KIND: ClassVar[str] = "bonus.lapsed"
    lapse: str
    card: str
    store: str
    amount: Money
    day: str
    until: str


class BonusRestored(Moving, frozen=True, kw_only=True):
    """What a lapse took off is on the card again, without an end."""

    KIND: ClassVar[str] = "bonus.restored"
    lapse: str
    card: str
    store: str
    amount: Money
    reason: str
