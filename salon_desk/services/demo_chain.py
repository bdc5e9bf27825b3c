"""Filling an empty head office with the demo chain: stores, menu, people, members, and value on their cards.

What is in it stands in `resources/demo`, how it is described in `demo_pieces.py`. Every command has a fixed id, so that a
load that was cut off is gone on with and one that is done records nothing. No till has sold the value: it is carried over.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.operations.card import ValueCarriedOver
from salon_desk.operations.operation import Operation
from salon_desk.services import demo_pieces, payment
from salon_desk.services.carry_over import carried_over
from salon_desk.services.demo_file import DemoChain, DemoShop, MemberRow
from salon_desk.services.describe import Description, described
from salon_desk.services.errors import UnknownCard
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.search import card_of_code
from salon_desk.services.till import business_day_at
from salon_desk.storage import heads, journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import BY_COMMAND, Command, Decide
from salon_desk.storage.office import Office

_BEGUN, _MEMBERS, _DONE = "demo/chain", "demo/members", "demo/value"
_REASON = "demo"


def is_wanted(office: Office) -> bool:
    """Whether nothing was recorded yet but the beginning of the chain, or a load of the demo was cut off."""
    with office.database.read() as transaction:
        if _carried_out(office, transaction, _DONE):
            return False
        begun = _carried_out(office, transaction, _BEGUN)
        return begun or int(transaction.value(heads.LAST_POSITION)) <= 1


def load(office: Office, shop: DemoShop, chain: DemoChain) -> None:
    """Fill an empty head office, or go on where an earlier load was cut off. Head office's writing thread.

    Raises CannotRecord when the disk refuses; then it can be called again.
    """
    if not is_wanted(office):
        return
    hashes = demo_pieces.pin_hashes(shop.staff)

    def shops(transaction: Transaction) -> Sequence[Operation]:
        stores: list[Description] = [demo_pieces.place(store) for store in (shop.store, *chain.store)]
        things = [
            *stores,
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

    _record(office, shop, _BEGUN, shops)
    _record(office, shop, _MEMBERS, lambda transaction: _members(office, transaction, shop, chain))
    _record(office, shop, _DONE, lambda transaction: _value(office, transaction, shop))


def _members(
    office: Office, transaction: Transaction, shop: DemoShop, chain: DemoChain
) -> Sequence[Operation]:
    return [
        operation
        for number, row in enumerate(shop.member)
        for operation in demo_pieces.member(
            transaction,
            office.new_id,
            row,
            currency=shop.store.currency,
            home_store=chain.homes[number % len(chain.homes)],
        )
    ]


def _value(office: Office, transaction: Transaction, shop: DemoShop) -> Sequence[Operation]:
    """What the demo shop sells the day before lies here on the same cards since before the books began."""
    day = _business_day(office, shop)
    return [_carried(transaction, shop, row, day) for row in shop.member if row.offer or row.pay]


def _carried(transaction: Transaction, shop: DemoShop, row: MemberRow, day: str) -> ValueCarriedOver:
    card = card_of_code(transaction, row.card)
    if card is None:
        raise UnknownCard(row.card)
    pay = None if row.offer else demo_pieces.amount(shop, row.pay)
    ask = TopUpAsk(card.card, offer=row.offer, pay=pay)
    funding = payment.fund(
        transaction, ask, currency=shop.store.currency, business_day=day, language=row.language
    )
    return carried_over(funding, reason=_REASON)


def _record(office: Office, shop: DemoShop, command_id: str, decide: Decide) -> None:
    journal.record(office, Command(command_id, actor="", business_day=_business_day(office, shop)), decide)


def _business_day(office: Office, shop: DemoShop) -> str:
    return business_day_at(office.clock.now(), shop.store.time_zone, shop.store.day_cut_off)


def _carried_out(office: Office, transaction: Transaction, command_id: str) -> bool:
    return transaction.one(BY_COMMAND, node=office.node, command_id=command_id) is not None
