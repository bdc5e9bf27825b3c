"""The pay screen under fingers: real clicks, the split of a tip, hardware keys, the receipt, leaving."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from salon_desk.services.tickets import NewLine
from salon_desk.ui.screens.pay.tip_sheet import TipSheet
from salon_desk.ui.widgets.sheet import QuestionSheet
from tests.ui.counter_window import Counter, settle, tap
from tests.ui.shop_fixture import CounterShop, usd

MakeCounter = Callable[..., Counter]


@pytest.fixture
def paying(make_counter: MakeCounter, shop: CounterShop) -> Counter:
    """The worked visit on the pay screen."""
    visit = shop.the_visit()
    counter = make_counter()
    counter.pay.begin(visit.ticket.ticket_id)
    counter.window.go("pay")
    return counter


def press(counter: Counter, keys: str) -> None:
    for key in keys:
        tap(counter.pay.plan.pad.keys[key])


def test_what_is_due_stands_large_and_follows_the_tip(paying: Counter) -> None:
    assert paying.pay.due.text == "$33.39"
    tap(paying.pay.tips.tip("custom"))
    press(paying, "1500")
    assert paying.pay.due.text == "$48.39"
    assert paying.pay.tips.split.text() == "Lily $8.13 ⋅ Kim $6.87"


def test_the_tip_is_split_by_hand(paying: Counter, shop: CounterShop) -> None:
    tap(paying.pay.tips.tip("18"))
    tap(paying.pay.tips.split)
    sheet = paying.window.sheets.top
    assert isinstance(sheet, TipSheet)
    tap(sheet.field("kim"))
    for key in ("1", "0", "00"):
        tap(sheet.pad.keys[key])
    tap(sheet.save)
    tap(paying.pay.tenders.tile("cash"))
    tap(paying.pay.plan.complete)
    tips = {tip.technician: tip.amount for tip in shop.last_sale().tips}
    assert tips == {"lily": usd(810), "kim": usd(1000)}


def test_a_pad_stands_only_while_a_number_is_wanted(paying: Counter) -> None:
    assert not paying.pay.plan.pad.isVisible()
    tap(paying.pay.tenders.tile("cash"))
    assert paying.pay.plan.pad.isVisible()
    row = paying.pay.plan.rows.row("cash")
    assert row is not None
    tap(row.remove)
    assert not paying.pay.plan.pad.isVisible()


def test_the_keys_of_a_keyboard_type_and_enter_completes(paying: Counter, qtbot: QtBot) -> None:
    tap(paying.pay.tenders.tile("external_card"))
    pad = paying.pay.plan.pad
    assert pad.hasFocus()
    qtbot.keyClicks(pad, "4417")
    qtbot.keyClick(pad, Qt.Key.Key_Return)
    settle()
    assert paying.shop.last_sale().tenders[1].last_four == "4417"


def test_complete_is_off_until_nothing_is_missing(paying: Counter) -> None:
    complete = paying.pay.plan.complete
    assert (complete.isEnabled(), complete.text()) == (False, "Still to take: $33.39")
    tap(paying.pay.tenders.tile("external_card"))
    assert (complete.isEnabled(), complete.text()) == (False, "Type the last four digits of the card")
    press(paying, "4417")
    assert (complete.isEnabled(), complete.text()) == (True, "Complete: card $33.39")


def test_back_leads_to_the_ticket_and_undoes_the_plan_only(paying: Counter) -> None:
    tap(paying.pay.tenders.tile("cash"))
    tap(paying.window.top_bar.back_button)
    assert paying.window.current == "checkout"
    assert [one.kind for one in paying.shop.documents()] == []
    assert len(paying.checkout.presenter.state.waiting) == 1


def test_back_asks_once_digits_of_a_card_were_typed(paying: Counter) -> None:
    tap(paying.pay.tenders.tile("external_card"))
    press(paying, "4417")
    tap(paying.window.top_bar.back_button)
    question = paying.window.sheets.top
    assert isinstance(question, QuestionSheet)
    tap(question.confirm)
    assert paying.window.current == "checkout"
    assert paying.shop.usable() == 6250


def test_a_place_of_the_rail_frees_what_was_held(paying: Counter) -> None:
    tap(paying.pay.tenders.tile("external_card"))
    assert paying.shop.usable() == 0
    paying.window.go("checkout")
    assert paying.shop.usable() == 6250


def test_a_top_up_inside_the_sale_turns_off_what_is_not_cash(paying: Counter) -> None:
    tap(paying.pay.offer.action)
    card = paying.pay.tenders.tile("external_card")
    assert card is not None
    assert not card.isEnabled()
    assert paying.pay.plan.complete.text() == "Complete: cash $100.00"
    tap(paying.pay.plan.complete)
    assert paying.shop.usable() == 6250 + 11000 - 9589


def test_after_the_payment_the_top_bar_leads_nowhere_back_and_the_receipt_can_be_printed_again(
    paying: Counter,
) -> None:
    tap(paying.pay.tenders.tile("cash"))
    tap(paying.pay.plan.complete)
    assert not paying.pay.heading().back
    tap(paying.pay.paid.reprint)
    assert paying.pay.paid.isVisible()
    row = paying.pay.paid.rows.row("0")
    assert row is not None
    assert "deducted" in row.accessibleDescription()


def test_the_language_changes_in_the_middle_of_a_payment_and_keeps_the_plan(paying: Counter) -> None:
    tap(paying.pay.tips.tip("20"))
    tap(paying.pay.tenders.tile("external_card"))
    press(paying, "44")
    before = paying.pay.presenter.state
    tap(paying.window.top_bar.switch)
    assert paying.pay.presenter.state == before
    press(paying, "17")
    tap(paying.pay.plan.complete)
    assert len(paying.shop.last_sale().tenders) == 2


def test_tips_stand_alike_none_among_them(paying: Counter) -> None:
    buttons = [paying.pay.tips.tip(key) for key in ("15", "18", "20", "custom", "none")]
    sizes = {(button.width() // 4, button.height()) for button in buttons if button is not None}
    assert len(buttons) == 5
    assert len(sizes) <= 2


def test_a_card_scanned_while_paying_joins_in(make_counter: MakeCounter, shop: CounterShop) -> None:
    ticket = shop.ticket(NewLine("gel-manicure", "lily"))
    counter = make_counter()
    counter.pay.begin(ticket.ticket.ticket_id)
    counter.window.go("pay")
    counter.pay.code_scanned("8600000114")
    settle()
    value = counter.pay.values.value(shop.card("8600000114"))
    assert value is not None
    assert value.face.on
    assert counter.pay.plan.complete.text() == "Complete: stored value $47.03"
