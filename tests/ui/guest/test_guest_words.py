"""What guests read, on the second screen and on the pole display: true of money, in their language, no tip before another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.bootstrap.screen.guest_places import Place, Wish, place_of, wish_of
from salon_desk.domain.charge import Means
from salon_desk.i18n import Catalogue
from salon_desk.ui.guest_pole import pole_picture
from salon_desk.ui.guest_screen.presenter import NOTHING_TYPED, GuestState
from salon_desk.ui.guest_screen.view_model import GuestModel, Page, guest_model
from salon_desk.ui.guest_view import NOBODY, TIP_CUSTOM, GuestCard, GuestView
from tests.ui.guest.moments import AT_TERMINAL, CARD, PAID, PAYING, SHOP, TIPS, VISIT, usd


def read(view: GuestView, language: str = "en", **state: object) -> GuestModel:
    shown = GuestState(replace(view, shop=SHOP), **state)  # type: ignore[arg-type]
    return guest_model(shown, Catalogue.load(language))


def test_lines_stand_at_list_price_and_sums_lead_to_what_is_to_pay() -> None:
    model = read(VISIT)
    assert [(one.label, one.amount) for one in model.lines] == [
        ("Gel manicure", "$45.00"),
        ("Classic pedicure", "$38.00"),
        ("Hand cream, rose and almond, 75 ml ×\N{NO-BREAK SPACE}2", "$36.00"),
    ]
    assert [one.amount for one in model.sums] == [
        "\N{MINUS SIGN}$10.00",
        "$4.89",
        "$113.89",
        "\N{MINUS SIGN}$38.00",
    ]
    assert (model.due, model.tips) == ("$75.89", ())


def test_the_guests_own_balance_says_what_of_it_is_usable_here() -> None:
    row = read(replace(VISIT, points=1240)).own
    assert [(one.amount, one.detail) for one in row] == [("$187.50", "$62.50 usable here"), ("1,240", "")]
    whole = replace(VISIT, cards=(GuestCard(CARD.tail, usd(6250), usd(6250)),))
    assert [one.detail for one in read(whole).own] == [""]


def test_every_tip_has_its_amount_and_only_the_chosen_one_is_marked() -> None:
    tips = read(PAYING).tips
    assert [(one.key, one.detail, one.chosen) for one in tips] == [
        ("15", "$12.45", False),
        ("18", "$14.94", True),
        ("20", "$16.60", False),
        (TIP_CUSTOM, "", False),
        ("none", "$0.00", False),
    ]
    own = read(replace(PAYING, tips=replace(TIPS, chosen=TIP_CUSTOM, amount=usd(1500)))).tips
    assert [(one.detail, one.chosen) for one in own if one.key == TIP_CUSTOM] == [("$15.00", True)]


def test_once_a_card_is_charged_no_tip_can_be_chosen_any_more() -> None:
    closed = replace(PAYING, tips=replace(TIPS, open=False))
    assert read(closed).tips == ()
    assert read(closed, typing=True).pad is None
    terminal = read(AT_TERMINAL)
    assert (terminal.page, terminal.title, terminal.due) == (
        Page.MESSAGE,
        "Please pay at the card terminal",
        "$28.33",
    )


@pytest.mark.parametrize("means", [Means.WECHAT_PAY, Means.ALIPAY])
def test_a_wallet_is_scanned_or_scans_the_code_that_stands_there(means: Means) -> None:
    scanned = read(replace(AT_TERMINAL, means=means))
    assert (scanned.title, scanned.to_scan) == ("Please show your payment code", "")
    scans = read(replace(AT_TERMINAL, means=means, to_scan="https://pay.example/1"))
    assert scans.title in ("Please pay with WeChat Pay", "Please pay with Alipay")
    assert (scans.due, scans.to_scan) == ("$28.33", "https://pay.example/1")


def test_while_nobody_knows_the_guest_is_asked_to_wait_and_never_to_pay_again() -> None:
    waiting = replace(AT_TERMINAL, to_charge=None)
    assert (read(waiting).title, read(waiting).due) == ("One moment, please", "")
    assert pole_picture(waiting).upper.words[-1] == "One moment, please"
    assert pole_picture(waiting).lower.amount == ""


def test_what_is_typed_is_what_is_given_and_nothing_is_no_tip() -> None:
    pad = read(PAYING, typing=True, typed=NOTHING_TYPED.press("15").press("00")).pad
    assert pad is not None
    assert (pad.typed, pad.confirm) == ("$15.00", "Give $15.00")
    nothing = read(PAYING, typing=True).pad
    assert nothing is not None
    assert nothing.confirm == "No tip"


def test_after_the_payment_the_change_stands_first_else_what_was_paid() -> None:
    model = read(replace(PAID, points=1268))
    assert (model.due_label, model.due) == ("Your change", "$11.67")
    assert [one.amount for one in model.own] == ["$90.83", "$14.94", "$125.00", "1,268"]
    assert model.own[-1].detail == "28 with this visit"
    exact = read(replace(PAID, change=usd(0)))
    assert (exact.due_label, exact.due) == ("You paid", "$90.83")


def test_a_pole_says_each_line_in_the_guests_language_and_in_english() -> None:
    picture = pole_picture(replace(VISIT, shop=SHOP))
    assert picture.upper.words == ("玫瑰杏仁护手霜 75 毫升", "Hand cream, rose and almond, 75 ml")
    assert (picture.lower.words[-1], picture.lower.amount) == ("Total", "$75.89")
    welcome = pole_picture(replace(NOBODY, shop=SHOP, language="en"))
    assert (welcome.upper.words, welcome.lower.words) == (("Bloom Nails & Spa",), ("Welcome",))


def test_a_pole_follows_the_payment_and_shows_no_balance() -> None:
    said = [pole_picture(one) for one in (PAYING, replace(PAYING, sums=None), AT_TERMINAL, PAID)]
    assert [(one.upper.words[-1], one.upper.amount, one.lower.amount) for one in said] == [
        ("Tip", "$14.94", "$28.33"),
        ("Hand cream, rose and almond, 75 ml", "$36.00", ""),
        ("Card terminal", "", "$28.33"),
        ("Your change", "$11.67", ""),
    ]
    assert pole_picture(replace(PAID, change=usd(0))).upper.amount == "$90.83"
    assert not any("125.00" in repr(one) for one in said)


@pytest.mark.parametrize(
    ("wish", "screens", "place"),
    [
        (Wish.SECOND, ("till",), None),
        (Wish.SECOND, ("till", "other"), Place("other")),
        (Wish.WINDOW, ("till",), Place("till", framed=True)),
        (Wish.WINDOW, ("other", "till"), Place("other", framed=True)),
        (Wish.OFF, ("till", "other"), None),
    ],
)
def test_the_window_opens_beside_the_till_and_never_over_it(
    wish: Wish, screens: tuple[str, ...], place: Place | None
) -> None:
    assert place_of(wish, screens, "till") == place


def test_what_is_chosen_is_read_and_anything_else_is_the_second_screen() -> None:
    said = ("", "screen:", "screen:window", "screen:off", "screen:moon")
    assert [wish_of(one) for one in said] == [Wish.SECOND, Wish.SECOND, Wish.WINDOW, Wish.OFF, Wish.SECOND]
