"""The projections follow from the set of operations: whatever arrives first, every table ends the same, byte for byte.

Few operations come in every order, whatever stands on what; many in random interleavings of their chains, cut anywhere.
`SALON_DESK_ORDERS` says how many of those.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from salon_desk.operations.card import CardFrozen, CardUnfrozen
from salon_desk.operations.description import MemberDescribed, PinSet
from salon_desk.operations.envelope import Envelope
from salon_desk.services.describe import describe
from salon_desk.storage.apply.chains import followed
from salon_desk.storage.rebuild import settle
from salon_desk.storage.receiving import receive
from salon_desk.storage.rows import write_rows
from salon_desk.storage.set_aside import Shelf
from salon_desk.storage.store import nothing
from salon_desk.storage.tables import metadata
from tests.integration.storage.neighbours import (
    Tables,
    differing,
    empty_store,
    open_neighbours,
    record,
    tables,
    tables_of,
)
from tests.integration.storage.scenes import DAY, FEW, Scene, a_ticket_at_two_tills

ORDERS = int(os.environ.get("SALON_DESK_ORDERS", "60"))
ALL_ORDERS_OF = 6
"""So many operations come in each of their orders, more of them in as many orders chosen at random."""


def _orders(operations: Sequence[Envelope]) -> Iterator[Sequence[Envelope]]:
    if len(operations) <= ALL_ORDERS_OF:
        yield from permutations(operations)
        return
    for _time in range(300):
        yield random.sample(operations, len(operations))


@pytest.mark.parametrize("scene", FEW, ids=lambda scene: scene.__name__)
def test_a_few_operations_in_every_order_give_the_same_tables(tmp_path: Path, scene: Scene) -> None:
    here = open_neighbours(tmp_path, 2)
    here.shops[0].open_shift()
    here.shops[0].top_up("", offer="100")
    if scene is a_ticket_at_two_tills:
        here.shops[1].open_shift()
    here.share()
    known = {one.header.op_id for one in here.operations()}
    scene(here)
    base, new = here.split(known)
    here.close()
    assert len(new) >= 2
    wanted = _in_order([*base, *new])
    assert wanted["set_aside"] == []
    store = empty_store()
    receive(store, base)
    with store.database.write() as transaction:
        write_rows(transaction, new, len(base))
        followed(transaction, new)
    for order in _orders(new):
        with store.database.trial() as transaction:
            shelf = Shelf(transaction, nothing)
            for one in order:
                shelf.take(one)
            settle(transaction, shelf, nothing)
            found = tables(transaction)
        assert differing(found, wanted) == {}, [one.header.kind for one in order]
    store.close()


def _in_order(operations: Sequence[Envelope]) -> Tables:
    """The tables of a node that got each chain in its order."""
    store = empty_store()
    assert receive(store, operations).set_aside == 0
    found = tables_of(store)
    store.close()
    return found


@pytest.fixture(scope="module")
def traded_by_three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Envelope]]:
    """Some hundred operations of three tills that hear of each other now and then, chain by chain."""
    here = open_neighbours(tmp_path_factory.mktemp("three"), 3)
    for shop in here.shops:
        shop.open_shift()
    chance = random.Random(11)
    for _time in range(7):
        for scene in chance.sample(DAY, len(DAY)):
            chance.shuffle(here.shops)
            here.shops[0].top_up("", offer="100")
            scene(here)
            if chance.random() < 0.3:
                here.share()
    yield here.operations()
    here.close()


def test_many_operations_in_any_order_of_their_chains_give_the_same_tables(
    traded_by_three: list[Envelope],
) -> None:
    assert len(traded_by_three) > 400
    wanted = _in_order(traded_by_three)
    for _time in range(ORDERS):
        seed = random.randrange(1 << 32)
        store = empty_store()
        for message in _messages(traded_by_three, random.Random(seed)):
            assert receive(store, message).set_aside == 0
        assert differing(tables_of(store), wanted) == {}, seed
        store.close()


def _messages(operations: Sequence[Envelope], chance: random.Random) -> Iterator[list[Envelope]]:
    """Each chain in its order, the chains mixed, in messages of any length, some of them twice."""
    chains: dict[str, list[Envelope]] = {}
    for one in operations:
        chains.setdefault(one.header.node, []).append(one)
    turns = [node for node, chain in chains.items() for _one in chain]
    chance.shuffle(turns)
    lanes = {node: iter(chain) for node, chain in chains.items()}
    mixed = [next(lanes[node]) for node in turns]
    while mixed:
        length = chance.choice((1, 3, 20, 100))
        message, mixed = mixed[:length], mixed[length:]
        yield message
        if chance.random() < 0.2:
            yield message


_CLOCKS = (
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2100, 1, 1, tzinfo=UTC),
    datetime(2026, 11, 20, tzinfo=UTC),
)


def test_who_saw_a_value_and_changes_it_wins_everywhere_whatever_the_clocks_say(tmp_path: Path) -> None:
    here = open_neighbours(tmp_path, 3, clocks=_CLOCKS)
    card = here.shops[0].card
    for time in range(6):
        shop = here.shops[time % 3]
        describe(shop.till, shop.command(), None, [(MemberDescribed, shop.member, {"note": f"note {time}"})])
        record(shop, PinSet(staff="amy", pin_hash=f"pin {time}"))
        record(
            shop, CardUnfrozen(card=card, reason="") if time % 2 else CardFrozen(card=card, reason=f"{time}")
        )
        here.share()
        for other in here.shops:
            found = tables_of(other.till.store)
            assert _row(found, "members", other.member)["note"] == f"note {time}"
            assert _row(found, "staff_pins", "amy")["pin_hash"] == f"pin {time}"
            assert _row(found, "card_freezes", card)["frozen"] == 1 - time % 2
    here.close()


def test_who_did_not_know_of_each_other_agree_once_they_do_whatever_the_clocks_say(tmp_path: Path) -> None:
    here = open_neighbours(tmp_path, 3, clocks=_CLOCKS)
    for time in range(3):
        for shop in here.shops[: time + 1]:
            values = {"note": f"{shop.till.store.node} {time}"}
            describe(shop.till, shop.command(), None, [(MemberDescribed, shop.member, values)])
            record(shop, PinSet(staff="amy", pin_hash=f"{shop.till.store.node} {time}"))
        here.share()
    first, *others = [tables_of(shop.till.store) for shop in here.shops]
    assert [differing(first, other) for other in others] == [{}, {}]
    here.close()


def _row(found: Tables, table: str, key: str) -> dict[str, object]:
    """The row of a key, by column."""
    (row,) = [row for row in found[table] if row[0] == key]
    return dict(zip((column.name for column in metadata.tables[table].columns), row, strict=True))
