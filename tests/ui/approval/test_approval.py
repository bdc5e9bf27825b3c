"""A manager's approval: who is asked, what a wrong PIN says, and an act that goes on with the lent permission."""

from __future__ import annotations

from salon_desk.domain.access import FREE_TRIES, Permission
from salon_desk.domain.errors import DomainError, PermissionNeeded, ShiftNotOpen
from salon_desk.i18n import Catalogue
from salon_desk.services import shifts
from salon_desk.services.errors import WrongPin
from salon_desk.services.till import Actor
from salon_desk.ui.approval.asking import run_approved
from salon_desk.ui.approval.presenter import ApprovalPresenter
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.approval.view_model import ACTS, approval_model
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.approvals import ManagerBeside
from tests.ui.back_office import Desk, Shop, session_of, too_small, unnamed

ENGLISH = Catalogue.load("en")


def _presenter(shop: Shop, staff: str = "amy") -> tuple[ApprovalPresenter, list[Actor]]:
    presenter = ApprovalPresenter(shop.till, ImmediateTasks(), session_of(shop, staff), Permission.REFUND)
    lent: list[Actor] = []
    presenter.approved = lent.append
    presenter.start()
    return presenter, lent


def test_only_those_who_may_do_it_and_may_approve_are_asked(closed_shop: Shop) -> None:
    presenter, _lent = _presenter(closed_shop)
    assert [one.staff for one in presenter.state.people or ()] == ["grace", "helen"]


def test_nobody_approves_for_herself(closed_shop: Shop) -> None:
    presenter, _lent = _presenter(closed_shop, "grace")
    assert [one.staff for one in presenter.state.people or ()] == ["helen"]
    assert presenter.state.chosen == "helen"


def test_the_right_pin_lends_the_permission_beside_the_one_who_acts(closed_shop: Shop) -> None:
    presenter, lent = _presenter(closed_shop)
    presenter.choose("grace")
    presenter.give_pin("2222")
    assert [(one.staff, one.approver) for one in lent] == [("amy", "grace")]


def test_a_wrong_pin_says_how_many_tries_are_left(closed_shop: Shop) -> None:
    presenter, lent = _presenter(closed_shop)
    presenter.give_pin("2222")
    assert lent == []
    presenter.choose("grace")
    presenter.give_pin("1111")
    assert isinstance(presenter.state.refusal, WrongPin)
    assert presenter.state.refusal.left == FREE_TRIES
    assert "tries left" in approval_model(presenter.state, ENGLISH).refusal
    presenter.typing()
    assert presenter.state.refusal is None


def test_every_permission_is_named_as_an_act() -> None:
    assert set(ACTS) == set(Permission)


def test_an_act_runs_as_who_is_signed_in_and_once_more_with_the_approval(shop: Shop) -> None:
    session = session_of(shop, "amy")
    beside, done, failed = ManagerBeside(shop, session), [], []

    def work(actor: Actor) -> str:
        shifts.no_sale(shop.till, "once", actor, reason="change")
        return actor.approver

    run_approved(ImmediateTasks(), beside, session.actor, work, done=done.append, failed=failed.append)
    assert beside.asked == [Permission.NO_SALE]
    assert done == ["grace"]
    assert failed == []


def test_without_an_approval_nothing_is_said_and_other_refusals_are(closed_shop: Shop) -> None:
    session = session_of(closed_shop, "amy")
    failed: list[DomainError | None] = []

    def needs(_actor: Actor) -> None:
        raise PermissionNeeded(Permission.VOID.value)

    def closed(_actor: Actor) -> None:
        raise ShiftNotOpen

    unwilling = ManagerBeside(closed_shop, session, willing=False)
    for work in (needs, closed):
        run_approved(ImmediateTasks(), unwilling, session.actor, work, done=print, failed=failed.append)
    assert [type(one) for one in failed] == [type(None), ShiftNotOpen]


def test_the_sheet_closes_when_the_pin_was_right_and_whoever_may_is_not_asked(
    office: Desk, closed_shop: Shop
) -> None:
    session, lent = session_of(closed_shop, "amy"), []
    desk = ApprovalDesk(office.window, closed_shop.till, session)
    desk.ask(Permission.SELL, lent.append)
    assert [one.approver for one in lent] == [""]
    desk.ask(Permission.VOID, lent.append)
    sheet = office.window.sheets.top
    assert isinstance(sheet, ApprovalSheet)
    assert not sheet.pad.isVisible()
    office.settle()
    assert too_small(sheet) == []
    assert unnamed(sheet) == []
    office.tap(sheet.faces.button("helen"))
    office.digits(sheet.pad.pad, "0000")
    office.tap(sheet.pad.confirm)
    assert office.window.sheets.top is sheet
    office.digits(sheet.pad.pad, "9999")
    office.tap(sheet.pad.confirm)
    assert office.window.sheets.top is None
    assert [one.approver for one in lent] == ["", "helen"]


def test_leaving_the_sheet_tells_the_one_who_waits(office: Desk, closed_shop: Shop) -> None:
    session, told = session_of(closed_shop, "amy"), []
    desk = ApprovalDesk(office.window, closed_shop.till, session)
    desk.ask(Permission.VOID, print, cancelled=lambda: told.append("left"))
    office.settle()
    office.say("Cancel")
    assert told == ["left"]
    assert office.window.sheets.top is None
