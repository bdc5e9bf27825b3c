"""What was carried over, in whatever order it is heard of: the same tables on every node."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

from salon_desk.domain.gift import gift_asset
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.series import SeriesPart, Unit, Visit, visit_asset
from salon_desk.operations.card import CardIssued
from salon_desk.operations.carried_over import AssetCarriedOver, CarryingReversed, Owned
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.storage import journal
from salon_desk.storage.receiving import receive
from tests.integration.storage.neighbours import empty_store, own, tables_of
from tests.integration.storage.tills import command, open_till, record

GIFT, VISIT = gift_asset("g1", "USD"), visit_asset(Visit("s1", "1", Money(3333, "USD")))


def carried() -> list[Operation]:
    """A card, a gift card and a series, as one till or another took them over."""
    card = CardIssued(card="c1", code="8801", currency="USD", member="m1")
    gift = AssetCarriedOver(
        list_id="list",
        owned_kind=Owned.GIFT.value,
        owned="g1",
        member="",
        store="s1",
        units=5000,
        worth=Money(5000, "USD"),
        code="GC1",
        purse_changes=(PurseChange(GIFT, 5000, Cause.ISSUE),),
    )
    series = AssetCarriedOver(
        list_id="list",
        owned_kind=Owned.SERIES.value,
        owned="s1",
        member="m1",
        store="s1",
        units=6,
        worth=Money(19998, "USD"),
        names=Names("gel"),
        parts=(SeriesPart("1", Unit.VISIT, paid=6, given=0, items=("gel",)),),
        tax_point="visit",
        purse_changes=(PurseChange(VISIT, 6, Cause.ISSUE),),
    )
    return [card, gift, series]


def test_what_is_carried_over_and_taken_back_gives_the_same_tables_in_any_order(tmp_path: Path) -> None:
    stores = [open_till(tmp_path / name) for name in ("one", "two", "three")]
    for store in stores:
        journal.record(store, command("import/list/batch/0"), lambda _transaction: carried())
    record(
        stores[0],
        CarryingReversed(list_id="list", op="x", purse_changes=(PurseChange(GIFT, -5000, Cause.UNDO),)),
    )
    found = []
    for order in permutations([own(store) for store in stores]):
        node = empty_store()
        for part in order:
            receive(node, part)
        found.append(tables_of(node))
        node.close()
    assert found == found[:1] * len(found)
    assert len(found[0]["cards"]) == 2
    assert len(found[0]["series"]) == 1
    assert len(found[0]["carried"]) == 2 * len(stores)
    for store in stores:
        store.close()
