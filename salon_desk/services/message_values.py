"""What stands for a template's placeholders at the moment of sending: the member's balance, visits left, coupons, the shop.

What was decided when the message was intended goes before (`MessageIntended.values`). The one rule: nothing is kept from before: a
message that waited says what is true when it goes out, and one for which a value is missing has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.consent import Channel
from salon_desk.domain.habit import history, usual_ticket
from salon_desk.domain.member import Member
from salon_desk.domain.message import Trigger
from salon_desk.domain.message_template import Placeholder
from salon_desk.domain.money import Money
from salon_desk.domain.points import points_asset
from salon_desk.domain.trigger import visits_left
from salon_desk.i18n import Catalogue
from salon_desk.services.trigger_rounds import bonus_left
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import bookings, cards, habits, members, triggered
from salon_desk.storage.queries.habits import Whose
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.messages import Message
from salon_desk.storage.queries.moves import everywhere
from salon_desk.storage.queries.stores import StorePlace, contact_of

MOST_COUPONS = 3
"""So many coupons are named; a message is no list."""


@dataclass
class Writing:
    """One message being written: to whom, about what, for which shop, by which channel, and when."""

    transaction: Transaction
    message: Message
    member: Member
    place: StorePlace
    channel: Channel
    now: datetime
    language: str = ""

    def __post_init__(self) -> None:
        self.language = self.language or self.member.language

    @property
    def say(self) -> Catalogue:
        """The words of its language."""
        return Catalogue.load(self.language)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every id of the person."""
        return group(self.transaction, self.member.member_id)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The shop's clock."""
        return ZoneInfo(self.place.time_zone)

    @cached_property
    def today(self) -> str:
        """The day at the shop."""
        return self.now.astimezone(self.zone).date().isoformat()

    @cached_property
    def balance(self) -> Money:
        """What lies on the person's cards in the shop's money, wherever it lies."""
        cents = sum(
            habits.balances(self.transaction, Whose(member=one))[one, self.place.currency] for one in self.ids
        )
        return Money(cents, self.place.currency)


def values(writing: Writing, names: Iterable[str]) -> Mapping[str, str]:
    """The value of each placeholder now, as text in the language of the message; empty where there is none."""
    fixed = dict(writing.message.values)
    return {name: fixed[name] if name in fixed else _value(writing, name) for name in names}


def _value(writing: Writing, name: str) -> str:
    source = SOURCES.get(name)
    return source(writing) if source is not None else ""


def _name(writing: Writing) -> str:
    return writing.member.called(writing.language)


def _store(writing: Writing) -> str:
    return writing.place.names.in_language(writing.language)


def _balance(writing: Writing) -> str:
    return writing.say.money(writing.balance)


def _bonus(writing: Writing) -> str:
    """What is lost on the day that a message is about, else all bonus; empty for none."""
    found = [one for one in cards.cards_of(writing.transaction, writing.member.member_id) if not one.is_gift]
    own = [one for one in found if one.currency == writing.place.currency and not one.frozen]
    if writing.message.trigger is Trigger.LAPSING:
        day = writing.message.subject
        cents = sum(bonus_left(writing.transaction, one.card, one.currency, day) for one in own)
    else:
        cents = sum(everywhere(writing.transaction, one.assets.bonus) for one in own)
    return writing.say.money(Money(cents, writing.place.currency)) if cents > 0 else ""


def _amount(writing: Writing) -> str:
    """What the sale came to that a message is about."""
    found = triggered.sale_total(writing.transaction, writing.message.subject)
    return "" if found is None else writing.say.money(found)


def _visits_left(writing: Writing) -> str:
    """How many usual visits the balance pays in full; nothing is said of none."""
    documents = [
        row
        for one in writing.ids
        for row in habits.documents(writing.transaction, Whose(member=one)).get(one, ())
    ]
    usual = usual_ticket(history(documents, writing.place.currency).visits)
    left = visits_left(writing.balance.cents, usual)
    return writing.say.number(left) if left else ""


def _service(writing: Writing) -> str:
    """One that fits; of an appointment nobody has written down what for."""
    if writing.message.trigger is Trigger.BEFORE_APPOINTMENT:
        return ""
    found = triggered.fitting_service(writing.transaction, writing.ids, writing.balance)
    return "" if found is None else found.in_language(writing.language)


def _points(writing: Writing) -> str:
    units = sum(everywhere(writing.transaction, points_asset(one)) for one in writing.ids)
    return writing.say.number(units) if units > 0 else ""


def _coupons(writing: Writing) -> str:
    """Coupons that were not used yet, those that are lost on the day first that a message is about."""
    day = writing.message.subject if writing.message.trigger is Trigger.LAPSING else ""
    found = [
        triggered.promotion_called(writing.transaction, row.promotion).in_language(writing.language)
        for row in _coupon_rows(writing)
        if not day or row.to_day == day
    ]
    named = list(dict.fromkeys(filter(None, found)))[:MOST_COUPONS]
    return writing.say.text(", ").join(named)


def _lapses_on(writing: Writing) -> str:
    """The day after which something is lost: that which a message is about, else the first one of bonus and coupons."""
    if writing.message.trigger is Trigger.LAPSING:
        is_left = _bonus(writing) or _coupons(writing)
        return _day(writing, writing.message.subject) if is_left else ""
    days = [row.to_day for row in _coupon_rows(writing) if row.to_day]
    for one in writing.ids:
        ending = habits.bonus_ending(writing.transaction, Whose(member=one), writing.today)
        days += [row.until for row in ending.get(one, ())]
    return _day(writing, min(days, default=""))


def _appointment(writing: Writing) -> str:
    """When the person is expected: at the booking that the message is about, else at the next one."""
    if writing.message.trigger is Trigger.BEFORE_APPOINTMENT:
        found = bookings.booking(writing.transaction, writing.message.subject)
        starts = found.starts_at if found and found.made and not found.cancelled else ""
    else:
        since = instant_text(writing.now)
        expected = [
            row.starts_at
            for one in writing.ids
            for row in bookings.bookings_of(writing.transaction, one, since)
        ]
        starts = min(expected, default="")
    if not starts or parse_instant(starts) <= writing.now:
        return ""
    return writing.say.moment(parse_instant(starts).astimezone(writing.zone))


def _last_visit(writing: Writing) -> str:
    return _day(writing, members.last_visit(writing.transaction, writing.member.member_id))


def _address(writing: Writing) -> str:
    return contact_of(writing.transaction, writing.place.store).address


def _phone(writing: Writing) -> str:
    return contact_of(writing.transaction, writing.place.store).phone


def _day(writing: Writing, day: str) -> str:
    return writing.say.day(date.fromisoformat(day)) if day else ""


def _coupon_rows(writing: Writing) -> list[Any]:
    found = [
        row
        for one in writing.ids
        for row in habits.coupons_left(writing.transaction, Whose(member=one), writing.today).get(one, ())
    ]
    return sorted(found, key=lambda row: row.to_day or "9999")


SOURCES: Mapping[str, Callable[[Writing], str]] = {
    Placeholder.NAME: _name,
    Placeholder.STORE: _store,
    Placeholder.ADDRESS: _address,
    Placeholder.PHONE: _phone,
    Placeholder.BALANCE: _balance,
    Placeholder.BONUS: _bonus,
    Placeholder.AMOUNT: _amount,
    Placeholder.VISITS_LEFT: _visits_left,
    Placeholder.SERVICE: _service,
    Placeholder.APPOINTMENT: _appointment,
    Placeholder.COUPONS: _coupons,
    Placeholder.LAPSES_ON: _lapses_on,
    Placeholder.POINTS: _points,
    Placeholder.LAST_VISIT: _last_visit,
}
"""By placeholder, what stands for it; empty where there is nothing to say. The way out is the writer's."""
