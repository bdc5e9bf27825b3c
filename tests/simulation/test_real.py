"""The chain of the real code: the same figures as the replica, the same in every run, and no node disagrees at the end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from salon_desk.bootstrap.simulated_chain import open_chain, simulate
from salon_desk.simulation.chain import Shape
from salon_desk.simulation.fold import Fold
from salon_desk.simulation.making import STRESS, make_trace
from salon_desk.simulation.replay import Asked, Replay
from salon_desk.simulation.traces import Event, Kind, Outage, Trace

SMALL = replace(STRESS, cards=60, stores=4, days=60.0, outages_per_day=0.2)
BUSY = (
    Event(0.0, Kind.HOME, "c", "0"),
    Event(0.0, Kind.FUND, "c", "0", 9_000),
    Event(2.0, Kind.VISIT, "c", "0", 4_000),
    Event(2.1, Kind.VISIT, "c", "0", 4_000),
    Event(2.2, Kind.VISIT, "c", "0", 4_000),
)


@pytest.mark.parametrize(("seed", "bridge", "overdraft"), [(1, 0.0, 0), (2, 0.6, 0), (3, 0.0, 5_000)])
def test_the_real_code_and_the_replica_come_to_the_same_figures(
    seed: int, bridge: float, overdraft: int
) -> None:
    made = make_trace(seed, SMALL)
    shape = Shape(tuple(made.stores), made.cards, overdraft_cents=overdraft)
    asked = Asked(bridge=bridge, seed=seed)
    real = simulate(made, shape, asked)
    fold = Replay(made, Fold(shape), asked).run()
    assert real.offline_legit > 5
    assert replace_seconds(real) == replace_seconds(fold)


def test_once_every_link_is_back_all_nodes_agree(tmp_path: Path) -> None:
    made = make_trace(7, replace(SMALL, cards=40))
    chain = open_chain(tmp_path, Shape(tuple(made.stores), made.cards, overdraft_cents=5_000))
    Replay(made, chain, Asked()).run()
    assert len(set(chain.heal())) == 1
    assert chain.set_aside() == 0
    chain.close()


@pytest.mark.parametrize(("lan", "accepted"), [(True, 9_000), (False, 0)])
def test_tills_of_one_store_share_over_the_lan(tmp_path: Path, lan: bool, accepted: int) -> None:
    """Of two tills the first keeps what is the store's; without the LAN the other has nothing when the link is down."""
    made = Trace(BUSY, (Outage("0", 1.0, 3.0),), ("0",))

    class Second(Replay):
        def _till(self, event: Event) -> tuple[str, int]:
            return (event.store, 1 if event.kind is Kind.VISIT else 0)

    chain = open_chain(tmp_path, Shape(("0",), made.cards, tills_per_store=2, lan=lan))
    figures = Second(made, chain, Asked(tills_per_store=2)).run()
    chain.close()
    assert (figures.accepted_cents, figures.overspend_cents) == (accepted, 0)


def replace_seconds(figures: object) -> dict[str, object]:
    return {name: value for name, value in figures.as_json().items() if name != "seconds"}  # type: ignore[attr-defined]


def test_a_ticket_is_paid_with_what_two_other_stores_send() -> None:
    events = (
        Event(0.0, Kind.HOME, "c", "1"),
        Event(0.0, Kind.FUND, "c", "1", 30_000),
        Event(2.0, Kind.VISIT, "c", "2", 4_000),
        Event(4.0, Kind.VISIT, "c", "0", 26_000),
    )
    made = Trace(events, (), ("0", "1", "2"))
    figures = simulate(made, Shape(("0", "1", "2"), made.cards), Asked())
    assert figures.accepted_cents == 30_000
