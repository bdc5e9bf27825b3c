"""Rows, plans and what they come to on any day follow from the set of operations, not from the order of their arrival."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk.operations.description import ChangePlanned, Described, Field, FieldValue, ItemDescribed
from salon_desk.operations.envelope import Header
from salon_desk.storage.apply import apply
from salon_desk.storage.apply.descriptions import SUBJECTS, edit_numbers, merged
from salon_desk.storage.digest import digest
from salon_desk.storage.engine import Database, open_sqlite
from salon_desk.storage.queries.planned import laid_over, list_on_day, of_one, on_day
from salon_desk.storage.schema import create_tables
from tests.integration.storage.test_descriptions import header

Event = tuple[Header, Described | ChangePlanned]
DAYS = ("2026-11-19", "2026-11-20", "2026-11-21", "2026-11-25", "2100-01-01")
FIND = SUBJECTS[ItemDescribed].find


def now(n: int, value: FieldValue, field: str = "price_cents") -> ItemDescribed:
    return ItemDescribed(id="gel", fields={field: Field(n, value)})


def planned(n: int, value: FieldValue, day: str, field: str = "price_cents") -> ChangePlanned:
    return ChangePlanned(subject="item.described", id="gel", from_day=day, fields={field: Field(n, value)})


def outcome(events: Sequence[Event]) -> tuple[object, ...]:
    """Every byte of the tables, the digest, and the row on each of the days."""
    database = Database(open_sqlite(":memory:"))
    create_tables(database)
    with database.write() as transaction:
        for event_header, operation in events:
            apply(transaction, event_header, operation)
        driver = database.driver()
        rows = [
            driver.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3, 4").fetchall()
            for name in ("items", "planned_changes")
        ]
        row = transaction.one(FIND, id="gel")
        on_days = [on_day(transaction, ItemDescribed, row, day) for day in DAYS]
        found = (rows, digest(transaction), on_days, edit_numbers(transaction, ItemDescribed, "gel"))
    database.close()
    return found


def prices(events: Sequence[Event]) -> list[int | None]:
    """The price on each of the days."""
    rows = outcome(events)[2]
    assert isinstance(rows, list)
    return [row.price_cents for row in rows]


def test_five_edits_and_plans_in_any_order_give_the_same_on_every_day() -> None:
    events: list[Event] = [
        (header(10), now(1, 4500)),
        (header(20), planned(2, 5000, "2026-11-20")),
        (header(15, "n2"), planned(2, 4800, "2026-11-21")),
        (header(30, "n3"), now(3, 4700)),
        (header(31, "n3"), planned(4, 5500, "2026-11-25")),
    ]
    whole = outcome(events)
    assert prices(events) == [4700, 4700, 4700, 5500, 5500]
    assert all(outcome(order) == whole for order in itertools.permutations(events))


def test_a_plan_made_apart_on_another_node_loses_to_a_later_one_for_an_earlier_day() -> None:
    events: list[Event] = [
        (header(1), now(1, 4500)),
        (header(5, "n1"), planned(2, 5000, "2026-11-25")),
        (header(6, "n2"), planned(2, 4000, "2026-11-20")),
    ]
    assert prices(events) == [4500, 4000, 4000, 4000, 4000]


_FIELDS = st.sampled_from(["price_cents", "name_en", "of the future", "active"])
_EDITS = st.tuples(
    st.booleans(), _FIELDS, st.integers(1, 4), st.sampled_from(DAYS), st.integers(1, 30), st.integers(1, 3)
)


@settings(max_examples=40)
@given(
    edits=st.lists(_EDITS, min_size=2, max_size=7, unique_by=lambda edit: edit[4:]),
    order=st.randoms(use_true_random=False),
)
def test_any_edits_and_plans_in_any_order_give_the_same_bytes_and_the_same_on_every_day(
    edits: list[tuple[bool, str, int, str, int, int]], order: object
) -> None:
    events: list[Event] = []
    for is_plan, field, n, day, at, node in edits:
        value: FieldValue = f"{at} {node}" if field in ("name_en", "of the future") else at % 2
        operation = planned(n, value, day, field) if is_plan else now(n, value, field)
        events.append((header(at, f"n{node}"), operation))
    shuffled = list(events)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert outcome(shuffled) == outcome(events)


def test_a_row_is_not_changed_by_any_day() -> None:
    with_plan = outcome([(header(1), now(1, 4500)), (header(2), planned(2, 5000, "2026-11-20"))])
    without = outcome([(header(1), now(1, 4500))])
    assert with_plan[0][0] == without[0][0]  # type: ignore[index]


def test_a_field_of_the_future_is_laid_into_extra_and_a_known_one_into_its_column() -> None:
    database = Database(open_sqlite(":memory:"))
    create_tables(database)
    with database.write() as transaction:
        apply(transaction, header(1), now(1, "old", "hat"))
        apply(transaction, header(2), planned(2, ["red", "blue"], "2026-11-20", "hat"))
        apply(transaction, header(3), planned(1, False, "2026-11-20", "active"))
        row = transaction.one(FIND, id="gel")
        over = laid_over(SUBJECTS[ItemDescribed], row, of_one(transaction, ItemDescribed, "gel"))
        assert (row.extra, over.extra) == ('{"hat":"old"}', '{"hat":["red","blue"]}')
        assert (row.active, over.active) == (1, 0)
        assert merged(transaction, ItemDescribed, "gel")[1]["hat"] == "old"
    database.close()


def test_what_is_planned_for_a_thing_that_nobody_described_is_listed_nowhere() -> None:
    database = Database(open_sqlite(":memory:"))
    create_tables(database)
    with database.write() as transaction:
        apply(transaction, header(2), planned(1, 5000, "2026-11-20"))
        everything = list_on_day(
            transaction, ItemDescribed, [], "2026-11-25", listed=lambda _row: True, order=lambda row: row.id
        )
        assert everything == []
    database.close()


@pytest.mark.parametrize(
    ("subject", "day", "value"),
    [
        ("robot.described", "2026-11-20", 1),
        ("item.described", "20261120", 1),
        ("item.described", "soon", 1),
        ("", "2026-11-20", 1),
        ("item.described", "2026-11-20", "much"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_by_every_node_alike(
    subject: str, day: str, value: FieldValue
) -> None:
    database = Database(open_sqlite(":memory:"))
    create_tables(database)
    fields: dict[str, Field] = {"price_cents": Field(1, value)}
    with (
        database.write() as transaction,
        pytest.raises(ValueError, match=r"subject|date|isoformat|cannot be"),
    ):
        apply(transaction, header(1), ChangePlanned(subject=subject, id="gel", from_day=day, fields=fields))
    database.close()


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_a_value_that_does_not_fit_is_refused_even_where_it_would_lose(order: tuple[int, int]) -> None:
    events: list[Event] = [(header(1), now(1, "much")), (header(2), now(2, 4500))]
    database = Database(open_sqlite(":memory:"))
    create_tables(database)
    refused = []
    with database.write() as transaction:
        for place in order:
            try:
                apply(transaction, *events[place])
            except ValueError:
                refused.append(place)
    database.close()
    assert refused == [0]
