"""The screen of what is sent by itself: a trigger is switched on and set, what is missing is said; the pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from salon_desk.bootstrap.messages import load_templates
from salon_desk.domain.message import Trigger
from salon_desk.domain.message_gate import Caps
from salon_desk.domain.trigger import KINDS, Settings, TaskFor, defaults
from salon_desk.domain.trigger_errors import TriggerInvalid
from salon_desk.i18n import Catalogue
from salon_desk.services import channel_settings, triggers
from salon_desk.services.channel_settings import ChannelSettings, MailSettings, SmsSettings
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.screens.triggers.presenter import TriggersPresenter
from salon_desk.ui.screens.triggers.sentences import happens, missing, when
from salon_desk.ui.screens.triggers.view import TriggersScreen
from tests.ui.back_office import SIZES, Desk, Shop, session_of, too_small, unnamed

EN = Catalogue.load("en")
SMS = SmsSettings("AC" + "0" * 32, "+17185550100")
MAIL = MailSettings("127.0.0.1", "shop@example.com")


def stand(desk: Desk, shop: Shop, who: str = "grace") -> TriggersScreen:
    """The screen with somebody signed in."""
    session = session_of(shop, who)
    presenter = TriggersPresenter(
        shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        built_in=load_templates,
    )
    screen = desk.stand("triggers", lambda host: TriggersScreen(host, presenter, back_to=lambda: None))
    assert isinstance(screen, TriggersScreen)
    return screen


def pill(desk: Desk, screen: TriggersScreen, group: str, key: str) -> None:
    one = screen.rows.pills[group].pill(key)
    assert one is not None
    one.click()  # it may stand a flick further down
    desk.settle()


def set_to(shop: Shop, trigger: Trigger) -> Settings:
    return next(one for one in triggers.shown(shop.till) if one.trigger is trigger)


def test_a_trigger_is_switched_on_with_its_number_and_a_task(office: Desk, closed_shop: Shop) -> None:
    screen = stand(office, closed_shop)
    screen.presenter.choose("balance_low")
    pill(office, screen, "enabled", "on")
    pill(office, screen, "task", "consultant")
    screen.rows.fields["threshold"].set_text("3")
    assert not screen.rows.fields["days"].isVisible()
    office.say("Save")
    wanted = replace(defaults(Trigger.BALANCE_LOW), enabled=True, threshold=3, makes_task=TaskFor.CONSULTANT)
    assert set_to(closed_shop, Trigger.BALANCE_LOW) == wanted
    assert screen.presenter.state.chosen == wanted
    for typed in ("99", "x"):
        screen.rows.fields["threshold"].set_text(typed)
        office.say("Save")
        assert screen.presenter.state.refusal == TriggerInvalid("balance_low", "threshold")
    pill(office, screen, "sends", "off")
    assert screen.presenter.state.refusal is None  # a tap takes it back
    assert not screen.rows.pills["template"].isVisible()
    assert set_to(closed_shop, Trigger.BALANCE_LOW) == wanted


def test_a_cashier_needs_a_manager_to_switch_one_on(office: Desk, closed_shop: Shop) -> None:
    screen = stand(office, closed_shop, "amy")
    screen.presenter.choose("birthday")
    pill(office, screen, "enabled", "on")
    office.say("Save")
    assert isinstance(office.window.sheets.top, ApprovalSheet)
    assert not set_to(closed_shop, Trigger.BIRTHDAY).enabled


@pytest.mark.parametrize("trigger", KINDS)
def test_each_says_when_it_goes_out_and_what_happens_then(trigger: Trigger) -> None:
    one = replace(defaults(trigger), enabled=True)
    assert when(one, EN)
    assert len(happens(one, Caps(), EN)) >= 2
    assert len({when(replace(one, days=days), EN) for days in (0, 1, 5)}) == (
        3 if one.days or trigger in DAYS else 1
    )
    assert happens(replace(one, enabled=False), Caps(), EN) == (
        "It is off: nothing is sent and no task is made.",
    )


DAYS = (Trigger.CYCLE_DUE,)


def test_what_is_not_set_up_is_said_before_anybody_waits_for_a_message() -> None:
    one = replace(defaults(Trigger.ABSENT), enabled=True, makes_task=TaskFor.MANAGER)
    nothing = missing(one, ChannelSettings(), EN)
    assert nothing == (
        'Nothing is sent until an account is set up on this machine with "salon-desk channels set sms".'
    )
    assert missing(one, ChannelSettings(mail=MAIL), EN) not in ("", nothing)
    assert missing(one, ChannelSettings(sms=SMS), EN) == ""
    assert missing(one, None, EN).startswith("Head office sends")
    assert missing(replace(one, sends=False), None, EN) == ""
    assert happens(replace(one, sends=False), Caps(), EN)[0].startswith("A manager finds a task")


def test_the_list_says_that_an_account_is_there(office: Desk, closed_shop: Shop) -> None:
    screen = stand(office, closed_shop)
    view = screen.presenter.state.view
    assert view is not None
    assert view.accounts == ChannelSettings()
    channel_settings.set_channel(closed_shop.till.store, SMS)
    screen.presenter.begin()
    assert screen.presenter.state.view is not None
    assert screen.presenter.state.view.accounts is not None
    assert screen.presenter.state.view.accounts.sms == SMS


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_the_screen_fits_in_every_size(
    make_desk_of: Callable[..., Desk], closed_shop: Shop, code: str
) -> None:
    desk = make_desk_of(code, SIZES[0])
    screen = stand(desk, closed_shop)
    desk.picture("triggers-0-list", *SIZES)
    for size in SIZES:
        desk.window.resize(*size)
        screen.presenter.choose("less_often")
        pill(desk, screen, "enabled", "on")
        pill(desk, screen, "task", "consultant")
        desk.picture("triggers-1-form")
        assert too_small(screen) == [] == unnamed(screen)
