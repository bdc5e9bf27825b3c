"""Signing in without a window: right and wrong PINs, the lockout, the first PIN of a new shop."""

from __future__ import annotations

import pytest

from salon_desk.domain.access import FREE_TRIES, Role
from salon_desk.domain.errors import PermissionNeeded, SignInLocked
from salon_desk.operations.description import StaffDescribed
from salon_desk.services import sign_in
from salon_desk.services.describe import describe
from salon_desk.services.errors import WrongPin
from salon_desk.services.till import Actor
from salon_desk.storage import parent
from salon_desk.storage.parent import ParentLink
from salon_desk.ui.screens.sign_in.presenter import PinStep, SignInPresenter
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.back_office import Shop, session_of


def _presenter(shop: Shop) -> tuple[SignInPresenter, Session, list[str]]:
    session, told = session_of(shop), []
    presenter = SignInPresenter(shop.till, ImmediateTasks(), session, lambda: told.append("in"))
    presenter.begin()
    return presenter, session, told


def test_everybody_with_a_pin_has_a_face_as_the_service_orders_them(closed_shop: Shop) -> None:
    presenter, _session, _told = _presenter(closed_shop)
    assert presenter.state.people == sign_in.people(closed_shop.till)
    assert {"amy", "grace", "helen", "lily"} <= {one.staff for one in presenter.state.people}
    assert presenter.state.step is PinStep.ENTER


def test_the_right_pin_signs_in_and_leads_on(closed_shop: Shop) -> None:
    presenter, session, told = _presenter(closed_shop)
    presenter.choose("amy")
    presenter.give_pin("1234")
    assert session.actor.staff == "amy"
    assert told == ["in"]
    assert presenter.state.chosen == ""


def test_a_pin_without_a_face_does_nothing(closed_shop: Shop) -> None:
    presenter, session, _told = _presenter(closed_shop)
    presenter.give_pin("1234")
    assert session.person is None


def test_a_wrong_pin_says_how_many_tries_are_left_and_typing_takes_it_back(closed_shop: Shop) -> None:
    presenter, session, _told = _presenter(closed_shop)
    presenter.choose("amy")
    presenter.give_pin("0000")
    assert isinstance(presenter.state.refusal, WrongPin)
    assert presenter.state.refusal.left == FREE_TRIES
    assert session.person is None
    presenter.typing()
    assert presenter.state.refusal is None


def test_too_many_wrong_pins_lock_and_say_until_when(closed_shop: Shop) -> None:
    presenter, session, _told = _presenter(closed_shop)
    presenter.choose("amy")
    for _ in range(FREE_TRIES + 1):
        presenter.give_pin("0000")
    assert isinstance(presenter.state.refusal, SignInLocked)
    presenter.give_pin("1234")
    assert session.person is None


def test_choosing_another_face_takes_the_refusal_away(closed_shop: Shop) -> None:
    presenter, _session, _told = _presenter(closed_shop)
    presenter.choose("amy")
    presenter.give_pin("0000")
    presenter.choose("grace")
    assert presenter.state.refusal is None


def _with_owner(new_shop: Shop) -> None:
    fields = {"name": "Helen", "role": "owner", "roster_order": 1, "sells_services": False}
    describe(new_shop.till, "owner", None, [(StaffDescribed, "helen", fields)])


def test_in_a_new_shop_the_owner_chooses_the_first_pin_by_typing_it_twice(new_shop: Shop) -> None:
    _with_owner(new_shop)
    presenter, session, told = _presenter(new_shop)
    assert presenter.state.step is PinStep.NEW
    presenter.choose("helen")
    presenter.give_pin("4711")
    assert presenter.state.step is PinStep.AGAIN
    presenter.give_pin("4711")
    assert session.actor.staff == "helen"
    assert told == ["in"]


def test_two_first_pins_that_differ_are_asked_for_again(new_shop: Shop) -> None:
    _with_owner(new_shop)
    presenter, session, _told = _presenter(new_shop)
    presenter.choose("helen")
    presenter.give_pin("4711")
    presenter.give_pin("4712")
    assert presenter.state.differed
    assert presenter.state.step is PinStep.NEW
    assert session.person is None


def _join(shop: Shop, *, cursor: int, target: int) -> None:
    """The till belongs to a head office, and has taken in so much of its records."""
    link = ParentLink(
        "https://office.example", "ho", "e1", "", "", confirmed=True, cursor=cursor, target=target
    )
    with shop.till.store.local() as transaction:
        parent.write(transaction, link)


def test_while_the_shop_is_arriving_nobody_chooses_the_owners_first_pin(new_shop: Shop) -> None:
    owner = (StaffDescribed, "helen", {"name": "Helen 黄", "role": "owner"})
    describe(new_shop.till, new_shop.command(), None, [owner])
    _join(new_shop, cursor=100, target=900)
    presenter, _session, _told = _presenter(new_shop)
    assert presenter.state.people == ()
    assert presenter.state.arriving
    with pytest.raises(PermissionNeeded):
        sign_in.set_pin(new_shop.till, new_shop.command(), None, "helen", "9999")
    _join(new_shop, cursor=900, target=900)
    presenter.refresh()
    assert presenter.state.step is PinStep.NEW
    assert [one.staff for one in presenter.state.people or ()] == ["helen"]


def test_staff_that_arrives_later_appears_and_who_is_chosen_stays_chosen(closed_shop: Shop) -> None:
    presenter, _session, _told = _presenter(closed_shop)
    presenter.choose("amy")
    sign_in.set_pin(closed_shop.till, closed_shop.command(), Actor("helen", Role.OWNER), "kim", "7777")
    owner = (StaffDescribed, "new", {"name": "New", "role": "cashier"})
    describe(closed_shop.till, closed_shop.command(), None, [owner])
    sign_in.set_pin(closed_shop.till, closed_shop.command(), Actor("helen", Role.OWNER), "new", "7777")
    presenter.refresh()
    assert presenter.state.chosen == "amy"
    assert "new" in {one.staff for one in presenter.state.people or ()}
