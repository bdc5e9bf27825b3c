"""The tiers screen: a rule is typed, tried on everybody, and only then let hold; wrong words are refused in place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.names import Names
from salon_desk.domain.tier import Measure, TierRule
from salon_desk.i18n import Catalogue
from salon_desk.operations.description import MemberDescribed
from salon_desk.services import tiers
from salon_desk.services.describe import describe
from salon_desk.storage.queries import tiers as stored
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.screens.tiers.presenter import TiersPresenter, TypedTier
from salon_desk.ui.screens.tiers.view import TiersScreen
from salon_desk.ui.screens.tiers.view_model import form_model
from tests.ui.approvals import ManagerBeside
from tests.ui.back_office import MANAGER, SIZES, Desk, Shop, session_of, too_small, unnamed
from tests.ui.queued import Queued

SILVER = TierRule("silver", Names("Silver", "银卡"), 1, Measure.VISITS, 1, window_days=180)


def _stand(desk: Desk, shop: Shop, left: list[str] | None = None) -> TiersScreen:
    told = left if left is not None else []
    session = session_of(shop, "grace")
    presenter = TiersPresenter(
        shop.till, desk.tasks, session, approvals=ApprovalDesk(desk.window, shop.till, session)
    )
    screen = desk.stand(
        "tiers", lambda host: TiersScreen(host, presenter, back_to=lambda: told.append("settings"))
    )
    assert isinstance(screen, TiersScreen)
    return screen


def _rules(shop: Shop) -> list[TierRule]:
    with shop.till.read() as transaction:
        return stored.rules(transaction, "2026-11-22")


def _buys(shop: Shop) -> str:
    """A member without a tier who has bought something."""
    member = shop.member("单雪")
    describe(shop.till, shop.command(), None, [(MemberDescribed, member, {"tier": ""})])
    shop.sell("凝胶美甲", member=member)
    return member


def test_a_rule_is_tried_and_then_holds(office: Desk, shop: Shop) -> None:
    member = _buys(shop)
    screen = _stand(office, shop)
    office.say("New tier")
    screen.zh.set_text("金卡")
    screen.en.set_text("Gold")
    screen.least.set_text("20")
    screen.days.set_text("365")
    office.say("See who would move")
    assert _rules(shop) == []
    assert screen._presenter.state.tried is not None
    assert member in [one.member for one in screen._presenter.state.tried.preview.first]
    office.say("Let this hold from now on")
    (rule,) = _rules(shop)
    assert (rule.names.zh_CN, rule.measure, rule.least, rule.window_days) == (
        "金卡",
        Measure.SPEND,
        2000,
        365,
    )
    assert "hold from now on" in office.window.notice.text


def test_a_trial_goes_slice_by_slice_says_how_far_it_is_and_can_be_stopped(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiers, "A_SLICE", 20)
    _buys(shop)
    tasks, words = Queued(), Catalogue.load("en")
    session = session_of(shop, "grace")
    presenter = TiersPresenter(shop.till, tasks, session, approvals=ManagerBeside(shop, session))
    presenter.begin()
    tasks.step()
    presenter.add()
    for stopped in (True, False):
        presenter.try_out(TypedTier(en="Gold", least="20"))
        tasks.step()
        tasks.step()
        whole = len(_everybody(shop))
        assert form_model(presenter.state, words).told == f"20 of {whole} members looked at"
        assert len(tasks.waiting) == 1  # a sale goes in between
        if stopped:
            presenter.stop()
        while tasks.waiting:
            tasks.step()
        assert (presenter.state.tried is None, presenter.state.looking) == (stopped, None)
    tried = presenter.state.tried
    assert tried is not None
    with shop.till.read() as transaction:
        at_once = tiers.preview(transaction, tried.rules, "2026-11-22", most=40)
    assert (tried.preview, at_once.moved) == (at_once, 1)


def _everybody(shop: Shop) -> dict[str, str]:
    with shop.till.read() as transaction:
        return stored.standing(transaction)


def test_typing_takes_back_what_was_tried_and_wrong_words_are_refused(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    office.say("New tier")
    office.say("See who would move")
    assert "how much" in screen._refusal.text()
    screen.least.set_text("20")
    assert screen._refusal.isHidden()
    screen.days.set_text("some")
    office.say("See who would move")
    assert "number of days" in screen._refusal.text()
    screen.days.set_text("")
    office.say("See who would move")
    assert "name" in screen._refusal.text()
    screen.en.set_text("Gold")
    office.say("See who would move")
    assert screen.hold.isVisible()
    screen.least.set_text("30")
    assert screen.hold.isHidden()


def test_a_tier_is_changed_and_ended(office: Desk, shop: Shop) -> None:
    tiers.set_rules(shop.till, shop.command(), MANAGER, (SILVER,))
    left: list[str] = []
    screen = _stand(office, shop, left)
    office.tap(screen.list.viewport(), screen.list.visualRect(screen.list.model().index(0, 0)).center())
    assert (screen.zh.text, screen.least.text, screen.days.text) == ("银卡", "1", "180")
    screen.least.set_text("5")
    office.say("See who would move")
    office.say("Let this hold from now on")
    assert [one.least for one in _rules(shop)] == [5]
    office.tap(screen.list.viewport(), screen.list.visualRect(screen.list.model().index(0, 0)).center())
    office.say("End this tier")
    office.say("Let this hold from now on")
    assert _rules(shop) == []
    screen.back()
    assert left == ["settings"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], shop: Shop, code: str, size: tuple[int, int]) -> None:
    desk = make_desk_of(code, size)
    _buys(shop)
    gold = TierRule("gold", Names("Gold", "金卡"), 2, Measure.SPEND, 120_000, window_days=365)
    tiers.set_rules(shop.till, shop.command(), MANAGER, (SILVER, gold))
    screen = _stand(desk, shop)
    desk.picture("tiers")
    desk.tap(screen.list.viewport(), screen.list.visualRect(screen.list.model().index(0, 0)).center())
    screen.least.set_text("20")
    desk.tap(screen.try_out)
    desk.picture("tiers-tried")
    assert too_small(screen) == []
    assert unnamed(screen) == []
