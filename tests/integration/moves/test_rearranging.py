"""Value is placed all the time: by bookings and habit, only between those in reach, and what is owed is recovered first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from salon_desk.domain.overdraft import overdraft_asset
from salon_desk.head_office import attendance, consequences, placement, planning
from salon_desk.head_office.planning import day_of
from salon_desk.head_office.weighing import At, Signal
from salon_desk.operations.move import Why
from salon_desk.operations.sale import SaleCompleted
from salon_desk.services import overdraft
from salon_desk.storage import children, link_gaps
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards
from salon_desk.storage.receiving import receive
from tests.integration.moves.chain import BONUS, CARD, PAID, Chain, Counter, issue, moved, own, record, usd

OWED = overdraft_asset(CARD, "USD")


class Booked:
    """Bookings that nobody recorded."""

    def __init__(self, *bookings: At) -> None:
        self.bookings = bookings

    def of(self, _transaction: Transaction, _card: str, _member: str) -> Sequence[At]:
        return self.bookings

    def at(self, _transaction: Transaction, store: str) -> Collection[str]:
        return {CARD for one in self.bookings if one.store == store}


def in_days(chain: Chain, store: str, days: float) -> Booked:
    return Booked(At(store, day_of(chain.clock.now()) + days))


def settle(chain: Chain, bookings: planning.Bookings | None) -> None:
    chain.bookings = bookings
    placement.rearrange(chain.office, [CARD], bookings)
    chain.settle_down()


def out_of_reach(chain: Chain, till: Counter) -> None:
    with chain.office.local() as transaction:
        children.note_seen(transaction, till.node, "2000-01-01T00:00:00.000Z", None)


def test_a_booking_brings_value_to_its_store_while_links_are_up(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(chain.office, 5_000, 1_000)
    placement.place(chain.office)
    chain.settle_down()
    assert home.has() == (5_000, 1_000)
    settle(chain, in_days(chain, "S2", 3))
    assert (home.has(), away.has()) == ((0, 0), (5_000, 1_000))
    assert (chain.total(PAID), chain.total(BONUS)) == (5_000, 1_000)


def test_the_move_says_why_it_was_made(chain: Chain, home: Counter, away: Counter) -> None:
    issue(chain.office, 5_000)
    placement.place(chain.office, bookings=in_days(chain, "S2", 3))
    assert [one.why for one in moved(chain.office)[0]] == [Why.BOOKED]
    with chain.office.database.read() as transaction:
        told = placement.explain(transaction, PAID, chain.office, in_days(chain, "S2", 3))
    assert [(one.store, one.why[0].signal) for one in told.ranked] == [
        ("S2", Signal.BOOKED),
        ("S1", Signal.HOME),
    ]


def test_nothing_is_asked_of_and_nothing_sent_to_a_store_out_of_reach(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(chain.office, 5_000)
    placement.place(chain.office)
    chain.feed(home)
    chain.push(home)
    out_of_reach(chain, away)
    issue(chain.office, 300)
    placement.rearrange(chain.office, [CARD], in_days(chain, "S2", 3))
    assert chain.recalls(home) == []
    assert {one.to_node for one in moved(chain.office)[0]} == {home.node}
    chain.seen(away)
    out_of_reach(chain, home)
    placement.rearrange(chain.office, [CARD], in_days(chain, "S2", 3))
    assert chain.recalls(home) == []


def test_who_is_in_reach_again_gets_what_is_expected_there(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(chain.office, 5_000)
    placement.place(chain.office)
    chain.settle_down()
    out_of_reach(chain, away)
    chain.wait(3600)
    chain.seen(home)
    heard = [(away.node, planning_now(chain), None)]
    assert attendance.note(chain.office, heard) == [away.node]
    assert attendance.note(chain.office, heard) == []
    chain.bookings = in_days(chain, "S2", 3)
    placement.after_return(chain.office, [away.node], chain.bookings)
    chain.settle_down()
    assert away.has() == (5_000, 0)


def planning_now(chain: Chain) -> str:
    return chain.clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_a_return_without_bookings_and_one_of_nobody_is_harmless(chain: Chain, home: Counter) -> None:
    issue(chain.office, 5_000)
    consequences.after_return(chain.office, [home.node, "nobody"])
    consequences.after_return(chain.office, [])
    chain.settle_down()
    assert home.has() == (5_000, 0)


def test_the_same_is_not_asked_twice_at_once(chain: Chain, home: Counter) -> None:
    issue(chain.office, 5_000)
    placement.place(chain.office)
    chain.settle_down()
    for _time in range(3):
        placement.rearrange(chain.office, [CARD], in_days(chain, "S2", 3))
    assert len(chain.recalls(home)) == 1


def test_what_is_held_for_a_payment_stays(chain: Chain, home: Counter, away: Counter) -> None:
    issue(chain.office, 5_000)
    placement.place(chain.office)
    chain.settle_down()
    hold = home.hold(2_000)
    chain.push(home)
    settle(chain, in_days(chain, "S2", 3))
    assert (home.has(), away.has()) == ((2_000, 0), (3_000, 0))
    home.release(hold)


def test_two_tills_of_a_store_are_one_place(chain: Chain) -> None:
    """The first keeps what is the store's; what lies with the second is no reason to move anything."""
    issue(chain.tills[1].store, 5_000)
    chain.push(chain.tills[1])
    settle(chain, None)
    assert chain.tills[1].has() == (5_000, 0)


def give(till: Counter, cents: int) -> int:
    """Give as much overdraft as may be given and spend it at once."""
    card = till.card()
    with till.till.read() as transaction:
        amount = overdraft.may_give(till.till, transaction, card, usd(cents), most=usd(4_000))
    if amount:
        record(till.store, overdraft.given(card, "S2", amount))
        till.redeem(amount.cents)
    return amount.cents


def test_an_overdraft_is_recovered_from_value_that_comes_home_once(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(chain.office, 5_000, 700)
    placement.place(chain.office)
    chain.settle_down()
    assert give(away, 9_000) == 4_000
    assert give(away, 9_000) == 0
    assert own(away.store, OWED) == 4_000
    chain.push(away)
    placement.rearrange(chain.office, [CARD])
    chain.settle_down()
    placement.rearrange(chain.office, [CARD])
    chain.settle_down()
    assert chain.total(OWED) == 0
    assert (chain.total(BONUS), chain.total(PAID)) == (0, 1_700)
    assert home.has() == (1_700, 0)


def test_what_is_not_recovered_is_recovered_from_the_next_top_up(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(chain.office, 3_000)
    placement.place(chain.office)
    chain.settle_down()
    assert give(away, 9_000) == 3_000
    home.redeem(3_000)
    for till in (away, home):
        chain.push(till)
    settle(chain, None)
    assert (chain.total(OWED), chain.total(PAID)) == (3_000, 0)
    issue(home.store, 5_000)
    chain.push(home)
    settle(chain, None)
    assert (chain.total(OWED), chain.total(PAID)) == (0, 2_000)
    assert home.has() == (2_000, 0)


def test_an_overdraft_never_exceeds_what_the_card_was_last_known_to_be_worth(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(chain.office, 1_200)
    chain.settle_down()
    assert give(away, 9_000) == 1_200
    assert give(away, 9_000) == 0
    card = away.card()
    with away.till.read() as transaction:
        assert cards.value(transaction, card, away.node, away.store.epoch).balance == usd(1_200)


def test_a_clock_that_went_on_forgets_who_was_in_reach(chain: Chain) -> None:
    chain.wait(120)
    with chain.office.database.read() as transaction:
        assert planning.reach_of(transaction, chain.clock.now()).keepers == {}
        early = chain.clock.now() - timedelta(seconds=90)
        assert set(planning.reach_of(transaction, early).keepers) == {"S1", "S2"}
        assert set(planning.reach_of(transaction, chain.clock.now(), also=("S2",)).keepers) == {"S2"}


def test_who_spent_who_bought_and_who_came_concern_placing_and_moves_do_not(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(away.store, 5_000, card="other")
    sent_up = chain.chain_of(away)
    assert placement.concerned(chain.office, sent_up) == {"other"}
    away.return_all()
    assert placement.concerned(chain.office, chain.chain_of(away)[len(sent_up) :]) == set()
    visit = sale_of("may")
    record(home.store, visit)
    assert placement.concerned(chain.office, chain.chain_of(home)) == {CARD}


def test_what_a_crash_left_owed_is_recovered_at_the_next_start(
    chain: Chain, home: Counter, away: Counter
) -> None:
    issue(home.store, 5_000)
    chain.push(home)
    chain.feed(away)
    assert give(away, 2_000) == 2_000
    receive(chain.office, chain.chain_of(away))
    placement.catch_up(chain.office)
    chain.settle_down()
    assert (chain.total(OWED), chain.total(PAID)) == (0, 3_000)


def sale_of(member: str) -> SaleCompleted:
    """A visit that costs nothing."""
    return SaleCompleted(
        ticket="t", receipt="", store="S1", shift="", sold_at="2026-01-01T10:00:00.000Z", member=member, lines=(),
        taxes=(), tenders=(), tips=(), fundings=(), subtotal=usd(0), discount=usd(0), tax=usd(0), total=usd(0),
        rounding=usd(0), rule_pack="",
    )  # fmt: skip


def test_two_gaps_that_begin_at_one_instant_because_a_clock_was_set_back_are_one(
    chain: Chain, away: Counter
) -> None:
    with chain.office.local() as transaction:
        for to_at in ("2026-03-02T16:00:00.000Z", "2026-03-02T17:00:00.000Z"):
            link_gaps.add(transaction, away.node, "2026-03-02T15:00:00.000Z", to_at)
