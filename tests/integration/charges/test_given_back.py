"""Money that a device took goes back by the device: by a charge that was approved, each once, or by hand with a manager."""

from __future__ import annotations

from datetime import timedelta

import pytest

from salon_desk.domain.charge import ChargeKind, ChargeProblem, Means, Unknown
from salon_desk.domain.errors import AlreadyRefunded, InsufficientValue, PermissionNeeded
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import cards, charge_returns, charges, refunds, top_up_undo, voids
from salon_desk.services.charge_errors import (
    ChargeAmountDiffers,
    ChargeLeftOut,
    ChargeNotApproved,
    ChargeOfAnother,
    ChargeOpen,
    ChargeTooMuch,
    ChargeUsed,
    ReturnMissing,
    UnknownCharge,
)
from salon_desk.services.charge_returns import Returned
from salon_desk.services.charges import ChargeAsk, ChargeView
from salon_desk.services.checkout import Sold
from salon_desk.services.payment import TopUpAsk
from salon_desk.storage.verify import verify
from tests.integration.charges.counter import Counter, by, declined
from tests.integration.services.shop import CASHIER, MANAGER, dollars

GEL = "47.03"


def sold(counter: Counter, means: Means = Means.TERMINAL) -> tuple[Sold, ChargeView]:
    ticket = counter.shop.ticket(("gel", "lily"))
    view = counter.ask(ticket, GEL, means=means)
    return counter.shop.sell(ticket, by(view)), view


def given_back(counter: Counter, sale: Sold, returned: Returned) -> refunds.GivenBack:
    shop = counter.shop
    asked = (RefundAsk(sale.sale.lines[0].line),)
    return refunds.refund(
        shop.till, shop.command(), MANAGER, sale.op_id, asked=asked, reason="chipped", returned=returned
    )


def undo(counter: Counter, sale: str, of: str, kind: ChargeKind, amount: str = "") -> ChargeView:
    ask = ChargeAsk(sale, dollars(amount) if amount else None, kind, of_reference=of)
    begun = counter.desk.begin(counter.shop.command(), MANAGER, ask)
    return counter.now(begun.reference)


def test_value_that_was_spent_is_said_before_its_money_goes_back(counter: Counter) -> None:
    shop, till = counter.shop, counter.shop.till
    view = counter.ask(till.new_id(), "50.00")
    ask = TopUpAsk(shop.card, pay=dollars("50.00"))
    done = cards.top_up(till, shop.command(), MANAGER, ask, tenders=(by(view),))
    voids.require_possible(till, MANAGER, done.op_id)
    spent = PlannedTender(TenderKind.STORED_VALUE, dollars(GEL), card_id=shop.card)
    sale = shop.sell(shop.ticket(("gel", "lily")), spent)
    with pytest.raises(InsufficientValue):
        voids.require_possible(till, MANAGER, done.op_id)
    asked = (RefundAsk(sale.sale.lines[0].line),)
    refunds.require_possible(till, sale.op_id, asked)
    refunds.refund(till, shop.command(), MANAGER, sale.op_id, asked=asked, reason="chipped")
    with pytest.raises(AlreadyRefunded):
        refunds.require_possible(till, sale.op_id, asked)


def test_a_refund_names_the_return_that_was_approved(counter: Counter) -> None:
    sale, view = sold(counter)
    with pytest.raises(ReturnMissing):
        given_back(counter, sale, Returned())
    needed = charge_returns.needed(counter.shop.till, sale.sale.tenders, [(0, dollars(GEL))])
    assert [(one.kind, one.amount, one.made) for one in needed] == [(ChargeKind.VOID, dollars(GEL), "")]
    back = undo(counter, sale.op_id, view.reference, ChargeKind.RETURN, GEL)
    assert charges.unsettled(counter.shop.till) == (back,)
    with pytest.raises(ChargeLeftOut):
        given_back(counter, sale, Returned(by_hand=True))
    (needed_again,) = charge_returns.needed(counter.shop.till, sale.sale.tenders, [(0, dollars(GEL))])
    assert (needed_again.made, needed_again.kind) == (back.reference, ChargeKind.RETURN)
    done = given_back(counter, sale, Returned({0: back.reference}))
    assert [(one.charge, one.taken) for one in done.document.tenders] == [(back.reference, -dollars(GEL))]
    assert charges.unsettled(counter.shop.till) == ()
    assert verify(counter.folder).problems == ()


def test_a_return_is_whole_its_own_and_used_once(counter: Counter) -> None:
    sale, view = sold(counter)
    other, _view = sold(counter)
    part = undo(counter, sale.op_id, view.reference, ChargeKind.RETURN, "20.00")
    with pytest.raises(ChargeAmountDiffers):
        given_back(counter, sale, Returned({0: part.reference}))
    with pytest.raises(ChargeOfAnother):
        given_back(counter, other, Returned({0: part.reference}))
    with pytest.raises(ChargeOfAnother):
        given_back(counter, sale, Returned({0: view.reference}))
    with pytest.raises(UnknownCharge):
        given_back(counter, sale, Returned({0: "nobody"}))
    with pytest.raises(ChargeTooMuch):
        undo(counter, sale.op_id, view.reference, ChargeKind.RETURN, "27.04")


def test_what_was_declined_or_is_unknown_gave_nothing_back(counter: Counter) -> None:
    sale, view = sold(counter)
    counter.bank.script.append(declined)
    refused = undo(counter, sale.op_id, view.reference, ChargeKind.RETURN, GEL)
    with pytest.raises(ChargeNotApproved):
        given_back(counter, sale, Returned({0: refused.reference}))
    counter.bank.idle = False
    counter.bank.script.append(lambda charge: Unknown(charge.reference, ChargeProblem.SILENT))
    undo(counter, sale.op_id, view.reference, ChargeKind.RETURN, GEL)
    with pytest.raises(ChargeOpen):
        undo(counter, sale.op_id, view.reference, ChargeKind.RETURN, GEL)
    with pytest.raises(ChargeOpen):
        given_back(counter, sale, Returned(by_hand=True))


def test_by_hand_takes_a_manager(counter: Counter) -> None:
    shop = counter.shop
    sale, _view = sold(counter)
    asked = (RefundAsk(sale.sale.lines[0].line),)
    with pytest.raises(PermissionNeeded):
        refunds.refund(
            shop.till,
            shop.command(),
            CASHIER,
            sale.op_id,
            asked=asked,
            reason="x",
            returned=Returned(by_hand=True),
        )
    assert given_back(counter, sale, Returned(by_hand=True)).document.tenders[0].charge == ""


def test_a_void_of_a_sale_names_the_void_of_its_charge(counter: Counter) -> None:
    shop = counter.shop
    sale, view = sold(counter, Means.WECHAT_PAY)
    with pytest.raises(ReturnMissing):
        voids.void(shop.till, shop.command(), MANAGER, sale.op_id, reason="wrong")
    undone = undo(counter, sale.op_id, view.reference, ChargeKind.VOID)
    assert (undone.means, undone.approved) == (Means.WECHAT_PAY, dollars(GEL))
    done = voids.void(
        shop.till,
        shop.command(),
        MANAGER,
        sale.op_id,
        reason="wrong",
        returned=Returned({0: undone.reference}),
    )
    assert done.document.tenders[0].charge == undone.reference
    assert verify(counter.folder).problems == ()


def test_a_top_up_by_card_goes_back_to_the_card(counter: Counter) -> None:

    shop = counter.shop
    document = shop.till.new_id()
    view = counter.ask(document, "50.00")
    ask = TopUpAsk(shop.card, pay=dollars("50.00"))
    other = counter.ask(document, "1.00")
    with pytest.raises(ChargeLeftOut):
        cards.top_up(shop.till, shop.command(), CASHIER, ask, tenders=(by(view),))
    undo(counter, document, other.reference, ChargeKind.VOID)
    done = cards.top_up(shop.till, shop.command(), CASHIER, ask, tenders=(by(view),))
    assert done.top_up.top_up == document
    assert counter.now(view.reference).used_by == done.op_id
    with pytest.raises(ChargeUsed):
        cards.top_up(shop.till, shop.command(), CASHIER, ask, tenders=(by(view),))
    with pytest.raises(ReturnMissing):
        top_up_undo.undo(shop.till, shop.command(), MANAGER, done.op_id, reason="moving")
    back = undo(counter, done.op_id, view.reference, ChargeKind.RETURN, "50.00")
    top_up_undo.undo(
        shop.till,
        shop.command(),
        MANAGER,
        done.op_id,
        reason="moving",
        returned=Returned({0: back.reference}),
    )
    assert charges.unsettled(shop.till) == ()
    assert verify(counter.folder).problems == ()


def test_a_charge_of_an_earlier_day_a_part_and_a_wallets_go_back_by_a_return(counter: Counter) -> None:
    sale, _view = sold(counter)
    wallet, _other = sold(counter, Means.WECHAT_PAY)
    till = counter.shop.till

    def kind(done: Sold, amount: str) -> ChargeKind:
        return charge_returns.needed(till, done.sale.tenders, [(0, dollars(amount))])[0].kind

    assert (kind(sale, GEL), kind(sale, "1.00")) == (ChargeKind.VOID, ChargeKind.RETURN)
    assert kind(wallet, GEL) is ChargeKind.RETURN
    counter.shop.clock.instant += timedelta(hours=13)
    assert kind(sale, GEL) is ChargeKind.RETURN
