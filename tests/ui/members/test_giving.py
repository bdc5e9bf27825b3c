"""A coupon or points are given by hand from the page of what a member owns; a cashier needs a manager for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.services import coupons, points
from salon_desk.ui.approval.view import ApprovalSheet
from salon_desk.ui.screens.members.give_sheet import GiveSheet
from salon_desk.ui.screens.members.view import MembersScreen
from tests.ui.back_office import SIZES, Desk, Shop, too_small, unnamed
from tests.ui.members.test_members_screen import _opened, _stand


def sheet_on(desk: Desk, screen: MembersScreen) -> GiveSheet:
    """The sheet over the page of the first who is found."""
    _opened(desk, screen)
    desk.say("Give a coupon or points" if desk.window.language.code == "en" else screen.page.band_act.text())
    top = desk.window.sheets.top
    assert isinstance(top, GiveSheet)
    return top


def test_a_manager_gives_a_coupon_and_points(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop, who="grace")
    sheet = sheet_on(office, screen)
    assert not sheet.give.isEnabled()
    office.tap(sheet.coupons["coupon-20"])
    member = shop.member("张晓梅")
    assert [one.promotion for one in coupons.of_member(shop.till, member)] == ["coupon-20"]
    again = sheet_on(office, screen)
    again.number.set_text("many")
    assert not again.give.isEnabled()
    again.number.set_text("250")
    office.tap(again.give)
    with shop.till.read() as transaction:
        assert points.figures(shop.till, transaction, member).balance == 250


def test_a_cashier_needs_a_manager(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    office.tap(sheet_on(office, screen).coupons["coupon-20"])
    assert isinstance(office.window.sheets.top, ApprovalSheet)


@pytest.mark.parametrize("code", ["zh_CN", "en"])
def test_pictures_of_giving(make_desk_of: Callable[..., Desk], shop: Shop, code: str) -> None:
    desk = make_desk_of(code, *SIZES)
    sheet_on(desk, _stand(desk, shop, who="grace"))
    desk.picture("members-give")
    assert too_small(desk.window) == []
    assert unnamed(desk.window) == []
