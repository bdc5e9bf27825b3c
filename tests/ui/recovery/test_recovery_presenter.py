"""Recovery without a window: what is said is what happened, and what is not sure is said to be not sure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.domain.access import Permission
from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.services import printing, tickets
from salon_desk.services.recovery import Recovery
from salon_desk.ui.screens.recovery.fact import Sureness
from salon_desk.ui.screens.recovery.presenter import RecoveryPresenter, RecoveryWays
from salon_desk.ui.screens.recovery.view_model import RecoveryModel, recovery_model
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.back_office import CASHIER, Shop, external, session_of
from tests.ui.devices.printed_sale import sell_printed
from tests.ui.recovery.crashed_till import ManagerBeside, start_after_crash

EN = Catalogue.load("en")


def _presenter(
    shop: Shop, found: Recovery, staff: str = "amy"
) -> tuple[RecoveryPresenter, ManagerBeside, list[str]]:
    beside, went = ManagerBeside(shop), list[str]()
    presenter = RecoveryPresenter(
        shop.till,
        ImmediateTasks(),
        session_of(shop, staff),
        recovery=found,
        approvals=beside,
        ways=RecoveryWays(lambda: went.append("on"), lambda: went.append("sign in")),
    )
    presenter.begin()
    return presenter, beside, went


def _model(presenter: RecoveryPresenter) -> RecoveryModel:
    return recovery_model(presenter.state, EN)


def _sureness(presenter: RecoveryPresenter) -> list[Sureness]:
    return [fact.sureness for fact in _model(presenter).facts]


def test_the_last_sale_is_named_with_receipt_amount_member_and_how_it_was_paid(shop: Shop) -> None:
    cash = PlannedTender(TenderKind.CASH, Money(10_000, "USD"))
    sold = sell_printed(shop, "凝胶美甲", member=shop.member("张晓梅"), tenders=(cash,))
    presenter, _beside, _went = _presenter(shop, start_after_crash(shop))
    model = _model(presenter)
    assert sold.sale.receipt in model.sale
    assert model.amount == EN.money(sold.sale.total)
    assert model.whose == "May Zhang"
    assert model.paid[0] == ("Cash received", "$100.00")
    assert model.paid[1][0] == "Change due"


def test_a_paper_that_had_begun_is_not_sure_and_one_that_had_not_waits(shop: Shop) -> None:
    sell_printed(shop, "凝胶美甲")
    begun, _beside, _went = _presenter(shop, start_after_crash(shop, sending=2))
    assert _sureness(begun)[1:3] == [Sureness.LOOK, Sureness.LOOK]


def test_a_drawer_that_had_not_opened_stays_shut_and_the_receipt_waits(shop: Shop) -> None:
    sell_printed(shop, "凝胶美甲")
    presenter, _beside, _went = _presenter(shop, start_after_crash(shop))
    facts = _model(presenter).facts
    assert facts[1].title == "The receipt waits for the printer"
    assert facts[2].title == "The drawer was not opened"


def test_change_that_was_due_is_asked_about(shop: Shop) -> None:
    sell_printed(shop, "凝胶美甲", tenders=(PlannedTender(TenderKind.CASH, Money(10_000, "USD")),))
    presenter, _beside, _went = _presenter(shop, start_after_crash(shop))
    assert "Change due was" in _model(presenter).facts[2].detail


@pytest.mark.parametrize("receipt", ["printed", "unsure", "queued", "none"])
@pytest.mark.parametrize("drawer", ["opened", "unsure", "not_opened", "none"])
def test_whatever_became_of_paper_and_drawer_has_words(shop: Shop, receipt: str, drawer: str) -> None:
    sell_printed(shop, "凝胶美甲")
    found = replace(start_after_crash(shop), receipt=receipt, drawer=drawer)
    presenter, _beside, _went = _presenter(shop, found)
    assert len({fact.title for fact in _model(presenter).facts}) == 4


def test_a_sale_that_was_only_in_the_safety_copy_is_said_to_be_recorded_now(shop: Shop) -> None:
    sell_printed(shop, "凝胶美甲")
    found = start_after_crash(shop)
    replayed, _beside, _went = _presenter(shop, replace(found, replayed=True))
    before, _beside, _went = _presenter(shop, found)
    assert "just now" in _model(replayed).facts[0].detail
    assert "before the till stopped" in _model(before).facts[0].detail


def test_open_tickets_are_counted(shop: Shop) -> None:
    tickets.open_ticket(shop.till, shop.command(), CASHIER)
    presenter, _beside, _went = _presenter(shop, start_after_crash(shop))
    assert _model(presenter).facts[-1].title == "1 open ticket is kept"


def test_before_any_sale_it_is_said_that_there_was_none(new_shop: Shop, shop: Shop) -> None:
    found = Recovery(last=None, replayed=False, receipt="none", drawer="none", open_tickets=0)
    presenter, _beside, _went = _presenter(shop, found)
    model = _model(presenter)
    assert model.sale == ""
    assert "No sale was made here yet" in model.intro
    assert (model.can_act, model.can_void) == (False, False)


def test_a_copy_is_queued_and_it_is_said(shop: Shop) -> None:
    sell_printed(shop, "凝胶美甲")
    presenter, _beside, _went = _presenter(shop, start_after_crash(shop))
    presenter.reprint("en")
    newest = printing.recent(shop.till, 1)[0]
    assert (newest.kind, newest.copy, newest.language) == ("receipt", True, "zh_CN")
    assert _model(presenter).facts[1].title == "A copy of the receipt is queued"


def test_voiding_needs_a_manager_and_can_be_done_once(shop: Shop) -> None:
    sold = sell_printed(shop, "凝胶美甲", tenders=(external(),))
    presenter, beside, _went = _presenter(shop, start_after_crash(shop))
    assert _model(presenter).can_void
    presenter.void("It was taken twice", "en")
    assert beside.asked == [Permission.VOID]
    assert presenter.state.voided is not None
    assert presenter.state.voided.document.sale == sold.op_id
    assert not _model(presenter).can_void
    assert _model(presenter).facts[0].title.startswith("Voided")
    presenter.void("again", "en")
    assert beside.asked == [Permission.VOID]


def test_after_a_void_it_is_said_what_goes_back_by_each_tender_without_the_change(shop: Shop) -> None:
    sold = sell_printed(shop, "凝胶美甲", tenders=(PlannedTender(TenderKind.CASH, Money(10_000, "USD")),))
    presenter, _beside, _went = _presenter(shop, start_after_crash(shop))
    presenter.void("It was taken twice", "en")
    assert _model(presenter).paid == (("Cash from the drawer", EN.money(sold.sale.tenders[0].taken)),)


def test_a_sale_of_a_closed_shift_cannot_be_voided_here(closed_shop: Shop) -> None:
    presenter, _beside, _went = _presenter(closed_shop, start_after_crash(closed_shop))
    assert presenter.state.sale is not None
    assert not _model(presenter).can_void


def test_before_sign_in_it_tells_but_does_nothing_and_leads_to_sign_in(shop: Shop) -> None:
    sell_printed(shop, "凝胶美甲")
    before = len(printing.recent(shop.till))
    presenter, _beside, went = _presenter(shop, start_after_crash(shop), staff="")
    model = _model(presenter)
    assert model.sale
    assert not model.can_act
    assert "sign in first" in model.hint
    presenter.reprint("en")
    presenter.go_on()
    assert len(printing.recent(shop.till)) == before
    assert went == ["sign in"]


def test_going_on_leads_to_the_checkout_once_somebody_is_signed_in(shop: Shop) -> None:
    presenter, _beside, went = _presenter(shop, start_after_crash(shop))
    presenter.go_on()
    assert went == ["on"]
