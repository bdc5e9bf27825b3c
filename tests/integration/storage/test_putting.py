"""What is written without a look at the outcome comes to the same, one by one and together, on both databases."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.office import Office, open_office
from salon_desk.storage.place import Place
from salon_desk.storage.putting import Rows, Sums
from salon_desk.storage.tables.cards import purses
from salon_desk.storage.tables.tickets import counters
from tests.integration.storage.tills import TurnedClock, new_id

PURSES = Statement(lambda: select(purses).order_by(purses.c.asset))
COUNTERS = Statement(lambda: select(counters.c.name, counters.c.value).order_by(counters.c.name))
CHANGE = Sums(purses, ("units", "held"))
COUNT = Rows(
    counters,
    lambda new: {"value": counters.c.value + new.value},
    fold=lambda one, other: {**one, "value": one["value"] + other["value"]},
)
KEEP_FIRST = Rows(counters, lambda _new: {})


@pytest.fixture
def office(place: Place) -> Iterator[Office]:
    opened = open_office(place, TurnedClock(), new_id)
    yield opened
    opened.close()


def change(transaction: Transaction, asset: str, units: int, held: int = 0) -> None:
    transaction.put(CHANGE, asset=asset, node="n", epoch="e", units=units, held=held)


def in_a_part(transaction: Transaction, *changes: tuple[str, int]) -> None:
    with transaction.savepoint():
        for asset, by in changes:
            change(transaction, asset, by)


def units(transaction: Transaction) -> list[Any]:
    return [(row.asset, row.units, row.held) for row in transaction.all(PURSES)]


def test_what_was_put_is_there_for_whoever_reads(office: Office) -> None:
    with office.local() as transaction:
        for asset, by in (("a", 5), ("b", 7), ("a", -3), ("a", 1)):
            change(transaction, asset, by)
        change(transaction, "b", 0, held=7)
        assert units(transaction) == [("a", 3, 0), ("b", 7, 7)]


def test_a_purse_is_never_below_zero_even_if_it_is_filled_behind(office: Office) -> None:
    with office.local() as transaction:
        change(transaction, "a", 5)
        with pytest.raises(office.database.failures):
            in_a_part(transaction, ("b", 1), ("a", -6), ("a", 6))
        assert units(transaction) == [("a", 5, 0)]


def test_an_error_belongs_to_the_savepoint_in_which_the_row_was_put(office: Office) -> None:
    with office.local() as transaction:
        for asset, by in (("a", 2), ("bad", -1), ("c", 4)):
            try:
                in_a_part(transaction, (asset, by))
            except office.database.failures:
                assert asset == "bad"
        assert units(transaction) == [("a", 2, 0), ("c", 4, 0)]


def test_a_refused_block_takes_back_what_was_put_and_what_was_read_for_it(office: Office) -> None:
    with office.local() as transaction:
        change(transaction, "a", 2)
        with contextlib.suppress(LookupError), transaction.savepoint():
            change(transaction, "a", 2)
            assert units(transaction) == [("a", 4, 0)]
            change(transaction, "b", 2)
            raise LookupError
        assert units(transaction) == [("a", 2, 0)]


def test_rows_of_one_key_count_each(office: Office) -> None:
    with office.local() as transaction:
        for name, value in (("x", 1), ("y", 1), ("x", 1), ("x", 3)):
            transaction.put(COUNT, node="n", name=name, value=value)
        transaction.flush()
        transaction.put_many(
            KEEP_FIRST, [{"node": "n", "name": name, "value": 9} for name in ("y", "z", "z")]
        )
        assert [tuple(row) for row in transaction.all(COUNTERS)] == [("x", 5), ("y", 1), ("z", 9)]


def test_what_was_put_last_is_committed(office: Office) -> None:
    with office.local() as transaction, transaction.savepoint():
        change(transaction, "a", 2)
    with office.local() as transaction:
        change(transaction, "b", 1)
    with office.database.read() as transaction:
        assert units(transaction) == [("a", 2, 0), ("b", 1, 0)]
