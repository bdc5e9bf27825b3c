"""A card's freeze is a function of the set of operations: any order of arrival gives the same row."""

from __future__ import annotations

from itertools import permutations

from salon_desk.operations.card import CardFrozen, CardIssued, CardUnfrozen
from salon_desk.operations.envelope import Header
from salon_desk.storage.apply import apply
from salon_desk.storage.engine import Database, open_sqlite
from salon_desk.storage.queries.cards import card
from salon_desk.storage.schema import create_tables

OPERATIONS = (
    (1, "a", CardIssued(card="c1", code="4417", currency="USD", member="m1")),
    (2, "a", CardFrozen(card="c1", reason="lost")),
    (3, "b", CardUnfrozen(card="c1", reason="found")),
    (3, "a", CardFrozen(card="c1", reason="lost again")),
)


def header(at: int, node: str) -> Header:
    """The header of an operation at this reading of this node's clock."""
    return Header(f"{at}{node}", "", 1, node, "e", at, at, "", "", f"{at}{node}", "", "")


def test_the_newest_freeze_stands_whatever_arrives_first() -> None:
    seen = set()
    for order in permutations(OPERATIONS):
        database = Database(open_sqlite(":memory:"))
        create_tables(database)
        with database.write() as transaction:
            for at, node, operation in order:
                apply(transaction, header(at, node), operation)
            seen.add(card(transaction, "c1"))
        database.close()
    assert len(seen) == 1
    assert not next(iter(seen)).frozen  # type: ignore[union-attr]
