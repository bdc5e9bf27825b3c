"""Value bought with a payment in two steps: not to be spent before the payment is captured, gone when it fails."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from salon_desk.domain.claim import PENDING
from salon_desk.domain.errors import InsufficientValue
from salon_desk.operations.move import ValueSent
from salon_desk.services import captures, cards, moves, top_up_undo, voids
from salon_desk.services.captures import PaymentState
from salon_desk.services.errors import NotRefundable, UnknownPayment
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.till import Till
from salon_desk.storage.opening import open_store
from salon_desk.storage.store import Store
from tests.integration.moves.chain import moved
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, external
from tests.integration.storage.tills import new_id
from tests.integration.undoing.two_stores import Store2, TwoStores, value_of


@dataclass
class Terminal:
    """What a test says of payments."""

    states: dict[str, PaymentState] = field(default_factory=dict)

    def state(self, payment: str) -> PaymentState:
        return self.states.get(payment, PaymentState.PENDING)


def buy(shop: Shop, payment: str = "pay-1") -> str:
    """$100 + $20 with a payment that is not captured; the top-up's id."""
    ask = TopUpAsk(shop.card, offer="100")
    return cards.top_up(
        shop.till, shop.command(), CASHIER, ask, tenders=(external(),), payment_id=payment
    ).op_id


def test_value_is_spent_only_after_its_payment_was_captured(stores: TwoStores) -> None:
    shop, terminal = stores.first, Terminal()
    buy(shop)
    assert captures.ask(shop.till, None, terminal) == 0
    ticket = shop.ticket(("service-3000", "lily"))
    with pytest.raises(InsufficientValue):
        shop.sell(ticket, shop.stored())
    stores.check()
    terminal.states["pay-1"] = PaymentState.CAPTURED
    assert captures.ask(shop.till, None, terminal) == 1
    assert captures.ask(shop.till, None, terminal) == 0
    assert value_of(shop) == (10000, 2000)
    shop.sell(ticket, shop.stored())
    assert stores.lying(PENDING) == 0
    stores.check()


def test_a_payment_that_fails_takes_its_value_and_its_takings_away(stores: TwoStores) -> None:
    shop = stores.first
    before = account_sums(shop.till)
    top_up = buy(shop)
    captures.failed(shop.till, "f", None, "pay-1")
    assert account_sums(shop.till) == before
    assert value_of(shop) == (0, 0)
    for settle in (captures.captured, captures.failed):
        with pytest.raises(UnknownPayment):
            settle(shop.till, new_id(), None, "pay-1")
    with pytest.raises(NotRefundable):
        top_up_undo.undo(shop.till, shop.command(), MANAGER, top_up, reason="x")
    stores.check()


def test_what_waits_is_voided_and_not_given_back(stores: TwoStores) -> None:
    shop = stores.first
    before = account_sums(shop.till)
    top_up = buy(shop)
    with pytest.raises(NotRefundable):
        top_up_undo.undo(shop.till, shop.command(), MANAGER, top_up, reason="x")
    voids.void(shop.till, shop.command(), MANAGER, top_up, reason="x")
    assert account_sums(shop.till) == before
    assert captures.pending(shop.till) == ()
    stores.check()


def test_what_waits_is_known_after_a_restart_and_freed_by_nothing_else(stores: TwoStores) -> None:
    shop = stores.first
    assert shop.counter is not None
    top_up = buy(shop)
    folder = sorted(stores.chain.folder.glob("till*"))[0]
    shop.till.store.close()
    shop.till = shop.counter.till = Till(open_store(folder, shop.clock, new_id), shop.till.rules)
    (waiting,) = captures.pending(shop.till)
    assert (waiting.payment, waiting.op_id) == ("pay-1", top_up)
    cards.release_gone(shop.till)
    assert value_of(shop) == (0, 0)
    captures.captured(shop.till, "c", None, "pay-1")
    captures.captured(shop.till, "c", None, "pay-1")
    assert value_of(shop) == (10000, 2000)
    stores.check()


def sent_home(shop: Store2, office: Store) -> ValueSent:
    """What waits at a till goes to head office with all else, as before it is closed: the move."""
    moves.return_all(shop.till, office.node, office.epoch)
    sent = [
        one
        for one in moved(shop.till.store)[0]
        if any(part.asset.startswith(PENDING) for part in one.purse_changes)
    ]
    (move,) = sent
    return move


def test_what_waits_is_captured_once_by_whoever_holds_it(stores: TwoStores) -> None:
    buy(stores.first)
    stores.settle()
    with pytest.raises(UnknownPayment):
        captures.captured(stores.second.till, "c", None, "pay-1")
    sent_home(stores.first, stores.chain.office)
    stores.settle()
    with pytest.raises(UnknownPayment):
        captures.captured(stores.first.till, "c", None, "pay-1")
    assert value_of(stores.first) == (0, 0)
    stores.fetch(stores.second, captures.wanted(stores.second.till, "pay-1"))
    captures.captured(stores.second.till, "c", None, "pay-1")
    assert value_of(stores.second) == (10000, 2000)
    with pytest.raises(UnknownPayment):
        captures.captured(stores.second.till, "again", None, "pay-1")
    assert stores.lying(PENDING) == 0
    stores.check()


def test_what_waits_travels_whole_with_the_right_to_undo_it(stores: TwoStores) -> None:
    """In two moves a part would be captured, and the other part for ever too late."""
    before = account_sums(stores.first.till)
    top_up = buy(stores.first)
    move = sent_home(stores.first, stores.chain.office)
    assert sorted(one.units for one in move.purse_changes) == [-10000, -2000, -1]
    stores.settle()
    parts = captures.wanted(stores.second.till, "pay-1")
    stores.fetch(stores.second, parts)
    assert captures.wanted(stores.second.till, "pay-1") == ()
    captures.failed(stores.second.till, "f", None, "pay-1")
    assert account_sums(stores.second.till) == before
    assert stores.lying(PENDING) == 0
    with pytest.raises(NotRefundable):
        top_up_undo.undo(stores.second.till, stores.second.command(), MANAGER, top_up, reason="x")
    stores.check()


def test_a_part_of_what_waits_is_neither_captured_nor_taken_away(stores: TwoStores) -> None:
    buy(stores.first)
    sent_home(stores.first, stores.chain.office)
    stores.settle()
    first, *rest = captures.wanted(stores.second.till, "pay-1")
    stores.fetch(stores.second, [first])
    assert captures.pending(stores.second.till) == ()
    for settle in (captures.captured, captures.failed):
        with pytest.raises(UnknownPayment):
            settle(stores.second.till, new_id(), None, "pay-1")
    assert captures.wanted(stores.second.till, "pay-1") == tuple(rest)
    stores.fetch(stores.second, rest)
    captures.captured(stores.second.till, new_id(), None, "pay-1")
    assert value_of(stores.second) == (10000, 2000)
    stores.check()
