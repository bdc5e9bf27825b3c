"""Filling an empty till with the demo shop, through the services and operations that a real shop uses.

What is in the shop stands in `resources/demo`, how it is described in `demo_pieces.py`. Every command has a fixed id, so
that a load that was cut off is gone on with and one that is done records nothing. Cards get their value by real top-ups
in a shift of the day before.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from salon_desk.domain.access import Role
from salon_desk.domain.clock import Clock
from salon_desk.domain.shift import Denomination, ShiftState
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations.description import TillDescribed
from salon_desk.operations.operation import Operation
from salon_desk.services import cards, demo_pieces, gifts, parent, shifts
from salon_desk.services.demo_file import DemoShop, GiftRow, MemberRow
from salon_desk.services.describe import Description, described
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import BY_COMMAND
from salon_desk.storage.queries.gifts import Greeting
from salon_desk.storage.queries.shop import shop as shop_of

_BEGUN = "demo/shop"
_OPENED = "demo/opened"
_DONE = "demo/closed"


def is_wanted(till: Till) -> bool:
    """Whether the till has no shop yet, or a demo shop whose loading was cut off; one in a chain gets its shop from there."""
    if parent.link(till) is not None:
        return False
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
    return tuple(
        Denomination(demo_pieces.cents(shop, worth), pieces) for worth, pieces in shop.opening.drawer
    )


def _describe_shop(till: Till, shop: DemoShop) -> None:
    with till.read() as transaction:
        if _carried_out(till, transaction, _BEGUN):
            return
    hashes = demo_pieces.pin_hashes(shop.staff)

    def decide(transaction: Transaction) -> Sequence[Operation]:
        here = {"store": shop.store.id, "name": shop.till.name, "code": shop.till.code}
        things: list[Description] = [
            demo_pieces.place(shop.store),
            (TillDescribed, till.store.node, here),
            *demo_pieces.people(shop),
            *demo_pieces.menu(shop),
            *demo_pieces.money(shop),
            *demo_pieces.promotions(shop),
            *demo_pieces.series(shop),
            *demo_pieces.savings(shop),
        ]
        return [
            *(described(transaction, kind, id_, values) for kind, id_, values in things),
            *demo_pieces.pins(shop, hashes),
        ]

    till.record(_BEGUN, None, decide)


def _add_members(till: Till, shop: DemoShop) -> None:
    def decide(transaction: Transaction) -> Sequence[Operation]:
        currency = shop.store.currency
        return [
            one
            for row in shop.member
            for one in demo_pieces.member(transaction, till.new_id, row, currency=currency)
        ]

    till.record("demo/members", None, decide)


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
        for gift in shop.gift:
            _sell_gift(till, shop, cashier, gift)
        machine = shifts.status(till).card_expected
        shifts.close_card_batch(till, "demo/batch", cashier, machine=machine)
        shifts.count(till, "demo/counted", cashier, denominations=float_of(shop))
    shifts.close(till, _DONE, cashier)


def _top_up(till: Till, shop: DemoShop, cashier: Actor, row: MemberRow, number: int) -> None:
    """No cash is taken, so that the drawer stays shut while the demo is loaded."""
    ask = TopUpAsk(
        card=cards.by_code(till, row.card).card.card,
        offer=row.offer,
        pay=None if row.offer else demo_pieces.amount(shop, row.pay),
        seller=cashier.staff,
    )
    tender = PlannedTender(TenderKind.EXTERNAL_CARD, None, last_four=f"{(4000 + 37 * number) % 10000:04d}")
    if number % 3 == 2:
        tender = PlannedTender(TenderKind.CUSTOM, None, tender_id=shop.tender[0].id, reference=f"Z{number}")
    cards.top_up(till, f"demo/top-up/{row.card}", cashier, ask, tenders=(tender,))


def _sell_gift(till: Till, shop: DemoShop, cashier: Actor, row: GiftRow) -> None:
    ask = GiftAsk(
        demo_pieces.amount(shop, row.amount),
        row.code,
        Greeting(row.recipient, row.sender, row.greeting),
        seller=cashier.staff,
    )
    tender = PlannedTender(TenderKind.EXTERNAL_CARD, None, last_four="4242")
    gifts.sell(till, f"demo/gift/{row.code}", cashier, ask, tenders=(tender,))


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
