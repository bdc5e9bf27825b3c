"""Signing in with taps; its pictures; the language switch keeps who is chosen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.operations.description import StaffDescribed
from salon_desk.services.describe import describe
from salon_desk.ui.screens.sign_in.presenter import SignInPresenter
from salon_desk.ui.screens.sign_in.view import SignInScreen
from salon_desk.ui.session import Session
from tests.ui.back_office import SIZES, Desk, Shop, session_of, too_small, unnamed


def _stand(desk: Desk, shop: Shop, session: Session | None = None) -> SignInScreen:
    session = session or session_of(shop)
    presenter = SignInPresenter(shop.till, desk.tasks, session, lambda: desk.window.go("checkout"))
    screen = desk.stand("sign_in", lambda host: SignInScreen(host, presenter))
    assert isinstance(screen, SignInScreen)
    return screen


def test_a_face_and_four_digits_lead_to_the_checkout(office: Desk, closed_shop: Shop) -> None:
    session = session_of(closed_shop)
    screen = _stand(office, closed_shop, session)
    office.tap(screen.faces.button("amy"))
    for digit in "1234":
        office.tap(screen.pad.pad.keys[digit])
    office.tap(screen.pad.confirm)
    assert session.actor.staff == "amy"
    assert office.window.current == "checkout"


def test_the_language_changes_here_too_and_keeps_who_is_chosen(office: Desk, closed_shop: Shop) -> None:
    screen = _stand(office, closed_shop)
    office.tap(screen.faces.button("grace"))
    assert screen.shown_name == "Grace Lin"
    office.tap(screen.languages.pill("zh_CN"))
    assert screen.shown_name == "Grace 林"


def test_everything_that_can_be_tapped_is_as_large_as_a_finger(
    make_desk_of: Callable[..., Desk], closed_shop: Shop
) -> None:
    desk = make_desk_of("en", (1024, 768))
    screen = _stand(desk, closed_shop)
    desk.tap(screen.faces.button("amy"))
    assert too_small(screen) == []
    assert unnamed(screen) == []


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], closed_shop: Shop, code: str) -> None:
    desk = make_desk_of(code, *SIZES)
    desk.window.top_bar.set_user("")
    screen = _stand(desk, closed_shop)
    desk.picture("sign_in")
    desk.tap(screen.faces.button("amy"))
    desk.digits(screen.pad.pad, "12")
    desk.picture("sign_in-pin")
    desk.digits(screen.pad.pad, "00")
    desk.tap(screen.pad.confirm)
    desk.picture("sign_in-wrong")


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures_of_a_new_shop(make_desk_of: Callable[..., Desk], new_shop: Shop, code: str) -> None:
    desk = make_desk_of(code, *SIZES)
    desk.window.top_bar.set_user("")
    _stand(desk, new_shop)
    desk.picture("sign_in-nobody")
    fields = {"name": "Helen 黄", "role": "owner", "roster_order": 1, "sells_services": False}
    describe(new_shop.till, "owner", None, [(StaffDescribed, "helen", fields)])
    desk.window.go("checkout")
    desk.window.go("sign_in")
    desk.picture("sign_in-first")
