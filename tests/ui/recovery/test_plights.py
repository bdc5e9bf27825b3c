"""What the first screen says of a till that was restored, copied, lost, closed: title, amount, what brings it back, what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from salon_desk.domain.access import Permission
from salon_desk.i18n import Catalogue
from salon_desk.operations.node import WhyAnew
from salon_desk.services.old_epochs import Back, Case
from salon_desk.services.plight import Plight
from salon_desk.services.recovery import Recovery
from salon_desk.services.till import Actor, Till
from salon_desk.ui import plight_words
from salon_desk.ui.screens.recovery.fact import Sureness
from salon_desk.ui.screens.recovery.presenter import RecoveryState
from salon_desk.ui.screens.recovery.view_model import RecoveryModel, recovery_model
from tests.ui import plights
from tests.ui.back_office import SIZES, Desk, Shop, too_small, unnamed
from tests.ui.counter_window import keep
from tests.ui.recovery.crashed_till import start_after_crash
from tests.ui.recovery.test_recovery_screen import _sale, _stand

EN = Catalogue.load("en")


def model(now: Plight, *, signed_in: bool = True) -> RecoveryModel:
    """The screen after a restore."""
    told = Recovery(None, False, "none", "none", 0, restored=True, anew=now.anew, plight=now)
    told = replace(told, missing=now.facts.missing)
    return recovery_model(RecoveryState(told, now, signed_in=signed_in), EN)


@pytest.mark.parametrize("name", plights.ALL)
def test_each_plight_has_a_title_and_every_fact_says_what_it_means(name: str) -> None:
    shown = model(plights.ALL[name])
    assert shown.title
    assert all(one.title for one in shown.facts)
    assert all(one.detail for one in shown.facts if one.sureness is not Sureness.NOTHING)


@pytest.mark.parametrize("back", Back)
def test_value_out_of_reach_is_named_with_what_brings_it_back(back: Back) -> None:
    case = Case.SET_ASIDE if back in (Back.NOBODY, Back.OTHER_OFFICE) else Case.COMING_BACK
    first = model(plights.stood(case, plights.old(back), anew=WhyAnew.ANCHOR_MISSING.value)).facts[0]
    assert first.title == "$1,842.50 on 23 cards is out of reach"
    assert first.sureness is (Sureness.LOOK if case is Case.SET_ASIDE else Sureness.COMING)
    assert ("owner" in first.detail) is (case is Case.SET_ASIDE)


def test_a_single_shop_is_not_told_of_a_head_office() -> None:
    assert not any("ead office" in one.detail for one in model(plights.ALONE).facts)


def test_what_never_comes_by_itself_is_said_before_what_does() -> None:
    assert [one.sureness for one in model(plights.OVERTAKEN).facts[:3]] == [
        Sureness.LOOK,
        Sureness.LOOK,
        Sureness.COMING,
    ]


def test_going_on_without_the_records_is_offered_to_whoever_is_signed_in() -> None:
    assert model(plights.CATCHING_UP).without
    assert not model(plights.CATCHING_UP, signed_in=False).without
    assert "sign in" in model(plights.CATCHING_UP, signed_in=False).hint
    assert not model(plights.NOT_WAITED).without


def test_what_it_costs_is_said_before_it_is_decided() -> None:
    asked = plight_words.go_on_question(plights.CATCHING_UP, EN)
    assert "$964.00" in asked.consequence
    assert "Receipt numbers" in asked.consequence


def test_when_the_records_are_back_it_is_said_and_nothing_is_asked_any_more() -> None:
    told = Recovery(None, False, "none", "none", 0, restored=True, missing=7, plight=plights.CATCHING_UP)
    shown = recovery_model(RecoveryState(told, plights.WHOLE, signed_in=True), EN)
    assert shown.title == "This till has its own records back"
    assert shown.without == ""


def test_the_records_are_not_waited_for_once_a_manager_has_read_what_it_costs(
    office: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []

    def without(_till: Till, actor: Actor) -> bool:
        actor.require(Permission.GO_ON_WITHOUT)
        went.append(actor.approver)
        return True

    monkeypatch.setattr("salon_desk.services.recovery.go_on_without", without)
    screen = _stand(office, shop, start_after_crash(shop))
    screen._presenter._set(plight=plights.CATCHING_UP)
    office.tap(screen.without)
    office.say("Wait for them")
    assert went == []
    office.tap(screen.without)
    office.say("Go on without them")
    sheet = office.window.sheets.top
    assert sheet is not None
    office.tap(sheet.faces.button("grace"))  # type: ignore[attr-defined]
    office.digits(sheet.pad.pad, "2222")  # type: ignore[attr-defined]
    office.tap(sheet.pad.confirm)  # type: ignore[attr-defined]
    assert went == ["grace"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], shop: Shop, code: str, size: tuple[int, int]) -> None:
    desk = make_desk_of(code, size)
    _sale(shop)
    told = replace(start_after_crash(shop), restored=True)
    screen = _stand(desk, shop, told)
    for name, now in plights.ALL.items():
        started = replace(told, anew=now.anew, missing=now.facts.missing, plight=now)
        screen._presenter._set(recovery=started, plight=now)
        keep(desk.window, f"recovery-{name}")
        assert too_small(screen) == []
        assert unnamed(screen) == []
    screen._presenter._set(plight=plights.CATCHING_UP)
    desk.tap(screen.without)
    keep(desk.window, "recovery-go-on-without")
