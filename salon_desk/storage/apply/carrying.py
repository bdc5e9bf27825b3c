"""What was carried over besides a card's value: the gift card or series that it is, so that it is found and used like a sold one.

Units and postings are applied as of any operation that moves them. What comes a second time, after it was taken back, is the same
thing; it began with the earliest.
"""

from __future__ import annotations

import msgspec

from salon_desk.domain.gift import CardKind
from salon_desk.operations.carried_over import AssetCarriedOver, Owned
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.cards import cards
from salon_desk.storage.tables.series import series

_GIFT = Rows(
    cards,
    lambda new: {"issued_on": new.issued_on},
    only=lambda new: cards.c.issued_on > new.issued_on,
)
_SERIES = Rows(
    series,
    lambda new: {"issued_on": new.issued_on, "op_id": new.op_id},
    only=lambda new: series.c.op_id > new.op_id,
)


def asset_carried_over(transaction: Transaction, header: Header, operation: AssetCarriedOver) -> None:
    """A gift card with its code, of nobody; a series with what it is for, of its member."""
    if operation.owned_kind == Owned.GIFT:
        transaction.put(
            _GIFT,
            id=operation.owned,
            code=operation.code,
            currency=operation.worth.currency,
            member="",
            kind=CardKind.GIFT.value,
            issued_on=header.business_day,
        )
    elif operation.owned_kind == Owned.SERIES and operation.names is not None:
        transaction.put(
            _SERIES,
            id=operation.owned,
            offer="",
            buyer=operation.member,
            name_en=operation.names.en,
            name_zh_cn=operation.names.zh_CN,
            name_zh_tw=operation.names.zh_TW,
            parts=msgspec.json.encode(operation.parts).decode(),
            price_cents=operation.worth.cents,
            currency=operation.worth.currency,
            tax_point=operation.tax_point,
            op_id=header.op_id,
            store=operation.store,
            issued_on=header.business_day,
        )
