"""The shop's promotions as of a business day, and of which category what is on a ticket.

Whether one applies is decided in `domain/promotion_search.py`. One that says nothing clear is left out: it would be
refused when it is written, but another program may have written it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from salon_desk.domain.coupon import Giving
from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.promotion import Birthday, Conditions, Promotion, check_promotion
from salon_desk.domain.ticket import Bearer, DiscountScope
from salon_desk.operations.description import PromotionDescribed
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.planned import list_on_day, on_day
from salon_desk.storage.queries.shop import names
from salon_desk.storage.tables.catalogue import items
from salon_desk.storage.tables.promotions import promotions

_ACTIVE = Statement(
    lambda: (
        select(promotions).where(promotions.c.active == 1).order_by(promotions.c.position, promotions.c.id)
    )
)
_ALL = Statement(lambda: select(promotions).order_by(promotions.c.position, promotions.c.id))
_ONE = Statement(lambda: select(promotions).where(promotions.c.id == bindparam("id")))
_CATEGORY = Statement(lambda: select(items.c.category).where(items.c.id == bindparam("id")))


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said of a coupon when it is given: its text, and for how many days it is good (0 = without an end)."""

    words: Names
    valid_days: int


def active(transaction: Transaction, day: str, currency: str) -> list[Promotion]:
    """The promotions that the shop has on a day, in the owner's order; dates of their own are conditions."""
    rows = list_on_day(
        transaction,
        PromotionDescribed,
        transaction.all(_ACTIVE),
        day,
        listed=lambda row: bool(row.active),
        order=lambda row: (row.position, row.id),
    )
    found = [one for one in map(_promotion, rows) if one is not None]
    return [one for one in found if _is_clear(one, currency)]


def every(transaction: Transaction, day: str) -> list[tuple[Promotion, bool]]:
    """All promotions with whether they are on, as of a day; those that say nothing clear as well."""
    rows = [on_day(transaction, PromotionDescribed, row, day) for row in transaction.all(_ALL)]
    return [(one, bool(row.active)) for row in rows if (one := _promotion(row)) is not None]


def promotion(transaction: Transaction, promotion_id: str, day: str) -> tuple[Promotion, Terms] | None:
    """One promotion with what is said of its coupons."""
    row = on_day(transaction, PromotionDescribed, transaction.one(_ONE, id=promotion_id), day)
    one = None if row is None else _promotion(row)
    return None if one is None else (one, Terms(names(row, "terms"), row.valid_days))


def categories(transaction: Transaction, item_ids: Iterable[str]) -> dict[str, str]:
    """Of which category each item is."""
    return {one: str(transaction.value(_CATEGORY, id=one) or "") for one in dict.fromkeys(item_ids)}


def _is_clear(one: Promotion, currency: str) -> bool:
    try:
        check_promotion(one, currency)
    except DomainError:
        return False
    return True


def _promotion(row: Any) -> Promotion | None:
    """A row as the engine knows it; None for words that this program does not know."""
    try:
        return Promotion(
            rule_id=row.id,
            names=names(row),
            bearer=Bearer(row.bearer),
            amount=None if row.amount_cents is None else Money(row.amount_cents, row.currency),
            percent=row.percent or None,
            scope=DiscountScope(row.scope),
            items=_texts(row.items),
            categories=_texts(row.categories),
            conditions=_conditions(row),
            block=row.block,
            exclusive=row.exclusive,
            alone=bool(row.alone),
            most=row.most,
            order=row.position,
            gives=Giving(row.gives),
        )
    except ValueError:
        return None


def _conditions(row: Any) -> Conditions:
    return Conditions(
        members_only=bool(row.members_only),
        tiers=_texts(row.tiers),
        birthday=Birthday(row.birthday),
        weekdays=tuple(int(day) for day in _texts(row.weekdays)),
        month_days=tuple(int(day) for day in _texts(row.month_days)),
        from_day=row.from_day,
        to_day=row.to_day,
        min_spend=Money(row.min_spend_cents, row.currency) if row.min_spend_cents else None,
        first_visit=bool(row.first_visit),
        needs_coupon=bool(row.needs_coupon),
        quorum=row.quorum,
    )


def _texts(column: str) -> tuple[str, ...]:
    found: list[str] = msgspec.json.decode(column)
    return tuple(found)
