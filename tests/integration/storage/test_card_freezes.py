"""A card's freeze and its owner are a function of the set of operations: any order of arrival gives the same row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from salon_desk.operations.card import CardFrozen, CardIssued, CardTransferred, CardUnfrozen
from salon_desk.operations.envelope import Header
from salon_desk.operations.operation import Operation
from salon_desk.storage.apply import apply
from salon_desk.storage.engine import Database, open_sqlite
from salon_desk.storage.queries.cards import Card, card
from salon_desk.storage.schema import create_tables

OPERATIONS = (
    (1, "a", CardIssued(card="c1", code="4417", currency="USD", member="m1")),
    (2, "a", CardFrozen(card="c1", reason="lost")),
    (3, "b", CardUnfrozen(card="c1", reason="found")),
    (3, "a", CardFrozen(card="c1", reason="lost again")),
)
OWNED = (
    (2, "a", CardIssued(card="c1", code="4417", currency="USD", member="m2")),
    (1, "b", CardIssued(card="c1", code="4417", currency="USD", member="m1")),
    (3, "a", CardTransferred(card="c1", member="m3")),
    (3, "b", CardTransferred(card="c1", member="m4")),
)


def header(at: int, node: str) -> Header:
    """The header of an operation at this reading of this node's clock."""
    return Header(f"{at}{node}", "", 1, node, "e", at, at, "", "", f"{at}{node}", "", "")


def in_every_order(operations: Sequence[tuple[int, str, Operation]]) -> set[Card | None]:
    """What becomes of the card."""
    seen = set()
    for order in permutations(operations):
        database = Database(open_sqlite(":memory:"))
        create_tables(database)
        with database.write() as transaction:
            for at, node, operation in order:
                apply(transaction, header(at, node), operation)
            seen.add(card(transaction, "c1"))
        database.close()
    return seen


def test_the_newest_freeze_stands_whatever_arrives_first() -> None:
    seen = in_every_order(OPERATIONS)
    assert len(seen) == 1
    assert not next(iter(seen)).frozen  # type: ignore[union-attr]


def test_the_newest_owner_stands_whatever_arrives_first_and_who_had_it_first_does_not_come_back() -> None:
    assert [one.member for one in in_every_order(OWNED) if one] == ["m4"]
