"""The sale of a gift card or a series is undone on the refund screen as a whole; and the first screen after a power cut knows them."""

from __future__ import annotations

from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import cards, gifts, series, series_sales
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.series_sales import SeriesAsk
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.screens.recovery import reading
from salon_desk.ui.screens.refund.presenter import RefundPresenter
from salon_desk.ui.screens.refund.view import RefundScreen
from tests.ui.back_office import CASHIER, Desk, Shop, session_of
from tests.ui.recovery.crashed_till import start_after_crash

CASH = (PlannedTender(TenderKind.CASH, None),)


def _void(desk: Desk, shop: Shop, document: str) -> None:
    session = session_of(shop, "grace")
    presenter = RefundPresenter(
        shop.till, desk.tasks, session, approvals=ApprovalDesk(desk.window, shop.till, session)
    )
    screen = desk.stand(
        "refund", lambda host: RefundScreen(host, presenter, lambda: desk.window.go("checkout"))
    )
    assert isinstance(screen, RefundScreen)
    screen.scanned(document)
    desk.settle()
    desk.tap(screen.sale.void)
    sheet = desk.window.sheets.top
    assert isinstance(sheet, ReasonSheet)
    desk.tap(sheet.pills.pill(sheet.reasons[0]))
    desk.tap(sheet.confirm)


def test_a_gift_card_sold_by_mistake_is_voided(office: Desk, shop: Shop) -> None:
    ask = GiftAsk(Money(5000, "USD"), code="WRONG")
    made = gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=CASH)
    _void(office, shop, made.gift.receipt)
    assert cards.by_code(shop.till, "WRONG").value.balance.cents == 0


def test_a_series_sold_by_mistake_is_voided(office: Desk, shop: Shop) -> None:
    ask = SeriesAsk("pedicure-12", shop.member("单雪"))
    made = series_sales.sell(shop.till, shop.command(), CASHIER, ask, tenders=CASH)
    _void(office, shop, made.op_id)
    assert series.view(shop.till, made.sold.series).left == 0


def test_after_a_power_cut_the_last_gift_card_is_named_and_may_be_voided(shop: Shop) -> None:
    ask = GiftAsk(Money(5000, "USD"), code="LAST")
    made = gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=CASH, print_language="en")
    found = start_after_crash(shop)
    assert found.last is not None
    assert found.last.op_id == made.op_id
    last = reading.last_sale(shop.till, made.op_id)
    assert last.voidable
    assert [one.kind for one in last.tenders] == [TenderKind.CASH]
