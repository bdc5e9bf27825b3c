"""Recovering what a card owes, overdraft and cover alike: taken from its value as soon as both lie at head office, nowhere else.

What lies elsewhere is asked for, what is owed as well as value; nobody else ever recovers, so that nothing is taken twice. It
is repaid only by a debit of units that have come home; a cover only as far as the value it stands for has left the place where
it was stranded, and when nothing is left to take, the rest is the merchant's loss (PROTOCOL 4.1, 4.8).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from salon_desk.domain import ledger
from salon_desk.domain.cover import Covered, cover_asset, due
from salon_desk.domain.gift import assets_of
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.domain.overdraft import overdraft_asset
from salon_desk.head_office import claims, cover_entries, planning
from salon_desk.head_office.planning import Asking, Plan, Reach
from salon_desk.head_office.recording import business_day
from salon_desk.operations.operation import Cause, Moving, PurseChange
from salon_desk.operations.overdraft import OverdraftRecovered
from salon_desk.services import postings
from salon_desk.storage import journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import cards as cards_here
from salon_desk.storage.queries import covers, holders, moves, overdrafts, stranded, visits
from salon_desk.storage.queries.cards import units_here
from salon_desk.storage.queries.claims import cards_with_claims
from salon_desk.storage.queries.stranded import Holder
from salon_desk.storage.store import Store

Parts = Sequence[tuple[str, int]]
"""(asset, units) that are taken."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was done about what is owed: the cards on which something was recovered, and what is to be asked for first."""

    recovered: Collection[str] = ()
    asks: Sequence[Plan] = ()


@dataclass(frozen=True, slots=True)
class Debt:
    """What is to be taken from a card now: `units` of the asset that says so, from the card's `assets` in their order.

    `covered`: the purse that a cover stands for, nothing for an overdraft.
    """

    asset: str
    card: str
    units: int
    assets: tuple[str, ...]
    covered: Covered | None = None


def owing(transaction: Transaction, cards: Collection[str] | None = None) -> set[str]:
    """Every card on which an overdraft, a cover or a claim is open; of these `cards` alone where they are named."""
    found = {*overdrafts.owed_by_card(transaction), *cards_with_claims(transaction)}
    if cards is None:
        return found | {one.covered.card for one in covers.open_covers(transaction)}
    return found & set(cards) | covers.covered_cards(transaction, cards)


def recover(office: Store, cards: Collection[str]) -> Recovery:
    """Take what is owed on these cards from what lies here, and say whom to ask for the rest. The thread that writes.

    What was refunded without its right is settled with it, whatever the cards. A few look-ups when nothing is owed by anybody.
    Raises CannotRecord.
    """
    with office.database.read() as transaction:
        concerned = sorted(owing(transaction, cards))
        funded = bool(claims.funded_refunds(transaction, office.node, office.epoch))
        may = (bool(concerned) or funded) and bool(_taken(office, transaction, concerned))
    done: list[Moving] = []
    if may:
        command = Command(f"recover/{office.new_id()}", "", business_day(office))
        recorded = journal.record(office, command, lambda tx: _taken(office, tx, concerned))
        done = [one for one in recorded.operations if isinstance(one, Moving)]
    if not concerned and not funded:
        return Recovery()
    with office.database.read() as transaction:
        reach = planning.reach_of(transaction, office.clock.now())
        lost = stranded.lost_holders(transaction, office.node, office.epoch)
        debts = _debts(office, transaction, concerned, lost)
        asks = [Plan(debt.card, asks=_asks(transaction, debt, reach, lost)) for debt in debts]
    return Recovery({one.card for one in done if hasattr(one, "card")}, [one for one in asks if one.asks])


def _debts(
    office: Store, transaction: Transaction, cards: Sequence[str], lost: Collection[Holder]
) -> list[Debt]:
    """What these cards owe now, overdraft before cover; an overdraft that lies elsewhere has no units here yet."""
    found = []
    for card in cards:
        belonging = visits.belonging(transaction, card)
        if belonging is None:
            continue
        names = assets_of(belonging.kind, card, belonging.currency)
        if not names.bonus:  # nothing is owed on a gift card but a cover
            found += _covers(office, transaction, card, names.paid, lost)
            continue
        owed = overdraft_asset(card, belonging.currency)
        units = units_here(transaction, owed, office.node, office.epoch)
        found.append(Debt(owed, card, units, (names.bonus, names.paid)))
        for claim, here in claims.of_card(transaction, card, office.node, office.epoch):
            found.append(Debt(claim, card, here, claims.taken_from(claim)))
        for asset in (names.bonus, names.paid):
            found += _covers(office, transaction, card, asset, lost)
    for claim, here in claims.funded_refunds(transaction, office.node, office.epoch):
        found.append(Debt(claim, "", here, claims.taken_from(claim)))
    return found


def _covers(
    office: Store, transaction: Transaction, card: str, asset: str, lost: Collection[Holder]
) -> list[Debt]:
    """What is due of the covers of one asset: what has left its stranded purse, and all of one that is stranded no more."""
    found = []
    for one in covers.open_covers(transaction, asset):
        of = one.covered
        if (one.node, one.epoch) != (office.node, office.epoch):
            continue
        is_lost = (of.node, of.epoch) in lost
        still = stranded.still_there(transaction, asset, of.node, of.epoch) if is_lost else 0
        units = due(one.units, still)
        if units:
            found.append(Debt(cover_asset(of), card, units, (asset,), of))
    return found


def _taken(office: Store, transaction: Transaction, cards: Sequence[str]) -> list[Moving]:
    """The operations by which is taken what can be taken here, and by which a cover that nothing is left for is given up."""
    made: list[Moving] = []
    left: dict[str, int] = {}
    lost = stranded.lost_holders(transaction, office.node, office.epoch)
    for debt in _debts(office, transaction, cards, lost):
        parts, rest = [], debt.units
        for asset in debt.assets:
            here = left.setdefault(asset, units_here(transaction, asset, office.node, office.epoch))
            units = min(here, rest)
            if units:
                parts.append((asset, units))
                left[asset] -= units
                rest -= units
        if debt.covered is None:
            made += [_recovered(transaction, debt, parts)] if parts else []
            continue
        made += [cover_entries.repaid(debt.covered, units) for _asset, units in parts]
        if rest and not left[debt.covered.asset] and _is_gone(office, transaction, debt.covered.asset, lost):
            made.append(cover_entries.lost(debt.covered, rest))
    return made


def _is_gone(office: Store, transaction: Transaction, asset: str, lost: Collection[Holder]) -> bool:
    """Whether nothing of an asset lies anywhere but here and at holders that cannot be asked, or is on its way."""
    here = (office.node, office.epoch)
    return not any(
        one.units for one in moves.lying(transaction, asset) if (one.node, one.epoch) not in {here, *lost}
    )


def _recovered(transaction: Transaction, debt: Debt, parts: Parts) -> Moving:
    if claims.taken_from(debt.asset):
        return claims.used(transaction, debt.asset, dict(parts))
    currency = debt.assets[-1].split("/")[-2]
    taken = dict(parts)
    amount = Money(sum(taken.values()), currency)
    bonus, paid = (Money(taken.get(asset, 0), currency) for asset in debt.assets)
    changes = ((debt.asset, amount.cents), *parts)
    return OverdraftRecovered(
        card=debt.card,
        amount=amount,
        purse_changes=tuple(PurseChange(asset, -units, Cause.UNDO) for asset, units in changes),
        postings=postings.balanced(
            [
                Posting(ledger.STORED_VALUE_BONUS, bonus),
                Posting(ledger.STORED_VALUE_PAID, paid),
                Posting(ledger.OVERDRAFT, -amount),
            ]
        ),
    )


def _asks(transaction: Transaction, debt: Debt, reach: Reach, lost: Collection[Holder]) -> list[Asking]:
    """First for what is owed, and once that has come, for as much value."""
    given = _free(transaction, debt.asset, reach, lost)
    if given:
        return [Asking(node, debt.asset, 0) for node, _units in given]
    rest, asks = debt.units, list[Asking]()
    for asset in debt.assets:
        for node, units in _free(transaction, asset, reach, lost):
            taken = min(units, rest)
            rest -= taken
            if taken:
                held = cards_here.purse(transaction, asset, node, reach.nodes[node].epoch)
                asks.append(Asking(node, asset, held.units - taken))
    return asks


def _free(
    transaction: Transaction, asset: str, reach: Reach, lost: Collection[Holder]
) -> list[tuple[str, int]]:
    """(node, units that are not held) of those in reach, who has most first; who is given up sends all by itself."""
    found = [
        (one.node, one.units - one.held)
        for one in holders.purses_of(transaction, asset)
        if one.node in reach.nodes
        and reach.nodes[one.node].epoch == one.epoch
        and one.units > one.held
        and (one.node, one.epoch) not in lost
    ]
    return sorted(found, key=lambda one: -one[1])
