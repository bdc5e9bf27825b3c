"""A till that holds the rows of others: its lists and its X and Z show its own, a member's history and what is owed all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from salon_desk.domain.card import card_assets
from salon_desk.domain.errors import AmountTooLarge
from salon_desk.domain.shift import Denomination
from salon_desk.operations.card import CardIssued
from salon_desk.operations.sale import SaleCompleted
from salon_desk.services import cards, members, recovery, reports, search, shifts, tickets
from salon_desk.services.errors import CardCodeShared, CardCodeTaken
from salon_desk.services.members import NewMember
from salon_desk.storage.journal import operation_of
from salon_desk.storage.queries import closed_shifts, receipts, sales
from salon_desk.storage.queries.cards import card, holds_of
from salon_desk.storage.receiving import receive
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, external
from tests.integration.storage.neighbours import Neighbours, hand, open_neighbours, own, record, resealed


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Neighbours]:
    """Two tills with open shifts; the shared card has value at the first. The second's clock is ahead."""
    found = open_neighbours(tmp_path, 2, clocks=(datetime(2026, 11, 20, 15, tzinfo=UTC),))
    for shop in found.shops:
        shop.open_shift()
    found.shops[0].top_up("", offer="100")
    found.share()
    yield found
    found.close()


def trade(shop: Shop, sold: int = 2) -> None:
    """Sales with tips, cash in and out, a ticket that waits, nobody's drawer opened."""
    for _time in range(sold):
        shop.sell(shop.ticket(("gel", "lily"), ("cream", "")), external(), tip="6.00")
    shop.sell(shop.ticket(("six", "kim")), cash())
    shifts.pay_in(shop.till, shop.command(), MANAGER, amount=dollars("20.00"), reason="change")
    shifts.no_sale(shop.till, shop.command(), MANAGER, reason="looked")
    shop.ticket(("pedicure", "kim"))


def close(shop: Shop) -> None:
    shifts.count(shop.till, shop.command(), MANAGER, denominations=(Denomination(2000, 9),))
    shifts.close(shop.till, shop.command(), MANAGER)


def shown(shop: Shop) -> dict[str, Any]:
    """What this till shows of itself."""
    node, waiting = shop.till.store.node, tickets.waiting(shop.till)
    with shop.till.read() as transaction:
        current = shop.till.shift(transaction)
        return {
            "recent": sales.recent(transaction, node),
            "last": recovery._last(shop.till, transaction),
            "waiting": [one.ticket.ticket_id for one in waiting],
            "shift": current,
            "x": _undated(reports.x_report(transaction)) if current else None,
            "z": _undated(reports.z_report(transaction)) if closed_shifts.latest(transaction, node) else None,
            "zs": closed_shifts.of_days(transaction, node, "", "9999-12-31"),
        }


def _undated(report: Any) -> Any:
    """A report without the instant up to which it was read."""
    return structs.replace(report, as_of="")


def test_what_a_till_shows_of_itself_does_not_change_when_it_hears_of_others(here: Neighbours) -> None:
    first, second = here.shops
    trade(first)
    close(first)
    first.open_shift()
    trade(first)
    trade(second, sold=9)
    close(second)
    second.open_shift()
    close(second)
    second.open_shift()
    trade(second)
    before = shown(first)
    hand(second.till.store, first.till.store)
    after = shown(first)
    for name, value in before.items():
        assert after[name] == value, name
    assert len(before["recent"]) == 7
    assert len(before["waiting"]) == 2
    close(first)
    assert [one.z_number for one in shown(first)["zs"]] == [1, 2]
    assert shown(second)["zs"][-1].z_number == 2


def test_a_member_who_was_at_two_tills_has_one_history_newest_first(here: Neighbours) -> None:
    first, second = here.shops
    seen = []
    for shop in (first, second, first, second):
        seen.append(shop.sell(shop.ticket(("cream", "")), cash()).op_id)
        here.share()
    for shop in here.shops:
        page = members.page(shop.till, shop.member)
        assert [one.op_id for one in page.documents if one.kind == "sale"] == seen[::-1]


def test_what_is_owed_on_cards_is_that_of_all_tills_and_of_what_is_under_way(here: Neighbours) -> None:
    first, second = here.shops
    paid = card_assets(first.card, "USD").paid
    here.move(first, second, [(paid, 2000)])
    here.receive(first, second)
    second.sell(second.ticket(("gel", "lily")), second.stored("5.00"), cash())
    here.move(first, second, [(paid, 3000)])
    here.move(first, second, [(paid, 5000)])
    here.share()
    for shop in here.shops:
        with shop.till.read() as transaction:
            owed = reports.liability_report(transaction)
        assert (owed.paid, owed.bonus) == (dollars("95.00"), dollars("20.00"))
        assert (owed.ledger_paid, owed.ledger_bonus) == (owed.paid, owed.bonus)
        assert owed.cards_with_value == 1


def test_the_balance_on_a_receipt_is_that_of_its_moment_whatever_moved_since(here: Neighbours) -> None:
    first, second = here.shops
    paid = card_assets(first.card, "USD").paid
    sold = first.sell(first.ticket(("gel", "lily")), first.stored("30.00"), cash())
    here.move(first, second, [(paid, 2000)])
    here.receive(first, second)
    second.sell(second.ticket(("gel", "lily")), second.stored("5.00"), cash())
    here.move(second, first, [(paid, 500)])
    told = own(second.till.store)
    sale = next(one for one in reversed(told) if one.header.kind == SaleCompleted.KIND)
    newer = resealed(sale, version=9, prev_hash=told[-1].hash, seq=told[-1].header.seq + 1)
    newer = resealed(newer, op_id="newer", command_id="newer")
    receive(first.till.store, [*told, newer])
    with first.till.read() as transaction:
        known = card(transaction, first.card)
        assert known is not None
        left = receipts.balance_after(transaction, sold.op_id, known)
    assert left is not None
    assert (left.paid, left.bonus) == (dollars("90.00"), dollars("0.00"))


def test_tips_are_paid_out_where_they_were_taken(here: Neighbours) -> None:
    first, second = here.shops
    first.sell(first.ticket(("gel", "lily")), external(), tip="6.00")
    here.share()
    tips = (("lily", dollars("6.00")),)
    with pytest.raises(AmountTooLarge):
        shifts.pay_tips(second.till, second.command(), MANAGER, tips=tips)
    shifts.pay_tips(first.till, first.command(), MANAGER, tips=tips)


def test_of_two_receipts_with_one_number_a_till_finds_its_own(here: Neighbours) -> None:
    first, second = here.shops
    mine = first.sell(first.ticket(("gel", "lily")), cash())
    theirs = second.sell(second.ticket(("gel", "lily")), cash())
    told = own(second.till.store)
    receipt = mine.sale.receipt
    with second.till.read() as transaction:
        found = operation_of(transaction, theirs.op_id)
    assert found is not None
    assert isinstance(found[1], SaleCompleted)
    record(second, structs.replace(found[1], receipt=receipt, ticket="t2", purse_changes=()))
    assert len(told) < len(own(second.till.store))
    hand(second.till.store, first.till.store)
    with first.till.read() as transaction:
        row = sales.by_receipt(transaction, receipt)
    assert row is not None
    assert row.op_id == mine.op_id


def test_two_cards_with_one_code_are_not_guessed_at_and_a_search_shows_both_members(here: Neighbours) -> None:
    first, second = here.shops
    one = members.add(first.till, first.command(), CASHIER, NewMember(name="李娜", card_code="8600123"))
    other = members.add(second.till, second.command(), CASHIER, NewMember(name="王芳", card_code="8600123"))
    assert cards.by_code(first.till, "8600123").card.member == one.member.member_id
    here.share()
    for shop in here.shops:
        for look in (search.by_code, cards.by_code):
            with pytest.raises(CardCodeShared):
                look(shop.till, "8600123")
        found = {hit.member.member_id for hit in search.search(shop.till, "8600123") if hit.member}
        assert found == {one.member.member_id, other.member.member_id}
        with pytest.raises(CardCodeTaken):
            cards.issue(shop.till, shop.command(), CASHIER, member=shop.member, code="8600123")
    assert CardIssued.KIND in {envelope.header.kind for envelope in own(second.till.store)}


def test_what_another_till_holds_for_a_ticket_is_not_freed_here(here: Neighbours) -> None:
    first, second = here.shops
    ticket = first.ticket(("gel", "lily"))
    cards.hold(first.till, first.command(), CASHIER, ticket, card_id=first.card, amount=dollars("7.00"))
    here.share()
    cards.release(second.till, second.command(), CASHIER, ticket)
    second.sell(ticket, cash())
    here.share()
    with first.till.read() as transaction:
        assert [one.units for one in holds_of(transaction, ticket)] == [700]
    cards.release(first.till, first.command(), CASHIER, ticket)
