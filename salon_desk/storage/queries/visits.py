"""Where a card's member has been lately, and where the member belongs: what value is placed by.

What it is worth is weighed in `head_office/weighing.py`. A visit is a sale that was not voided, whatever it was paid with;
who is nobody's member has no visits.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from salon_desk.domain.gift import CardKind
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.merges import group
from salon_desk.storage.tables.cards import cards
from salon_desk.storage.tables.members import members
from salon_desk.storage.tables.sales import sales

MOST_VISITS = 24

_OF_CARD = Statement(
    lambda: (
        select(cards.c.member, cards.c.currency, cards.c.kind, members.c.home_store)
        .outerjoin(members, members.c.id == cards.c.member)
        .where(cards.c.id == bindparam("card"))
    )
)
_VISITS = Statement(
    lambda: (
        select(sales.c.store, sales.c.sold_at)
        .where(sales.c.member == bindparam("member"), sales.c.kind == "sale", sales.c.voided_by == "")
        .order_by(sales.c.sold_at.desc(), sales.c.op_id)
        .limit(MOST_VISITS)
    )
)
_CARDS_OF_STORE = Statement(
    lambda: (
        select(cards.c.id)
        .join(members, members.c.id == cards.c.member)
        .where(members.c.home_store == bindparam("store"))
        .union(
            select(cards.c.id)
            .join(sales, sales.c.member == cards.c.member)
            .where(sales.c.store == bindparam("visited"), cards.c.member != "")
        )
    )
)


@dataclass(frozen=True, slots=True)
class Belonging:
    """Whose card it is, in which currency, and the home store, empty where nobody knows; a gift card is nobody's."""

    member: str
    currency: str
    home_store: str
    kind: CardKind = CardKind.STORED_VALUE


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit: the store, and when the sale was made, as operations keep instants."""

    store: str
    at: str


def belonging(transaction: Transaction, card: str) -> Belonging | None:
    """Whose card it is; None when nobody issued it, as far as this node knows."""
    row = transaction.one(_OF_CARD, card=card)
    return (
        None if row is None else Belonging(row.member, row.currency, row.home_store or "", CardKind(row.kind))
    )


def visits(transaction: Transaction, member: str) -> list[Visit]:
    """The latest visits of a person, under whichever id, oldest first."""
    ids = group(transaction, member) if member else ()
    found = [Visit(row.store, row.sold_at) for one in ids for row in transaction.all(_VISITS, member=one)]
    if len(ids) > 1:
        found.sort(key=lambda one: one.at, reverse=True)
    return found[:MOST_VISITS][::-1]


def cards_of_store(transaction: Transaction, store: str) -> set[str]:
    """Cards whose members belong to a store or were there. Thousands in a large store."""
    return {row.id for row in transaction.all(_CARDS_OF_STORE, store=store, visited=store)}
