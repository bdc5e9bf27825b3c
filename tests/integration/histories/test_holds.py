"""Value held for a payment in progress: once, by an open ticket only, and never longer than the ticket is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from salon_desk.domain.errors import AmountMissing, InsufficientValue, NegativeAmount, TicketNotOpen
from salon_desk.domain.ticket import discard
from salon_desk.operations.ticket import TicketSaved
from salon_desk.services import cards, recovery, tickets
from salon_desk.services.errors import CardIsFrozen, TicketPaid, UnknownTicket
from salon_desk.services.till import Till
from salon_desk.storage.errors import CannotRecord
from tests.integration.histories.restarting import restart
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars


def hold(shop: Shop, ticket: str, amount: str) -> None:
    """Set some of the member's card aside."""
    cards.hold(shop.till, shop.command(), CASHIER, ticket, card_id=shop.card, amount=dollars(amount))


def held(shop: Shop) -> str:
    """What is set aside of the member's card."""
    return f"{cards.by_id(shop.till, shop.card).value.held.cents / 100:.2f}"


@pytest.fixture
def ticket(shop: Shop) -> str:
    """An open ticket of a member with $60 on the card."""
    shop.top_up("60.00")
    return shop.ticket(("gel", "lily"))


def test_asking_again_holds_once(shop: Shop, ticket: str) -> None:
    hold(shop, ticket, "50.00")
    hold(shop, ticket, "55.00")
    assert held(shop) == "55.00"
    hold(shop, ticket, "10.00")
    assert held(shop) == "10.00"
    with pytest.raises(InsufficientValue) as refused:
        hold(shop, ticket, "60.01")
    assert (refused.value.needed, refused.value.here) == (6001, 6000)
    assert held(shop) == "10.00"


@pytest.mark.parametrize(
    "end",
    [
        lambda shop, ticket: tickets.park(shop.till, shop.command(), CASHIER, ticket),
        lambda shop, ticket: tickets.discard(shop.till, shop.command(), MANAGER, ticket),
        lambda shop, ticket: cards.release(shop.till, shop.command(), CASHIER, ticket),
        lambda shop, ticket: shop.sell(ticket, cash()),
        lambda shop, ticket: shop.sell(ticket, shop.stored("1.00"), cash()),
    ],
    ids=["parked", "discarded", "released", "paid in cash", "paid with less"],
)
def test_whatever_becomes_of_the_ticket_frees_what_it_held(
    shop: Shop, ticket: str, end: Callable[[Shop, str], object]
) -> None:
    hold(shop, ticket, "50.00")
    end(shop, ticket)
    assert held(shop) == "0.00"


def test_only_an_open_ticket_holds(shop: Shop, ticket: str) -> None:
    parked, gone = shop.ticket(("gel", "lily")), shop.ticket()
    tickets.park(shop.till, shop.command(), CASHIER, parked)
    tickets.discard(shop.till, shop.command(), CASHIER, gone)
    shop.sell(ticket, cash())
    before = shop.till.store.head
    for name, refusal in (
        ("no such ticket", UnknownTicket),
        (parked, TicketNotOpen),
        (gone, TicketNotOpen),
        (ticket, TicketPaid),
    ):
        with pytest.raises(refusal):
            hold(shop, name, "1.00")
    assert shop.till.store.head == before


def test_nothing_and_less_than_nothing_is_not_held(shop: Shop, ticket: str) -> None:
    with pytest.raises(AmountMissing):
        hold(shop, ticket, "0.00")
    with pytest.raises(NegativeAmount):
        hold(shop, ticket, "-1.00")


def test_a_card_frozen_while_value_is_held_pays_nothing_and_loses_nothing(shop: Shop, ticket: str) -> None:
    hold(shop, ticket, "50.00")
    cards.freeze(shop.till, shop.command(), MANAGER, shop.card, reason="lost")
    with pytest.raises(CardIsFrozen):
        hold(shop, ticket, "50.00")
    with pytest.raises(CardIsFrozen):
        shop.sell(ticket, shop.stored())
    assert held(shop) == "50.00"
    shop.sell(ticket, cash())
    assert cards.by_id(shop.till, shop.card).value.usable == dollars("60.00")


def test_a_restart_keeps_what_an_open_ticket_holds(shop: Shop, ticket: str, tmp_path: Path) -> None:
    hold(shop, ticket, "50.00")
    restart(shop, tmp_path / "till")
    recovery.start(shop.till)
    assert held(shop) == "50.00"
    shop.sell(ticket, shop.stored())
    assert held(shop) == "0.00"


def test_a_restart_frees_what_tickets_that_are_gone_held(shop: Shop, ticket: str, tmp_path: Path) -> None:
    """As a till did that knew nothing of it: the ticket went and its hold stayed."""
    hold(shop, ticket, "50.00")
    draft = tickets.view(shop.till, ticket).ticket
    shop.till.record(
        shop.command(),
        MANAGER,
        lambda _t: TicketSaved(revision=9, ticket=discard(draft)),
    )
    assert held(shop) == "50.00"
    restart(shop, tmp_path / "till")
    recovery.start(shop.till)
    assert held(shop) == "0.00"
    head = shop.till.store.head
    recovery.start(shop.till)
    assert shop.till.store.head == head


def test_a_disk_that_takes_nothing_does_not_keep_the_till_from_starting(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_till: Till) -> int:
        raise CannotRecord(reason="disk-full")

    monkeypatch.setattr(cards, "release_gone", full)
    assert recovery.start(shop.till) is None
