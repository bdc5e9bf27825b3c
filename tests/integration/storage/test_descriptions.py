"""Descriptions merge field by field: any order of arrival gives the same row, and a late one loses."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk.operations.description import (
    AllergyNoted,
    AllergyRemoved,
    Described,
    Field,
    ItemDescribed,
    MemberDescribed,
)
from salon_desk.operations.envelope import Header
from salon_desk.operations.operation import Operation
from salon_desk.storage.apply import apply
from salon_desk.storage.apply.descriptions import SUBJECTS, edit_numbers
from salon_desk.storage.digest import digest
from salon_desk.storage.engine import Database, open_sqlite
from salon_desk.storage.schema import create_tables

Event = tuple[Header, Operation]


def header(at: int, node: str = "n1") -> Header:
    return Header(
        op_id=f"{node}-{at}",
        kind="",
        version=1,
        node=node,
        epoch="e",
        seq=at,
        at=at,
        business_day="2026-11-20",
        actor="",
        command_id=f"{node}-{at}",
        body_hash="",
        prev_hash="",
    )


def outcome(events: Sequence[Event]) -> tuple[list[tuple[object, ...]], str]:
    """The rows of every described table after these events in this order, and the digest."""
    database = Database(open_sqlite(":memory:"))
    create_tables(database)
    with database.write() as transaction:
        for event_header, operation in events:
            apply(transaction, event_header, operation)
        tables = [subject.table.name for subject in SUBJECTS.values()] + ["allergies"]
        driver = database.driver()
        rows = [row for name in tables for row in driver.execute(f"SELECT * FROM {name} ORDER BY 1")]
        made = digest(transaction)
    database.close()
    return rows, made


def name(text: str, n: int) -> MemberDescribed:
    return MemberDescribed(id="m", fields={"name": Field(n, text)})


def test_five_edits_in_any_order_give_the_same_member() -> None:
    events: list[Event] = [
        (header(10), MemberDescribed(id="m", fields={"name": Field(1, "Mei"), "phone": Field(1, "1")})),
        (header(20), name("Meimei", 2)),
        (header(15, "n2"), name("May", 2)),
        (header(20, "n3"), MemberDescribed(id="m", fields={"note": Field(1, "quiet"), "hat": Field(4, [])})),
        (header(99, "n2"), name("late, from long ago", 1)),
    ]
    whole = outcome(events)
    assert whole[0][0][1] == "Meimei"
    assert all(outcome(order) == whole for order in itertools.permutations(events))


def test_the_higher_edit_number_wins_over_the_later_clock() -> None:
    (row,) = outcome([(header(5), name("second", 2)), (header(50), name("first", 1))])[0]
    assert row[1] == "second"


def test_of_two_edits_that_did_not_know_each_other_the_later_wins_then_the_higher_node() -> None:
    (row,) = outcome([(header(5, "n1"), name("early", 2)), (header(6, "n2"), name("late", 2))])[0]
    assert row[1] == "late"
    (row,) = outcome([(header(5, "n9"), name("nine", 2)), (header(5, "n1"), name("one", 2))])[0]
    assert row[1] == "nine"


def test_of_two_edits_with_one_stamp_by_copies_of_a_folder_the_greater_value_stands() -> None:
    events: list[Event] = [(header(5), name(text, 2)) for text in ("one", "two", "three")]
    strange = [(header(5), MemberDescribed(id="m", fields={"hat": Field(1, hat)})) for hat in (7, "x")]
    found = [outcome(order) for order in itertools.permutations([*events, *strange])]
    assert found[0][0][0][1] == "two"
    assert all(one == found[0] for one in found)


FIELDS = st.dictionaries(
    st.sampled_from(["name", "phone", "note", "active", "of the future"]),
    st.integers(1, 4),
    min_size=1,
    max_size=4,
)


def event(fields: dict[str, int], at: int, node: int, subject: type[Described]) -> Event:
    """A field's value follows from who wrote it when, so that the same triple never has two values."""
    values = {
        field: Field(n, at % 2 if field == "active" else f"{field} {at} {node}")
        for field, n in fields.items()
    }
    known = {"name": "name_en", "phone": "code", "note": "category"}
    if subject is ItemDescribed:
        values = {known.get(field, field): value for field, value in values.items()}
        values["price_cents"] = Field(1, at)
    return header(at, f"n{node}"), subject(id="thing", fields=values)


@settings(max_examples=40)
@given(
    edits=st.lists(
        st.tuples(FIELDS, st.integers(1, 40), st.integers(1, 3)),
        min_size=2,
        max_size=7,
        unique_by=lambda edit: edit[1:],
    ),
    order=st.randoms(use_true_random=False),
    subject=st.sampled_from([MemberDescribed, ItemDescribed]),
)
def test_any_edits_in_any_order_give_the_same_rows_and_the_same_digest(
    edits: list[tuple[dict[str, int], int, int]], order: object, subject: type[Described]
) -> None:
    events = [event(fields, at, node, subject) for fields, at, node in edits]
    shuffled = list(events)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert outcome(shuffled) == outcome(events)


@settings(max_examples=20)
@given(st.permutations(range(4)))
def test_an_allergy_is_removed_by_the_removal_of_that_very_note_whenever_it_arrives(order: list[int]) -> None:
    events: list[Event] = [
        (header(1), AllergyNoted(allergy_id="a", member="m", substance="acetone")),
        (header(2), AllergyNoted(allergy_id="b", member="m", substance="latex")),
        (header(3), AllergyRemoved(allergy_id="b", reason="was another's")),
        (header(4), AllergyNoted(allergy_id="c", member="m", substance="latex")),
    ]
    rows = outcome([events[place] for place in order])[0]
    assert rows == [("a", "m", "acetone", 0), ("b", "m", "latex", 1), ("c", "m", "latex", 0)]


def test_what_an_editor_has_seen_is_one_below_what_he_writes_next() -> None:
    database = Database(open_sqlite(":memory:"))
    create_tables(database)
    with database.write() as transaction:
        assert edit_numbers(transaction, MemberDescribed, "m") == {}
        apply(transaction, header(1), name("one", 1))
        apply(transaction, header(2), name("seven", 7))
        assert edit_numbers(transaction, MemberDescribed, "m") == {"name": 7}
    database.close()
