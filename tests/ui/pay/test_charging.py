"""A payment over the terminal, without a window: charged once, taken only when it was, never forgotten, on the real services."""

from __future__ import annotations

import pytest

from salon_desk.domain.access import Permission
from salon_desk.domain.charge import ChargeKind, TerminalState
from salon_desk.domain.tender import TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.services.tickets import NewLine
from salon_desk.ui.counter.charge_face import ChargeFace, charge_face
from salon_desk.ui.counter.charge_talk import Answer
from salon_desk.ui.counter.tender_faces import PlanFace
from salon_desk.ui.counter.tender_plan import CARD, CASH
from salon_desk.ui.screens.pay.view_model import pay_model
from tests.ui.pay.payment import Payment
from tests.ui.shop_fixture import CounterShop, usd
from tests.ui.terminal import Charged

ENGLISH = Catalogue.load("en")
TERMINAL = "external_card/terminal"


@pytest.fixture
def charged(one_shop: CounterShop) -> Charged:
    """The shop's till with a terminal."""
    return Charged(one_shop.till)


@pytest.fixture
def walk_in(one_shop: CounterShop, charged: Charged) -> Payment:
    """One gel manicure, $47.03 with tax, to be charged on the terminal."""
    ticket = one_shop.ticket(NewLine("gel-manicure", "lily")).ticket.ticket_id
    payment = Payment(one_shop, ticket, terminal=charged.line)
    payment.edits.choose_tender(TERMINAL)
    return payment


@pytest.fixture
def beside(shop: CounterShop) -> Charged:
    """The terminal of a shop whose cards nobody has touched."""
    return Charged(shop.till)


@pytest.fixture
def visit(shop: CounterShop, beside: Charged) -> Payment:
    """The worked visit of $95.89, $62.50 from the card, the rest on the terminal."""
    payment = Payment(shop, shop.the_visit().ticket.ticket_id, terminal=beside.line)
    payment.edits.choose_tender(TERMINAL)
    return payment


def sheet(payment: Payment) -> ChargeFace | None:
    talk = payment.presenter.charging.talk.talk
    return charge_face(talk, ENGLISH) if talk is not None else None


def shown(payment: Payment) -> ChargeFace:
    face = sheet(payment)
    assert face is not None
    return face


def plan(payment: Payment) -> PlanFace:
    return pay_model(payment.presenter.state, ENGLISH).plan


def answer(payment: Payment, tapped: Answer) -> None:
    payment.presenter.charging.talk.answer(tapped)


def held(payment: Payment) -> int:
    """Cents of the member's card that nothing else can spend now."""
    return 6250 - payment.shop.usable()


def test_without_a_terminal_there_is_one_card_that_is_typed(one_shop: CounterShop) -> None:
    payment = Payment(one_shop, one_shop.ticket(NewLine("gel-manicure", "lily")).ticket.ticket_id)
    keys = [one.key for one in pay_model(payment.presenter.state, ENGLISH).tiles]
    assert keys[:2] == [CASH, CARD]


def test_with_a_terminal_the_card_goes_there_and_typing_stays(walk_in: Payment) -> None:
    tiles = pay_model(walk_in.presenter.state, ENGLISH).tiles
    assert [(one.key, one.title, one.detail) for one in tiles[:3]] == [
        (CASH, "Cash", "the drawer opens"),
        (TERMINAL, "Card", "on the terminal"),
        (CARD, "Card by hand", "on another machine"),
    ]


def test_what_is_planned_is_not_taken_before_the_terminal_says_so(walk_in: Payment, charged: Charged) -> None:
    (row,) = plan(walk_in).rows
    assert (row.state.text, row.taken, plan(walk_in).complete) == (
        "to be taken",
        False,
        "Charge $47.03 on the terminal",
    )
    walk_in.presenter.complete()
    assert [(one.amount, one.kind) for one in charged.terminal.asked] == [(usd(4703), ChargeKind.SALE)]
    assert (shown(walk_in).title, shown(walk_in).figure) == ("The guest pays at the terminal", "$47.03")
    assert walk_in.paid == []


def test_approved_the_sale_completes_by_itself(walk_in: Payment, charged: Charged) -> None:
    walk_in.presenter.complete()
    charged.terminal.approve()
    (part,) = walk_in.shop.last_sale().tenders
    assert (part.kind, part.taken, part.last_four) == (TenderKind.EXTERNAL_CARD, usd(4703), "4417")
    assert part.charge == charged.terminal.asked[0].reference
    assert sheet(walk_in) is None
    assert len(walk_in.paid) == 1


def test_a_double_tap_charges_once(walk_in: Payment, charged: Charged) -> None:
    for _ in range(3):
        walk_in.presenter.complete()
    charged.terminal.approve()
    walk_in.presenter.complete()
    assert len(charged.terminal.asked) == 1
    assert len(walk_in.paid) == 1


def test_what_nobody_expected_leaves_no_sheet_in_the_way(
    walk_in: Payment, charged: Charged, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_asked: object, **_named: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(charged.desk, "begin", fail)
        with pytest.raises(ZeroDivisionError):
            walk_in.presenter.complete()
    assert sheet(walk_in) is None
    walk_in.presenter.complete()
    charged.terminal.approve()
    assert len(walk_in.paid) == 1


def test_nothing_of_the_plan_changes_while_the_guest_pays(walk_in: Payment) -> None:
    walk_in.presenter.complete()
    walk_in.tip("500")
    walk_in.edits.remove_tender(TERMINAL)
    assert walk_in.reckoned.preview.tip == usd(0)
    assert [one.key for one in walk_in.presenter.state.draft.tenders.drafts] == [TERMINAL]


def test_stored_value_is_held_before_the_terminal_is_asked_and_posted_with_the_sale(
    visit: Payment, beside: Charged
) -> None:
    visit.presenter.complete()
    assert held(visit) == 6250
    beside.terminal.approve()
    assert [(one.kind, one.taken) for one in visit.shop.last_sale().tenders] == [
        (TenderKind.STORED_VALUE, usd(6250)),
        (TenderKind.EXTERNAL_CARD, usd(3339)),
    ]


def test_declined_nothing_is_taken_and_another_way_frees_what_was_held(
    visit: Payment, beside: Charged
) -> None:
    visit.presenter.complete()
    beside.terminal.decline()
    face = shown(visit)
    assert face.title == "Declined: nothing was taken"
    assert face.said == "The terminal says: 51 INSUFFICIENT FUNDS"
    assert [one.answer for one in face.buttons] == [Answer.OTHER_WAY, Answer.TRY_AGAIN]
    answer(visit, Answer.OTHER_WAY)
    assert (sheet(visit), held(visit)) == (None, 0)
    visit.edits.choose_tender(CASH)
    visit.presenter.complete()
    assert len(visit.paid) == 1


def test_another_card_is_another_charge_for_which_value_is_held_again(
    visit: Payment, beside: Charged
) -> None:
    visit.presenter.complete()
    beside.terminal.decline()
    answer(visit, Answer.TRY_AGAIN)
    assert held(visit) == 6250
    first, second = beside.terminal.asked
    assert first.reference != second.reference
    beside.terminal.approve()
    assert len(visit.paid) == 1


def test_a_part_is_taken_and_the_rest_offered(walk_in: Payment, charged: Charged) -> None:
    walk_in.presenter.complete()
    charged.terminal.approve(usd(2000))
    assert [one.title for one in walk_in.outlet.notices] == ["The card paid $20.00 of $47.03."]
    (row,) = plan(walk_in).rows
    assert (row.title, row.amount, row.state.text, row.taken) == ("Visa ∙∙4417", "$20.00", "taken", True)
    assert plan(walk_in).complete == "Still to take: $27.03"
    walk_in.edits.choose_tender(CASH)
    walk_in.presenter.complete()
    assert [(one.kind, one.taken) for one in walk_in.shop.last_sale().tenders] == [
        (TenderKind.EXTERNAL_CARD, usd(2000)),
        (TenderKind.CASH, usd(2703)),
    ]


def test_two_cards_share_a_ticket_the_first_with_a_typed_amount(walk_in: Payment, charged: Charged) -> None:
    walk_in.type("2000")
    walk_in.presenter.complete()
    charged.terminal.approve(last_four="1111")
    walk_in.edits.choose_tender(TERMINAL)
    walk_in.presenter.complete()
    charged.terminal.approve(last_four="2222")
    assert [one.amount for one in charged.terminal.asked] == [usd(2000), usd(2703)]
    assert [one.last_four for one in walk_in.shop.last_sale().tenders] == ["1111", "2222"]


def test_cash_beside_it_is_taken_with_the_sale(walk_in: Payment, charged: Charged) -> None:
    walk_in.edits.choose_tender(CASH)
    walk_in.type("2000")
    walk_in.edits.choose_tender(TERMINAL)
    walk_in.presenter.complete()
    charged.terminal.approve()
    sale = walk_in.shop.last_sale()
    assert {one.kind: one.taken for one in sale.tenders} == {
        TenderKind.CASH: usd(2000),
        TenderKind.EXTERNAL_CARD: usd(2703),
    }


def test_the_tip_that_the_guest_added_is_the_sales_tip(walk_in: Payment, charged: Charged) -> None:
    walk_in.presenter.complete()
    charged.terminal.approve(tip=900)
    sale = walk_in.shop.last_sale()
    assert [(one.technician, one.amount) for one in sale.tips] == [("lily", usd(900))]
    assert [one.taken for one in sale.tenders] == [usd(5603)]


def test_a_cable_out_charges_nothing_and_offers_typing(walk_in: Payment, charged: Charged) -> None:
    walk_in.presenter.complete()
    charged.terminal.unplugged()
    face = shown(walk_in)
    assert face.title == "Nothing was charged"
    assert "network or serial cable" in face.lines[0]
    answer(walk_in, Answer.BY_HAND)
    walk_in.type("1234")
    walk_in.presenter.complete()
    assert [(one.last_four, one.charge) for one in walk_in.shop.last_sale().tenders] == [("1234", "")]


def test_a_terminal_off_line_is_grey_and_says_what_to_look_at(walk_in: Payment, charged: Charged) -> None:
    charged.become(TerminalState.OFFLINE)
    tiles = {one.key: one for one in pay_model(walk_in.presenter.state, ENGLISH).tiles}
    assert (tiles[TERMINAL].enabled, tiles[TERMINAL].detail) == (False, "off line: look at its cable")
    assert tiles[CARD].enabled


def test_cancel_tells_the_terminal_and_waits_for_its_word(walk_in: Payment, charged: Charged) -> None:
    walk_in.presenter.complete()
    answer(walk_in, Answer.CANCEL)
    assert charged.terminal.cancelled == 1
    assert [one.answer for one in shown(walk_in).buttons] == [Answer.LEAVE]
    charged.terminal.approve()
    assert len(walk_in.paid) == 1, "the guest was faster"


def test_unknown_is_said_and_left_locked_with_what_is_held(visit: Payment, beside: Charged) -> None:
    visit.presenter.complete()
    beside.terminal.fall_silent()
    face = shown(visit)
    assert face.title == "Nobody knows yet whether the card was charged"
    assert [one.answer for one in face.buttons] == [Answer.LEAVE, Answer.DECIDE, Answer.ASK_AGAIN]
    answer(visit, Answer.LEAVE)
    assert (visit.left, visit.paid, held(visit)) == (1, [], 6250)


def test_asked_again_it_was_charged_and_the_sale_completes(walk_in: Payment, charged: Charged) -> None:
    walk_in.presenter.complete()
    charged.terminal.fall_silent()
    answer(walk_in, Answer.ASK_AGAIN)
    assert [one.enabled for one in shown(walk_in).buttons] == [True, False, False]
    charged.terminal.approve()
    assert len(charged.terminal.asked) == 1
    assert len(walk_in.paid) == 1


def test_asked_again_an_idle_terminal_knows_of_none(walk_in: Payment, charged: Charged) -> None:
    walk_in.presenter.complete()
    charged.terminal.fall_silent()
    answer(walk_in, Answer.ASK_AGAIN)
    charged.terminal.never_heard_of_it()
    assert shown(walk_in).lines[0] == "The terminal says that it took nothing."
    answer(walk_in, Answer.TRY_AGAIN)
    charged.terminal.approve()
    assert len(walk_in.paid) == 1


@pytest.mark.parametrize(("was_charged", "sales"), [(True, 1), (False, 0)])
def test_a_manager_decides_with_what_shows_it(
    walk_in: Payment, charged: Charged, *, was_charged: bool, sales: int
) -> None:
    walk_in.presenter.complete()
    charged.terminal.fall_silent()
    walk_in.presenter.charging.talk.decide(charged=was_charged, evidence="The slip")
    assert walk_in.beside.asked == [Permission.OVERRIDE]
    assert len(walk_in.paid) == sales
    assert (sheet(walk_in) is None) == was_charged


def test_nobody_decides_without_a_manager(walk_in: Payment, charged: Charged) -> None:
    walk_in.presenter.complete()
    charged.terminal.fall_silent()
    walk_in.beside.willing = False
    walk_in.presenter.charging.talk.decide(charged=True, evidence="The slip")
    assert walk_in.paid == []
    assert shown(walk_in).title == "Nobody knows yet whether the card was charged"


def test_back_with_a_captured_card_asks_once_and_voids_it(walk_in: Payment, charged: Charged) -> None:
    walk_in.presenter.complete()
    charged.terminal.approve(usd(2000))
    walk_in.presenter.back()
    (question,) = walk_in.outlet.questions
    assert question.title == "$20.00 was charged: give it back?"
    assert (charged.terminal.asked[-1].kind, walk_in.left) == (ChargeKind.VOID, 0)
    assert walk_in.beside.asked == [Permission.VOID]
    charged.terminal.approve()
    assert walk_in.left == 1
    assert [one.undone for one in charged.line.of_subject(walk_in.ticket)] == [True, False]


def test_who_stays_keeps_the_captured_card(walk_in: Payment, charged: Charged) -> None:
    walk_in.presenter.complete()
    charged.terminal.approve(usd(2000))
    walk_in.outlet.answer = False
    walk_in.presenter.back()
    assert (walk_in.left, len(charged.terminal.asked)) == (0, 1)


def test_a_void_that_fails_stays_and_says_that_the_card_is_charged(
    walk_in: Payment, charged: Charged
) -> None:
    walk_in.presenter.complete()
    charged.terminal.approve(usd(2000))
    walk_in.presenter.charging.give_back(plan(walk_in).rows[0].key)
    charged.terminal.decline()
    assert shown(walk_in).title == "Nothing was given back"
    answer(walk_in, Answer.OTHER_WAY)
    assert (walk_in.left, plan(walk_in).rows[0].taken) == (0, True)
    walk_in.presenter.charging.give_back(plan(walk_in).rows[0].key)
    assert charged.terminal.asked[-1].kind is ChargeKind.RETURN
    charged.terminal.approve()
    assert plan(walk_in).rows == ()


def test_another_screen_does_not_forget_a_captured_card(visit: Payment, beside: Charged) -> None:
    visit.presenter.complete()
    beside.terminal.approve(usd(2000))
    visit.presenter.abandon()
    assert held(visit) == 6250
    visit.presenter.begin(visit.ticket)
    assert [one.amount for one in plan(visit).rows if one.taken] == ["$20.00"]
    assert visit.outlet.notices[-1].title == "The card was charged $20.00 for this ticket already."


def test_after_a_crash_an_approved_charge_completes_with_its_tip(visit: Payment, beside: Charged) -> None:
    """The plan is gone, the charge is not: what was charged and held beyond the ticket was the tip."""
    visit.tip("500")
    visit.presenter.complete()
    beside.restart()
    again = Payment(visit.shop, visit.ticket, terminal=beside.line)
    assert shown(again).title == "Nobody knows yet whether the card was charged"
    answer(again, Answer.ASK_AGAIN)
    terminal = beside.terminal
    terminal._waiting.pop(0)
    terminal.approve()
    sale = again.shop.last_sale()
    assert sum(one.amount.cents for one in sale.tips) == 500
    assert [(one.kind, one.taken) for one in sale.tenders] == [
        (TenderKind.STORED_VALUE, usd(6250)),
        (TenderKind.EXTERNAL_CARD, usd(3839)),
    ]


def test_a_sale_that_is_refused_after_the_charge_keeps_the_charge(walk_in: Payment, charged: Charged) -> None:
    walk_in.presenter.complete()
    walk_in.presenter.charging.talk.stop()
    charged.terminal.approve()
    assert walk_in.paid == []
    walk_in.presenter.begin(walk_in.ticket)
    assert plan(walk_in).complete == "Complete: card $47.03"
    walk_in.presenter.complete()
    assert len(walk_in.paid) == 1
