"""Paying by WeChat Pay and Alipay, without a window: a code is scanned or shown, and nothing is taken before it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.domain.charge import ChargeKind, ChargeProblem, Means, TerminalState
from salon_desk.domain.charge_state import ChargeState
from salon_desk.domain.tender import TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.services.tickets import NewLine
from salon_desk.ui.charging import ChargeAsk, ChargeNow
from salon_desk.ui.counter.charge_face import ChargeFace
from salon_desk.ui.counter.charge_talk import Answer, Talk
from salon_desk.ui.counter.decision_words import decided_question, evidence, first_question
from salon_desk.ui.counter.tender_faces import TenderTile
from salon_desk.ui.counter.wallet_face import wallet_face
from salon_desk.ui.screens.pay.view_model import pay_model
from tests.ui.pay.payment import Payment
from tests.ui.shop_fixture import CounterShop, usd
from tests.ui.wallets import ALIPAY_CODE, TO_SCAN, WECHAT_CODE, Wallets

ENGLISH = Catalogue.load("en")
WECHAT, ALIPAY = "wallet/wechat_pay", "wallet/alipay"


@pytest.fixture
def wallets(shop: CounterShop) -> Wallets:
    """The shop's till with both."""
    return Wallets(shop.till)


@pytest.fixture
def walk_in(shop: CounterShop, wallets: Wallets) -> Payment:
    """One gel manicure, $47.03 with tax."""
    ticket = shop.ticket(NewLine("gel-manicure", "lily")).ticket.ticket_id
    return Payment(shop, ticket, terminal=wallets.line)


def tiles(payment: Payment) -> dict[str, TenderTile]:
    return {one.key: one for one in pay_model(payment.presenter.state, ENGLISH).tiles}


def sheet(payment: Payment) -> ChargeFace | None:
    talk = payment.presenter.charging.talk.talk
    return wallet_face(talk, ENGLISH) if talk is not None else None


def shown(payment: Payment) -> ChargeFace:
    face = sheet(payment)
    assert face is not None
    return face


def answer(payment: Payment, tapped: Answer) -> None:
    payment.presenter.charging.talk.answer(tapped)


def paid_by(payment: Payment) -> list[tuple[TenderKind, str, int]]:
    sold = payment.presenter.state.sold
    assert sold is not None
    return [(one.kind, one.tender, one.taken.cents) for one in sold.sale.tenders]


def test_each_wallet_has_a_tile_that_is_grey_with_its_reason_while_it_is_away(
    walk_in: Payment, wallets: Wallets
) -> None:
    assert [(tiles(walk_in)[key].title, tiles(walk_in)[key].enabled) for key in (WECHAT, ALIPAY)] == [
        ("WeChat Pay", True),
        ("Alipay", True),
    ]
    wallets.alipay.now = TerminalState.OFFLINE
    wallets.line.changed()
    grey = tiles(walk_in)[ALIPAY]
    assert (grey.enabled, grey.detail) == (False, "not without the internet")
    assert tiles(walk_in)[WECHAT].enabled


def test_the_guests_code_is_scanned_first_and_then_charged_once(walk_in: Payment, wallets: Wallets) -> None:
    walk_in.edits.choose_tender(WECHAT)
    walk_in.presenter.complete()
    assert shown(walk_in).title == "Scan the guest's payment code"
    assert wallets.wechat.asked == [], "nothing is written down before"
    walk_in.presenter.code_scanned(WECHAT_CODE)
    (charge,) = wallets.wechat.asked
    assert (charge.code, charge.amount, charge.means) == (WECHAT_CODE, usd(4703), Means.WECHAT_PAY)
    assert shown(walk_in).title == "The guest pays by phone"
    walk_in.presenter.code_scanned(WECHAT_CODE)
    walk_in.presenter.complete()
    assert len(wallets.wechat.asked) == 1
    wallets.wechat.pay()
    assert paid_by(walk_in) == [(TenderKind.WALLET, "wechat_pay", 4703)]


def test_a_code_of_the_other_wallet_charges_that_one(walk_in: Payment, wallets: Wallets) -> None:
    walk_in.edits.choose_tender(WECHAT)
    walk_in.presenter.complete()
    walk_in.presenter.code_scanned(ALIPAY_CODE)
    assert (wallets.wechat.asked, len(wallets.alipay.asked)) == ([], 1)
    wallets.alipay.pay()
    assert paid_by(walk_in) == [(TenderKind.WALLET, "alipay", 4703)]


def test_what_is_no_payment_code_or_of_a_wallet_that_is_away_charges_nothing(
    walk_in: Payment, wallets: Wallets
) -> None:
    walk_in.edits.choose_tender(WECHAT)
    walk_in.presenter.complete()
    walk_in.presenter.code_scanned("8600000114")
    assert shown(walk_in).lines[0] == "This is no code of WeChat Pay or Alipay to pay with."
    wallets.alipay.now = TerminalState.OFFLINE
    wallets.line.changed()
    walk_in.presenter.code_scanned(ALIPAY_CODE)
    assert shown(walk_in).lines[0] == "This is a code of Alipay, which cannot be taken here now."
    assert (wallets.wechat.asked, wallets.alipay.asked) == ([], [])
    assert shown(walk_in).title == "Scan the guest's payment code"
    answer(walk_in, Answer.OTHER_WAY)
    assert sheet(walk_in) is None
    assert not tiles(walk_in)[WECHAT].chosen


@pytest.mark.parametrize(("code", "means"), [(WECHAT_CODE, "wechat_pay"), (ALIPAY_CODE, "alipay")])
def test_a_scan_alone_picks_the_wallet_and_charges_what_is_left(
    walk_in: Payment, wallets: Wallets, code: str, means: str
) -> None:
    walk_in.presenter.code_scanned(code)
    wallet = wallets.wechat if means == "wechat_pay" else wallets.alipay
    assert [(one.code, one.amount) for one in wallet.asked] == [(code, usd(4703))]
    wallet.pay()
    assert paid_by(walk_in) == [(TenderKind.WALLET, means, 4703)]
    assert not any(code in str(one) for one in walk_in.outlet.notices)


def test_a_scan_does_not_sell_what_needs_no_wallet(shop: CounterShop, wallets: Wallets) -> None:
    payment = Payment(shop, shop.ticket().ticket.ticket_id, terminal=wallets.line)
    payment.presenter.code_scanned(WECHAT_CODE)
    assert wallets.wechat.asked == []
    assert payment.presenter.state.sold is None


def test_what_was_typed_for_a_wallet_is_what_the_other_one_is_charged(
    walk_in: Payment, wallets: Wallets
) -> None:
    walk_in.edits.choose_tender(WECHAT)
    walk_in.type("2000")
    walk_in.presenter.code_scanned(ALIPAY_CODE)
    assert [one.amount for one in wallets.alipay.asked] == [usd(2000)]
    wallets.alipay.pay()
    assert not tiles(walk_in)[WECHAT].chosen
    assert not tiles(walk_in)[ALIPAY].chosen


def test_a_scan_while_the_wallet_is_away_says_so_and_one_after_the_sale_changes_nothing(
    walk_in: Payment, wallets: Wallets
) -> None:
    wallets.wechat.now = TerminalState.OFFLINE
    wallets.line.changed()
    walk_in.presenter.code_scanned(WECHAT_CODE)
    assert "cannot be taken here now" in walk_in.outlet.notices[-1].title
    wallets.wechat.now = TerminalState.READY
    wallets.line.changed()
    walk_in.presenter.code_scanned(WECHAT_CODE)
    wallets.wechat.pay()
    walk_in.presenter.code_scanned(WECHAT_CODE)
    assert len(wallets.wechat.asked) == 1


def test_a_code_can_be_shown_instead_until_it_is_paid(walk_in: Payment, wallets: Wallets) -> None:
    walk_in.edits.choose_tender(ALIPAY)
    walk_in.presenter.complete()
    answer(walk_in, Answer.SHOW_CODE)
    assert shown(walk_in).lines[0] == "Making the code"
    assert wallets.alipay.asked[0].code == ""
    wallets.alipay.show_code()
    talk = walk_in.presenter.charging.talk.talk
    assert talk is not None
    assert (talk.to_scan, shown(walk_in).title) == (TO_SCAN, "The guest scans this code")
    wallets.alipay.pay()
    assert paid_by(walk_in) == [(TenderKind.WALLET, "alipay", 4703)]


def test_giving_up_undoes_it_and_only_the_answer_says_that_it_did(walk_in: Payment, wallets: Wallets) -> None:
    walk_in.edits.choose_tender(ALIPAY)
    walk_in.presenter.complete()
    answer(walk_in, Answer.SHOW_CODE)
    wallets.alipay.show_code()
    answer(walk_in, Answer.CANCEL)
    assert wallets.alipay.cancelled == 1
    assert shown(walk_in).title == "The payment is being undone"
    wallets.alipay.nobody_pays()
    face = shown(walk_in)
    assert (face.title, face.said) == ("Not paid: nothing was taken", "")
    answer(walk_in, Answer.TRY_AGAIN)
    assert shown(walk_in).title == "Scan the guest's payment code"


def test_a_refusal_is_told_in_the_providers_words(walk_in: Payment, wallets: Wallets) -> None:
    walk_in.presenter.code_scanned(WECHAT_CODE)
    wallets.wechat.refuse()
    assert shown(walk_in).said == "The provider says: E062010 balance not enough"
    answer(walk_in, Answer.OTHER_WAY)
    assert not tiles(walk_in)[WECHAT].chosen


def test_without_the_internet_nothing_was_charged_and_without_an_answer_nobody_knows(
    walk_in: Payment, wallets: Wallets
) -> None:
    walk_in.presenter.code_scanned(WECHAT_CODE)
    wallets.wechat.no_internet()
    assert shown(walk_in).title == "Nothing was charged"
    assert "internet" in shown(walk_in).lines[0]
    answer(walk_in, Answer.OTHER_WAY)
    walk_in.presenter.code_scanned(WECHAT_CODE)
    wallets.wechat.say_nothing()
    face = shown(walk_in)
    assert face.title == "Nobody knows yet whether the guest was charged"
    assert [one.answer for one in face.buttons] == [Answer.LEAVE, Answer.DECIDE, Answer.ASK_AGAIN]
    answer(walk_in, Answer.ASK_AGAIN)
    assert shown(walk_in).buttons[-1].text == "Asking the provider"
    wallets.wechat.pay()
    assert paid_by(walk_in) == [(TenderKind.WALLET, "wechat_pay", 4703)]


@pytest.mark.parametrize("problem", list(ChargeProblem))
@pytest.mark.parametrize("standing", [ChargeState.UNKNOWN, ChargeState.NOT_CHARGED])
def test_no_sheet_of_a_wallet_speaks_of_a_terminal_or_a_card(
    problem: ChargeProblem, standing: ChargeState
) -> None:
    for kind in ChargeKind:
        ask, zero = ChargeAsk("t1", usd(2000), kind=kind, means=Means.ALIPAY), usd(0)
        face = wallet_face(Talk(ask, ChargeNow("r1", ask, standing, zero, zero, problem=problem)), ENGLISH)
        told = " ".join((face.title, *face.lines, face.said, *(one.text for one in face.buttons)))
        assert face.lines
        assert "terminal" not in told
        assert "card" not in told


def test_what_was_taken_goes_back_to_the_wallet_before_the_ticket_is_left(
    walk_in: Payment, wallets: Wallets
) -> None:
    walk_in.edits.choose_tender(WECHAT)
    walk_in.type("2000")
    walk_in.presenter.code_scanned(WECHAT_CODE)
    wallets.wechat.pay()
    assert walk_in.presenter.state.sold is None, "the rest is not paid"
    row = next(one for one in pay_model(walk_in.presenter.state, ENGLISH).plan.rows if one.taken)
    assert (row.title, row.remove) == ("WeChat Pay", "Give WeChat Pay back")
    walk_in.presenter.back()
    assert "in the wallet" in walk_in.outlet.questions[-1].consequence
    assert wallets.wechat.asked[-1].kind is ChargeKind.VOID
    assert shown(walk_in).title == "Back to the guest's wallet"
    wallets.wechat.pay()
    assert "went back to the guest's wallet" in walk_in.outlet.notices[-1].title
    assert walk_in.left == 1


def test_a_till_without_wallets_takes_such_a_code_for_any_other(shop: CounterShop) -> None:
    payment = Payment(shop, shop.ticket(NewLine("gel-manicure", "lily")).ticket.ticket_id)
    assert not payment.presenter.charging.scanned(WECHAT_CODE)


@pytest.mark.parametrize("means", [Means.TERMINAL, Means.WECHAT_PAY])
@pytest.mark.parametrize("charged", [True, False])
def test_whoever_decides_is_asked_about_what_was_asked(
    shop: CounterShop, means: Means, charged: bool
) -> None:
    sold = ChargeAsk("t1", usd(2000), means=means)
    back = ChargeAsk("t1", usd(2000), kind=ChargeKind.RETURN, means=means, of="r1")
    assert "charged $20.00" in first_question(sold, ENGLISH).title
    assert first_question(back, ENGLISH).title == "Was $20.00 given back?"
    asked = decided_question(back, ENGLISH, charged=charged)
    assert asked.confirm == ("It was given back" if charged else "It was not given back")
    told = decided_question(sold, ENGLISH, charged=charged)
    assert told.title.startswith("The card" if means is Means.TERMINAL else "The guest")
    assert all(ENGLISH.text(one) for one in evidence(means, charged=charged))


def test_what_could_not_be_given_back_may_be_given_back_on_the_providers_website() -> None:
    ask = ChargeAsk("s1", usd(2000), kind=ChargeKind.RETURN, means=Means.ALIPAY, of="r1")
    zero = usd(0)
    now = ChargeNow("b1", ask, ChargeState.DECLINED, zero, zero, code="E045043", said="balance too low")
    talk = Talk(ask, now)
    assert [one.answer for one in wallet_face(talk, ENGLISH).buttons] == [Answer.OTHER_WAY, Answer.TRY_AGAIN]
    face = wallet_face(talk, ENGLISH, return_by_hand=True)
    assert [one.answer for one in face.buttons] == [Answer.OTHER_WAY, Answer.BY_HAND, Answer.TRY_AGAIN]
    unknown = wallet_face(replace(talk, charge=replace(now, standing=ChargeState.UNKNOWN)), ENGLISH)
    assert unknown.title == "Nobody knows yet whether it was given back"
