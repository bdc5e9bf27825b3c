"""Who spends, at the pay screen: asked above the limit where no card was read, turned to the guest, and then the sale goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from salon_desk.domain.access import Permission
from salon_desk.domain.proof import Debit
from salon_desk.domain.signature import pack
from salon_desk.i18n import Catalogue
from salon_desk.operations.description import StoreDescribed
from salon_desk.services import proof
from salon_desk.services.describe import describe
from salon_desk.services.proof_errors import (
    CodeOver,
    CodeWrong,
    MemberPinWrong,
    NotSigned,
    NoWayForCode,
    PinsDiffer,
)
from salon_desk.services.spend_codes import SpendCode
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.view import ApprovalSheet
from salon_desk.ui.counter.tender_plan import CASH
from salon_desk.ui.screens.pay.proof_model import proof_model
from salon_desk.ui.screens.pay.proof_sheet import ProofSheet
from salon_desk.ui.screens.pay.state import Proving
from salon_desk.ui.screens.pay.view_model import pay_model
from tests.ui.counter_window import SIZES, Counter, keep, tap, too_small
from tests.ui.pay.payment import Payment
from tests.ui.shop_fixture import GRACE, MAY_ZHANG, CounterShop

ENGLISH = Catalogue.load("en")
STROKES = [[(n * 50, 300 + (n % 4) * 100) for n in range(20)]]


@pytest.fixture
def strict(shop: CounterShop) -> CounterShop:
    """A proof is asked above $50.00; the visit takes $62.50 from the card."""
    with shop.till.read() as transaction:
        store = shop.till.shop(transaction).store
    describe(shop.till, shop.command(), None, [(StoreDescribed, store, {"unproven_limit_cents": 5000})])
    return shop


@pytest.fixture
def payment(strict: CounterShop) -> Payment:
    """The visit, the rest in cash."""
    made = Payment(strict, strict.the_visit().ticket.ticket_id)
    made.edits.choose_tender(CASH)
    return made


def asked(payment: Payment) -> Proving:
    """Tap Complete; somebody is asked."""
    payment.presenter.complete()
    proving = payment.presenter.state.proving
    assert proving is not None
    assert payment.presenter.state.sold is None
    return proving


def proven(payment: Payment) -> list[tuple[str, str]]:
    assert payment.presenter.state.proving is None
    assert payment.presenter.state.sold is not None
    return [(one.proof, one.proven_by) for one in payment.shop.last_sale().tenders]


def test_below_the_limit_and_with_the_card_read_at_checkout_nothing_is_asked(strict: CounterShop) -> None:
    view = strict.the_visit()
    strict.session.presented.note(view.ticket.ticket_id, strict.card())
    payment = Payment(strict, view.ticket.ticket_id)
    payment.edits.choose_tender(CASH)
    payment.presenter.complete()
    assert proven(payment) == [("present", ""), ("", "")]


def test_a_card_that_is_read_while_it_is_asked_answers_and_the_cashier_goes_on(payment: Payment) -> None:
    asked(payment)
    payment.presenter.code_scanned(MAY_ZHANG)
    assert payment.presenter.state.proving is None
    payment.presenter.complete()
    assert proven(payment)[0] == ("present", "")


def test_the_right_pin_takes_the_payment_that_was_tapped(payment: Payment) -> None:
    shop = payment.shop
    proof.set_pin(shop.till, shop.command(), GRACE, shop.member(), "4321")
    asked(payment)
    payment.presenter.proving.give_pin("0000")
    now = payment.presenter.state.proving
    assert now is not None
    assert now.refusal == MemberPinWrong(4)
    payment.presenter.proving.give_pin("4321")
    assert proven(payment)[0] == ("pin", shop.member())


def test_a_member_without_a_pin_chooses_one_with_a_manager_beside(payment: Payment) -> None:
    assert not asked(payment).holder.has_pin
    payment.presenter.proving.begin_pin()
    assert payment.beside.asked == [Permission.VOUCH]
    for pin in ("4321", "4322"):
        payment.presenter.proving.give_pin(pin)
    now = payment.presenter.state.proving
    assert now is not None
    assert (now.refusal, now.again) == (PinsDiffer(), False)
    for _time in range(2):
        payment.presenter.proving.give_pin("4321")
    assert proven(payment)[0] == ("pin", payment.shop.member())


def test_a_code_is_sent_typed_and_sent_again_only_when_it_holds_no_more(
    payment: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[SpendCode] = []

    def ask(_till: Till, _command: str, _actor: Actor, of: Debit) -> SpendCode:
        sent.append(SpendCode(of.owner, "2099-01-01T00:00:00.000Z", "0137", digits="123456"))
        return sent[-1]

    monkeypatch.setattr("salon_desk.services.spend_codes.ask", ask)
    asked(payment)
    proving = payment.presenter.proving
    proving.choose("code")
    assert page(payment) == "code"
    proving.send_code()
    assert page(payment) == "pin"
    proving.stop()
    asked(payment)
    proving.choose("code")
    assert page(payment) == "pin"  # the one that was sent still holds
    for wrong in (CodeWrong(2), CodeWrong(1), CodeOver()):
        proving.give_pin("000000")
        now = payment.presenter.state.proving
        assert now is not None
        assert now.refusal == wrong
    assert page(payment) == "code"
    proving.send_code()
    proving.give_pin("123456")
    assert len(sent) == 2
    assert proven(payment)[0] == ("code", payment.shop.member())


def test_with_the_line_down_no_code_is_offered(payment: Payment) -> None:
    proving = asked(payment)
    faces = {one.key: one for one in proof_model(replace(proving, offline=True), ENGLISH).ways}
    assert (faces["code"].enabled, faces["code"].detail) == (False, "not while the line is down")
    assert faces["pin"].enabled


def test_a_refusal_to_send_a_code_is_said_and_another_way_stays(payment: Payment) -> None:
    asked(payment)
    payment.presenter.proving.choose("code")
    payment.presenter.proving.send_code()
    now = payment.presenter.state.proving
    assert now is not None
    assert now.refusal == NoWayForCode("consent")
    payment.presenter.proving.choose("signature")
    assert page(payment) == "signature"


def page(payment: Payment) -> str:
    proving = payment.presenter.state.proving
    assert proving is not None
    return proof_model(proving, ENGLISH).page


def test_a_signature_or_a_managers_word_goes_on_and_a_scribble_does_not(payment: Payment) -> None:
    asked(payment)
    payment.presenter.proving.sign("")
    now = payment.presenter.state.proving
    assert now is not None
    assert now.refusal == NotSigned()
    payment.presenter.proving.vouch()
    assert proven(payment)[0] == ("approver", "grace")


def test_nobody_proves_it_and_everything_stays_as_it_was(payment: Payment) -> None:
    asked(payment)
    payment.beside.willing = False
    payment.presenter.proving.vouch()
    payment.presenter.proving.stop()
    assert payment.shop.usable() == 6250
    assert asked(payment).refusal is None


def test_while_the_guest_looks_no_balance_stands_anywhere(payment: Payment) -> None:
    proving = asked(payment)
    model = pay_model(payment.presenter.state, ENGLISH)
    assert [(one.usable, one.after, one.elsewhere, one.filled) for one in model.values] == [("", "", "", 0)]
    assert (model.offer, model.fetch) == (None, None)
    sheet = proof_model(proving, ENGLISH)
    assert (sheet.amount, sheet.page) == ("$62.50", "no_pin")
    assert [(one.key, one.enabled) for one in sheet.ways] == [
        ("pin", True),
        ("signature", True),
        ("manager", True),
        ("code", True),
    ]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_guest_signs_or_sets_a_pin_by_taps_and_the_pictures_are_whole(
    make_counter: Callable[..., Counter], strict: CounterShop, size: tuple[int, int]
) -> None:
    counter = make_counter("en", size)
    counter.pay.begin(strict.the_visit().ticket.ticket_id)
    counter.window.go("pay")
    tap(counter.pay.tenders.tile(CASH))
    tap(counter.pay.plan.complete)
    sheet = top(counter)
    keep(counter.window, "pay-proof-no-pin")
    assert too_small(sheet) == []
    tap(sheet.ways.button("code"))
    keep(counter.window, "pay-proof-code")
    tap(sheet.ways.button("signature"))
    _draw(sheet)
    keep(counter.window, "pay-proof-signature")
    tap(sheet.cancel)
    counter.window.language.use("zh_CN")
    tap(counter.pay.plan.complete)
    tap(top(counter).ways.button("signature"))
    _draw(top(counter))
    keep(counter.window, "pay-proof-signature")
    tap(top(counter).ways.button("code"))
    keep(counter.window, "pay-proof-code")
    tap(top(counter).ways.button("pin"))
    keep(counter.window, "pay-proof-no-pin")
    tap(top(counter).empty.action)
    manager = counter.window.sheets.top
    assert isinstance(manager, ApprovalSheet)
    tap(manager.faces.button("grace"))
    _type(manager.pad, "2222")
    _type(top(counter).pad, "4321")
    for code in ("en", "zh_CN"):
        counter.window.language.use(code)
        keep(counter.window, "pay-proof-new-pin")
    _type(top(counter).pad, "4321")
    assert strict.last_sale().tenders[0].proof == "pin"


def test_a_finger_signs_and_the_payment_goes_on(
    make_counter: Callable[..., Counter], strict: CounterShop
) -> None:
    counter = make_counter("en", SIZES[0])
    counter.pay.begin(strict.the_visit().ticket.ticket_id)
    counter.window.go("pay")
    tap(counter.pay.tenders.tile(CASH))
    tap(counter.pay.plan.complete)
    tap(top(counter).ways.button("signature"))
    _draw(top(counter))
    tap(top(counter).done)
    assert strict.last_sale().tenders[0].proof == "signature"


def top(counter: Counter) -> ProofSheet:
    sheet = counter.window.sheets.top
    assert isinstance(sheet, ProofSheet)
    return sheet


def _type(pad: object, digits: str) -> None:
    for digit in digits:
        tap(pad.pad.keys[digit])  # type: ignore[attr-defined]
    tap(pad.confirm)  # type: ignore[attr-defined]


def _draw(sheet: ProofSheet) -> None:
    field = sheet.signature
    points = [QPoint(x * field.width() // 1000, y * field.height() // 1000) for x, y in STROKES[0]]
    QTest.mousePress(field, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(field, point)
    QTest.mouseRelease(field, Qt.MouseButton.LeftButton, pos=points[-1])
    assert pack(field.strokes)
