"""Bonus that was given for days that are over is taken off (RULES 2), and given back where that was wrong.

The one rule (PROTOCOL 11): no local clock decides it. A till with a parent goes by the parent's time; at one that has none a manager
says so. Only what was given with an end that stands on its receipt lapses, paid value never.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain import ledger
from salon_desk.domain.access import Permission
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.lapse import lapse_of, lapsed_right, lapsing
from salon_desk.domain.ledger import Posting
from salon_desk.domain.limits import MAX_REFERENCE, check_text
from salon_desk.domain.money import Money
from salon_desk.operations.lapse import BonusLapsed, BonusRestored
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.services import postings
from salon_desk.services.errors import CardIsFrozen, ReasonMissing, UnknownCard
from salon_desk.services.payout_errors import NothingLapsed
from salon_desk.services.till import Actor, Till, business_day_at
from salon_desk.storage import parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, lapses
from salon_desk.storage.queries.cards import Card
from salon_desk.storage.queries.shop import shop as shop_of

AT_ONCE = 50
"""Cards that are looked at in one go."""


@dataclass(frozen=True, slots=True)
class Lapsing:
    """What a manager may do: take `due` off, because its days are over, or give back what was taken off here."""

    due: Money
    restorable: Money


@dataclass(frozen=True, slots=True)
class Round:
    """How many cards lost bonus, and the one behind which to go on; empty at the end."""

    made: int
    after: str


def of_card(till: Till, card_id: str) -> Lapsing:
    """What has lapsed on a card and can be taken off by hand, and what can be given back. Database worker, reads only."""
    with till.read() as transaction:
        card = _card(transaction, card_id)
        day = till.business_day(transaction)
        due = 0 if _has_parent(transaction) or card.frozen else _due(till, transaction, card, day)
        here = lapses.restorable(transaction, card_id, till.store.node, till.store.epoch)
        return Lapsing(Money(due, card.currency), Money(sum(units for _right, units in here), card.currency))


def lapse(till: Till, command_id: str, actor: Actor, card_id: str) -> Money:
    """Take off what has lapsed, by a manager's word: a durable `bonus.lapsed`. Where there is a parent its time decides, not this.

    Raises PermissionNeeded, UnknownCard, CardIsFrozen, NothingLapsed.
    """
    actor.require(Permission.GIVE)

    def decide(transaction: Transaction) -> BonusLapsed:
        card = _card(transaction, card_id)
        if card.frozen:
            raise CardIsFrozen(card.tail, card.frozen_reason)
        day = till.business_day(transaction)
        units = 0 if _has_parent(transaction) else _due(till, transaction, card, day)
        if not units:
            raise NothingLapsed(card.tail)
        return _lapsed(till, transaction, card, units, day)

    done = till.record(command_id, actor, decide).operations[0]
    assert isinstance(done, BonusLapsed)
    return done.amount


def lapse_due(till: Till, instant: str, after: str = "") -> Round:
    """Take off what has lapsed by the parent's `instant` (UTC), of the next cards behind `after`. Database worker.

    What others may have spent meanwhile is on the safe side: a card whose bonus is spread keeps more rather than less.
    """
    with till.read() as transaction:
        shop = shop_of(transaction, till.store.node)
        if shop is None:  # it has heard of nothing yet
            return Round(0, "")
        day = business_day_at(parse_instant(instant), shop.time_zone, shop.day_cut_off)
        over = lapses.cards_over(transaction, after, day, AT_ONCE)
        due = [card for one in over if (card := _with_due(till, transaction, one, day))]
    for card in due:
        till.record(till.new_id(), None, lambda t, card=card: _all_due(till, t, card, day))  # type: ignore[misc]
    return Round(len(due), over[-1] if len(over) == AT_ONCE else "")


def restore(till: Till, command_id: str, actor: Actor, card_id: str, *, reason: str) -> Money:
    """Give back what was taken off a card here, without an end: a `bonus.restored` for each lapse.

    Raises PermissionNeeded, ReasonMissing, TextTooLong, UnknownCard, NothingLapsed.
    """
    actor.require(Permission.GIVE)
    if not reason.strip():
        raise ReasonMissing("restore")
    check_text("reason", reason, MAX_REFERENCE)

    def decide(transaction: Transaction) -> list[BonusRestored]:
        card = _card(transaction, card_id)
        here = lapses.restorable(transaction, card_id, till.store.node, till.store.epoch)
        if not here:
            raise NothingLapsed(card.tail)
        store = till.shop(transaction).store
        return [_restored(card, right, units, store, reason.strip()) for right, units in here]

    done = till.record(command_id, actor, decide).operations
    return Money(
        sum(one.amount.cents for one in done if isinstance(one, BonusRestored)),
        next(one.amount.currency for one in done if isinstance(one, BonusRestored)),
    )


def _card(transaction: Transaction, card_id: str) -> Card:
    found = cards.card(transaction, card_id)
    if found is None or found.is_gift:
        raise UnknownCard(card_id)
    return found


def _has_parent(transaction: Transaction) -> bool:
    return parent.read(transaction) is not None


def _due(till: Till, transaction: Transaction, card: Card, day: str) -> int:
    asset = card.assets.bonus
    here = cards.units_here(transaction, asset, till.store.node, till.store.epoch)
    return lapsing(here, lapses.lots(transaction, asset), day) if here else 0


def _with_due(till: Till, transaction: Transaction, card_id: str, day: str) -> Card | None:
    card = cards.card(transaction, card_id)
    if card is None or card.frozen:
        return None
    return card if _due(till, transaction, card, day) else None


def _all_due(till: Till, transaction: Transaction, card: Card, day: str) -> list[BonusLapsed]:
    units = _due(till, transaction, card, day)
    return [_lapsed(till, transaction, card, units, day)] if units else []


def _lapsed(till: Till, transaction: Transaction, card: Card, units: int, day: str) -> BonusLapsed:
    amount, name, asset = Money(units, card.currency), till.new_id(), card.assets.bonus
    over = [one.until for one in lapses.lots(transaction, asset) if one.is_over(day)]
    return BonusLapsed(
        lapse=name,
        card=card.card,
        store=till.shop(transaction).store,
        amount=amount,
        day=day,
        until=max(over),
        purse_changes=(
            PurseChange(asset, -units, Cause.UNDO),
            PurseChange(lapsed_right(card.card, name), units, Cause.ISSUE),
        ),
        postings=_books(amount),
    )


def _restored(card: Card, right: str, units: int, store: str, reason: str) -> BonusRestored:
    amount = Money(units, card.currency)
    return BonusRestored(
        lapse=lapse_of(right),
        card=card.card,
        store=store,
        amount=amount,
        reason=reason,
        purse_changes=(
            PurseChange(right, -units, Cause.REDEEM),
            PurseChange(card.assets.bonus, units, Cause.ISSUE),
        ),
        postings=_books(-amount),
    )


def _books(amount: Money) -> tuple[Posting, ...]:
    """Bonus that is owed and was given no more; below zero the other way round."""
    return postings.balanced(
        [Posting(ledger.STORED_VALUE_BONUS, amount), Posting(ledger.PROMOTIONS_BONUS, -amount)]
    )
