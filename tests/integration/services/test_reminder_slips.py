"""A reminder on paper: the text that a message would have, in the member's language, written when it is printed and kept nowhere."""

from __future__ import annotations

import pytest

from salon_desk.documents.layout import Banner, Document, TextRow
from salon_desk.operations.description import MemberDescribed
from salon_desk.services import receipts, reminder_slips
from salon_desk.services.describe import describe
from salon_desk.services.errors import UnknownMember
from salon_desk.services.reminder_slip_errors import NothingToRemindOf
from salon_desk.storage import print_jobs
from tests.integration.services.shop import Shop


def printed(shop: Shop) -> Document:
    """What the next job says, as the print queue asks for it."""
    job = print_jobs.claim(shop.till.store)
    while job is not None and job.kind != reminder_slips.PRINTED:
        job = print_jobs.claim(shop.till.store)
    assert job is not None
    with shop.till.read() as transaction:
        return receipts.document(shop.till, transaction, job)


def text(document: Document) -> str:
    return "\n".join(row.text for row in document.rows if isinstance(row, TextRow))


def test_the_slip_says_the_balance_as_it_is_when_it_is_printed_in_the_members_language(shop: Shop) -> None:
    describe(shop.till, shop.command(), None, [(MemberDescribed, shop.member, {"language": "zh_CN"})])
    shop.top_up("80.00")
    job_id = reminder_slips.print_slip(shop.till, shop.member)
    shop.top_up("20.00")
    slip = printed(shop)
    assert slip.language == "zh_CN"
    assert "张晓梅，您的储值卡余额为 $100.00" in text(slip)
    assert text(slip).startswith("法拉盛店\n")
    with shop.till.read() as transaction:
        (kept,) = [one for one in print_jobs.recent(transaction) if one.job_id == job_id]
    assert kept.detail == f"{shop.member}|after_sale|"


def test_a_slip_that_was_cut_off_says_copy(shop: Shop) -> None:
    shop.top_up("80.00")
    reminder_slips.print_slip(shop.till, shop.member)
    assert not isinstance(printed(shop).rows[0], Banner)
    print_jobs.recover(shop.till.store)
    assert isinstance(printed(shop).rows[0], Banner)


def test_who_is_nobody_and_what_has_nothing_to_say_is_refused_before_anything_is_queued(shop: Shop) -> None:
    with pytest.raises(UnknownMember):
        reminder_slips.print_slip(shop.till, "nobody")
    with pytest.raises(NothingToRemindOf):
        reminder_slips.print_slip(shop.till, shop.member, template="gone")
    with pytest.raises(NothingToRemindOf) as refused:
        reminder_slips.print_slip(shop.till, shop.member, template="before_appointment", about="none")
    assert refused.value.detail == "appointment"
    with shop.till.read() as transaction:
        assert [one for one in print_jobs.recent(transaction) if one.kind == reminder_slips.PRINTED] == []
