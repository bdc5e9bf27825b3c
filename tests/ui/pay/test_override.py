"""A manager lets a card pay although its value lies out of reach: within its limits, shown first, never above the balance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from salon_desk.domain.access import Permission
from salon_desk.domain.money import Money
from salon_desk.domain.tender import TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.services import checkout, shop_rules
from salon_desk.services.overdraft import allowance
from salon_desk.services.overdraft_errors import OverdraftTooLarge
from salon_desk.services.till import Actor
from salon_desk.storage.queries import overdrafts
from salon_desk.ui.approval.view import ApprovalSheet
from salon_desk.ui.counter.tender_plan import CARD, CASH
from salon_desk.ui.link_desk import Reach
from salon_desk.ui.screens.pay.faces import OfferFace
from salon_desk.ui.screens.pay.override_sheet import OverrideSheet
from salon_desk.ui.screens.pay.view_model import pay_model
from tests.ui.away import AT, Brooklyn, FakeLine
from tests.ui.counter_window import LANGUAGES, SIZES, Counter, keep, tap, too_small
from tests.ui.pay.payment import Payment
from tests.ui.phone import FakePhone
from tests.ui.shop_fixture import GRACE, CounterShop, usd

ENGLISH = Catalogue.load("en")
DOWN = Reach(AT, "2026-11-20T15:20:00.000Z")


@pytest.fixture
def payment(shop: CounterShop, brooklyn: Brooklyn) -> Payment:
    """The worked visit of $95.89: $22.50 on the card here, $40.00 at Brooklyn, which cannot be reached."""
    brooklyn.take(4000)
    made = Payment(shop, shop.the_visit().ticket.ticket_id)
    made.line.become(DOWN)
    return made


def band(payment: Payment) -> OfferFace | None:
    return pay_model(payment.presenter.state, ENGLISH).fetch


def owed(payment: Payment) -> int:
    """Cents of the shop's money that are out."""
    till = payment.shop.till
    with till.read() as transaction:
        return overdrafts.owed_to(transaction, till.store.node, till.store.epoch)


def override(payment: Payment) -> None:
    """Tap through it; Grace approves."""
    payment.presenter.override.start()
    payment.presenter.override.ask()


def taken(payment: Payment) -> Money:
    return sum((one.taken for one in payment.reckoned.shares), usd(0))


def test_while_everything_is_in_reach_nobody_is_offered_an_override(payment: Payment) -> None:
    payment.line.become(Reach(AT))
    assert band(payment) is None
    payment.presenter.override.start()
    assert payment.presenter.state.override is None


def test_the_limits_are_shown_before_anybody_approves(payment: Payment) -> None:
    face = band(payment)
    assert face is not None
    assert (face.title, face.action, face.second) == ("$40.00 of it is out of reach", "", "Override")
    payment.presenter.override.start()
    shown = payment.presenter.state.override
    assert shown is not None
    found = shown.allowance
    assert (found.limit, found.left_of_card, found.left_of_store) == (usd(10_000), usd(10_000), usd(100_000))
    assert (found.elsewhere, found.now) == (usd(4000), usd(4000))
    assert payment.beside.asked == []


def test_the_owner_says_how_much_may_be_lent(payment: Payment) -> None:
    till = payment.shop.till
    rules = shop_rules.standing(till).rules
    shop_rules.save(till, "limit", GRACE, rules, replace(rules, overdraft_limit=usd(1500)))
    payment.presenter.override.start()
    shown = payment.presenter.state.override
    assert shown is not None
    assert (shown.allowance.limit, shown.allowance.now) == (usd(1500), usd(1500))
    payment.presenter.override.ask()
    assert (taken(payment), owed(payment)) == (usd(2250 + 1500), 0)


def test_the_card_pays_as_much_as_is_approved_and_the_rest_is_taken_another_way(payment: Payment) -> None:
    override(payment)
    assert payment.beside.asked == [Permission.OVERDRAFT]
    assert taken(payment) == usd(6250)
    row = pay_model(payment.presenter.state, ENGLISH).plan.rows[0]
    assert (row.amount, row.detail) == ("$62.50", "$40.00 lent")
    payment.edits.choose_tender(CASH)
    payment.presenter.complete()
    sale = payment.shop.last_sale()
    assert [(part.kind, part.taken) for part in sale.tenders] == [
        (TenderKind.STORED_VALUE, usd(6250)),
        (TenderKind.CASH, usd(3339)),
    ]
    assert sale.approver == "grace"
    assert owed(payment) == 4000
    sold = payment.presenter.state.sold
    assert sold is not None
    assert sold.sale == sale


def test_nothing_is_given_when_nobody_approves(payment: Payment) -> None:
    payment.beside.willing = False
    override(payment)
    assert taken(payment) == usd(2250)
    assert payment.presenter.state.override is None


def test_a_second_tap_takes_it_back(payment: Payment) -> None:
    override(payment)
    face = band(payment)
    assert face is not None
    assert face.second == "No override"
    payment.presenter.override.start()
    assert taken(payment) == usd(2250)


def test_what_comes_home_is_used_before_the_shops_money(payment: Payment, brooklyn: Brooklyn) -> None:
    override(payment)
    brooklyn.give_back(4000)
    payment.line.tell()
    assert taken(payment) == usd(6250)
    assert payment.reckoned.plan.overdrafts == ()
    payment.edits.choose_tender(CASH)
    payment.presenter.complete()
    assert owed(payment) == 0


def test_beside_the_card_machine_only_what_is_here_is_held(payment: Payment) -> None:
    override(payment)
    payment.edits.choose_tender(CARD)
    assert dict(payment.presenter.state.held) == {payment.shop.card(): usd(2250)}
    payment.type("4417")
    payment.presenter.complete()
    assert owed(payment) == 4000


def test_the_next_guest_needs_another_approval(payment: Payment) -> None:
    override(payment)
    payment.presenter.begin(payment.ticket)
    assert payment.presenter.override.lent is None
    assert taken(payment) == usd(2250)


def test_more_than_may_be_given_is_refused_when_it_is_recorded(payment: Payment) -> None:
    override(payment)
    payment.edits.choose_tender(CASH)
    plan, shop = payment.reckoned.plan, payment.shop
    greedy = checkout.PaymentPlan(plan.tenders, overdrafts=((shop.card(), usd(4001)),))
    lent = payment.presenter.override.lent
    assert isinstance(lent, Actor)
    with pytest.raises(OverdraftTooLarge):
        checkout.complete(shop.till, shop.command(), lent, payment.ticket, greedy)
    assert owed(payment) == 0


def test_what_was_given_counts_against_both_limits(payment: Payment) -> None:
    override(payment)
    payment.edits.choose_tender(CASH)
    payment.presenter.complete()
    card = payment.reckoned.shares[0].card
    found = allowance(payment.shop.till, card, usd(500))
    assert (found.left_of_card, found.left_of_store) == (usd(6000), usd(96_000))
    assert (found.elsewhere, found.now) == (usd(0), usd(0))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("code", LANGUAGES)
def test_pictures(
    make_counter: Callable[..., Counter],
    shop: CounterShop,
    brooklyn: Brooklyn,
    code: str,
    size: tuple[int, int],
) -> None:
    brooklyn.take(4000)
    line = FakeLine(told=DOWN)
    counter = make_counter(code, size, line=line, phone=FakePhone())
    counter.pay.begin(shop.the_visit().ticket.ticket_id)
    counter.window.go("pay")
    keep(counter.window, "pay-out-of-reach")
    assert too_small(counter.pay, 52) == []
    tap(counter.pay.fetch.second)
    keep(counter.window, "pay-override")
    sheet = counter.window.sheets.top
    assert isinstance(sheet, OverrideSheet)
    tap(sheet.go)
    asked = counter.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    tap(asked.faces.button("grace"))
    for digit in "2222":
        tap(asked.pad.pad.keys[digit])
    tap(asked.pad.confirm)
    keep(counter.window, "pay-overridden")
    tap(counter.pay.tenders.tile("external_card"))
    keep(counter.window, "pay-overridden-card")
    assert too_small(counter.pay, 52) == []
