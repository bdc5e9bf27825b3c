"""What is recorded of people to come weighs: bookings made and cancelled, tickets in chairs, how often a link was down."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from salon_desk.cli.head_office import reasons
from salon_desk.domain.clock import instant_text
from salon_desk.domain.ticket import Ticket, TicketState
from salon_desk.head_office import attendance, explaining, placement, planning, sweeping
from salon_desk.head_office.weighing import Signal, Weighed
from salon_desk.i18n import Catalogue
from salon_desk.operations.booking import BookingCancelled, BookingMade
from salon_desk.operations.envelope import Header
from salon_desk.operations.move import Why
from salon_desk.operations.operation import Operation
from salon_desk.operations.ticket import TicketSaved
from salon_desk.services import bookings
from salon_desk.services.booking_errors import UnknownBooking
from salon_desk.storage.apply import apply
from salon_desk.storage.engine import Database, open_sqlite
from salon_desk.storage.queries import bookings as stored
from salon_desk.storage.schema import create_tables
from tests.integration.moves.chain import CARD, PAID, Chain, Counter, issue, moved, record
from tests.integration.storage.tills import command


def book(chain: Chain, till: Counter, days: float, name: str = "b1", at_store: str = "S2") -> None:
    when = chain.clock.now() + timedelta(days=days)
    bookings.make(till.store, command(), name, member="may", at_store=at_store, starts_at=when)


def at_home(chain: Chain) -> None:
    """The card's $50.00 lie in its member's home store."""
    issue(chain.office, 5_000)
    placement.place(chain.office)
    chain.settle_down()


def hand_up(chain: Chain, till: Counter) -> None:
    """A till's operations reach head office with all that follows there."""
    chain.push(till)
    placement.rearrange(chain.office, placement.concerned(chain.office, chain.chain_of(till)))
    chain.settle_down()


def in_chair(chain: Chain, state: TicketState) -> Ticket:
    return Ticket("t1", 1, state, "may", (), (), instant_text(chain.clock.now()), "USD")


def best(chain: Chain) -> Weighed:
    with chain.office.database.read() as transaction:
        reach = planning.reach_of(transaction, chain.clock.now())
        return planning.ranking(transaction, chain.office, CARD, reach)[0]


def test_value_follows_a_booking_and_goes_home_when_it_is_cancelled(
    chain: Chain, home: Counter, away: Counter
) -> None:
    at_home(chain)
    book(chain, home, days=3)
    hand_up(chain, home)
    assert (home.has(), away.has()) == ((0, 0), (5_000, 0))
    assert {one.why for one in moved(chain.office)[0]} >= {Why.BOOKED}
    bookings.cancel(away.store, command(), "b1")
    hand_up(chain, away)
    assert (home.has(), away.has()) == ((5_000, 0), (0, 0))
    assert len(chain.digests()) == 1


def test_a_booking_is_cancelled_once_and_one_that_nobody_made_not_at_all(chain: Chain, home: Counter) -> None:
    book(chain, home, days=3)
    assert bookings.cancel(home.store, command(), "b1").operations
    assert not bookings.cancel(home.store, command(), "b1").operations
    with pytest.raises(UnknownBooking):
        bookings.cancel(home.store, command(), "b2")


def test_value_comes_to_where_somebody_sits_and_goes_when_the_ticket_does(
    chain: Chain, home: Counter, away: Counter
) -> None:
    at_home(chain)
    seated = in_chair(chain, TicketState.OPEN)
    record(away.store, TicketSaved(revision=1, ticket=seated))
    hand_up(chain, away)
    assert best(chain).why[0].signal is Signal.CHECKED_IN
    assert away.has() == (5_000, 0)
    gone = in_chair(chain, TicketState.DISCARDED)
    record(away.store, TicketSaved(revision=2, ticket=gone))
    hand_up(chain, away)
    assert home.has() == (5_000, 0)


def test_why_it_lies_there_is_told_by_the_figures_that_decide(
    chain: Chain, home: Counter, away: Counter
) -> None:
    at_home(chain)
    book(chain, home, days=3)
    hand_up(chain, home)
    with chain.office.database.read() as transaction:
        told = explaining.explain(transaction, chain.office, CARD)
    first, second = told.standings
    assert (first.store, first.has, first.should_have) == ("S2", 5_000, 5_000)
    assert [(one.signal, one.times) for one in first.why] == [(Signal.BOOKED, 1)]
    assert first.weight == round(best(chain).weight, 3)
    assert (second.store, second.has, second.in_reach) == ("S1", 0, True)
    said = reasons.lines(told, "USD", Catalogue("en"))
    assert said[:2] == ["S2, weight 84.1: has $50.00, should have $50.00", "  1 booking there: 84.09"]
    assert len(said) == 4
    chain.wait(3600)
    with chain.office.database.read() as transaction:
        told = explaining.explain(transaction, chain.office, CARD)
    assert not any(one.in_reach for one in told.standings)


def test_a_ticket_that_was_forgotten_says_nothing_the_next_day(chain: Chain, away: Counter) -> None:
    seated = in_chair(chain, TicketState.OPEN)
    record(away.store, TicketSaved(revision=1, ticket=seated))
    chain.push(away)
    assert best(chain).store == "S2"
    chain.wait(13 * 3600)
    for till in chain.tills:
        chain.seen(till)
    assert best(chain).store == "S1"


def test_the_round_brings_value_when_a_booking_that_was_far_off_is_near(
    chain: Chain, home: Counter, away: Counter
) -> None:
    at_home(chain)
    book(chain, home, days=90)
    hand_up(chain, home)
    assert home.has() == (5_000, 0)
    with chain.office.database.read() as transaction:
        assert sweeping.due(transaction, chain.clock.now()) == []
    chain.wait(89 * 86_400)
    for till in chain.tills:
        chain.seen(till)
    with chain.office.database.read() as transaction:
        due = sweeping.due(transaction, chain.clock.now())
    assert due == [CARD]
    sweeping.sweep(chain.office, due)  # type: ignore[arg-type]
    chain.settle_down()
    assert (away.has(), chain.total(PAID)) == ((5_000, 0), 5_000)


def test_a_link_that_is_often_down_weighs_more_and_a_goodbye_does_not_count(
    chain: Chain, home: Counter, away: Counter
) -> None:
    book(chain, home, days=12, name="b1", at_store="S1")
    book(chain, home, days=12, name="b2", at_store="S2")
    chain.push(home)
    for _half_day in range(20):
        attendance.goodbye(chain.office, [home.node])  # type: ignore[arg-type]
        chain.wait(86_400 / 2)
        now = instant_text(chain.clock.now())
        with chain.office.database.read() as transaction:
            assert planning.reach_of(transaction, chain.clock.now()).keepers == {}
        attendance.note(chain.office, [(one.node, now, None) for one in chain.tills])  # type: ignore[arg-type]
    with chain.office.database.read() as transaction:
        down = planning.reach_of(transaction, chain.clock.now()).down
    assert set(down) == {"S1", "S2"}
    assert down["S1"] == 0.0 < down["S2"]
    found = best(chain)
    assert (found.store, found.why[-1].signal) == ("S2", Signal.LINK)


def test_a_booking_is_the_same_whatever_arrives_first() -> None:
    def header(op_id: str) -> Header:
        return Header(op_id, "", 1, "n", "e", 1, 1, "", "", op_id, "", "")

    told: tuple[tuple[str, Operation], ...] = (
        ("1", BookingMade(booking="b", member="may", store="S1", starts_at="2026-01-01T00:00:00.000Z")),
        ("2", BookingMade(booking="b", member="may", store="S2", starts_at="2026-01-02T00:00:00.000Z")),
        ("3", BookingCancelled(booking="b", member="may")),
    )
    seen = set()
    for order in permutations(told):
        database = Database(open_sqlite(":memory:"))
        create_tables(database)
        with database.write() as transaction:
            for op_id, operation in order:
                apply(transaction, header(op_id), operation)
            seen.add(stored.booking(transaction, "b"))
        database.close()
    assert seen == {stored.Known("may", "S1", "2026-01-01T00:00:00.000Z", made=True, cancelled=True)}
