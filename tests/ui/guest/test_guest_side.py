"""The customer's side beside the counter: what is tapped there stands here, what is tapped here arrives there, and no more than that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from salon_desk.bootstrap.screen.guest_side import GuestSide
from salon_desk.documents.pole_picture import PolePicture
from salon_desk.domain.charge import Means
from salon_desk.services.catalogue import shop_of
from salon_desk.services.tickets import NewLine
from salon_desk.ui.counter.charge_talk import Answer
from salon_desk.ui.counter.tender_plan import charge_key
from salon_desk.ui.guest_screen.view import GuestWindow
from salon_desk.ui.guest_view import GuestView, Stage
from salon_desk.ui.screens.pay.draft import TipChoice
from salon_desk.ui.screens.pay.guest import guest_at_payment
from salon_desk.ui.screens.pay.state import Proving, Way
from salon_desk.ui.screens.sell.state import Ware
from tests.ui.counter_window import Counter, tap
from tests.ui.guest.moments import usd
from tests.ui.guest.parts import pill
from tests.ui.shop_fixture import MAY_ZHANG, CounterShop
from tests.ui.terminal import Charged

MakeCounter = Callable[..., Counter]


class Sides:
    """The counter and its customer's side; `pole` has every picture that the display was given."""

    def __init__(self, counter: Counter) -> None:
        self.counter, self.pole = counter, list[PolePicture]()
        shop, window = counter.shop, counter.window
        self.side = GuestSide(window, shop.till, window.tasks, show=self.pole.append)
        self.side.use_shop(shop_of(shop.till))
        self.side.use("screen:window")

    @property
    def stage(self) -> str:
        return self.view.stage.value

    @property
    def view(self) -> GuestView:
        return self.side.feed.view

    @property
    def window(self) -> GuestWindow:
        assert self.side.window is not None
        return self.side.window

    def checkout(self, ticket: str) -> None:
        presenter = self.counter.checkout.presenter
        presenter.shown()
        presenter.choose_ticket(ticket)

    def pay(self, ticket: str) -> None:
        self.counter.pay.begin(ticket)
        self.counter.window.go("pay")


@pytest.fixture
def sides(make_counter: MakeCounter) -> Iterator[Sides]:
    made = Sides(make_counter("en"))
    yield made
    made.side.close()


def test_lines_stand_there_as_they_are_added_and_nothing_that_is_not_the_guests(sides: Sides) -> None:
    assert sides.stage == Stage.IDLE
    visit = sides.counter.shop.the_visit()
    sides.checkout(visit.ticket.ticket_id)
    assert sides.stage == Stage.LINES
    assert [one.amount.cents for one in sides.view.lines] == [4500, 3800, 1800]
    assert [one.balance.cents for one in sides.view.cards] == [6250]
    sides.counter.checkout.presenter.tap_item("hand-cream")
    assert len(sides.view.lines) == 4
    member = visit.member.member if visit.member else None
    assert member is not None
    secrets = (member.name, member.latin_name, member.phone, member.note, *member.allergies, "lily", "Lily")
    assert not [one for one in secrets if one and one in repr(sides.view)]
    sides.counter.checkout.presenter.park()
    assert sides.stage == Stage.IDLE


def test_another_screen_or_nobody_signed_in_is_no_guests_business(sides: Sides) -> None:
    sides.checkout(sides.counter.shop.the_visit().ticket.ticket_id)
    sides.counter.window.go("top_up")
    assert sides.stage == Stage.IDLE
    sides.counter.window.go("checkout")
    assert sides.stage == Stage.LINES


def test_the_tip_that_the_guest_taps_is_the_cashiers_and_marked_as_the_guests(sides: Sides) -> None:
    sides.pay(sides.counter.shop.the_visit().ticket.ticket_id)
    tap(sides.window.visit.tips.button("20"))
    payment = sides.counter.pay.presenter
    assert (payment.state.draft.tip.choice, payment.state.draft.tip.by_guest) == (TipChoice.TWENTY, True)
    assert sides.view.sums is not None
    assert sides.view.sums.tip.cents == 1660
    tap(sides.window.visit.tips.button("custom"))
    for key in ("1", "0", "00"):
        tap(sides.window.visit.pad.pad.keys[key])
    tap(sides.window.visit.pad.confirm)
    assert payment.state.reckoned is not None
    assert payment.state.reckoned.preview.tip.cents == 1000
    payment.edits.choose_tip("15")
    assert not payment.state.draft.tip.by_guest
    assert sides.view.tips is not None
    assert sides.view.tips.chosen == "15"


def test_a_custom_tip_of_nothing_is_no_tip(sides: Sides) -> None:
    sides.pay(sides.counter.shop.the_visit().ticket.ticket_id)
    tap(sides.window.visit.tips.button("custom"))
    tap(sides.window.visit.pad.confirm)
    assert sides.counter.pay.presenter.state.draft.tip.choice is TipChoice.NONE


def test_a_card_by_hand_closes_the_tips_and_thanks_follow_with_the_new_balance(sides: Sides) -> None:
    sides.pay(sides.counter.shop.the_visit().ticket.ticket_id)
    edits = sides.counter.pay.presenter.edits
    edits.choose_tip("18")
    edits.choose_tender("external_card")
    assert (sides.view.stage, sides.view.to_charge) == (
        Stage.TERMINAL,
        sides.view.sums and sides.view.sums.due,
    )
    sides.side.feed.choose_tip("20")
    assert sides.counter.pay.presenter.state.draft.tip.choice is TipChoice.EIGHTEEN
    for digit in "4242":
        edits.press(digit)
    sides.counter.pay.presenter.complete()
    assert (sides.view.stage, [one.balance.cents for one in sides.view.cards]) == (Stage.PAID, [0])
    assert sides.pole[-1].upper.words[-1] == "You paid"
    sides.counter.pay.presenter.next()
    assert sides.stage == Stage.IDLE


def test_the_guest_follows_the_terminal_through_a_decline_and_nobody_knowing_to_thanks(
    make_counter: MakeCounter, shop: CounterShop
) -> None:
    charged = Charged(shop.till)
    sides = Sides(make_counter("en", terminal=charged.line))
    sides.pay(shop.the_visit().ticket.ticket_id)
    payment = sides.counter.pay.presenter
    payment.edits.choose_tender(charge_key(Means.TERMINAL))
    assert (sides.stage, sides.view.tips and sides.view.tips.open) == (Stage.PAYING, True)
    payment.complete()
    assert (sides.stage, sides.view.to_charge) == (Stage.TERMINAL, usd(3339))
    charged.terminal.decline()
    assert (sides.stage, sides.view.tips and sides.view.tips.open) == (Stage.PAYING, False)
    payment.charging.talk.answer(Answer.TRY_AGAIN)
    charged.terminal.fall_silent()
    assert (sides.stage, sides.view.to_charge) == (Stage.TERMINAL, None)
    payment.charging.talk.answer(Answer.ASK_AGAIN)
    charged.terminal.approve()
    assert (sides.stage, sides.view.paid) == (Stage.PAID, usd(9589))
    sides.side.close()


def test_while_somebody_proves_that_value_is_theirs_no_balance_stands_there(sides: Sides) -> None:
    sides.pay(sides.counter.shop.the_visit().ticket.ticket_id)
    state = sides.counter.pay.presenter.state
    holder = state.reckoned.spending.holders if state.reckoned else ()
    asked = replace(state, proving=Proving(holder[0] if holder else None, Way.PIN))  # type: ignore[arg-type]
    seen = guest_at_payment(asked, None)
    assert seen is not None
    assert seen[0].cards == ()
    assert seen[0].tips is not None
    assert not seen[0].tips.open


def test_products_alone_ask_for_no_tip(sides: Sides) -> None:
    sides.pay(sides.counter.shop.ticket(NewLine("hand-cream")).ticket.ticket_id)
    assert (sides.view.stage, sides.view.tips) == (Stage.PAYING, None)


def test_a_top_up_says_what_it_costs_what_comes_with_it_and_what_is_on_the_card_then(sides: Sides) -> None:
    counter = sides.counter
    counter.top_up.begin(counter.shop.card())
    counter.window.go("top_up")
    assert sides.stage == Stage.IDLE
    counter.top_up.presenter.choose("offer-100")
    assert [(one.amount.cents, one.given) for one in sides.view.lines] == [(10000, False), (1000, True)]
    counter.top_up.presenter.choose_tender("cash")
    counter.top_up.presenter.complete()
    assert (sides.stage, sides.view.paid, sides.view.cards[0].balance) == (Stage.PAID, usd(10000), usd(17250))


def test_a_gift_card_shows_its_price_and_a_card_by_hand_its_amount(sides: Sides) -> None:
    sides.counter.sell.begin(Ware.GIFT, "")
    sides.counter.window.go("sell")
    sides.counter.sell.presenter.choose("5000")
    assert (sides.stage, sides.view.lines[0].names.en) == (Stage.PAYING, "Gift card")
    sides.counter.sell.presenter.choose_tender("external_card")
    assert (sides.stage, sides.view.to_charge) == (Stage.TERMINAL, usd(5000))


def test_the_guest_reads_another_language_at_a_tap_and_the_pole_follows(sides: Sides) -> None:
    sides.checkout(sides.counter.shop.the_visit().ticket.ticket_id)
    assert sides.window.language.code == "zh_CN"
    tap(pill(sides.window, "en"))
    assert sides.window.language.code == "en"
    assert len(sides.pole[-1].upper.words) == 1
    assert sides.counter.window.language.code == "en"


def test_the_window_goes_with_its_screen_and_comes_back_with_what_stood_there(sides: Sides) -> None:
    screens = QGuiApplication.screens()
    assert sides.window.isVisible()
    sides.side.use("screen:")
    assert not sides.window.isVisible()
    sides.checkout(sides.counter.shop.the_visit().ticket.ticket_id)
    sides.side.use("screen:window")
    assert sides.window.isVisible()
    assert len(sides.window.visit.lines.parts) == 3
    sides.side.put(screens)
    assert sides.window.isVisible()
    assert MAY_ZHANG[-4:] in sides.window.visit.own.parts[0].row.label
