"""The refund screen with taps, and its pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.claim import Receivable, receivable_asset
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.services import cards
from salon_desk.services.chargebacks import Dispute
from salon_desk.services.payment import TopUpAsk
from salon_desk.storage.queries import cards as stored
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.counter.amount_sheet import AmountSheet
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.screens.refund.chargeback_sheet import ChargebackSheet, of_bonus
from salon_desk.ui.screens.refund.presenter import RefundPresenter
from salon_desk.ui.screens.refund.view import RefundScreen
from tests.ui.back_office import CASHIER, SIZES, Desk, Shop, external, session_of, too_small, unnamed


def _stand(desk: Desk, shop: Shop, staff: str = "amy") -> RefundScreen:
    session = session_of(shop, staff)
    presenter = RefundPresenter(
        shop.till, desk.tasks, session, approvals=ApprovalDesk(desk.window, shop.till, session)
    )
    screen = desk.stand(
        "refund", lambda host: RefundScreen(host, presenter, lambda: desk.window.go("checkout"))
    )
    assert isinstance(screen, RefundScreen)
    return screen


def _sold(shop: Shop) -> str:
    card = shop.card_of("单雪")
    part = PlannedTender(TenderKind.STORED_VALUE, Money(5000, "USD"), card_id=card)
    tenders = (part, external(2000), PlannedTender(TenderKind.CASH, None))
    return shop.sell(
        "凝胶美甲", "经典修脚", "护手霜", member=shop.member("单雪"), tip=1500, tenders=tenders
    ).op_id


def _approve(desk: Desk) -> None:
    asked = desk.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    desk.tap(asked.faces.button("grace"))
    desk.digits(asked.pad.pad, "2222")
    desk.tap(asked.pad.confirm)


def test_a_line_goes_back_with_a_tick_a_reason_and_a_managers_pin(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    screen.scanned(_sold(shop))
    office.settle()
    office.tap(screen.sale.rows[0].line)
    office.tap(screen.sale.refund)
    sheet = office.window.sheets.top
    assert isinstance(sheet, ReasonSheet)
    office.say("Wrong price")
    office.tap(sheet.confirm)
    _approve(office)
    assert screen.done.amount.text() == "$47.03"
    assert len(screen.done.back.rows) >= 1
    office.tap(screen.done.finish)
    assert screen.sale.isHidden()


def test_a_part_is_typed_on_the_pad(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop, "grace")
    screen.scanned(_sold(shop))
    office.settle()
    office.tap(screen.sale.rows[1].part)
    sheet = office.window.sheets.top
    assert isinstance(sheet, AmountSheet)
    office.digits(sheet.pad, "1000")
    office.tap(sheet.confirm)
    assert screen.sale.refund.text() == "Give $10.00 back"


def test_voiding_names_the_consequence_before_it_does(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop, "grace")
    screen.scanned(_sold(shop))
    office.settle()
    office.tap(screen.sale.void)
    office.say("Paid twice")
    office.say("Void all of it")
    assert screen.done.isVisible()
    assert screen._presenter.state.done is not None


def test_back_leads_to_the_checkout_and_the_choice_survives_a_change_of_language(
    office: Desk, shop: Shop
) -> None:
    screen = _stand(office, shop)
    screen.scanned(_sold(shop))
    office.settle()
    office.tap(screen.sale.rows[0].line)
    office.window.language.use("zh_CN")
    office.settle()
    assert screen.sale.rows[0].line.chosen
    office.tap(office.window.top_bar.back_button)
    assert office.window.current == "checkout"


def test_everything_that_can_be_tapped_is_as_large_as_a_finger(
    make_desk_of: Callable[..., Desk], shop: Shop
) -> None:
    desk = make_desk_of("en", (1024, 768))
    screen = _stand(desk, shop)
    screen.scanned(_sold(shop))
    desk.settle()
    assert too_small(screen) == []
    assert unnamed(screen) == []


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], shop: Shop, code: str) -> None:
    desk = make_desk_of(code, *SIZES)
    shop.sell("经典美甲")
    shop.sell("凝胶美甲", member=shop.member("Alexandra"))
    sold = _sold(shop)
    screen = _stand(desk, shop, "grace")
    desk.picture("refund")
    screen.scanned(sold)
    desk.picture("refund-sale")
    desk.tap(screen.sale.rows[0].line)
    desk.tap(screen.sale.rows[1].line)
    desk.picture("refund-chosen")
    desk.tap(screen.sale.rows[2].part)
    desk.picture("refund-part")
    part = desk.window.sheets.top
    assert part is not None
    part.dismiss()
    desk.tap(screen.sale.void)
    desk.picture("refund-void")
    void = desk.window.sheets.top
    assert void is not None
    void.dismiss()
    desk.tap(screen.sale.refund)
    desk.picture("refund-why")
    sheet = desk.window.sheets.top
    assert isinstance(sheet, ReasonSheet)
    desk.tap(sheet.pills.pill(sheet.reasons[1]))
    desk.tap(sheet.confirm)
    desk.picture("refund-done")
    screen.scanned(sold)
    desk.picture("refund-again")
    screen.search.field.setText("99999")
    desk.picture("refund-nothing")


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_a_bank_that_took_a_top_up_back_is_recorded_with_who_bears_what_is_gone(
    make_desk_of: Callable[..., Desk], shop: Shop, code: str
) -> None:
    desk = make_desk_of(code, *SIZES)
    card, member = shop.card_of("解芳"), shop.member("解芳")
    ask = TopUpAsk(card, offer="offer-100")
    topped = cards.top_up(shop.till, shop.command(), CASHIER, ask, tenders=(external(),))
    spent = PlannedTender(TenderKind.STORED_VALUE, None, card_id=card)
    shop.sell("水晶全套", member=member, tenders=(spent,))
    left = cards.by_id(shop.till, card).value.paid
    screen = _stand(desk, shop, "grace")
    screen.scanned(topped.op_id)
    desk.picture("refund-top-up")
    desk.tap(screen.sale.dispute)
    sheet = desk.window.sheets.top
    assert isinstance(sheet, ChargebackSheet)
    desk.tap(sheet.pills.pill(sheet.reasons[0]))
    desk.tap(sheet.bearer.pill("member"))
    desk.picture("refund-chargeback")
    desk.tap(sheet.confirm)
    view = cards.by_id(shop.till, card)
    assert (view.card.frozen, view.value.paid) == (True, left - left)
    owed = receivable_asset(Receivable(card, "USD", "S1"))
    with shop.till.read() as transaction:
        units = stored.units_here(transaction, owed, shop.till.store.node, shop.till.store.epoch)
    assert Money(units, "USD") == topped.top_up.funding.paid - left
    screen.scanned(topped.op_id)
    desk.settle()
    assert not screen.sale.dispute.isVisible()


def test_a_chargeback_says_what_becomes_of_bonus_and_by_which_rule() -> None:
    words = Catalogue.load("en")

    def said(bonus: int, there: int, **more: Names) -> str:
        whole, left = Money(bonus, "USD"), Money(there, "USD")
        return "".join(of_bonus(Dispute(whole, whole, whole, left, **more), words))

    plan = Names("Save 1,000")
    told = said(10000, 7000, savings=plan)
    assert "below their target, so that their bonus of $100.00 goes back: $70.00 of it" in told
    assert "stays on the card" in said(0, 0, kept=plan)
    assert "Its bonus of $20.00 goes back as well: $5.00" in said(2000, 500)
    assert said(0, 0) == ""
