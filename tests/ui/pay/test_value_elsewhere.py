"""Value at another store while paying: asked for when the card is short, counted on by itself only while it is safe."""

from __future__ import annotations

import pytest

from salon_desk.domain.tender import TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.services.tickets import NewLine
from salon_desk.ui.counter.tender_plan import CARD, CASH
from salon_desk.ui.link_desk import Reach
from salon_desk.ui.screens.pay.faces import ValueFace
from salon_desk.ui.screens.pay.view_model import pay_model
from tests.ui.away import AT, Brooklyn
from tests.ui.pay.payment import Payment
from tests.ui.shop_fixture import MAY_ZHANG, CounterShop, usd

ENGLISH = Catalogue.load("en")


@pytest.fixture
def payment(shop: CounterShop, brooklyn: Brooklyn) -> Payment:
    """The worked visit of $95.89: $22.50 on the card here, $40.00 at Brooklyn."""
    brooklyn.take(4000)
    return Payment(shop, shop.the_visit().ticket.ticket_id)


def taken(payment: Payment) -> int:
    """Cents of stored value in the plan."""
    return sum(share.taken.cents for share in payment.reckoned.shares)


def face(payment: Payment) -> ValueFace:
    return pay_model(payment.presenter.state, ENGLISH).values[0]


def test_a_part_payment_is_planned_and_the_rest_is_asked_for_once(payment: Payment) -> None:
    assert taken(payment) == 2250
    assert payment.reckoned.preview.open_due == usd(7339)
    payment.tip("1500")
    assert payment.line.wanted == [(payment.shop.card(),)]


def test_a_card_that_covers_everything_here_asks_nobody(shop: CounterShop, brooklyn: Brooklyn) -> None:
    brooklyn.take(500)
    cheap = Payment(shop, shop.ticket(NewLine("gel-manicure", "lily"), card=MAY_ZHANG).ticket.ticket_id)
    assert cheap.reckoned.short == usd(0)
    assert cheap.line.wanted == []


def test_the_panel_says_what_is_here_and_what_lies_where(payment: Payment) -> None:
    assert (face(payment).usable, face(payment).elsewhere) == (
        "$22.50 usable here of $62.50",
        "$40.00 at Brooklyn",
    )
    payment.line.become(Reach(AT, "2026-11-20T15:20:00.000Z"))
    assert face(payment).elsewhere == "$40.00 at Brooklyn, out of reach since 10:20"


def test_value_that_arrives_before_another_tender_is_planned_is_counted_on_by_itself(
    payment: Payment, brooklyn: Brooklyn
) -> None:
    brooklyn.give_back(4000)
    payment.line.tell()
    assert taken(payment) == 6250
    assert face(payment).elsewhere == ""
    assert payment.presenter.state.fresh
    assert payment.outlet.notices == []


def test_value_that_arrives_after_the_machine_was_chosen_changes_no_amount(
    payment: Payment, brooklyn: Brooklyn
) -> None:
    payment.edits.choose_tender(CARD)
    brooklyn.give_back(4000)
    payment.line.tell()
    payment.type("4417")
    assert taken(payment) == 2250
    (notice,) = payment.outlet.notices
    assert notice.title == "$40.00 more can be used here now."
    payment.presenter.complete()
    assert [(part.kind, part.taken) for part in payment.shop.last_sale().tenders] == [
        (TenderKind.STORED_VALUE, usd(2250)),
        (TenderKind.EXTERNAL_CARD, usd(7339)),
    ]


def test_it_is_used_after_all_when_somebody_says_so(payment: Payment, brooklyn: Brooklyn) -> None:
    payment.edits.choose_tender(CASH)
    brooklyn.give_back(4000)
    payment.line.tell()
    (notice,) = payment.outlet.notices
    assert notice.on_action is not None
    notice.on_action()
    assert taken(payment) == 6250
    payment.tip("1500")
    assert taken(payment) == 6250


def test_taking_the_other_tender_away_counts_on_everything_again(
    payment: Payment, brooklyn: Brooklyn
) -> None:
    payment.edits.choose_tender(CASH)
    brooklyn.give_back(4000)
    payment.line.tell()
    payment.edits.remove_tender(CASH)
    assert taken(payment) == 6250


def test_value_that_arrives_after_the_payment_was_taken_is_let_be(
    payment: Payment, brooklyn: Brooklyn
) -> None:
    payment.edits.choose_tender(CASH)
    payment.presenter.complete()
    sold = payment.presenter.state
    assert sold.sold is not None
    brooklyn.give_back(4000)
    payment.line.tell()
    assert payment.presenter.state.sold is sold.sold
    assert payment.outlet.notices == []
