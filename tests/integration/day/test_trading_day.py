"""The scripted day: exactly so many sales, everything seen once, the same seed the same day, a used folder goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from salon_desk.bootstrap.day.payments import Payments
from salon_desk.bootstrap.till import open_till
from salon_desk.bootstrap.trading_day import fill_if_empty
from salon_desk.domain.access import Role
from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import cards, checkout, search, shifts, tickets
from salon_desk.services.checkout import PaymentPlan
from salon_desk.services.demo_shop import float_of
from salon_desk.services.device_settings import DeviceChoice
from salon_desk.services.tickets import NewLine
from salon_desk.services.till import Actor, Till
from salon_desk.storage.errors import CannotRecord
from salon_desk.storage.verify import verify
from tests.integration.day.played import DEMO, Books, copy_to_own, play_in

AMY = Actor("amy", Role.CASHIER)


@pytest.fixture(scope="module")
def sixty(loaded_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """The books of a day of sixty sales."""
    folder = copy_to_own(loaded_demo, tmp_path_factory.mktemp("sixty") / "till")
    play_in(folder, 60)
    found = Books(folder)
    yield found
    found.close()


def test_exactly_as_many_sales_as_asked_are_made_and_each_is_announced_as_it_is_recorded(
    folder: Path, books: Callable[[Path], Books]
) -> None:
    played = play_in(folder, 23)
    found = books(folder)
    recorded = found.all("SELECT op_id FROM journal WHERE kind = 'sale.completed' ORDER BY position")
    assert [op_id for op_id, _cents in played.announced] == [op_id for (op_id,) in recorded]
    assert played.totals == [body["total"]["cents"] for body in found.bodies("sale.completed")]
    assert played.summary.tally.sales == 23
    assert played.summary.operations == found.operations()
    assert found.agree()


def test_after_a_day_everything_can_be_rebuilt_from_the_journal(folder: Path) -> None:
    summary = play_in(folder, 40).summary
    found = verify(folder)
    assert found.problems == ()
    assert (found.operations, found.head) == (summary.operations, summary.head)


def test_a_day_of_sixty_sales_has_seen_everything(sixty: Books) -> None:
    kinds = sixty.kinds()
    wanted = (
        "sale.refunded sale.voided card.topped_up card.frozen card.unfrozen purse.held member.allergy_noted "
        "cash.paid_in cash.paid_out drawer.opened card_batch.closed shift.counted tips.paid_out"
    )
    assert [kind for kind in wanted.split() if not kinds[kind]] == []
    assert kinds["card.topped_up"] > sum(bool(row.card) for row in DEMO.member)
    assert kinds["card.issued"] > sum(bool(row.card) for row in DEMO.member)
    assert {body["ticket"]["state"] for body in sixty.bodies("ticket.saved")} == {
        "open",
        "parked",
        "discarded",
    }


def test_sixty_sales_are_paid_in_every_way(sixty: Books) -> None:
    sales = sixty.bodies("sale.completed")
    ways = {tuple(tender["kind"] for tender in sale["tenders"]) for sale in sales}
    assert {("stored_value", "cash"), ("stored_value", "external_card")} <= ways
    assert {("cash",), ("external_card",), ("stored_value",), ("custom",)} <= ways
    assert {tender.get("tender") for sale in sales for tender in sale["tenders"]} >= {
        "zelle",
        "venmo",
        "groupon",
    }
    assert any(sale["fundings"] for sale in sales)
    assert any(tender["change"]["cents"] for sale in sales for tender in sale["tenders"])
    assert any(sale["member"] for sale in sales)
    assert any(not sale["member"] for sale in sales)
    assert any(sale["discount"]["cents"] for sale in sales)


def test_sixty_sales_have_technicians_together_and_by_request_and_tips(sixty: Books) -> None:
    sales = sixty.bodies("sale.completed")
    technicians = [{line["technician"] for line in sale["lines"]} - {""} for sale in sales]
    assert any(len(served) > 1 for served in technicians)
    assert {bool(line["requested"]) for sale in sales for line in sale["lines"]} == {True, False}
    assert any(tip["amount"]["cents"] for sale in sales for tip in sale["tips"])
    assert any(len({tip["technician"] for tip in sale["tips"]}) > 1 for sale in sales)
    assert {line["item_kind"] for sale in sales for line in sale["lines"]} == {"service", "product"}


def test_the_same_seed_gives_the_same_day(loaded_demo: Path, tmp_path: Path) -> None:
    first, second, other = (
        play_in(copy_to_own(loaded_demo, tmp_path / name), 12, seed=seed)
        for name, seed in (("first", 5), ("second", 5), ("other", 6))
    )
    assert first.totals == second.totals != other.totals
    assert first.summary.tally.tenders == second.summary.tally.tenders
    assert first.summary.operations == second.summary.operations


def test_the_next_day_of_the_same_seed_is_another_day(folder: Path) -> None:
    assert play_in(folder, 8).totals != play_in(folder, 8).totals


def test_no_sales_load_the_shop_into_an_empty_folder_and_nothing_else(
    tmp_path: Path, loaded_demo: Path, books: Callable[[Path], Books]
) -> None:
    played = play_in(tmp_path / "till", 0)
    assert played.announced == ()
    assert books(tmp_path / "till").kinds() == books(loaded_demo).kinds()


def test_no_sales_record_nothing_in_a_used_folder(folder: Path) -> None:
    before = play_in(folder, 4).summary
    after = play_in(folder, 0).summary
    assert (after.operations, after.head) == (before.operations, before.head)
    assert after.closed is None


def test_the_day_ends_with_a_z_and_the_next_begins_with_a_new_shift(
    folder: Path, books: Callable[[Path], Books]
) -> None:
    first, second = play_in(folder, 3).summary.closed, play_in(folder, 3).summary.closed
    assert first is not None
    assert second is not None
    assert (first.z_number, second.z_number) == (2, 3)
    assert second.from_seq == first.to_seq + 1
    assert books(folder).one("SELECT COUNT(*) FROM shifts WHERE state != 'closed'") == 0


def test_a_used_folder_goes_on_with_its_open_shift_and_its_open_tickets(
    folder: Path, books: Callable[[Path], Books]
) -> None:
    shift, waiting = _leave_open(folder)
    closed = play_in(folder, 5).summary.closed
    assert closed is not None
    assert closed.shift == shift
    paid = {body["ticket"] for body in books(folder).bodies("sale.completed")}
    assert waiting <= paid


def test_more_open_tickets_than_sales_asked_for_stay_open(
    folder: Path, books: Callable[[Path], Books]
) -> None:
    _shift, waiting = _leave_open(folder)
    assert play_in(folder, 1).summary.tally.sales == 1
    paid = {body["ticket"] for body in books(folder).bodies("sale.completed")}
    assert len(paid) == 1
    assert paid < waiting


def test_value_that_was_held_for_a_ticket_left_open_is_not_lost(
    folder: Path, books: Callable[[Path], Books]
) -> None:
    _leave_open(folder, hold=True)
    assert play_in(folder, 3).summary.problems == ()
    found = books(folder)
    assert found.one("SELECT COUNT(*) FROM holds") == 0
    assert found.agree()


def test_a_shift_that_was_counted_and_not_closed_is_closed_first(folder: Path) -> None:
    shift, _waiting = _leave_open(folder, counted=True)
    closed = play_in(folder, 2).summary.closed
    assert closed is not None
    assert closed.shift != shift
    assert closed.z_number == 3


def test_a_printer_that_is_gone_keeps_no_sale_and_its_papers_wait(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from salon_desk.bootstrap.day import papers

    monkeypatch.setattr(papers, "GONE_AFTER_S", 0.3)
    gone = play_in(folder, 3, printer=f"serial:{tmp_path / 'no-such-port'}?baud=9600").summary
    assert gone.tally.sales == 3
    assert gone.papers.printed == 0
    assert gone.papers.waiting >= 4
    assert gone.problems == ("printer: offline, not_found",)
    back = play_in(folder, 0, printer=f"file:{tmp_path / 'paper'}").summary
    assert back.papers.waiting == 0


def test_a_payment_that_is_refused_is_told_and_taken_on_the_card_machine(
    folder: Path, monkeypatch: pytest.MonkeyPatch, books: Callable[[Path], Books]
) -> None:
    short = PaymentPlan(tenders=(PlannedTender(TenderKind.CASH, Money(1, "USD")),))
    monkeypatch.setattr(Payments, "plan", lambda _self, _view: short)
    summary = play_in(folder, 2).summary
    assert summary.tally.sales == 2
    assert [problem.split("(")[0] for problem in summary.problems] == ["TenderShort"] * 2
    sales = books(folder).bodies("sale.completed")
    assert {tender["kind"] for sale in sales for tender in sale["tenders"]} == {"external_card"}


def test_a_disk_that_refuses_ends_the_day_at_once_and_the_next_one_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise CannotRecord("disk-full")

    with monkeypatch.context() as patch:
        patch.setattr(checkout, "complete", full)
        with pytest.raises(CannotRecord):
            play_in(folder, 2)
    assert play_in(folder, 2).summary.problems == ()


def test_a_folder_of_which_the_shop_is_already_there_is_not_filled(folder: Path) -> None:
    running = open_till(folder, devices=DeviceChoice())
    try:
        assert not fill_if_empty(running, DEMO)
    finally:
        running.close()


def _leave_open(folder: Path, *, hold: bool = False, counted: bool = False) -> tuple[str, set[str]]:
    """A shift with three tickets in it: a filled one, a parked one, one without a line."""
    running = open_till(folder, devices=DeviceChoice())
    try:
        return running.worker.run(lambda: _leave(running.till, hold=hold, counted=counted))
    finally:
        running.close()


def _leave(till: Till, *, hold: bool, counted: bool) -> tuple[str, set[str]]:
    shift = shifts.open_shift(till, "left/shift", AMY, denominations=float_of(DEMO)).shift
    found = search.by_code(till, "8600000103")
    assert found is not None
    assert found.member is not None
    assert found.card is not None
    left = [
        tickets.open_ticket(till, f"left/{number}", AMY, member=member).ticket.ticket_id
        for number, member in enumerate((found.member.member_id, "", ""))
    ]
    for ticket in left[:2]:
        tickets.add_line(till, f"left/line/{ticket}", AMY, ticket, NewLine("gel-manicure", "lily"))
    tickets.park(till, "left/park", AMY, left[1])
    if hold:
        cards.hold(till, "left/hold", AMY, left[0], card_id=found.card.card, amount=Money(1000, "USD"))
    if counted:
        shifts.count(till, "left/count", AMY, denominations=float_of(DEMO))
    return shift, set(left)
