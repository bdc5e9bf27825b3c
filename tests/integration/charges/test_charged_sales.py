"""What a sale does with charges: takes each once and whole, leaves none out, and gives them back by a void or return."""

from __future__ import annotations

import pytest

from salon_desk.domain import ledger
from salon_desk.domain.charge import Charge, ChargeKind, ChargeProblem, Means, Unknown
from salon_desk.domain.charge_state import ChargeState
from salon_desk.domain.errors import ReferenceMissing
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import checkout
from salon_desk.services.charge_errors import (
    ChargeAmountDiffers,
    ChargeLeftOut,
    ChargeOfAnother,
    ChargeOpen,
    ChargeUsed,
)
from salon_desk.services.charges import ChargeAsk
from salon_desk.services.checkout import PaymentPlan
from salon_desk.services.errors import TicketPaid
from salon_desk.storage.verify import verify
from tests.integration.charges.counter import Counter, approved, by
from tests.integration.services.shop import CASHIER, MANAGER, cash, dollars

DUE = "47.03"
"""A gel with New York's tax on it."""


def test_a_sale_takes_its_charge_once(counter: Counter) -> None:
    shop = counter.shop
    ticket = shop.ticket(("gel", "lily"))
    view = counter.ask(ticket, DUE)
    sold = shop.sell(ticket, by(view)).sale
    assert [(one.kind, one.taken, one.last_four, one.charge) for one in sold.tenders] == [
        (TenderKind.EXTERNAL_CARD, dollars(DUE), "4242", view.reference)
    ]
    now = counter.now(view.reference)
    assert (bool(now.used_by), now.settled) == (True, True)
    with pytest.raises((TicketPaid, ChargeUsed)):
        shop.sell(ticket, by(view))
    other = shop.ticket(("gel", "lily"))
    with pytest.raises(ChargeOfAnother):
        shop.sell(other, by(view))
    assert verify(counter.folder).problems == ()


def test_a_charge_stands_once_in_a_payment(counter: Counter) -> None:
    ticket = counter.shop.ticket(("gel", "lily"))
    view = counter.ask(ticket, "20.00")
    with pytest.raises(ChargeUsed):
        counter.shop.sell(ticket, by(view), by(view), cash())


def test_a_charge_is_taken_whole(counter: Counter) -> None:
    ticket = counter.shop.ticket(("gel", "lily"))
    view = counter.ask(ticket, "20.00")
    with pytest.raises(ChargeAmountDiffers):
        counter.shop.sell(ticket, by(view, dollars("19.00")), cash())
    assert counter.shop.sell(ticket, by(view, dollars("20.00")), cash()).sale.tenders[1].amount == dollars(
        "27.03"
    )


def test_no_payment_leaves_a_charge_out_or_overtakes_one(counter: Counter) -> None:
    ticket = counter.shop.ticket(("gel", "lily"))
    view = counter.ask(ticket, "20.00")
    with pytest.raises(ChargeLeftOut):
        counter.shop.sell(ticket, cash())
    counter.bank.script.append(lambda charge: Unknown(charge.reference, ChargeProblem.SILENT))
    counter.bank.idle = False
    second = counter.ask(ticket, "27.03")
    with pytest.raises(ChargeOpen):
        counter.shop.sell(ticket, by(view), cash())
    counter.desk.decide(counter.shop.command(), MANAGER, second.reference, charged=False, evidence="no slip")
    assert counter.shop.sell(ticket, by(view), cash())


def test_what_was_approved_in_part_is_paid_otherwise(counter: Counter) -> None:
    ticket = counter.shop.ticket(("gel", "lily"))
    counter.bank.script.append(lambda charge: approved(charge, part="15.00"))
    view = counter.ask(ticket, DUE)
    assert (view.is_partial, view.paid) == (True, dollars("15.00"))
    sold = counter.shop.sell(ticket, by(view), cash()).sale
    assert [one.amount for one in sold.tenders] == [dollars("15.00"), dollars("32.03")]


def test_a_tip_at_the_terminal_is_the_sales_tip_and_the_cards(counter: Counter) -> None:
    shop = counter.shop
    ticket = shop.ticket(("gel", "lily"))
    counter.bank.script.append(lambda charge: approved(charge, part="20.00", tip="8.00"))
    view = counter.ask(ticket, "20.00")
    plan = PaymentPlan((by(view), cash()), tip=dollars("3.00"))
    shown = checkout.preview(shop.till, ticket, plan)
    assert (shown.tip, shown.due) == (dollars("11.00"), dollars("58.03"))
    sold = checkout.complete(shop.till, shop.command(), CASHIER, ticket, plan).sale
    assert [(one.technician, one.amount, one.tender) for one in sold.tips] == [
        ("lily", dollars("3.00"), 1),
        ("lily", dollars("8.00"), 0),
    ]
    assert sold.tenders[0].taken == dollars("28.00")
    assert verify(counter.folder).problems == ()


def test_a_tip_where_nobody_served_falls_to_the_counter(counter: Counter) -> None:
    ticket = counter.shop.ticket(("cream", ""))
    counter.bank.script.append(lambda charge: approved(charge, tip="1.00"))
    view = counter.ask(ticket, "19.60")
    sold = counter.shop.sell(ticket, by(view)).sale
    assert [(one.technician, one.amount) for one in sold.tips] == [("amy", dollars("1.00"))]


def test_two_means_pay_one_ticket(counter: Counter) -> None:
    ticket = counter.shop.ticket(("gel", "lily"))
    card = counter.ask(ticket, "20.00")
    wallet = counter.ask(ticket, "27.03", means=Means.WECHAT_PAY)
    sold = counter.shop.sell(ticket, by(card), by(wallet)).sale
    assert [(one.kind, one.tender) for one in sold.tenders] == [
        (TenderKind.EXTERNAL_CARD, ""),
        (TenderKind.WALLET, "wechat_pay"),
    ]
    booked = {one.account: one.amount.cents for one in sold.postings}
    assert booked[ledger.CARD_CLEARING] == 2000
    assert booked["Assets:WalletClearing:Wechat-pay"] == 2703
    assert verify(counter.folder).problems == ()


def test_money_that_no_sale_took_goes_back_by_a_void(counter: Counter) -> None:
    shop = counter.shop
    ticket = shop.ticket(("gel", "lily"))
    view = counter.ask(ticket, DUE)

    begun = counter.desk.begin(
        shop.command(), MANAGER, ChargeAsk(ticket, kind=ChargeKind.VOID, of_reference=view.reference)
    )
    asked = counter.bank.asked[-1]
    assert (asked.kind, asked.amount, asked.of_transaction) == (ChargeKind.VOID, dollars(DUE), "71")
    assert counter.now(view.reference).undone_by == begun.reference
    with pytest.raises(ChargeUsed):
        shop.sell(ticket, by(view))
    assert shop.sell(ticket, cash()).sale.tenders[0].kind is TenderKind.CASH


def test_a_void_that_nobody_knows_of_keeps_its_charge_from_being_taken(counter: Counter) -> None:

    shop = counter.shop
    ticket = shop.ticket(("gel", "lily"))
    view = counter.ask(ticket, DUE)

    def silent(charge: Charge) -> Unknown:
        return Unknown(charge.reference, ChargeProblem.SILENT)

    counter.bank.script.append(silent)
    counter.bank.idle = False
    counter.desk.begin(
        shop.command(), MANAGER, ChargeAsk(ticket, kind=ChargeKind.VOID, of_reference=view.reference)
    )
    with pytest.raises(ChargeOpen):
        shop.sell(ticket, by(view))
    assert counter.now(view.reference).state is ChargeState.APPROVED


def test_a_wallet_pays_only_by_a_charge(counter: Counter) -> None:

    ticket = counter.shop.ticket(("gel", "lily"))
    with pytest.raises(ReferenceMissing):
        counter.shop.sell(ticket, PlannedTender(TenderKind.WALLET, None, tender_id="alipay"))
