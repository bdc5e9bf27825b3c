"""Payments that somebody has to see to: found, told apart, brought to their ticket, asked again or voided, by real taps."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from salon_desk.domain.charge import Approved, ChargeKind
from salon_desk.i18n import Catalogue
from salon_desk.services import charges, tickets
from salon_desk.services.charges import ChargeAsk
from salon_desk.services.tickets import NewLine
from salon_desk.ui.approval.view import ApprovalSheet
from salon_desk.ui.counter.charge_sheet import ChargeSheet
from salon_desk.ui.counter.charge_talk import Answer
from salon_desk.ui.counter.charge_words import open_charges_pill, to_see_to
from salon_desk.ui.screens.open_charges.presenter import ChargeWays
from salon_desk.ui.screens.open_charges.view import OpenChargesScreen
from salon_desk.ui.screens.open_charges.view_model import open_charges_model
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.widgets.sheet import QuestionSheet
from tests.ui.counter_window import LANGUAGES, SIZES, Counter, keep, tap, too_small
from tests.ui.pay.payment import Payment
from tests.ui.shop_fixture import AMY, GRACE, MAY_ZHANG, CounterShop, usd
from tests.ui.terminal import Charged

ENGLISH = Catalogue.load("en")
EVERY = [(code, size) for code in LANGUAGES for size in SIZES]
SHOWN = EVERY if os.environ.get("SALON_DESK_ALL_PICTURES") else EVERY[-3:-2]


@dataclass
class Open:
    """The screen with two payments of which nobody knows: a ticket's of $47.03, and one of $300 for a top-up."""

    shop: CounterShop
    counter: Counter
    charged: Charged
    went: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        view = self.shop.ticket(NewLine("gel-manicure", "lily"), card=MAY_ZHANG)
        self.ticket = view.ticket.ticket_id
        payment = Payment(self.shop, self.ticket, terminal=self.charged.line)
        payment.edits.toggle_stored(self.shop.card())
        payment.edits.choose_tender("external_card/terminal")
        payment.presenter.complete()
        self.charged.terminal.fall_silent()
        payment.presenter.charging.talk.answer(Answer.LEAVE)
        self.charged.desk.begin("top-up", AMY, ChargeAsk("document-1", usd(30000)))
        self.charged.terminal.fall_silent()
        ways = ChargeWays(to_ticket=self.went.append, to_document=self.went.append)
        window = self.counter.window
        window.register(
            "open_charges",
            lambda host: OpenChargesScreen(
                host,
                self.shop.till,
                self.shop.session,
                line=self.charged.line,
                ways=ways,
                back_to=lambda: window.go("checkout"),
            ),
        )
        window.go("open_charges")

    @property
    def screen(self) -> OpenChargesScreen:
        found = self.counter.window.screen_for("open_charges")
        assert isinstance(found, OpenChargesScreen)
        return found

    def choose(self, at: int) -> None:
        """Tap a row."""
        charges = self.screen.presenter.state.charges
        assert charges is not None
        self.screen.presenter.choose(charges[at].charge.reference)

    def said(self) -> list[tuple[str, str, str]]:
        rows = open_charges_model(self.screen.presenter.state, ENGLISH).rows
        return [(row.title, row.figure, row.figure_detail) for row in rows]


@pytest.fixture
def made(make_counter: Callable[..., Counter], shop: CounterShop) -> Callable[..., Open]:
    return lambda code="en", size=(1366, 768): Open(shop, make_counter(code, size), Charged(shop.till))


def test_a_tickets_payment_leads_to_its_ticket_and_one_for_value_is_asked_about_and_voided(
    made: Callable[..., Open],
) -> None:
    screen = made()
    assert screen.said() == [
        ("May Zhang", "$47.03", "unknown"),
        ("Top-up, gift card or series", "$300.00", "unknown"),
    ]
    screen.choose(0)
    tap(screen.screen.act)
    assert screen.went == [screen.ticket]
    screen.choose(1)
    tap(screen.screen.act)
    sheet = screen.counter.window.sheets.top
    assert isinstance(sheet, ChargeSheet)
    tap(sheet.button(Answer.ASK_AGAIN))
    screen.charged.terminal.approve()
    assert screen.said()[1] == ("Top-up, gift card or series", "$300.00", "taken, not finished")
    tap(screen.screen.act)
    question = screen.counter.window.sheets.top
    assert isinstance(question, QuestionSheet)
    tap(question.confirm)
    _approve(screen)
    assert screen.charged.terminal.asked[-1].kind is ChargeKind.VOID
    screen.charged.terminal.approve()
    assert [one[0] for one in screen.said()] == ["May Zhang"]


def test_a_payment_that_came_after_its_ticket_was_thrown_away_is_given_back_here(
    made: Callable[..., Open],
) -> None:
    screen = made()
    till = screen.shop.till
    late = charges.of_subject(till, screen.ticket)[0]
    screen.charged.desk.decide("no", GRACE, late.reference, charged=False, evidence="no slip")
    tickets.discard(till, "thrown", GRACE, screen.ticket)
    charges.answered(till, Approved(late.reference, late.amount, usd(0)), attempt=1)
    screen.screen.presenter.begin()
    screen.choose(0)
    tap(screen.screen.act)
    assert screen.went == []
    assert isinstance(screen.counter.window.sheets.top, QuestionSheet)


@pytest.mark.parametrize(("code", "size"), SHOWN)
def test_pictures_and_the_mark_that_counts_them(
    made: Callable[..., Open], code: str, size: tuple[int, int]
) -> None:
    screen = made(code, size)
    number = to_see_to(screen.charged.line.unsettled())
    pill = open_charges_pill("open_charges", number, ENGLISH)
    assert (pill.text, pill.short, pill.tone) == ("Card payments: 2 open", "Cards: 2 open", Tone.DANGER)

    keep(screen.counter.window, "open-charges")
    screen.choose(1)
    keep(screen.counter.window, "open-charges-one")
    assert too_small(screen.screen, 48) == []


def _approve(screen: Open) -> None:
    asked = screen.counter.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    tap(asked.faces.button("grace"))
    for digit in "2222":
        tap(asked.pad.pad.keys[digit])
    tap(asked.pad.confirm)
