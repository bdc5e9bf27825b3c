"""What the cards screen reads of cards, each in one snapshot, on the database worker; series are `reading_series.py`'s.

Nothing is recorded here (`services/cards.py`). The statement is that of every asset: each movement of its purses, whoever owned it.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.member import Member
from salon_desk.services import cards, from_receipt, lapses, payouts, savings, search
from salon_desk.services.lapses import Lapsing
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards as stored
from salon_desk.storage.queries import members, sales
from salon_desk.storage.queries.cards import Card, CardValue
from salon_desk.storage.queries.gifts import Greeting, greeting_of
from salon_desk.storage.queries.savings import Savings
from salon_desk.storage.queries.shop import Shop
from salon_desk.storage.queries.statement import Movement, statement
from salon_desk.ui.counter.elsewhere import Place, places_of
from salon_desk.wire.messages import Part

NO_GREETING = Greeting()
MOST_FOUND = 40
MOST_MOVEMENTS = 200
_LOOKED_THROUGH = 120
_MOST_RECENT = 20


@dataclass(frozen=True, slots=True)
class CardFound:
    """A card in the list, with whose it is; a gift card is nobody's."""

    card: Card
    value: CardValue
    member: Member | None

    @property
    def key(self) -> str:
        """Its row."""
        return self.card.card


@dataclass(frozen=True, slots=True)
class CardOpened:
    """A card's page. `places`: where value of it lies that is not here; `cash_out`: the law here pays its balance out in cash."""

    found: CardFound
    movements: tuple[Movement, ...]
    shop: Shop
    places: tuple[Place, ...] = ()
    cash_out: bool = False
    greeting: Greeting = NO_GREETING
    savings: tuple[Savings, ...] = ()
    wanted: tuple[Part, ...] = ()
    """Rights to ask for, because the savings came to their target and they lie elsewhere."""
    can_save: bool = False
    lapsing: Lapsing | None = None
    """Bonus that has lapsed, or did and can be given back."""


def find(till: Till, fragment: str) -> tuple[CardFound, ...]:
    """Cards by code, or by whatever finds their member; without a fragment, those that moved last."""
    if not fragment.strip():
        return _recently(till)
    hits, gifts = search.search(till, fragment, MOST_FOUND), search.gifts(till, fragment, MOST_FOUND)
    with till.read() as transaction:
        found: dict[str, CardFound] = {}
        for hit in hits:
            owned = [hit.card] if hit.card else []
            if hit.member and not hit.card:
                owned = stored.cards_of(transaction, hit.member.member_id)
            found |= {one.card: _found(till, transaction, one) for one in owned}
        found |= {one.card: _found(till, transaction, one) for one in gifts}
        return tuple(found.values())


def open_card(till: Till, card_id: str) -> CardOpened:
    """A card's page. Raises UnknownCard."""
    view = cards.by_id(till, card_id)
    places = places_of(till, [(view.card, view.value)])
    due = payouts.cash_out_due(till, view.card) is not None
    saved = () if view.card.is_gift else savings.of_card(till, card_id)
    wanted = savings.wanted(till, card_id) if saved else ()
    can_save = not view.card.is_gift and not any(one.open for one in saved) and bool(savings.plans(till))
    lapsing = None if view.card.is_gift else lapses.of_card(till, card_id)
    with till.read() as transaction:
        found = _found(till, transaction, view.card)
        return CardOpened(
            found,
            _movements(transaction, view.card),
            till.shop(transaction),
            places,
            cash_out=due,
            greeting=greeting_of(transaction, card_id) if view.card.is_gift else NO_GREETING,
            savings=saved,
            wanted=wanted,
            can_save=can_save,
            lapsing=lapsing,
        )


def open_code(till: Till, code: str) -> CardOpened:
    """The card of a code that was read or typed, also of a receipt that moved it. Raises UnknownCard, UnknownSale."""
    if from_receipt.is_receipt(code):
        found = from_receipt.look_up(till, code)
        if found.card:
            return open_card(till, found.card)
    return open_card(till, cards.by_code(till, code).card.card)


def find_members(till: Till, fragment: str) -> tuple[Member, ...]:
    """Who may be given a card."""
    return tuple(hit.member for hit in search.search(till, fragment, MOST_FOUND) if hit.member)


def member_of(till: Till, member_id: str) -> Member | None:
    """One member."""
    with till.read() as transaction:
        return members.member(transaction, member_id)


def _recently(till: Till) -> tuple[CardFound, ...]:
    with till.read() as transaction:
        newest = sales.recent(transaction, till.store.node, _LOOKED_THROUGH)
        ids = dict.fromkeys(one.member for one in newest if one.member)
        owned = [one for member in list(ids)[:_MOST_RECENT] for one in stored.cards_of(transaction, member)]
        return tuple(_found(till, transaction, one) for one in owned)


def _found(till: Till, transaction: Transaction, card: Card) -> CardFound:
    value = stored.value(transaction, card, till.store.node, till.store.epoch)
    return CardFound(card, value, members.member(transaction, card.member))


def _movements(transaction: Transaction, card: Card) -> tuple[Movement, ...]:
    """The newest first, each with the balance after it; a gift card has no bonus."""
    assets = tuple(one for one in (card.assets.paid, card.assets.bonus) if one)
    return statement(transaction, assets, MOST_MOVEMENTS).movements
