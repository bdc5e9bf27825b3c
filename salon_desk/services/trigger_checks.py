"""Whether what a trigger said is still true when its message goes out, or its task is taken up: nobody is missed who has come.

Asked at the moment of sending, beside the gate. The one rule: what is not true any more is not said, whoever intended it.
"""

from __future__ import annotations

from datetime import datetime

from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.habit import history, usual_ticket
from salon_desk.domain.message import Trigger
from salon_desk.domain.trigger import is_low
from salon_desk.services import trigger_rounds, triggers
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import bookings, habits, triggered
from salon_desk.storage.queries.habits import Whose
from salon_desk.storage.queries.merges import group


def still_true(
    transaction: Transaction, trigger: Trigger, member: str, subject: str, *, store: str, now: datetime
) -> bool:
    """Whether a trigger would still say this of a person, as far as that can be told; always of what has no condition.

    `subject` as the message names it, `store`: for which shop it speaks. Some look-ups of one person.
    """
    ids = group(transaction, member)
    match trigger:
        case Trigger.AFTER_SALE:
            return not triggered.was_voided(transaction, subject)
        case Trigger.BALANCE_LOW:
            return _is_low(transaction, ids, store, now)
        case Trigger.BEFORE_APPOINTMENT:
            found = bookings.booking(transaction, subject)
            if found is None or not found.made or found.cancelled:
                return False
            return parse_instant(found.starts_at) > now
        case Trigger.LAPSING:
            return _lapses(transaction, ids, subject)
        case Trigger.ABSENT | Trigger.LESS_OFTEN | Trigger.CYCLE_DUE:
            return _is_last(transaction, ids, subject) and not _is_expected(transaction, ids, now)
        case Trigger.SMALLER_TICKETS:
            return _is_last(transaction, ids, subject)
        case _:
            return True


def _is_low(transaction: Transaction, ids: tuple[str, ...], store: str, now: datetime) -> bool:
    places = trigger_rounds.places(transaction, now)
    place = places.get(store) or next(iter(places.values()))
    settings = triggered.settings(transaction, trigger_rounds.iso(place.today))[Trigger.BALANCE_LOW]
    usual = usual_ticket(history(triggers.documents(transaction, ids), place.currency).visits)
    return usual is None or is_low(
        triggers.balance(transaction, ids, place.currency), usual, settings.threshold
    )


def _lapses(transaction: Transaction, ids: tuple[str, ...], day: str) -> bool:
    for one in ids:
        whose = Whose(member=one)
        coupons = habits.coupons_left(transaction, whose, day).get(one, ())
        if any(row.to_day == day for row in coupons):
            return True
        for row in habits.bonus_ending(transaction, whose, day).get(one, ()):
            if row.until == day and trigger_rounds.bonus_left(transaction, row.card, row.currency, day) > 0:
                return True
    return False


def _is_last(transaction: Transaction, ids: tuple[str, ...], sale: str) -> bool:
    """Whether nobody has come since; of whom no visit is known it cannot be told."""
    visits = history(triggers.documents(transaction, ids), "").visits
    return not visits or visits[-1].sale == sale


def _is_expected(transaction: Transaction, ids: tuple[str, ...], now: datetime) -> bool:
    since = instant_text(now)
    return any(habits.expected(transaction, Whose(member=one), since) for one in ids)
