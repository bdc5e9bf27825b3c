"""The shop that this till stands in: names, place, currency, settings.

No staff and no catalogue here. A till without a shop (nothing described yet) is None. Which till stands in which store is
never planned for a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from salon_desk.domain.message_gate import Caps
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.overdraft import MOST_OF_CARD
from salon_desk.domain.points import is_rate
from salon_desk.operations.description import StoreDescribed
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.planned import on_day
from salon_desk.storage.tables.people import stores, tills

_SHOP = Statement(
    lambda: (
        select(
            stores,
            tills.c.id.label("till_id"),
            tills.c.name.label("till_name"),
            tills.c.code.label("till_code"),
        )
        .join(tills, tills.c.store == stores.c.id)
        .where(tills.c.id == bindparam("node"))
    )
)


@dataclass(frozen=True, slots=True)
class PointsRate:
    """Points for one unit of the currency, as decimal text, empty = none; at `convert_at` points they become by themselves
    `coupon` (a promotion's), or without one `bonus_cents` on the member's card.
    """

    rate: str = ""
    convert_at: int = 0
    coupon: str = ""
    bonus_cents: int = 0


NO_POINTS = PointsRate()
NO_WORD_OF_CAPS = Caps()


@dataclass(frozen=True, slots=True)
class Shop:
    """A store as its till needs it. `day_cut_off` is "HH:MM" local; `cash_rounding` empty = as the law says.

    `unproven_limit`: what a ticket may take of stored value without a proof of who spends, None where none is asked;
    `family_spends`: linked family may spend it too; `overdraft_limit`: cents a manager may lend of one card, out of reach;
    `caps`: how often offers may go to a member.
    """

    store: str
    names: Names
    address: str
    phone: str
    jurisdiction: str
    time_zone: str
    day_cut_off: str
    currency: str
    cash_rounding: str
    cash_tips_stay: bool
    receipt_footer: Names
    return_policy: Names
    receipt_language: str
    till: str
    till_name: str
    till_code: str
    points: PointsRate = NO_POINTS
    unproven_limit: Money | None = None
    family_spends: bool = True
    overdraft_limit: int = MOST_OF_CARD
    sms_price: str = ""
    receipt_logo: str = ""
    caps: Caps = NO_WORD_OF_CAPS


def shop(transaction: Transaction, node: str, day: str = "") -> Shop | None:
    """The shop of the till `node` as of a business day; without one as it was merged, for what reckons the day itself."""
    row = on_day(transaction, StoreDescribed, transaction.one(_SHOP, node=node), day)
    if row is None:
        return None
    return Shop(
        store=row.id,
        names=names(row),
        address=row.address,
        phone=row.phone,
        jurisdiction=row.jurisdiction,
        time_zone=row.time_zone,
        day_cut_off=row.day_cut_off,
        currency=row.currency,
        cash_rounding=row.cash_rounding,
        cash_tips_stay=bool(row.cash_tips_stay),
        receipt_footer=names(row, "receipt_footer"),
        return_policy=names(row, "return_policy"),
        receipt_language=row.receipt_language,
        till=row.till_id,
        till_name=row.till_name,
        till_code=row.till_code,
        points=PointsRate(
            row.points_rate if is_rate(row.points_rate) else "",
            row.points_convert_at,
            row.points_convert_coupon,
            row.points_convert_bonus_cents,
        ),
        unproven_limit=Money(row.unproven_limit_cents, row.currency)
        if row.unproven_limit_cents > 0
        else None,
        family_spends=bool(row.family_spends),
        overdraft_limit=max(row.overdraft_limit_cents, 0),
        sms_price=row.sms_price,
        receipt_logo=row.receipt_logo,
        caps=caps(row),
    )


def caps(row: Any) -> Caps:
    """How often offers may go to a member, in the columns of a store's row."""
    return Caps(most=max(row.offers_most, 0), most_a_day=max(row.offers_most_a_day, 0))


def names(row: Any, prefix: str = "name") -> Names:
    """The Names in a row's columns `<prefix>_en`, `_zh_cn`, `_zh_tw`."""
    return Names(
        getattr(row, f"{prefix}_en"), getattr(row, f"{prefix}_zh_cn"), getattr(row, f"{prefix}_zh_tw")
    )
