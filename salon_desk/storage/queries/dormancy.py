"""Value that its owner has not touched since a day: cards, gift cards and series, with issue date and last act (RULES 8).

How long is long is the law's (`domain/rules.py`). An act of the owner is a sale in which the value was used or bought, or a payout;
what the merchant does by itself, such as moving units or taking what is owed, is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from salon_desk.domain.gift import CardKind
from salon_desk.domain.money import Money
from salon_desk.domain.series import visits_of, worth
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.gift import GiftSold
from salon_desk.operations.payout import ValuePaidOut
from salon_desk.operations.sale import SaleCompleted
from salon_desk.operations.series import SeriesSold
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries import cards, members
from salon_desk.storage.queries import series as stored
from salon_desk.storage.queries.moves import everywhere
from salon_desk.storage.tables.cards import cards as card_table
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.movements import movements
from salon_desk.storage.tables.series import series

OWNERS_ACTS = tuple(one.KIND for one in (SaleCompleted, CardToppedUp, GiftSold, SeriesSold, ValuePaidOut))

_OLD_CARDS = Statement(
    lambda: (
        select(card_table.c.id)
        .where(card_table.c.issued_on < bindparam("before"), card_table.c.currency == bindparam("currency"))
        .order_by(card_table.c.issued_on, card_table.c.id)
    )
)
_OLD_SERIES = Statement(
    lambda: (
        select(series.c.id)
        .where(series.c.issued_on < bindparam("before"), series.c.currency == bindparam("currency"))
        .order_by(series.c.issued_on, series.c.id)
    )
)


def _newest(of_asset: Any) -> Any:
    return (
        select(func.max(journal.c.business_day))
        .join_from(movements, journal, journal.c.op_id == movements.c.op_id)
        .where(of_asset, journal.c.kind.in_(OWNERS_ACTS))
    )


_LAST_ON_CARD = Statement(
    lambda: _newest(or_(movements.c.asset == bindparam("paid"), movements.c.asset == bindparam("bonus")))
)
_LAST_ON_SERIES = Statement(
    lambda: _newest((movements.c.asset >= bindparam("first")) & (movements.c.asset < bindparam("behind")))
)


@dataclass(frozen=True, slots=True)
class Dormant:
    """Value nobody touched. `kind`: "card", "gift" or "series"; days are ISO business days; `name` is the owner's, if known."""

    kind: str
    tail: str
    name: str
    issued_on: str
    last_act: str
    paid: Money
    bonus: Money


def dormant(transaction: Transaction, before: str, currency: str) -> list[Dormant]:
    """What has value and was last touched by its owner before a day, oldest issue first. Reads what is that old."""
    found = [*_cards(transaction, before, currency), *_series(transaction, before, currency)]
    return sorted(found, key=lambda one: (one.issued_on, one.kind, one.tail))


def _cards(transaction: Transaction, before: str, currency: str) -> Iterable[Dormant]:
    for row in transaction.all(_OLD_CARDS, before=before, currency=currency):
        card = cards.card(transaction, row.id)
        assert card is not None
        names = card.assets
        last = transaction.value(_LAST_ON_CARD, paid=names.paid, bonus=names.bonus) or card.issued_on
        paid, bonus = (everywhere(transaction, one) if one else 0 for one in (names.paid, names.bonus))
        if last < before and (paid or bonus):
            kind = "gift" if card.kind is CardKind.GIFT else "card"
            name = _name(transaction, card.member)
            yield Dormant(
                kind, card.tail, name, card.issued_on, last, Money(paid, currency), Money(bonus, currency)
            )


def _series(transaction: Transaction, before: str, currency: str) -> Iterable[Dormant]:
    for row in transaction.all(_OLD_SERIES, before=before, currency=currency):
        found = stored.one(transaction, row.id)
        assert found is not None
        beginning = visits_of(found.series)
        within = {"first": beginning, "behind": f"{beginning[:-1]}0"}  # "0" follows "/"
        last = transaction.value(_LAST_ON_SERIES, **within) or found.issued_on
        paid = worth(stored.lying(transaction, found.series, "", "").everywhere, currency)
        if last < before and paid:
            name = _name(transaction, found.owner)
            yield Dormant("series", "", name, found.issued_on, last, paid, Money.zero(currency))


def _name(transaction: Transaction, member: str) -> str:
    found = members.member(transaction, member) if member else None
    return (found.name or found.latin_name) if found is not None else ""
