"""The shift with taps: opening, cash out, and the close in six screens; its pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from salon_desk.domain.charge import ChargeKind, Entry, Means
from salon_desk.domain.charge_state import ChargeState
from salon_desk.domain.money import Money
from salon_desk.services import shifts, tickets
from salon_desk.services.batches import Compared
from salon_desk.services.till import Till
from salon_desk.storage.queries.charges import ChargeView
from salon_desk.storage.queries.terminals import ClosedBatch
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.screens.shift.close_view import CloseView
from salon_desk.ui.screens.shift.presenter import ShiftPresenter, ShiftWays
from salon_desk.ui.screens.shift.view import ShiftScreen
from salon_desk.ui.widgets.denomination_counter import DenominationCounter
from tests.ui.back_office import CASHIER, SIZES, Desk, Shop, external, session_of, too_small, unnamed


def _stand(desk: Desk, shop: Shop, staff: str = "amy") -> ShiftScreen:
    session = session_of(shop, staff)
    presenter = ShiftPresenter(
        shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        ways=ShiftWays(lambda: desk.window.go("checkout"), lambda: desk.window.go("reports")),
    )
    screen = desk.stand("shift", lambda host: ShiftScreen(host, presenter))
    assert isinstance(screen, ShiftScreen)
    return screen


def _count(desk: Desk, counter: DenominationCounter, cents: int, digits: str) -> None:
    desk.tap(counter.cell(str(cents)).face)
    for digit in digits:
        desk.tap(counter.pad.keys[digit])


def _close_view(screen: ShiftScreen) -> CloseView:
    assert screen.close_view is not None
    return screen.close_view


def _the_day(shop: Shop) -> None:
    """The worked example: a cash sale, a tip by card that is owed, something bought."""
    shop.sell("凝胶美甲")
    shop.sell("经典修脚", tip=1500, tenders=(external(),))
    shifts.pay_out(
        shop.till, shop.command(), session_of(shop, "grace").actor, amount=Money(2000, "USD"), reason="Towels"
    )


def _off_by_one_card() -> Compared:
    """The terminal took one card more than the till knows of for sure."""
    usd = {cents: Money(cents, "USD") for cents in (0, 5470, 9970, 4500)}
    charge = ChargeView(
        *("r", ChargeKind.SALE, Means.TERMINAL, "ticket", "", "Left", usd[4500], 1, ChargeState.UNKNOWN),
        *("silent", usd[0], usd[0], "4417", "VISA", Entry.CHIP, "", "", "", "", "", "", ""),
        *("amy", "", "", "", "", False),
    )
    batch = ClosedBatch("op", "Left", "7", 2, usd[9970], 0, usd[0], 1, usd[5470], 0, usd[0], "")
    return Compared(batch, (charge,), (charge,))


def _expected(till: Till) -> str:
    return "$112.03"


def test_the_float_is_counted_and_the_shift_opens_into_the_checkout(office: Desk, closed_shop: Shop) -> None:
    screen = _stand(office, closed_shop)
    assert screen.open_view is not None
    _count(office, screen.open_view.counter, 2000, "5")
    assert screen.open_view.open.text() == "Open the shift with $100.00"
    office.tap(screen.open_view.open)
    assert office.window.current == "checkout"


def test_the_close_is_six_screens_with_one_question_each(office: Desk, shop: Shop) -> None:
    _the_day(shop)
    screen = _stand(office, shop)
    office.tap(screen.home.close_button)
    view, asked = _close_view(screen), []
    asked.append(view.question.text())
    office.tap(view.go_on)
    asked.append(view.question.text())
    assert _expected(shop.till) not in _words(screen)
    _count(office, view.counter, 2000, "5")
    _count(office, view.counter, 1000, "1")
    _count(office, view.counter, 100, "2")
    office.tap(view.go_on)
    office.say("Keep the count")
    asked.append(view.question.text())
    for digit in "5471":
        office.tap(view.pad.keys[digit])
    office.tap(view.go_on)
    asked.append(view.question.text())
    assert _expected(shop.till) in _words(screen)
    office.tap(view.go_on)
    asked.append(view.question.text())
    office.tap(view.go_on)
    asked.append(view.question.text())
    assert asked == [
        "Are tips paid out now?",
        "How much is in the drawer?",
        "What does the card machine say?",
        "Does it add up?",
        "Close the shift?",
        "Z report 2 is printing",
    ]
    office.tap(view.other)
    office.tap(view.go_on)
    assert office.window.current == "reports"
    assert shifts.status(shop.till).shift is None


def _words(screen: ShiftScreen) -> str:
    from salon_desk.ui.widgets.words import Figure, Words

    shown = [one.text() for one in screen.findChildren(Words) if one.isVisible()]
    return " ".join([*shown, *(one.text for one in screen.findChildren(Figure) if one.isVisible())])


def test_paying_out_asks_how_much_why_and_a_manager(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    office.tap(screen.home.acts["paid_out"])
    office.digits(screen.movement.pad, "2000")
    office.tap(screen.movement.reasons.pill("Supplies"))
    office.tap(screen.movement.confirm)
    asked = office.window.sheets.top
    assert isinstance(asked, ApprovalSheet)
    office.tap(asked.faces.button("grace"))
    office.digits(asked.pad.pad, "2222")
    office.tap(asked.pad.confirm)
    assert screen.home.isVisible()
    assert "$20.00" in office.window.notice.text


def test_back_leaves_a_movement_without_doing_it(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    office.tap(screen.home.acts["drop"])
    office.tap(office.window.top_bar.back_button)
    assert screen.home.isVisible()
    office.tap(screen.home.acts["tips"])
    office.tap(office.window.top_bar.back_button)
    assert screen.home.isVisible()


def test_the_language_switch_keeps_the_count(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    office.tap(screen.home.close_button)
    view = _close_view(screen)
    _count(office, view.counter, 2000, "7")
    office.window.language.use("zh_CN")
    office.settle()
    assert view.counter.total == Money(14_000, "USD")


def test_everything_that_can_be_tapped_is_as_large_as_a_finger(
    make_desk_of: Callable[..., Desk], shop: Shop
) -> None:
    desk = make_desk_of("en", (1024, 768))
    _the_day(shop)
    screen = _stand(desk, shop)
    for act in ("paid_in", "no_sale", "tips"):
        desk.tap(screen.home.acts[act])
        assert too_small(screen) == []
        assert unnamed(screen) == []
        desk.tap(desk.window.top_bar.back_button)
    desk.tap(screen.home.close_button)
    view = _close_view(screen)
    desk.tap(view.go_on)
    assert too_small(screen) == []
    assert unnamed(screen) == []
    desk.tap(view.go_on)
    desk.say("Keep the count")
    assert too_small(screen) == []


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], closed_shop: Shop, code: str) -> None:
    desk, shop = make_desk_of(code, *SIZES), closed_shop
    screen = _stand(desk, shop)
    assert screen.open_view is not None
    screen.open_view.counter.set_counts({"2000": 5, "25": 4})
    screen.open_view.counter.changed.emit()
    desk.picture("shift-open")
    desk.tap(screen.open_view.open)
    _the_day(shop)
    tickets.open_ticket(shop.till, shop.command(), CASHIER)
    desk.window.go("shift")
    desk.picture("shift-home")
    desk.tap(screen.home.acts["paid_out"])
    desk.digits(screen.movement.pad, "2000")
    desk.picture("shift-paid-out")
    desk.tap(screen.movement.cancel)
    desk.tap(screen.home.acts["no_sale"])
    desk.picture("shift-no-sale")
    desk.tap(screen.movement.cancel)
    desk.tap(screen.home.acts["tips"])
    desk.picture("shift-tips")
    desk.tap(desk.window.top_bar.back_button)
    desk.tap(screen.home.close_button)
    view = _close_view(screen)
    desk.picture("shift-close-1")
    desk.tap(view.go_on)
    view.counter.set_counts({"2000": 5, "1000": 1, "100": 1})
    view.counter.changed.emit()
    desk.picture("shift-close-2")
    desk.tap(view.go_on)
    desk.picture("shift-close-2-keep")
    question = desk.window.sheets.top
    assert question is not None
    desk.tap(question.confirm)  # type: ignore[attr-defined]
    for digit in "5470":
        desk.tap(view.pad.keys[digit])
    desk.picture("shift-close-3")
    form = screen._presenter.state.close
    assert form is not None
    screen._presenter.set(close=replace(form, by_terminal=True, terminal_failed=True))
    desk.picture("shift-close-3-terminal")
    assert too_small(screen) == []
    desk.tap(view.other)
    desk.tap(view.go_on)
    desk.picture("shift-close-4")
    form = screen._presenter.state.close
    assert form is not None
    screen._presenter.set(close=replace(form, terminal=_off_by_one_card()))
    desk.picture("shift-close-4-terminal")
    screen._presenter.set(close=form)
    desk.tap(view.go_on)
    desk.picture("shift-close-5")
    desk.tap(view.go_on)
    desk.picture("shift-close-6")


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures_of_a_counted_shift(make_desk_of: Callable[..., Desk], shop: Shop, code: str) -> None:
    desk = make_desk_of(code, *SIZES)
    screen = _stand(desk, shop)
    desk.tap(screen.home.acts["tips"])
    desk.picture("shift-no-tips")
    shifts.count(shop.till, shop.command(), CASHIER, denominations=())
    desk.tap(desk.window.top_bar.back_button)
    desk.picture("shift-counted")
