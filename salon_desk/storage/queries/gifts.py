"""What stands on a gift card, whether its sale was undone, and what a card of either kind has paid so far.

Its code, freeze and value are read like any card's (`cards.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from salon_desk.domain.money import Money
from salon_desk.operations.gift import GiftSold
from salon_desk.operations.registry import decode_known
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.cards import Card
from salon_desk.storage.tables.cards import gift_greetings
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.movements import movements
from salon_desk.storage.tables.sales import sale_tenders, sales

_SOLD = Statement(
    lambda: (
        select(journal.c.kind, journal.c.version, journal.c.body)
        .join(movements, movements.c.op_id == journal.c.op_id)
        .where(movements.c.asset == bindparam("asset"), journal.c.kind == GiftSold.KIND)
    )
)
_VOIDED = Statement(
    lambda: (
        select(sales.c.op_id)
        .join(movements, movements.c.op_id == sales.c.op_id)
        .where(movements.c.asset == bindparam("asset"), sales.c.kind == "gift", sales.c.voided_by != "")
    )
)
_GREETING = Statement(lambda: select(gift_greetings).where(gift_greetings.c.gift == bindparam("gift")))
_SPENT = Statement(
    lambda: select(
        func.coalesce(func.sum(sale_tenders.c.paid_cents), 0).label("paid"),
        func.coalesce(func.sum(sale_tenders.c.bonus_cents), 0).label("bonus"),
    ).where(
        sale_tenders.c.card == bindparam("card"),
        sale_tenders.c.op_id.in_(
            select(movements.c.op_id).where(
                (movements.c.asset == bindparam("paid_asset"))
                | (movements.c.asset == bindparam("bonus_asset"))
            )
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Greeting:
    """For whom a gift card is, from whom, and the words on it."""

    recipient: str = ""
    sender: str = ""
    greeting: str = ""


@dataclass(frozen=True, slots=True)
class SpentOf:
    """What a card has paid, less what went back to it."""

    paid: Money
    bonus: Money


def buyer_of(transaction: Transaction, card: Card) -> str:
    """Who bought a gift card, so that its words go when that person is erased; empty when nobody said."""
    for row in transaction.all(_SOLD, asset=card.assets.paid):
        sold = decode_known(row.kind, row.version, row.body)
        if isinstance(sold, GiftSold):
            return sold.member
    return ""


def is_voided(transaction: Transaction, card: Card) -> bool:
    """Whether this is a gift card whose sale was undone."""
    return card.is_gift and transaction.one(_VOIDED, asset=card.assets.paid) is not None


def in_use(transaction: Transaction, found: Sequence[Card]) -> list[Card]:
    """Of cards that share a code, those that somebody may come with: a gift card whose sale was undone is none of them."""
    return [one for one in found if not is_voided(transaction, one)]


def greeting_of(transaction: Transaction, gift: str) -> Greeting:
    """What stands on a gift card; nothing where nobody said anything, or it was erased."""
    row = transaction.one(_GREETING, gift=gift)
    return Greeting() if row is None else Greeting(row.recipient, row.sender, row.greeting)


def spent_of(transaction: Transaction, card: Card) -> SpentOf:
    """What a card of either kind has paid in all, as far as this node knows."""
    assets = card.assets
    row = transaction.one(_SPENT, card=card.card, paid_asset=assets.paid, bonus_asset=assets.bonus)
    assert row is not None
    return SpentOf(Money(row.paid, card.currency), Money(row.bonus, card.currency))
