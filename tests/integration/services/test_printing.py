"""The print queue: nothing prints before its commit, and at most one paper of a receipt lacks the word COPY."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.documents.self_test import self_test_page
from salon_desk.domain.access import Role
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations.description import TenderDescribed
from salon_desk.services import printing, recovery
from salon_desk.services.describe import describe
from salon_desk.services.errors import UnknownSale
from salon_desk.services.ports import Paper
from salon_desk.services.printing import PrintDesk
from salon_desk.services.till import Actor, Till
from salon_desk.storage.opening import open_store
from salon_desk.storage.print_jobs import JobState
from tests.integration.services.shop import CASHIER, Shop, cash, external


class Tray:
    """A printer that keeps what it is given, and can be full."""

    def __init__(self) -> None:
        self.papers: list[Paper] = []
        self.full = False

    def submit(self, paper: Paper) -> bool:
        if not self.full:
            self.papers.append(paper)
        return not self.full


@pytest.fixture
def tray() -> Tray:
    return Tray()


@pytest.fixture
def desk(shop: Shop, tray: Tray) -> PrintDesk:
    return PrintDesk(shop.till, tray)


def sell(shop: Shop) -> str:
    """A cash sale with a receipt."""
    return shop.sell(shop.ticket(("gel", "lily")), cash(), print_language="zh_CN").op_id


def states(shop: Shop) -> dict[str, JobState]:
    """The newest jobs by kind."""
    return {job.kind: job.state for job in reversed(printing.recent(shop.till))}


def test_a_cash_sale_opens_the_drawer_and_prints_and_a_card_sale_only_prints(
    shop: Shop, desk: PrintDesk, tray: Tray
) -> None:
    sell(shop)
    desk.pump()
    assert [paper.document is None for paper in tray.papers] == [True, False]
    shop.sell(shop.ticket(("gel", "lily")), external(), print_language="en")
    for paper in tuple(tray.papers):
        desk.outcome(paper.job_id, ok=True)
    assert [paper.document is None for paper in tray.papers] == [True, False, False]


def test_a_tender_kept_in_the_drawer_opens_it_and_another_does_not(shop: Shop) -> None:
    things = [(TenderDescribed, "voucher", {"name_en": "Voucher", "opens_drawer": True})]
    describe(shop.till, shop.command(), None, things)
    paper = PlannedTender(TenderKind.CUSTOM, None, tender_id="voucher")
    phone = PlannedTender(TenderKind.CUSTOM, None, tender_id="zelle", reference="77")
    shop.sell(shop.ticket(("gel", "lily")), phone)
    assert "drawer" not in states(shop)
    shop.sell(shop.ticket(("gel", "lily")), paper)
    assert "drawer" in states(shop)


def test_a_job_is_marked_as_being_sent_before_the_printer_gets_it(
    shop: Shop, desk: PrintDesk, tray: Tray
) -> None:
    sell(shop)
    desk.pump()
    assert states(shop) == {"drawer": JobState.SENDING, "receipt": JobState.SENDING}
    for paper in tray.papers:
        desk.outcome(paper.job_id, ok=True)
    assert states(shop) == {"drawer": JobState.PRINTED, "receipt": JobState.PRINTED}
    assert desk.state().waiting == 0


def test_a_receipt_that_was_being_sent_when_the_power_went_is_printed_again_as_a_copy(
    shop: Shop, desk: PrintDesk, tmp_path: Path
) -> None:
    recovery.start(shop.till)
    sell(shop)
    desk.pump()
    shop.till.store.close()
    till = Till(open_store(tmp_path / "till", shop.clock, lambda: "id-after"), shop.till.rules)
    recovered = recovery.start(till)
    assert recovered is not None
    assert (recovered.receipt, recovered.drawer, recovered.replayed) == ("unsure", "unsure", False)
    after = Tray()
    PrintDesk(till, after).pump()
    assert [(paper.document is not None, paper.copy) for paper in after.papers] == [(True, True)]
    till.store.close()


def test_a_receipt_that_had_not_been_begun_is_printed_as_the_first_one(shop: Shop, tmp_path: Path) -> None:
    recovery.start(shop.till)
    sell(shop)
    shop.till.store.close()
    till = Till(open_store(tmp_path / "till", shop.clock, lambda: "id-after"), shop.till.rules)
    recovered = recovery.start(till)
    assert recovered is not None
    assert (recovered.receipt, recovered.drawer) == ("queued", "not_opened")
    after = Tray()
    PrintDesk(till, after).pump()
    assert [(paper.document is not None, paper.copy) for paper in after.papers] == [(True, False)]
    till.store.close()


def test_an_orderly_end_leaves_nothing_to_say(shop: Shop, tmp_path: Path) -> None:
    assert recovery.start(shop.till) is None
    recovery.finish(shop.till)
    shop.till.store.close()
    till = Till(open_store(tmp_path / "till", shop.clock, lambda: "id-after"), shop.till.rules)
    assert recovery.start(till) is None
    till.store.close()


def test_a_printer_that_takes_no_more_leaves_the_job_waiting(shop: Shop, desk: PrintDesk, tray: Tray) -> None:
    sell(shop)
    tray.full = True
    desk.pump()
    assert states(shop) == {"drawer": JobState.QUEUED, "receipt": JobState.QUEUED}
    tray.full = False
    desk.pump()
    assert [paper.copy for paper in tray.papers] == [False, False]


def test_a_paper_that_failed_holds_up_nothing_and_can_be_tried_again(
    shop: Shop, desk: PrintDesk, tray: Tray
) -> None:
    for _ in range(4):
        sell(shop)
    desk.pump()
    first = tray.papers[1]
    desk.outcome(first.job_id, ok=False, problem="unprintable")
    assert len(tray.papers) == 5
    desk.retry()
    assert desk.state().waiting == 8


def test_one_paper_that_cannot_be_drawn_does_not_hold_up_the_others(
    shop: Shop, desk: PrintDesk, tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sell(shop), sell(shop)
    whole = printing.receipts.document

    def broken(till: Till, transaction: object, job: object) -> object:
        if job.op_id == first:  # type: ignore[attr-defined]
            raise ValueError("cannot be drawn")
        return whole(till, transaction, job)  # type: ignore[arg-type]

    monkeypatch.setattr(printing.receipts, "document", broken)
    desk.pump()
    assert [paper.job_id for paper in tray.papers if paper.document] == [f"{second}/receipt"]


def test_a_reprint_says_copy_and_needs_permission_and_a_receipt(
    shop: Shop, desk: PrintDesk, tray: Tray
) -> None:
    sold = shop.sell(shop.ticket(("gel", "lily")), external())
    printing.reprint(shop.till, CASHIER, sold.sale.receipt, "en")
    desk.pump()
    assert [paper.copy for paper in tray.papers] == [True]
    with pytest.raises(UnknownSale):
        printing.reprint(shop.till, CASHIER, "S1-1-999999", "en")
    with pytest.raises(PermissionNeeded):
        printing.reprint(shop.till, Actor("kim", Role.TECHNICIAN), sold.op_id, "en")


def test_the_self_test_waits_in_the_queue_like_any_paper(shop: Shop, desk: PrintDesk, tray: Tray) -> None:
    desk.print_self_test("zh_CN")
    desk.pump()
    assert [paper.document for paper in tray.papers] == [self_test_page("zh_CN")]


def test_an_outcome_of_an_unknown_job_changes_nothing(shop: Shop, desk: PrintDesk) -> None:
    sell(shop)
    desk.outcome("nobody/receipt", ok=True)
    assert states(shop)["receipt"] is JobState.QUEUED
