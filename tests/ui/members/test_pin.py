"""A member's PIN from the page: the first with a manager beside, another with the old one, and typed twice alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.services import proof
from salon_desk.services.proof_errors import MemberPinWrong, PinsDiffer
from salon_desk.ui.approval.view import ApprovalSheet
from salon_desk.ui.screens.members.pin import Step
from salon_desk.ui.screens.members.pin_sheet import PinSheet
from salon_desk.ui.screens.members.view import MembersScreen
from tests.ui.back_office import MANAGER, SIZES, Desk, Shop, too_small, unnamed
from tests.ui.members.test_members_screen import _opened, _stand


def pin_on(desk: Desk, screen: MembersScreen) -> PinSheet:
    """The sheet over the page of the first who is found."""
    _opened(desk, screen)
    desk.say("PIN" if desk.window.language.code == "en" else screen.page.acts["pin"].text())
    top = desk.window.sheets.top
    assert isinstance(top, PinSheet)
    return top


def has_old(shop: Shop, pin: str) -> None:
    proof.set_pin(shop.till, shop.command(), MANAGER, shop.member("张晓梅"), pin)


def test_the_first_pin_is_chosen_with_a_manager_beside_and_typed_twice_alike(
    office: Desk, shop: Shop
) -> None:
    screen = _stand(office, shop, who="grace")
    sheet = pin_on(office, screen)
    asked = screen._presenter.pin.asked
    assert asked is not None
    assert asked.step is Step.NEW
    assert not sheet.manager.isVisible()
    for pin in ("4321", "4322"):
        sheet.pad.completed.emit(pin)
    asked = screen._presenter.pin.asked
    assert asked is not None
    assert (asked.step, asked.refusal) == (Step.NEW, PinsDiffer())
    for _time in range(2):
        sheet.pad.completed.emit("4321")
    assert office.window.sheets.top is None
    proof.own_pin(shop.till, shop.member("张晓梅"), "4321")


def test_a_cashier_needs_a_manager_for_the_first_and_none_with_the_old_one(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    _opened(office, screen)
    office.say("PIN")
    manager = office.window.sheets.top
    assert isinstance(manager, ApprovalSheet)
    manager.dismiss()
    assert not proof.has_pin(shop.till, shop.member("张晓梅"))
    has_old(shop, "4321")
    sheet = pin_on(office, screen)
    sheet.pad.completed.emit("0000")
    refused = screen._presenter.pin.asked
    assert refused is not None
    assert refused.refusal == MemberPinWrong(4)
    for pin in ("4321", "8765", "8765"):
        sheet.pad.completed.emit(pin)
    proof.own_pin(shop.till, shop.member("张晓梅"), "8765")


def test_a_forgotten_pin_is_a_managers_word_and_leaving_sets_nothing(office: Desk, shop: Shop) -> None:
    has_old(shop, "4321")
    screen = _stand(office, shop, who="grace")
    sheet = pin_on(office, screen)
    office.tap(sheet.manager)
    sheet.pad.completed.emit("8765")
    office.say("Cancel")
    assert screen._presenter.pin.asked is None
    proof.own_pin(shop.till, shop.member("张晓梅"), "4321")


@pytest.mark.parametrize("code", ["zh_CN", "en"])
def test_pictures_of_the_pin(make_desk_of: Callable[..., Desk], shop: Shop, code: str) -> None:
    has_old(shop, "4321")
    desk = make_desk_of(code, *SIZES)
    sheet = pin_on(desk, _stand(desk, shop))
    sheet.pad.completed.emit("0000")
    desk.picture("members-pin")
    assert too_small(desk.window) == []
    assert unnamed(desk.window) == []
