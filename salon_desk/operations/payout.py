"""Operations by which value is paid out to its owner: a card refund (退卡), or the small balance that the law gives back in cash.

What was owed, what went back and what was forfeited stands here as it was reckoned and shown. Lines of a sale are given back by
`sale.py`, a top-up of which nothing is used as well.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from salon_desk.domain.money import Money
from salon_desk.domain.tax import TaxPart
from salon_desk.operations.value_document import ValueDocument


class WhyPaidOut(StrEnum):
    """By whose will value is paid out: the shop's terms, or the law of the place (RULES 4)."""

    REFUND = "refund"
    CASH_OUT = "cash-out"


class ValuePaidOut(ValueDocument, frozen=True, kw_only=True):
    """What was paid for and not used went back to the owner. `owned`: the id of the card, gift card or series.

    `unused`: what was paid for it and is not used; `returned`: what of it goes back. `bonus`: bonus that ends with it, for which
    nothing goes back. `limit`: the limit of a statutory cash-out, as the law was on that day; `rule_pack`: the version of it.
    `taxes`: of a series that was taxed at its sale, what goes back of them. `savings`: what the card saved for and does no more.
    """

    KIND: ClassVar[str] = "value.paid_out"
    why: WhyPaidOut
    owned: str
    tail: str
    unused: Money
    bonus: Money
    returned: Money
    reason: str = ""
    limit: Money | None = None
    rule_pack: str = ""
    taxes: tuple[TaxPart, ...] = ()
    savings: tuple[str, ...] = ()
