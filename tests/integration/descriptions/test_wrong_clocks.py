"""A clock that jumps to 1970 or 2100 breaks ties at most: what an editor saw and changed stays changed, on every node."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from salon_desk.operations.description import ItemDescribed
from salon_desk.services.describe import describe, plan
from salon_desk.storage.queries import catalogue
from tests.integration.descriptions.nodes import Nodes, command, digest_of

PAST, FUTURE = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
TODAY, LATER = "2026-11-20", "2026-11-25"


def price(nodes: Nodes, day: str = TODAY) -> set[int]:
    """The price on a day, as every node has it."""
    found = set()
    for store in nodes.every():
        with store.database.read() as transaction:
            item = catalogue.item(transaction, "gel", day)
        assert item is not None
        found.add(item.price.cents if item.price else 0)
    return found


def edit(nodes: Nodes, name: str, cents: int) -> None:
    describe(nodes.till(name), command(), None, [(ItemDescribed, "gel", {"price_cents": cents})])


def turn(nodes: Nodes, instant: datetime, *names: str) -> None:
    for name in names:
        nodes.clocks[name].instant = instant


@pytest.mark.parametrize(
    ("first", "second"), [(FUTURE, PAST), (PAST, FUTURE), (FUTURE, FUTURE), (PAST, PAST)]
)
def test_the_edit_made_in_the_knowledge_of_the_other_stands_whatever_the_clocks_say(
    nodes: Nodes, first: datetime, second: datetime
) -> None:
    edit(nodes, "S1-1", 4500)
    nodes.sync()
    turn(nodes, first, "S1-1")
    turn(nodes, second, "S2-1")
    edit(nodes, "S1-1", 4700)
    nodes.sync()
    assert price(nodes) == {4700}
    edit(nodes, "S2-1", 4900)
    nodes.sync()
    assert price(nodes) == {4900}
    turn(nodes, second, "S1-1")
    edit(nodes, "S1-1", 5100)
    nodes.sync()
    assert price(nodes) == {5100}
    assert len({digest_of(store) for store in nodes.every()}) == 1


@pytest.mark.parametrize("wrong", [PAST, FUTURE])
def test_of_two_edits_made_apart_every_node_keeps_the_same_one(nodes: Nodes, wrong: datetime) -> None:
    turn(nodes, wrong, "S2-1")
    edit(nodes, "S1-1", 4700)
    edit(nodes, "S2-1", 4900)
    nodes.sync()
    assert len(price(nodes)) == 1
    assert len({digest_of(store) for store in nodes.every()}) == 1


@pytest.mark.parametrize("wrong", [PAST, FUTURE])
def test_a_plan_recorded_under_a_wrong_clock_holds_from_its_day(nodes: Nodes, wrong: datetime) -> None:
    edit(nodes, "S1-1", 4500)
    nodes.sync()
    turn(nodes, wrong, "S2-1", "")
    plan(nodes.till("S2-1"), command(), None, [(ItemDescribed, "gel", {"price_cents": 5000})], LATER)
    nodes.sync()
    assert price(nodes) == {4500}
    assert price(nodes, LATER) == {5000}
    edit(nodes, "S1-1", 4600)
    nodes.sync()
    assert price(nodes) == {4600}
    assert price(nodes, LATER) == {5000}


def test_readings_never_go_back_on_a_node_and_stay_above_what_it_has_seen(nodes: Nodes) -> None:
    turn(nodes, FUTURE, "S1-1")
    edit(nodes, "S1-1", 4700)
    highest = nodes.tills["S1-1"].head.at
    nodes.sync()
    turn(nodes, PAST, "S1-1", "S2-1")
    for name in ("S1-1", "S2-1"):
        edit(nodes, name, 4800)
        assert nodes.tills[name].head.at > highest
