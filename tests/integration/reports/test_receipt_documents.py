"""Receipts out of the till's own data: the names behind ids, the balance of the moment, and what a print job says."""

from __future__ import annotations

import re

import pytest

from salon_desk.documents.layout import Document, as_text
from salon_desk.domain.errors import ShiftNotOpen
from salon_desk.domain.refund import RefundAsk
from salon_desk.operations import description as described
from salon_desk.operations.ticket import TicketSaved
from salon_desk.services import receipts, refunds, shifts, voids
from salon_desk.services.describe import describe
from salon_desk.services.errors import UnknownSale
from salon_desk.services.payment import TopUpAsk
from salon_desk.storage import print_jobs
from salon_desk.storage.print_jobs import PrintJob
from salon_desk.storage.queries import receipts as stored
from tests.integration.reports.fold import journal
from tests.integration.reports.trade import close, zelle
from tests.integration.services.shop import MANAGER, Shop, cash


@pytest.fixture
def shop(untouched: Shop) -> Shop:
    """The shop with an open shift and $100 + $20 on the member's card."""
    untouched.open_shift()
    untouched.top_up("", offer="100")
    return untouched


def paper(shop: Shop, op_id: str, language: str = "en", *, copy: bool = False) -> str:
    """The receipt of an operation on 80 mm."""
    with shop.till.read() as transaction:
        return as_text(receipts.receipt_document(transaction, op_id, language, copy=copy))


def balance(text: str) -> str:
    """The balance that a receipt says is left."""
    found = re.search(r"Balance left.* (\$\S+)\n +\((\S+) paid \+ (\S+) bonus\)", text)
    return " = ".join(found.groups()) if found else ""


def job_of(shop: Shop, op_id: str, kind: str) -> PrintJob:
    """The print job that an operation queued."""
    with shop.till.read() as transaction:
        job = print_jobs.latest(transaction, op_id, kind)
    assert job is not None
    return job


def document(shop: Shop, job: PrintJob) -> Document:
    """What a job says."""
    with shop.till.read() as transaction:
        return receipts.document(shop.till, transaction, job)


def test_the_balance_is_that_of_the_moment_and_a_later_copy_says_the_same(shop: Shop) -> None:
    first = shop.sell(shop.ticket(("gel", "lily")), shop.stored("30.00"), cash())
    original = paper(shop, first.op_id)
    assert balance(original) == "$90.00 = $90.00 = $0.00"
    shop.top_up("60.00")
    shop.sell(shop.ticket(("pedicure", "kim")), shop.stored("39.71"))
    refund = (RefundAsk(first.sale.lines[0].line),)
    back = refunds.refund(shop.till, shop.command(), MANAGER, first.op_id, asked=refund, reason="unhappy")
    assert balance(paper(shop, first.op_id, copy=True)) == "$90.00 = $90.00 = $0.00"
    assert balance(paper(shop, back.op_id)) == "$140.29 = $120.29 = $20.00"


def test_a_top_up_within_a_sale_shows_the_balance_with_it(shop: Shop) -> None:
    sold = shop.sell(shop.ticket(("cream", "")), cash(), top_ups=(TopUpAsk(shop.card, offer="300"),))
    text = paper(shop, sold.op_id)
    assert balance(text) == "$450.00 = $400.00 = $50.00"
    assert "Top-up" in text


def test_a_copy_of_long_ago_carries_no_balance(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    sold = shop.sell(shop.ticket(("cream", "")), shop.stored())
    monkeypatch.setattr(stored, "MOST_LATER", 3)
    assert balance(paper(shop, sold.op_id))
    shop.ticket(("gel", "lily"), ("gel", "lily"), ("gel", "lily"))
    assert not balance(paper(shop, sold.op_id, copy=True))


def test_a_void_puts_value_back_and_says_so(shop: Shop) -> None:
    sold = shop.sell(shop.ticket(("gel", "lily")), shop.stored())
    void = voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="wrong guest")
    text = paper(shop, void.op_id)
    assert balance(text) == "$120.00 = $100.00 = $20.00"
    assert sold.sale.receipt in text


def test_names_come_from_what_the_shop_says_of_its_ids(shop: Shop) -> None:
    describe(
        shop.till,
        shop.command(),
        None,
        [
            (described.StaffDescribed, "lily", {"name": "莉莉", "latin_name": "Lily"}),
            (
                described.StoreDescribed,
                "s1",
                {"return_policy_en": "No returns.", "return_policy_zh_cn": "不退。"},
            ),
        ],
    )
    sold = shop.sell(shop.ticket(("gel", "lily")), zelle())
    english, chinese = paper(shop, sold.op_id), paper(shop, sold.op_id, "zh_CN")
    for said in ("Lily (requested)", "amy", "May Zhang", "Zelle", "83921", "No returns."):
        assert said in english
    for said in ("莉莉", "张晓梅", "不退。", "No returns."):
        assert said in chinese


def test_each_job_in_the_queue_has_its_paper(shop: Shop) -> None:
    sold = shop.sell(shop.ticket(("gel", "lily")), cash(), print_language="zh_CN")
    job = job_of(shop, sold.op_id, "receipt")
    assert (document(shop, job).kind, document(shop, job).language) == ("sale", "zh_CN")
    shifts.print_x(shop.till, MANAGER, "en")
    with shop.till.read() as transaction:
        x = print_jobs.recent(transaction, 1)[0]
    assert document(shop, x).kind == "x_report"
    close(shop)
    assert document(shop, x).kind == "z_report"
    z_op = journal(shop.till)[-1][0].op_id
    z = document(shop, job_of(shop, z_op, "z"))
    assert z.kind == "z_report"
    assert "Z report 1" in as_text(z)


def test_a_reprint_says_copy_and_a_test_page_needs_no_operation(shop: Shop) -> None:
    sold = shop.sell(shop.ticket(("gel", "lily")), cash(), print_language="en")
    print_jobs.reprint(shop.till.store, sold.op_id, "receipt", "en")
    assert "COPY" in as_text(document(shop, job_of(shop, sold.op_id, "receipt")))
    print_jobs.queue_report(shop.till.store, "test", "en", "")
    with shop.till.read() as transaction:
        test = print_jobs.recent(transaction, 1)[0]
    assert document(shop, test).kind == "test"


def test_what_has_no_paper_is_refused(shop: Shop) -> None:
    saved = next(header.op_id for header, one in journal(shop.till) if not isinstance(one, TicketSaved))
    for op_id in (saved, "nobody"):
        with shop.till.read() as transaction, pytest.raises(UnknownSale):
            receipts.receipt_document(transaction, op_id, "en")
    print_jobs.queue_report(shop.till.store, "x", "en", "no-shift")
    close(shop)
    with shop.till.read() as transaction:
        job = print_jobs.recent(transaction, 1)[0]
        gone = next(one for one in print_jobs.recent(transaction) if one.kind == "x")
        with pytest.raises(ShiftNotOpen):
            receipts.document(shop.till, transaction, gone)
    assert job.kind in ("z", "x")


def test_every_document_of_a_traded_till_prints_in_every_language(traded: Shop) -> None:
    driver = traded.till.store.database.driver()
    op_ids = [row[0] for row in driver.execute("SELECT op_id FROM sales").fetchall()]
    for op_id in op_ids:
        for language in ("en", "zh_CN", "zh_TW"):
            assert paper(traded, op_id, language)
