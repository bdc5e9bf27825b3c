"""What a member owns, and its statement: every movement with the balance after it, wherever the value lies."""

from __future__ import annotations

import pytest

from salon_desk.documents.layout import as_text
from salon_desk.documents.statement import statement_sheet
from salon_desk.domain.points import points_asset
from salon_desk.i18n import Catalogue
from salon_desk.operations.claim import RefundRightUsed
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.services import owned, receipts, voids
from salon_desk.services.member_errors import UnknownAsset
from salon_desk.storage import print_jobs
from salon_desk.storage.queries.moves import everywhere
from salon_desk.storage.queries.owned import OwnedKind
from salon_desk.storage.queries.statement import statement
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash


def _paid(shop: Shop) -> str:
    return f"card/{shop.card}/USD/paid"


def test_a_statement_runs_from_nothing_to_what_the_purses_hold(shop: Shop) -> None:
    shop.top_up("", offer="100")
    sold = shop.sell(shop.ticket(("gel", "lily")), shop.stored("30.00"), cash())
    shop.sell(shop.ticket(("gel", "lily")), shop.stored("20.00"), cash())
    voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="wrong")
    report = owned.read(shop.till, shop.member, _paid(shop), "en")
    with shop.till.read() as transaction:
        whole = sum(everywhere(transaction, f"card/{shop.card}/USD/{part}") for part in ("paid", "bonus"))
    assert [one.kind for one in report.lines] == ["top_up", "sale", "sale", "void"]
    assert report.before == 0
    running = 0
    for line in report.lines:
        running += line.change
        assert line.after == running
    assert report.after == running == whole
    assert all(line.receipt and line.store.en == "Lotus Nails & Spa" for line in report.lines)
    assert [line.person.en for line in report.lines] == ["amy", "amy", "amy", "wang"]


def test_only_the_newest_are_read_and_the_balance_before_them_is_right(shop: Shop) -> None:
    for _time in range(5):
        shop.top_up("10.00")
    with shop.till.read() as transaction:
        found = statement(transaction, [_paid(shop)], most=2)
    assert [one.after for one in found.movements] == [5000, 4000]
    assert found.before == 3000


def test_points_appear_by_their_name_alone(shop: Shop) -> None:
    asset = points_asset(shop.member)
    with shop.till.read() as transaction:
        assert OwnedKind.POINTS not in [
            one.named.kind for one in owned.of_member(shop.till, transaction, shop.member)
        ]
    changes = (PurseChange(asset, 120, Cause.ISSUE),)
    earned = RefundRightUsed(right="r", units=0, purse_changes=changes)
    shop.till.record(shop.command(), CASHIER, lambda _transaction: earned)
    with shop.till.read() as transaction:
        found = {one.named.kind: one for one in owned.of_member(shop.till, transaction, shop.member)}
    assert (found[OwnedKind.POINTS].whole, found[OwnedKind.POINTS].here) == (120, 120)
    report = owned.read(shop.till, shop.member, asset, "zh_CN")
    assert (report.currency, report.after) == ("", 120)


def test_the_printed_statement_says_the_balance_in_the_members_language(shop: Shop) -> None:
    shop.top_up("", offer="100")
    owned.print_statement(shop.till, shop.member, _paid(shop), "zh_CN")
    job = print_jobs.claim(shop.till.store)
    while job is not None and job.kind != owned.PRINTED:
        job = print_jobs.claim(shop.till.store)
    assert job is not None
    with shop.till.read() as transaction:
        paper = as_text(receipts.document(shop.till, transaction, job))
    assert "$120.00" in paper
    report = owned.read(shop.till, shop.member, _paid(shop), "en")
    assert statement_sheet(report, Catalogue.load("en")).title == "Statement"


def test_nobody_reads_the_statement_of_what_is_not_the_members(shop: Shop) -> None:
    with pytest.raises(UnknownAsset):
        owned.read(shop.till, shop.member, "card/other/USD/paid", "en")
