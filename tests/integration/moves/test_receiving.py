"""A move arrives once, whatever way it came, and nowhere but with the holder that it is addressed to."""

from __future__ import annotations

from itertools import permutations

import pytest
from msgspec import structs

from salon_desk.operations.move import Why
from salon_desk.operations.node import EpochClosed
from salon_desk.services import moves, outbox
from salon_desk.services.errors import SlipDamaged, SlipForAnother
from salon_desk.services.moves import Holder, sending
from salon_desk.services.taking_back import take_back
from salon_desk.storage.queries import cards
from salon_desk.storage.receiving import receive
from salon_desk.wire.messages import Part, Slip
from tests.integration.moves.chain import BONUS, CARD, PAID, Chain, Counter, issue, moved, own, record
from tests.integration.storage.tills import DAY, new_id


def slip_to(chain: Chain, till: Counter, *parts: tuple[str, int]) -> Slip:
    """Units leave head office for a till, and the slip that says so."""
    move = new_id()
    record(chain.office, sending(move, Holder(till.node, till.store.epoch), parts, Why.WANT))
    return Slip(
        move=move,
        from_node=chain.office.node,
        from_epoch=chain.office.epoch,
        to_node=till.node,
        to_epoch=till.store.epoch,
        parts=[Part(*one) for one in parts],
    )


@pytest.fixture
def slip(chain: Chain, away: Counter) -> Slip:
    """$30 and a bonus of $5 on their way to the till of the other store."""
    issue(chain.office, 5000, 1000)
    return slip_to(chain, away, (PAID, 3000), (BONUS, 500))


def balance(till: Counter) -> tuple[int, int]:
    """Balance and what lies elsewhere, as this till sees the card."""
    card = till.card()
    with till.till.read() as transaction:
        value = cards.value(transaction, card, till.node, till.store.epoch)
    assert value.balance == value.usable + value.held + value.elsewhere
    return value.balance.cents, value.elsewhere.cents


@pytest.mark.parametrize("ways", sorted(set(permutations(("slip", "slip", "feed", "feed")))))
def test_slip_and_feed_in_any_order_make_one_arrival(
    chain: Chain, away: Counter, slip: Slip, ways: tuple[str, ...]
) -> None:
    arrived = [
        int(moves.receive_slip(away.till, slip)) if way == "slip" else chain.feed(away) for way in ways
    ]
    assert sorted(arrived) == [0, 0, 0, 1]
    assert away.has() == (3000, 500)
    assert chain.total(PAID) == 5000
    chain.feed(away)
    assert balance(away) == (6000, 2500)


def test_units_under_way_are_elsewhere_and_part_of_the_balance(
    chain: Chain, home: Counter, away: Counter, slip: Slip
) -> None:
    chain.feed(home)
    assert balance(home) == (6000, 6000)
    moves.receive_slip(away.till, slip)
    chain.push(away)
    chain.feed(home)
    assert balance(home) == (6000, 6000)
    assert balance(away) == (3500, 0), "all that this till knows of"
    chain.feed(away)
    assert balance(away) == (6000, 2500)


def test_an_arrival_that_is_here_before_its_leaving_is_not_counted_twice(
    chain: Chain, away: Counter, slip: Slip
) -> None:
    away.cursor, rows = chain.page(away, away.cursor, most=1)
    assert len(rows) == 1
    receive(away.store, rows)
    assert balance(away) == (6000, 6000)
    moves.receive_slip(away.till, slip)
    assert away.has() == (3000, 500)
    assert balance(away) == (6000, 2500)


def test_a_slip_for_another_till_or_epoch_is_refused_and_recorded_nowhere(
    chain: Chain, home: Counter, away: Counter, slip: Slip
) -> None:
    for wrong in (
        slip,
        structs.replace(slip, to_node=home.node),
        structs.replace(slip, to_node=home.node, to_epoch="before"),
    ):
        with pytest.raises(SlipForAnother):
            moves.receive_slip(home.till, wrong)
    assert moved(home.store)[1] == []
    chain.feed(home)
    with pytest.raises(SlipForAnother):
        moves.receive_slip(home.till, structs.replace(slip, to_node=home.node, to_epoch=home.store.epoch))
    assert home.has() == (0, 0)
    assert moves.receive_waiting(home.till) == 0


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [Part(PAID, 0)],
        [Part(PAID, -5)],
        [Part(PAID, 5), Part(PAID, 5)],
        [Part("", 5)],
        [Part(PAID, 1 << 70)],
    ],
)
def test_a_slip_that_no_move_can_be_is_refused(away: Counter, slip: Slip, parts: list[Part]) -> None:
    with pytest.raises(SlipDamaged):
        moves.receive_slip(away.till, structs.replace(slip, parts=parts))
    assert moved(away.store)[1] == []


def test_what_the_feed_said_counts_and_not_what_a_slip_says_of_it(
    chain: Chain, away: Counter, slip: Slip
) -> None:
    away.cursor, rows = chain.page(away, away.cursor)
    receive(away.store, rows)
    assert moves.receive_slip(away.till, structs.replace(slip, parts=[Part(PAID, 999_999)]))
    assert away.has() == (3000, 500)


def test_many_moves_arrive_in_small_batches(chain: Chain, away: Counter) -> None:
    issue(chain.office, 5000)
    for _number in range(7):
        slip_to(chain, away, (PAID, 10))
    away.cursor, rows = chain.page(away, away.cursor)
    receive(away.store, rows)
    assert [moves.receive_waiting(away.till, most=3) for _time in range(4)] == [3, 3, 1, 0]
    assert own(away.store, PAID) == 70
    assert away.card().card == CARD


def test_what_arrived_with_others_by_the_feed_does_not_arrive_again_by_its_slip(
    chain: Chain, away: Counter
) -> None:
    issue(chain.office, 5000)
    slips = [slip_to(chain, away, (PAID, 10 * number)) for number in (1, 2, 3)]
    assert chain.feed(away) == 3
    assert [moves.receive_slip(away.till, one) for one in slips] == [False, False, False]
    assert away.has() == (60, 0)


def test_a_move_that_takes_instead_of_giving_is_not_received(chain: Chain, away: Counter) -> None:
    to = Holder(away.node, away.store.epoch)
    record(chain.office, sending("bad", to, [(PAID, -400)], Why.WANT))
    assert chain.feed(away) == 0
    bad = Slip(
        move="bad",
        from_node=chain.office.node,
        from_epoch=chain.office.epoch,
        to_node=to.node,
        to_epoch=to.epoch,
        parts=[Part(PAID, 400)],
    )
    with pytest.raises(SlipDamaged):
        moves.receive_slip(away.till, bad)
    assert away.has() == (0, 0)


def test_what_is_sent_to_a_till_that_is_closed_stays_with_its_sender_who_takes_it_back(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(home.store, 5000)
    chain.push(home)
    record(away.store, EpochClosed(closer=chain.office.node, closer_epoch=chain.office.epoch))
    record(home.store, sending("late", Holder(away.node, away.store.epoch), [(PAID, 3000)], Why.WANT))
    chain.push(home)
    head = away.store.head.seq
    assert [chain.feed(away), chain.feed(away)] == [0, 0]
    assert (away.has(), away.store.head.seq) == ((0, 0), head)
    assert outbox.standing(away.till).on_the_way == 0
    chain.push(away)
    chain.feed(home)
    assert len(take_back(home.store, DAY)) == 1
    assert home.has() == (5000, 0)
