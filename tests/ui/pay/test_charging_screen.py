"""The terminal under fingers: how many taps a card sale takes, one charge for a double tap, and a picture of every state.

The pictures of the remaining sizes are taken with SALON_DESK_ALL_PICTURES=1.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from salon_desk.domain.charge import TerminalState
from salon_desk.services.tickets import NewLine
from salon_desk.ui.approval.view import ApprovalSheet
from salon_desk.ui.background import TaskRunner
from salon_desk.ui.counter.charge_sheet import ChargeSheet, DecideSheet
from salon_desk.ui.counter.charge_talk import Answer
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.widgets.sheet import QuestionSheet
from tests.ui.counter_window import LANGUAGES, SIZES, Counter, Finger, keep, tap, too_small
from tests.ui.shop_fixture import CounterShop, usd
from tests.ui.terminal import Charged

MakeCounter = Callable[..., Counter]
TERMINAL = "external_card/terminal"
EVERY = [(code, size) for code in LANGUAGES for size in SIZES]
FEW = [("en", SIZES[0])]
shown = pytest.mark.parametrize(
    ("code", "size"),
    EVERY if os.environ.get("SALON_DESK_ALL_PICTURES") else FEW,
    ids=lambda one: one if isinstance(one, str) else f"{one[0]}x{one[1]}",
)


def sheet(counter: Counter) -> ChargeSheet:
    found = counter.window.sheets.top
    assert isinstance(found, ChargeSheet)
    return found


def tap_answer(counter: Counter, answer: Answer) -> None:
    tap(sheet(counter).button(answer))


def test_a_card_sale_takes_the_taps_of_a_cash_sale_and_a_double_tap_charges_once(
    make_counter: MakeCounter, shop: CounterShop, worker_tasks: TaskRunner, qtbot: QtBot
) -> None:
    charged = Charged(shop.till)
    ticket = shop.ticket(NewLine("gel-manicure", "lily"))
    counter = make_counter(tasks=worker_tasks, terminal=charged.line)
    finger = Finger(qtbot, worker_tasks)
    finger.wait()

    finger.tap(counter.checkout.tickets.card(ticket.ticket.ticket_id))
    finger.tap(counter.checkout.panel.pay)
    finger.tap(counter.pay.tips.tip("18"))
    finger.tap(counter.pay.tenders.tile(TERMINAL))
    finger.tap(counter.pay.plan.complete)
    counter.pay.plan.completed.emit()
    finger.wait()
    assert sheet(counter).figure.text == "$55.13"
    charged.terminal.approve()
    finger.wait()

    assert finger.taps == 5
    assert len(charged.terminal.asked) == 1
    (part,) = shop.last_sale().tenders
    assert (part.taken, part.last_four) == (usd(5513), "4417")
    assert counter.pay.paid.figure.text == "$55.13"


def test_a_till_that_was_locked_while_the_guest_paid_has_taken_the_payment(
    make_counter: MakeCounter, shop: CounterShop
) -> None:
    charged = Charged(shop.till)
    counter = make_counter(terminal=charged.line)
    counter.pay.begin(shop.ticket(NewLine("gel-manicure", "lily")).ticket.ticket_id)
    counter.window.go("pay")
    tap(counter.pay.tenders.tile(TERMINAL))
    tap(counter.pay.plan.complete)
    shop.session.sign_out()
    counter.window.go("checkout")
    counter.window.sheets.close_sheet(sheet(counter))
    charged.terminal.approve()
    assert shop.last_sale().tenders[0].last_four == "4417"
    assert counter.window.sheets.top is None


def test_a_ticket_of_which_nobody_knows_says_so_on_the_checkout(
    make_counter: MakeCounter, shop: CounterShop
) -> None:
    charged = Charged(shop.till)
    counter = make_counter(size=SIZES[0], terminal=charged.line)
    ticket = shop.ticket(NewLine("gel-manicure", "lily")).ticket.ticket_id
    counter.pay.begin(ticket)
    counter.window.go("pay")
    tap(counter.pay.tenders.tile(TERMINAL))
    tap(counter.pay.plan.complete)
    charged.terminal.fall_silent()
    tap_answer(counter, Answer.LEAVE)
    assert counter.window.current == "checkout"
    counter.window.clear_notice()
    counter.checkout.presenter.choose_ticket(ticket)
    card = counter.checkout.tickets.card(ticket)
    assert card is not None
    assert "card charged or not: unknown" in card.accessibleDescription()
    keep(counter.window, "charge-ticket-unknown")


@shown
def test_pictures(make_counter: MakeCounter, shop: CounterShop, code: str, size: tuple[int, int]) -> None:
    charged = Charged(shop.till)
    counter = make_counter(code, size, terminal=charged.line)
    counter.pay.begin(shop.the_visit().ticket.ticket_id)
    counter.window.go("pay")
    tap(counter.pay.tips.tip("18"))
    tap(counter.pay.tenders.tile(TERMINAL))
    keep(counter.window, "charge-planned")
    assert too_small(counter.pay, 52) == []
    tap(counter.pay.plan.complete)
    keep(counter.window, "charge-guest-pays")
    assert too_small(sheet(counter), 52) == []
    tap_answer(counter, Answer.CANCEL)
    keep(counter.window, "charge-cancelling")
    charged.terminal.decline()
    keep(counter.window, "charge-declined")
    tap_answer(counter, Answer.TRY_AGAIN)
    charged.terminal.unplugged()
    keep(counter.window, "charge-not-sent")
    tap_answer(counter, Answer.TRY_AGAIN)
    charged.terminal.approve(usd(2000))
    keep(counter.window, "charge-part")
    charged.become(TerminalState.OFFLINE)
    counter.window.clear_notice()
    keep(counter.window, "charge-off-line")
    charged.become(TerminalState.READY)
    tap(counter.window.top_bar.back_button)
    question = counter.window.sheets.top
    assert isinstance(question, QuestionSheet)
    keep(counter.window, "charge-void-asked")
    tap(question.cancel)
    tap(counter.pay.tenders.tile(TERMINAL))
    tap(counter.pay.plan.complete)
    charged.terminal.fall_silent()
    keep(counter.window, "charge-unknown")
    _decide(counter)
    keep(counter.window, "charge-paid")


def _decide(counter: Counter) -> None:
    """Amy says what the slip shows, Grace approves it."""
    tap_answer(counter, Answer.DECIDE)
    asked = counter.window.sheets.top
    assert isinstance(asked, DecideSheet)
    keep(counter.window, "charge-decide")
    tap(asked.charged)
    why = counter.window.sheets.top
    assert isinstance(why, ReasonSheet)
    tap(why.pills.pill(why.reasons[0]))
    keep(counter.window, "charge-evidence")
    tap(why.confirm)
    approval = counter.window.sheets.top
    assert isinstance(approval, ApprovalSheet)
    tap(approval.faces.button("grace"))
    for digit in "2222":
        tap(approval.pad.pad.keys[digit])
    tap(approval.pad.confirm)
