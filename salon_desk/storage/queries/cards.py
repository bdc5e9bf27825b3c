"""Stored-value cards and gift cards, and the units that this node may spend of them.

The three figures are always read together: balance, usable here now, elsewhere (PROTOCOL 1). Held units are neither
usable nor gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from salon_desk.domain.card import CardAssets
from salon_desk.domain.gift import CardKind, assets_of
from salon_desk.domain.money import Money
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.moves import everywhere
from salon_desk.storage.queries.sayings import said
from salon_desk.storage.tables.cards import card_codes, card_freezes, cards, holds, purses
from salon_desk.storage.tables.local import identity
from salon_desk.storage.tables.sayings import sayings


def _cards() -> Select[Any]:
    """Cards with their freeze, if there ever was one."""
    freeze = (card_freezes.c.frozen, card_freezes.c.reason.label("frozen_reason"), sayings.c.words)
    newest = (
        select(card_codes.c.code)
        .where(card_codes.c.card == cards.c.id)
        .order_by(card_codes.c.at.desc(), card_codes.c.node.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(cards, newest.label("new_code"), *freeze)
        .outerjoin(card_freezes, card_freezes.c.card == cards.c.id)
        .outerjoin(sayings, sayings.c.saying == card_freezes.c.reason)
    )


_ONE = Statement(lambda: _cards().where(cards.c.id == bindparam("id")))
_BY_CODE = Statement(
    lambda: (
        _cards()
        .where(
            or_(
                cards.c.code == bindparam("code"),
                cards.c.id.in_(select(card_codes.c.card).where(card_codes.c.code == bindparam("code"))),
            )
        )
        .order_by(cards.c.id)
    )
)
_CODES = Statement(lambda: select(card_codes.c.code).where(card_codes.c.card == bindparam("card")))
_SHARED = Statement(
    lambda: select(cards.c.code).group_by(cards.c.code).having(func.count() > 1).order_by(cards.c.code)
)
_OF_MEMBER = Statement(lambda: _cards().where(cards.c.member == bindparam("member")).order_by(cards.c.id))
_HERE = Statement(
    lambda: select(purses.c.units, purses.c.held).where(
        purses.c.asset == bindparam("asset"),
        purses.c.node == bindparam("node"),
        purses.c.epoch == bindparam("epoch"),
    )
)
_HOLDS_OF_TICKET = Statement(
    lambda: (
        select(holds)
        .join(identity, (identity.c.node == holds.c.node) & (identity.c.epoch == holds.c.epoch))
        .where(holds.c.ticket == bindparam("ticket"))
        .order_by(holds.c.hold)
    )
)


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it was issued: a member's stored-value card, or a gift card of nobody. `issued_on`: a business day."""

    card: str
    code: str
    currency: str
    member: str
    frozen: bool
    frozen_reason: str
    kind: CardKind = CardKind.STORED_VALUE
    issued_on: str = ""

    @property
    def assets(self) -> CardAssets:
        """Its purses; a gift card has no bonus, and so no name for it."""
        return assets_of(self.kind, self.card, self.currency)

    @property
    def is_gift(self) -> bool:
        """Whether it is a gift card."""
        return self.kind is CardKind.GIFT

    @property
    def tail(self) -> str:
        """The last four characters of its code, as screens and receipts show it."""
        return self.code[-4:]


@dataclass(frozen=True, slots=True)
class CardValue:
    """A card's value: `paid` and `bonus` usable here now, `held` here, `elsewhere`, and the whole `balance`.

    What is under way is elsewhere until it was received, whoever it goes to.
    """

    paid: Money
    bonus: Money
    held: Money
    elsewhere: Money
    balance: Money

    @property
    def usable(self) -> Money:
        """What this till can take now."""
        return self.paid + self.bonus


@dataclass(frozen=True, slots=True)
class PurseHere:
    """This node's own purse of an asset: `units` in it, `held` of them for payments in progress."""

    units: int
    held: int

    @property
    def usable(self) -> int:
        """What can be spent or sent now."""
        return self.units - self.held


@dataclass(frozen=True, slots=True)
class Hold:
    """Units set aside for a payment in progress."""

    hold: str
    asset: str
    units: int


def card(transaction: Transaction, card_id: str) -> Card | None:
    """One card by id."""
    row = transaction.one(_ONE, id=card_id)
    return None if row is None else _card(row)


def cards_by_code(transaction: Transaction, code: str) -> list[Card]:
    """The cards with this code on their stripe or barcode: one, unless two shops that could not see each other sold it."""
    return [one for one in ever_of_code(transaction, code) if one.code == code]


def ever_of_code(transaction: Transaction, code: str) -> list[Card]:
    """The cards that have this code or had it before they got another one."""
    return [_card(row) for row in transaction.all(_BY_CODE, code=code)]


def codes_of(transaction: Transaction, card_id: str) -> list[str]:
    """Every code that a card has or had."""
    row = transaction.one(_ONE, id=card_id)
    later = [one.code for one in transaction.all(_CODES, card=card_id)]
    return list(dict.fromkeys([*([row.code] if row else []), *later]))


def shared_codes(transaction: Transaction) -> list[str]:
    """Codes that more than one card was issued with and still has. Reads all cards."""
    codes = [row.code for row in transaction.all(_SHARED)]
    return [code for code in codes if len(cards_by_code(transaction, code)) > 1]


def cards_of(transaction: Transaction, member: str) -> list[Card]:
    """A person's cards, under whichever id they were given out."""
    return [card for one in group(transaction, member) for card in cards_under(transaction, one)]


def cards_under(transaction: Transaction, member: str) -> list[Card]:
    """The cards that were given out under one id."""
    return [_card(row) for row in transaction.all(_OF_MEMBER, member=member)]


def value(transaction: Transaction, one: Card, node: str, epoch: str) -> CardValue:
    """A card's three figures as this node knows them."""
    assets = one.assets
    paid, bonus = (purse(transaction, asset, node, epoch) for asset in (assets.paid, assets.bonus))
    whole = everywhere(transaction, assets.paid) + everywhere(transaction, assets.bonus)
    return CardValue(
        paid=Money(paid.usable, one.currency),
        bonus=Money(bonus.usable, one.currency),
        held=Money(paid.held + bonus.held, one.currency),
        elsewhere=Money(whole - paid.units - bonus.units, one.currency),
        balance=Money(whole, one.currency),
    )


def purse(transaction: Transaction, asset: str, node: str, epoch: str) -> PurseHere:
    """The purse of an asset that a holder has, empty where there is none."""
    row = transaction.one(_HERE, asset=asset, node=node, epoch=epoch)
    return PurseHere(row.units, row.held) if row else PurseHere(0, 0)


def units_here(transaction: Transaction, asset: str, node: str, epoch: str) -> int:
    """What this node may spend of any asset now."""
    return purse(transaction, asset, node, epoch).usable


def holds_of(transaction: Transaction, ticket: str) -> list[Hold]:
    """What this node, in its present epoch, holds for a ticket's payment: no other's is its to post or free."""
    return [Hold(row.hold, row.asset, row.units) for row in transaction.all(_HOLDS_OF_TICKET, ticket=ticket)]


def _card(row: Any) -> Card:
    return Card(
        card=row.id,
        code=row.new_code or row.code,
        currency=row.currency,
        member=row.member,
        frozen=bool(row.frozen),
        frozen_reason=said(row.frozen_reason, row.words),
        kind=CardKind(row.kind),
        issued_on=row.issued_on,
    )
