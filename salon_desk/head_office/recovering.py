"""Recovering overdraft: what is owed on a card is taken from its value as soon as both lie at head office, and nowhere else.

What lies elsewhere is asked for, what is owed as well as value; nobody else ever recovers, so that nothing is taken twice. It
is repaid only by a debit of units that have come home (PROTOCOL 4.1, 4.8).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from salon_desk.domain import ledger
from salon_desk.domain.card import card_assets
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.domain.overdraft import overdraft_asset
from salon_desk.head_office import planning
from salon_desk.head_office.planning import Asking, Plan, Reach
from salon_desk.head_office.recording import business_day
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.overdraft import OverdraftRecovered
from salon_desk.services import postings
from salon_desk.storage import journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import cards as cards_here
from salon_desk.storage.queries import holders, overdrafts, visits
from salon_desk.storage.queries.cards import units_here
from salon_desk.storage.store import Store


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was done about what is owed: the cards on which something was recovered, and what is to be asked for first."""

    recovered: Collection[str] = ()
    asks: Sequence[Plan] = ()


def recover(office: Store, cards: Collection[str]) -> Recovery:
    """Take what is owed on these cards from what lies here, and say whom to ask for the rest. The thread that writes.

    One look-up when nothing is owed by anybody. Raises CannotRecord.
    """
    with office.database.read() as transaction:
        owing = sorted(overdrafts.owed_by_card(transaction).keys() & set(cards))
        may = [card for card in owing if any(_taken(office, transaction, card))]
    if may:
        command = Command(f"recover/{office.new_id()}", "", business_day(office))
        journal.record(office, command, lambda tx: [_recovered(office, tx, card) for card in may])
    if not owing:
        return Recovery()
    with office.database.read() as transaction:
        reach = planning.reach_of(transaction, office.clock.now())
        asks = [Plan(card, asks=_asks(office, transaction, card, reach)) for card in owing]
    return Recovery(may, [one for one in asks if one.asks])


def _names(transaction: Transaction, card: str) -> tuple[str, str, str]:
    """What is owed on a card, its bonus and its paid value, as assets."""
    found = visits.belonging(transaction, card)
    currency = found.currency if found else ""
    names = card_assets(card, currency)
    return overdraft_asset(card, currency), names.bonus, names.paid


def _taken(office: Store, transaction: Transaction, card: str) -> tuple[int, int]:
    """(bonus, paid) cents that can be taken for what is owed: bonus before paid (RULES 3)."""
    owed, bonus, paid = (
        units_here(transaction, asset, office.node, office.epoch) for asset in _names(transaction, card)
    )
    of_bonus = min(owed, bonus)
    return of_bonus, min(owed - of_bonus, paid)


def _recovered(office: Store, transaction: Transaction, card: str) -> OverdraftRecovered:
    owed, bonus, paid = _names(transaction, card)
    of_bonus, of_paid = _taken(office, transaction, card)
    currency = paid.split("/")[-2]
    changes = ((owed, of_bonus + of_paid), (bonus, of_bonus), (paid, of_paid))
    amount = Money(of_bonus + of_paid, currency)
    return OverdraftRecovered(
        card=card,
        amount=amount,
        purse_changes=tuple(PurseChange(asset, -units, Cause.UNDO) for asset, units in changes if units),
        postings=postings.balanced(
            [
                Posting(ledger.STORED_VALUE_BONUS, Money(of_bonus, currency)),
                Posting(ledger.STORED_VALUE_PAID, Money(of_paid, currency)),
                Posting(ledger.OVERDRAFT, -amount),
            ]
        ),
    )


def _asks(office: Store, transaction: Transaction, card: str, reach: Reach) -> list[Asking]:
    """First for what is owed, and once that has come, for as much value."""
    owed, bonus, paid = _names(transaction, card)
    given = _free(transaction, owed, reach)
    if given:
        return [Asking(node, owed, 0) for node, _units in given]
    due, asks = units_here(transaction, owed, office.node, office.epoch), list[Asking]()
    for asset in (bonus, paid):
        for node, units in _free(transaction, asset, reach):
            taken = min(units, due)
            due -= taken
            if taken:
                held = cards_here.purse(transaction, asset, node, reach.nodes[node].epoch)
                asks.append(Asking(node, asset, held.units - taken))
    return asks


def _free(transaction: Transaction, asset: str, reach: Reach) -> list[tuple[str, int]]:
    """(node, units that are not held) of those in reach, who has most first."""
    found = [
        (one.node, one.units - one.held)
        for one in holders.purses_of(transaction, asset)
        if one.node in reach.nodes and reach.nodes[one.node].epoch == one.epoch and one.units > one.held
    ]
    return sorted(found, key=lambda one: -one[1])
