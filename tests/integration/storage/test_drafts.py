"""Drafts of a ticket in whatever order they arrive: the newest stands, and paid stays paid (PITFALLS 32)."""

from __future__ import annotations

from itertools import permutations

import pytest

from salon_desk.domain import ticket as rules
from salon_desk.domain.ticket import TicketState
from salon_desk.operations.envelope import Header
from salon_desk.operations.ticket import TicketSaved
from salon_desk.storage.apply.tickets import ticket_saved, ticket_sold
from salon_desk.storage.queries.tickets import counted, ticket, waiting_tickets
from salon_desk.storage.store import Store

_DRAFTS = ((1, 10, "a"), (2, 5, "a"), (2, 7, "a"), (2, 7, "b"))
"""Revision, clock and node, in the order in which they count."""


def header(at: int, node: str, op_id: str = "op") -> Header:
    return Header(
        op_id=op_id,
        kind="ticket.saved",
        version=1,
        node=node,
        epoch="e",
        seq=1,
        at=at,
        business_day="2026-11-20",
        actor="amy",
        command_id="c",
        body_hash="",
        prev_hash="",
    )


def draft(revision: int, node: str, at: int) -> TicketSaved:
    fresh = rules.open_ticket(
        "t1", 7, opened_at="2026-11-20T15:00:00.000Z", currency="USD", member=f"{revision}/{at}/{node}"
    )
    return TicketSaved(revision=revision, ticket=fresh)


@pytest.mark.parametrize("order", list(permutations(_DRAFTS)))
def test_the_newest_draft_stands_in_any_order(store: Store, order: tuple[tuple[int, int, str], ...]) -> None:
    with store.database.write() as transaction:
        for revision, at, node in order:
            ticket_saved(transaction, header(at, node), draft(revision, node, at))
        found = ticket(transaction, "t1")
        assert found is not None
        assert found.ticket is not None
        assert found.ticket.member == "2/7/b"
        assert [counted(transaction, node, "ticket") for node in "ab"] == [7, 0]


@pytest.mark.parametrize("order", [("ann", "bea"), ("bea", "ann")])
def test_of_two_drafts_alike_by_copies_of_a_folder_the_greater_stands(
    store: Store, order: tuple[str, str]
) -> None:
    with store.database.write() as transaction:
        for member in order:
            fresh = rules.open_ticket("t1", 7, opened_at="", currency="USD", member=member)
            ticket_saved(transaction, header(5, "a"), TicketSaved(revision=2, ticket=fresh))
        found = ticket(transaction, "t1")
        assert found is not None
        assert found.ticket is not None
        assert found.ticket.member == "bea"


@pytest.mark.parametrize("sold_first", [True, False])
def test_no_draft_brings_a_sold_ticket_back(store: Store, sold_first: bool) -> None:
    with store.database.write() as transaction:
        if not sold_first:
            ticket_saved(transaction, header(1, "a"), draft(1, "a", 1))
        ticket_sold(transaction, header(2, "a", "the-sale"), "t1")
        ticket_saved(transaction, header(9, "z"), draft(99, "z", 9))
        found = ticket(transaction, "t1")
        assert found is not None
        assert (found.state, found.sale, found.revision) == (TicketState.COMPLETED, "the-sale", 99)
        assert waiting_tickets(transaction, "z") == []


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
def test_of_two_sales_of_a_ticket_the_smaller_id_is_named(store: Store, order: tuple[str, str]) -> None:
    with store.database.write() as transaction:
        for sale in order:
            ticket_sold(transaction, header(2, "a", sale), "t1")
        found = ticket(transaction, "t1")
        assert found is not None
        assert (found.ticket, found.sale) == (None, "one")


def test_a_till_has_used_the_highest_number_that_it_gave_not_so_many(store: Store) -> None:
    with store.database.write() as transaction:
        for number, opened in ((3, "t3"), (1, "t1"), (2, "t2")):
            fresh = rules.open_ticket(opened, number, opened_at="", currency="USD")
            ticket_saved(transaction, header(number, "a"), TicketSaved(revision=1, ticket=fresh))
        another = rules.open_ticket("t1", 50, opened_at="", currency="USD")
        ticket_saved(transaction, header(9, "a"), TicketSaved(revision=2, ticket=another))
        assert counted(transaction, "a", "ticket") == 3
