"""The replica of the value flow: nothing is made or lost, and what each way of placing is for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.simulation.baselines import BASELINES
from salon_desk.simulation.chain import Shape
from salon_desk.simulation.fold import Fold, Rules
from salon_desk.simulation.making import STRESS, make_trace
from salon_desk.simulation.replay import Asked, Figures, Replay
from salon_desk.simulation.traces import Event, Kind, Outage, Trace

SMALL = replace(STRESS, cards=150, days=90.0)


def trace(*events: Event, outages: tuple[Outage, ...] = ()) -> Trace:
    return Trace(events, outages, ("0", "1"))


def run(made: Trace, rules: Rules | None = None, overdraft: int = 0, bridge: float = 0.0) -> Figures:
    chain = Fold(Shape(made.stores, overdraft_cents=overdraft), rules)
    return Replay(made, chain, Asked(bridge=bridge)).run()


@pytest.mark.parametrize("overdraft", [0, 10_000])
@pytest.mark.parametrize("bridge", [0.0, 0.5])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_ever_overspent(seed: int, overdraft: int, bridge: float) -> None:
    assert run(make_trace(seed, SMALL), overdraft=overdraft, bridge=bridge).overspend_cents == 0


def test_what_was_bought_is_spent_or_lies_somewhere() -> None:
    made = make_trace(4, SMALL)
    chain = Fold(Shape(made.stores, overdraft_cents=10_000))
    figures = Replay(made, chain, Asked()).run()
    issued = sum(one.cents for one in made.events if one.kind is Kind.FUND)
    lying = sum(cents for places in chain.lying().values() for cents in places.values())
    assert issued + figures.overdraft_lost_cents == figures.accepted_cents + lying


def test_cached_balances_overspend_and_no_other_way_does() -> None:
    made = make_trace(5, SMALL)
    beyond = {name for name, rules in BASELINES.items() if run(made, rules).overspend_cents}
    assert beyond == {"accept-on-cached"}


def test_placing_by_habit_beats_home_beats_splitting_beats_refusing() -> None:
    made = [make_trace(seed, SMALL) for seed in range(3)]

    def accepted(rules: Rules | None) -> int:
        return sum(run(one, rules).offline_accepted_full for one in made)

    names = ("refuse-offline", "equal-split", "all-to-home")
    refused, split, home = (accepted(BASELINES[name]) for name in names)
    assert accepted(None) > home > split > refused


def test_a_visit_during_an_outage_finds_what_its_booking_brought_there() -> None:
    booked = (
        Event(0.0, Kind.HOME, "c", "0"),
        Event(0.0, Kind.FUND, "c", "0", 5_000),
        Event(1.0, Kind.BOOK, "c", "1", 0, 3.0),
        Event(3.0, Kind.VISIT, "c", "1", 4_000),
    )
    dark = (Outage("1", 2.0, 4.0),)
    assert run(trace(*booked, outages=dark)).offline_accepted_full == 1
    unbooked = trace(*(one for one in booked if one.kind is not Kind.BOOK), outages=dark)
    assert (run(unbooked).offline_legit, run(unbooked).offline_accepted_full) == (1, 0)
    assert run(unbooked, bridge=1.0).offline_accepted_full == 1


def test_an_overdraft_is_recovered_when_the_link_is_back_and_never_goes_beyond_its_limits() -> None:
    life = [Event(0.0, Kind.HOME, "c", "0"), Event(0.0, Kind.FUND, "c", "0", 9_000)]
    away = trace(*life, Event(2.0, Kind.VISIT, "c", "1", 8_000), outages=(Outage("1", 1.0, 3.0),))
    lost = run(away, overdraft=5_000)
    assert (lost.overdraft_used_cents, lost.overdraft_lost_cents, lost.overspend_cents) == (5_000, 5_000, 0)
    later = replace(away, events=(*away.events, Event(4.0, Kind.VISIT, "c", "0", 9_000)))
    back = run(later, overdraft=5_000)
    assert (back.overdraft_used_cents, back.overdraft_lost_cents) == (5_000, 0)
    assert back.accepted_cents == 9_000


def test_an_outage_that_ends_at_an_instant_is_over_then_and_one_that_begins_then_is_not_yet_there() -> None:
    life = (Event(0.0, Kind.HOME, "c", "0"), Event(0.0, Kind.FUND, "c", "0", 9_000))
    visit = Event(2.0, Kind.VISIT, "c", "1", 4_000)
    for outage in (Outage("1", 1.0, 2.0), Outage("1", 2.0, 3.0)):
        assert run(trace(*life, visit, outages=(outage,))).online_accepted_full == 1


def test_a_refusal_while_the_link_is_up_is_counted_when_value_lies_out_of_reach() -> None:
    life = (Event(0.0, Kind.HOME, "c", "0"), Event(0.0, Kind.FUND, "c", "0", 9_000))
    visit = Event(2.0, Kind.VISIT, "c", "1", 4_000)
    figures = run(trace(*life, visit, outages=(Outage("0", 1.0, 3.0),)))
    assert (figures.online_legit, figures.online_accepted_full, figures.stranded_cents) == (1, 0, 9_000)
