"""What is held while a machine charges, and what a refused payment keeps; without Qt, on the real services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from salon_desk.domain.errors import InsufficientValue, ShiftNotOpen, TenderOver
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import cards, checkout, printing, shifts
from salon_desk.services.tickets import NewLine
from salon_desk.storage.errors import CannotRecord
from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.counter.tender_plan import CARD, CASH
from tests.ui.pay.payment import Payment
from tests.ui.shop_fixture import AMY, GRACE, CounterShop, usd


def test_stored_value_is_held_while_the_card_machine_charges_the_rest(visit: Payment) -> None:
    visit.edits.choose_tender(CARD)
    assert visit.shop.usable() == 0
    visit.type("4417")
    visit.presenter.complete()
    assert visit.shop.usable() == 0
    assert [part.amount for part in visit.shop.last_sale().tenders] == [usd(6250), usd(3339)]


def test_held_value_is_free_again_after_going_back(visit: Payment) -> None:
    visit.edits.choose_tender(CARD)
    visit.presenter.back()
    assert visit.shop.usable() == 6250
    assert visit.left == 1


def test_held_value_is_free_again_when_the_card_machine_is_not_used_after_all(visit: Payment) -> None:
    visit.edits.choose_tender(CARD)
    visit.edits.remove_tender(CARD)
    assert visit.shop.usable() == 6250


def test_held_value_is_free_again_when_another_screen_comes(visit: Payment) -> None:
    visit.edits.choose_tender(CARD)
    visit.presenter.abandon()
    assert visit.shop.usable() == 6250


def test_value_that_an_earlier_run_left_held_is_freed_when_paying_begins(shop: CounterShop) -> None:
    ticket = shop.the_visit().ticket.ticket_id
    cards.hold(shop.till, shop.command(), AMY, ticket, card_id=shop.card(), amount=usd(6250))
    payment = Payment(shop, ticket)
    assert [share.taken for share in payment.reckoned.shares] == [usd(6250)]
    assert shop.usable() == 6250


def test_going_back_asks_when_the_card_machine_may_have_charged(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CARD)
    walk_in.type("4417")
    walk_in.outlet.answer = False
    walk_in.presenter.back()
    assert (len(walk_in.outlet.questions), walk_in.left) == (1, 0)
    walk_in.outlet.answer = True
    walk_in.presenter.back()
    assert walk_in.left == 1


def test_more_than_is_due_is_said_beside_the_figures_and_can_be_erased(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CARD)
    walk_in.edits.tap_field("amount")
    walk_in.type("9999")
    assert isinstance(walk_in.presenter.state.problem, TenderOver)
    assert not walk_in.presenter.state.ready
    walk_in.edits.erase()
    assert walk_in.presenter.state.problem is None


def test_a_frozen_card_pays_nothing(shop: CounterShop) -> None:
    cards.freeze(shop.till, shop.command(), GRACE, shop.card(), reason="lost")
    payment = Payment(shop, shop.the_visit().ticket.ticket_id)
    assert [share.taken for share in payment.reckoned.shares] == [usd(0)]
    assert payment.presenter.state.fitting_offer is None
    payment.edits.toggle_stored(shop.card())
    assert [share.taken for share in payment.reckoned.shares] == [usd(0)]


def test_a_scan_that_is_no_card_changes_nothing(walk_in: Payment) -> None:
    before = walk_in.presenter.state.draft
    walk_in.presenter.code_scanned("2100001002")
    assert len(walk_in.outlet.notices) == 1
    assert walk_in.presenter.state.draft == before


def test_completing_twice_takes_the_money_once(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    walk_in.presenter.complete()
    walk_in.presenter.complete()
    assert len(walk_in.paid) == 1
    assert len([one for one in walk_in.shop.documents() if one.kind == "sale"]) == 1


def test_value_spent_in_the_meantime_is_refused_and_everything_is_kept(visit: Payment) -> None:
    visit.edits.choose_tender(CASH)
    other = visit.shop.ticket(NewLine("gel-manicure", "tina"))
    plan = checkout.PaymentPlan((PlannedTender(TenderKind.STORED_VALUE, None, card_id=visit.shop.card()),))
    checkout.complete(visit.shop.till, visit.shop.command(), AMY, other.ticket.ticket_id, plan)
    visit.presenter.complete()
    assert [type(error) for error in visit.outlet.refusals] == [InsufficientValue]
    assert visit.paid == []
    assert [draft.key for draft in visit.presenter.state.draft.tenders.drafts] == [CASH]
    assert [share.taken for share in visit.reckoned.shares] == [usd(1547)]
    visit.presenter.complete()
    assert len(visit.paid) == 1


def test_a_full_disk_is_refused_nothing_is_taken_and_the_same_command_is_tried_again(
    walk_in: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[str] = []
    real = checkout.complete

    def first_full(*given: object) -> checkout.Sold:
        commands.append(str(given[1]))
        if len(commands) == 1:
            raise CannotRecord(reason="disk-full")
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(checkout, "complete", first_full)
    walk_in.edits.choose_tender(CASH)
    walk_in.presenter.complete()
    assert [type(error) for error in walk_in.outlet.refusals] == [CannotRecord]
    assert walk_in.presenter.state.ready
    walk_in.presenter.complete()
    assert len(walk_in.paid) == 1
    assert commands[0] == commands[1]


def test_a_bug_does_not_lock_the_screen(walk_in: Payment, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[..., checkout.Sold] = checkout.complete

    def broken(*_given: object) -> checkout.Sold:
        raise ZeroDivisionError

    walk_in.edits.choose_tender(CASH)
    monkeypatch.setattr(checkout, "complete", broken)
    with pytest.raises(ZeroDivisionError):
        walk_in.presenter.complete()
    monkeypatch.setattr(checkout, "complete", real)
    walk_in.presenter.complete()
    assert len(walk_in.paid) == 1


def test_a_closed_shift_is_refused_and_everything_is_kept(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    till, shop = walk_in.shop.till, walk_in.shop
    shifts.count(till, shop.command(), GRACE, denominations=())
    shifts.close(till, shop.command(), GRACE)
    walk_in.presenter.complete()
    assert [type(error) for error in walk_in.outlet.refusals] == [ShiftNotOpen]
    assert walk_in.presenter.state.ready


def test_the_receipts_state_is_followed_and_a_reprint_is_a_copy(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    walk_in.presenter.complete()
    assert walk_in.presenter.state.receipt is JobState.QUEUED
    walk_in.presenter.reprint()
    newest = printing.recent(walk_in.shop.till, 1)[0]
    assert (newest.kind, newest.copy) == ("receipt", True)


def test_the_next_payment_has_a_command_of_its_own(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    walk_in.presenter.complete()
    other = walk_in.shop.ticket(NewLine("callus", "kim"))
    walk_in.presenter.begin(other.ticket.ticket_id)
    walk_in.edits.choose_tender(CASH)
    walk_in.presenter.complete()
    assert [ticket for ticket, _sale in walk_in.paid] == [walk_in.ticket, other.ticket.ticket_id]


def test_the_plan_of_a_sold_ticket_takes_no_change(walk_in: Payment) -> None:
    walk_in.edits.choose_tender(CASH)
    walk_in.presenter.complete()
    before = walk_in.presenter.state
    walk_in.edits.choose_tip("18")
    assert walk_in.presenter.state == replace(before)


def test_a_locked_till_keeps_the_plan_and_what_is_held_for_whoever_comes_back(visit: Payment) -> None:
    visit.edits.choose_tender(CARD)
    visit.shop.session.sign_out()
    visit.presenter.abandon()
    assert visit.shop.usable() == 0
    visit.shop.sign_in(GRACE)
    visit.type("4417")
    visit.presenter.complete()
    assert len(visit.paid) == 1
