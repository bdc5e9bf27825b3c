"""Filling an empty till with the demo shop, through the services and operations that a real shop uses.

What is in the shop stands in `resources/demo`. Every command has a fixed id, so that a load that was cut off is gone on
with and one that is done records nothing. Cards get their value by real top-ups in a shift of the day before.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from salon_desk.domain.access import Role
from salon_desk.domain.clock import Clock
from salon_desk.domain.member import Member, check_member, normalise_phone
from salon_desk.domain.money import Money, parse_money
from salon_desk.domain.shift import Denomination, ShiftState
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations import description
from salon_desk.operations.card import CardIssued
from salon_desk.operations.description import AllergyNoted, FieldValue, PinSet
from salon_desk.operations.operation import Operation
from salon_desk.services import cards, shifts
from salon_desk.services.demo_file import DemoShop, MemberRow
from salon_desk.services.describe import Description, described
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.sign_in import hash_pin
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import BY_COMMAND
from salon_desk.storage.queries.shop import shop as shop_of

_BEGUN = "demo/shop"
_OPENED = "demo/opened"
_DONE = "demo/closed"

_Values = dict[str, FieldValue]


def is_wanted(till: Till) -> bool:
    """Whether the till has no shop yet, or a demo shop whose loading was cut off."""
    with till.read() as transaction:
        if shop_of(transaction, till.store.node) is None:
            return True
        return _carried_out(till, transaction, _BEGUN) and not _carried_out(till, transaction, _DONE)


def load(till: Till, shop: DemoShop) -> None:
    """Fill an empty till, or go on where an earlier load was cut off. Runs on the database worker.

    Raises CannotRecord when the disk refuses; then it can be called again.
    """
    _describe_shop(till, shop)
    _add_members(till, shop)
    with _the_day_before(till):
        _sell_value(till, shop)


def float_of(shop: DemoShop) -> tuple[Denomination, ...]:
    """The opening float of the demo's drawer."""
    return tuple(Denomination(_cents(shop, worth), pieces) for worth, pieces in shop.opening.drawer)


def _describe_shop(till: Till, shop: DemoShop) -> None:
    with till.read() as transaction:
        if _carried_out(till, transaction, _BEGUN):
            return
    hashes = {pin: hash_pin(pin) for pin in sorted({person.pin for person in shop.staff})}

    def decide(transaction: Transaction) -> Sequence[Operation]:
        things = [*_place(till, shop), *_people(shop), *_menu(shop), *_money(shop)]
        return [
            *(described(transaction, kind, id_, values) for kind, id_, values in things),
            *(PinSet(staff=person.id, pin_hash=hashes[person.pin]) for person in shop.staff),
        ]

    till.record(_BEGUN, None, decide)


def _place(till: Till, shop: DemoShop) -> Iterator[Description]:
    store = shop.store
    values: _Values = {
        **store.described(),
        **store.footer.described("receipt_footer"),
        **store.return_policy.described("return_policy"),
        "address": store.address,
        "phone": store.phone,
        "jurisdiction": store.jurisdiction,
        "time_zone": store.time_zone,
        "day_cut_off": store.day_cut_off,
        "currency": store.currency,
        "receipt_language": store.receipt_language,
        "unproven_limit_cents": _cents(shop, store.unproven_limit),
    }
    yield description.StoreDescribed, store.id, values
    here: _Values = {"store": store.id, "name": shop.till.name, "code": shop.till.code}
    yield description.TillDescribed, till.store.node, here


def _people(shop: DemoShop) -> Iterator[Description]:
    for place, person in enumerate(shop.staff, start=1):
        values: _Values = {
            "name": person.name,
            "latin_name": person.latin,
            "role": person.role.value,
            "sells_services": person.serves,
            "roster_order": place,
        }
        yield description.StaffDescribed, person.id, values


def _menu(shop: DemoShop) -> Iterator[Description]:
    for place, category in enumerate(shop.category, start=1):
        values: _Values = {**category.described(), "hue": category.hue, "position": place}
        yield description.CategoryDescribed, category.id, values
        for position, item in enumerate(category.items, start=1):
            values = {
                **item.described(),
                "kind": category.kind.value,
                "category": category.id,
                "price_cents": _cents(shop, item.price) if item.price else None,
                "currency": shop.store.currency,
                "minutes": item.minutes,
                "tax_class": category.tax,
                "code": item.code,
                "position": position,
            }
            yield description.ItemDescribed, item.id, values


def _money(shop: DemoShop) -> Iterator[Description]:
    currency = shop.store.currency
    for place, offer in enumerate(shop.offer, start=1):
        values: _Values = {
            **offer.described(),
            **(offer.terms.described("terms") if offer.terms else {}),
            "pay_cents": _cents(shop, offer.pay),
            "bonus_cents": _cents(shop, offer.bonus),
            "currency": currency,
            "bonus_expires_days": offer.bonus_expires_days,
            "position": place,
        }
        yield description.OfferDescribed, offer.id, values
    for place, discount in enumerate(shop.discount, start=1):
        values = {
            **discount.described(),
            "amount_cents": _cents(shop, discount.amount) if discount.amount else None,
            "percent": discount.percent,
            "currency": currency,
            "bearer": discount.bearer.value,
            "scope": discount.scope.value,
            "position": place,
        }
        yield description.DiscountDescribed, discount.id, values
    for place, tender in enumerate(shop.tender, start=1):
        values = {
            **tender.described(),
            "needs_reference": tender.needs_reference,
            "opens_drawer": tender.opens_drawer,
            "position": place,
        }
        yield description.TenderDescribed, tender.id, values


def _add_members(till: Till, shop: DemoShop) -> None:
    def decide(transaction: Transaction) -> Sequence[Operation]:
        return [one for row in shop.member for one in _member(till, transaction, shop, row)]

    till.record("demo/members", None, decide)


def _member(till: Till, transaction: Transaction, shop: DemoShop, row: MemberRow) -> Iterator[Operation]:
    member = Member(
        member_id=till.new_id(),
        name=row.name,
        latin_name=row.latin,
        phone=normalise_phone(row.phone) if row.phone else "",
        language=row.language,
        note=row.note,
        tier=row.tier,
        birthday=row.birthday,
        allergies=row.allergies,
    )
    check_member(member)
    fields = ("name", "latin_name", "phone", "language", "note", "tier", "birthday")
    values = {name: getattr(member, name) for name in fields}
    yield described(transaction, description.MemberDescribed, member.member_id, values)
    for substance in row.allergies:
        yield AllergyNoted(allergy_id=till.new_id(), member=member.member_id, substance=substance)
    if row.card:
        yield CardIssued(
            card=till.new_id(), code=row.card, currency=shop.store.currency, member=member.member_id
        )


def _sell_value(till: Till, shop: DemoShop) -> None:
    """One shift with the top-ups and its Z; whatever of it was done before is not done again."""
    cashier = Actor(shop.opening.cashier, Role.CASHIER)
    with till.read() as transaction:
        if till.shift(transaction) is not None and not _carried_out(till, transaction, _OPENED):
            return  # a load that was cut off, and somebody opened a shift by hand: the cards stay empty
    opened = shifts.open_shift(till, _OPENED, cashier, denominations=float_of(shop))
    current = shifts.status(till).shift
    if current is None or current.shift != opened.shift:
        return  # or closed the demo's: what was not sold by then stays unsold
    if current.state is ShiftState.OPEN:
        for number, row in enumerate(shop.member):
            if row.offer or row.pay:
                _top_up(till, shop, cashier, row, number)
        machine = shifts.status(till).card_expected
        shifts.close_card_batch(till, "demo/batch", cashier, machine=machine)
        shifts.count(till, "demo/counted", cashier, denominations=float_of(shop))
    shifts.close(till, _DONE, cashier)


def _top_up(till: Till, shop: DemoShop, cashier: Actor, row: MemberRow, number: int) -> None:
    """No cash is taken, so that the drawer stays shut while the demo is loaded."""
    ask = TopUpAsk(
        card=cards.by_code(till, row.card).card.card,
        offer=row.offer,
        pay=None if row.offer else _amount(shop, row.pay),
        seller=cashier.staff,
    )
    tender = PlannedTender(TenderKind.EXTERNAL_CARD, None, last_four=f"{(4000 + 37 * number) % 10000:04d}")
    if number % 3 == 2:
        tender = PlannedTender(TenderKind.CUSTOM, None, tender_id=shop.tender[0].id, reference=f"Z{number}")
    cards.top_up(till, f"demo/top-up/{row.card}", cashier, ask, tenders=(tender,))


@contextlib.contextmanager
def _the_day_before(till: Till) -> Iterator[None]:
    """The till's clock a day back, so that the value was sold yesterday and today's reports are today's."""
    now = till.store.clock
    till.store.clock = _DayBefore(now)
    try:
        yield
    finally:
        till.store.clock = now


class _DayBefore:
    """A clock that is a day late."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        """The same time, yesterday."""
        return self._clock.now() - timedelta(days=1)


def _carried_out(till: Till, transaction: Transaction, command_id: str) -> bool:
    return transaction.one(BY_COMMAND, node=till.store.node, command_id=command_id) is not None


def _amount(shop: DemoShop, text: str) -> Money:
    return parse_money(text, shop.store.currency)


def _cents(shop: DemoShop, text: str) -> int:
    return _amount(shop, text).cents
