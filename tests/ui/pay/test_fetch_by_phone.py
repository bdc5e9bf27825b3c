"""A telephone fetches what lies elsewhere while the line is down: offered when it helps, and the payment goes on with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.errors import DomainError
from salon_desk.i18n import Catalogue
from salon_desk.services.bridge_errors import (
    NothingToFetch,
    PhoneCodeDamaged,
    PhoneCodeForeign,
    PhoneCodeOther,
    PhoneCodeUsed,
)
from salon_desk.services.errors import SlipForAnother
from salon_desk.services.tickets import NewLine
from salon_desk.ui.counter.tender_plan import CASH
from salon_desk.ui.link_desk import Reach
from salon_desk.ui.phone_bridge import Came
from salon_desk.ui.screens.pay.faces import OfferFace
from salon_desk.ui.screens.pay.view_model import pay_model
from tests.ui.away import AT, Brooklyn, FakeLine
from tests.ui.counter_window import LANGUAGES, SIZES, Counter, keep, tap
from tests.ui.pay.payment import Payment
from tests.ui.phone import CODE, FakePhone
from tests.ui.shop_fixture import MAY_ZHANG, CounterShop, usd

ENGLISH = Catalogue.load("en")
SINCE = Reach(AT, "2026-11-20T15:20:00.000Z")


@pytest.fixture
def phone(brooklyn: Brooklyn) -> FakePhone:
    """Somebody has a telephone; what it fetches comes from Brooklyn."""

    def fetched() -> Came:
        brooklyn.give_back(4000)
        return (usd(4000),)

    return FakePhone(brings=fetched)


@pytest.fixture
def payment(shop: CounterShop, brooklyn: Brooklyn, phone: FakePhone) -> Payment:
    """The worked visit of $95.89: $22.50 on the card here, $40.00 at Brooklyn, and no line."""
    brooklyn.take(4000)
    return Payment(shop, shop.the_visit().ticket.ticket_id, line=FakeLine(told=SINCE), phone=phone)


def offered(payment: Payment) -> OfferFace | None:
    return pay_model(payment.presenter.state, ENGLISH).fetch


def test_it_is_offered_while_the_line_is_down_and_the_card_is_short(payment: Payment) -> None:
    face = offered(payment)
    assert face is not None
    assert face.title == "$40.00 of it is out of reach"


def test_it_is_not_offered_while_the_line_is_up_or_to_a_till_without_a_head_office(
    payment: Payment, phone: FakePhone, shop: CounterShop
) -> None:
    phone.down = False
    payment.line.become(Reach(AT))
    assert offered(payment) is None
    alone = Payment(shop, payment.ticket)
    assert offered(alone) is None


def test_it_is_not_offered_when_it_would_not_help(
    payment: Payment, shop: CounterShop, phone: FakePhone
) -> None:
    payment.edits.toggle_stored(payment.shop.card())
    assert offered(payment) is None
    cheap = shop.ticket(NewLine("hand-cream"), card=MAY_ZHANG).ticket.ticket_id
    assert offered(Payment(shop, cheap, phone=phone)) is None


def test_what_is_asked_for_is_what_the_card_lacks_for_this_ticket(payment: Payment, phone: FakePhone) -> None:
    payment.presenter.fetch.start()
    assert phone.asked == [((payment.shop.card(), usd(4000)),)]


def test_what_the_code_brings_pays_at_once(payment: Payment) -> None:
    payment.presenter.fetch.start()
    payment.presenter.code_scanned(CODE)
    state = payment.presenter.state
    assert state.fetch is None
    assert [share.taken for share in payment.reckoned.shares] == [usd(6250)]
    assert offered(payment) is None
    assert [one.title for one in payment.outlet.notices] == ["$40.00 came by phone."]


def test_after_another_tender_was_planned_it_waits_for_a_tap(payment: Payment) -> None:
    payment.edits.choose_tender(CASH)
    payment.presenter.fetch.start()
    payment.presenter.code_scanned(CODE)
    assert [share.taken for share in payment.reckoned.shares] == [usd(2250)]
    assert payment.outlet.notices[-1].title == "$40.00 more can be used here now."


@pytest.mark.parametrize(
    "error", [PhoneCodeDamaged(), PhoneCodeForeign(), PhoneCodeUsed(), SlipForAnother("", "n", "")], ids=repr
)
def test_a_code_that_does_not_do_is_said_beside_it_and_the_next_one_may(
    payment: Payment, phone: FakePhone, error: DomainError
) -> None:
    good, phone.brings = phone.brings, lambda: error
    payment.presenter.fetch.start()
    payment.presenter.code_scanned(CODE)
    fetch = payment.presenter.state.fetch
    assert fetch is not None
    assert fetch.problem == error
    assert fetch.link is not None
    phone.brings = good
    payment.presenter.code_scanned(CODE)
    assert payment.presenter.state.fetch is None


def test_another_scan_while_the_code_is_waited_for_changes_no_plan(payment: Payment) -> None:
    payment.presenter.fetch.start()
    payment.presenter.code_scanned("8600000114")
    fetch = payment.presenter.state.fetch
    assert fetch is not None
    assert isinstance(fetch.problem, PhoneCodeOther)
    assert payment.presenter.state.draft.cards == ()


def test_a_code_that_comes_after_it_was_given_up_counts_all_the_same(payment: Payment) -> None:
    payment.presenter.fetch.start()
    payment.presenter.fetch.stop()
    payment.presenter.code_scanned(CODE)
    assert [share.taken for share in payment.reckoned.shares] == [usd(6250)]


def test_a_refusal_instead_of_a_link_is_told_and_closes_it(payment: Payment, phone: FakePhone) -> None:
    phone.refuses = NothingToFetch()
    payment.presenter.fetch.start()
    assert payment.presenter.state.fetch is None
    assert payment.outlet.refusals == [phone.refuses]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_fetching_in_pictures(
    make_counter: Callable[..., Counter],
    shop: CounterShop,
    brooklyn: Brooklyn,
    phone: FakePhone,
    code: str,
    size: tuple[int, int],
) -> None:
    brooklyn.take(4000)
    visit = shop.the_visit()
    counter = make_counter(code, size, line=FakeLine(told=SINCE), phone=phone)
    counter.pay.begin(visit.ticket.ticket_id)
    counter.window.go("pay")
    keep(counter.window, "pay-fetch-offer")
    tap(counter.pay.fetch.action)
    keep(counter.window, "pay-fetch-code")
    counter.pay.code_scanned("8600000114")
    keep(counter.window, "pay-fetch-other")
    sheet = counter.pay.fetch_sheet
    assert sheet is not None
    tap(sheet.cancel)
    assert counter.window.sheets.top is None
    tap(counter.pay.fetch.action)
    counter.pay.code_scanned(CODE)
    assert counter.window.sheets.top is None
    keep(counter.window, "pay-fetch-came")


def test_nothing_of_it_stays_when_the_till_is_locked(
    make_counter: Callable[..., Counter], shop: CounterShop, brooklyn: Brooklyn, phone: FakePhone
) -> None:
    brooklyn.take(4000)
    visit = shop.the_visit()
    counter = make_counter("en", line=FakeLine(told=SINCE), phone=phone)
    counter.pay.begin(visit.ticket.ticket_id)
    counter.window.go("pay")
    tap(counter.pay.fetch.action)
    counter.window.go("checkout")
    assert counter.window.sheets.top is None
