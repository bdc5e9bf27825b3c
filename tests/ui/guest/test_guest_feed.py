"""The feed: one view for all listeners, a language and points that end with the visit, a tip only while it counts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from salon_desk.domain.money import Money
from salon_desk.services import guest_points
from salon_desk.services.till import Till
from salon_desk.ui.guest_feed import GuestFeed
from salon_desk.ui.guest_screen.presenter import GuestPresenter
from salon_desk.ui.guest_view import NOBODY, TIP_CUSTOM, TIP_NONE, GuestView
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.guest.moments import AT_TERMINAL, PAID, PAYING, SHOP, VISIT, WALK_IN, usd
from tests.ui.shop_fixture import MAY_ZHANG, CounterShop


@dataclass
class Told:
    """A feed with a listener that remembers, and the tips that reached the till."""

    shop: CounterShop
    views: list[GuestView] = field(default_factory=list)
    tips: list[tuple[str, str, Money | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.feed = GuestFeed(
            self.shop.till,
            ImmediateTasks(),
            lambda visit, key, amount: self.tips.append((visit, key, amount)),
        )
        self.feed.use_shop(SHOP, "en")
        self.feed.listen(self.views.append)


@pytest.fixture
def told(shop: CounterShop) -> Told:
    return Told(shop)


def test_a_guest_reads_their_own_language_else_the_shops(told: Told) -> None:
    told.feed.show(VISIT)
    assert told.feed.view.language == "zh_CN"
    told.feed.show(WALK_IN)
    assert told.feed.view.language == "en"
    told.feed.use_shop(SHOP, "")
    assert told.feed.view.language == "en"


def test_a_language_that_a_guest_chose_ends_with_the_visit(told: Told) -> None:
    told.feed.show(VISIT)
    told.feed.use_language("zh_TW")
    told.feed.show(PAYING)
    assert told.feed.view.language == "zh_TW"
    told.feed.show(WALK_IN)
    told.feed.show(VISIT)
    assert told.feed.view.language == "zh_CN"


def test_listeners_hear_a_view_only_when_it_differs(told: Told) -> None:
    told.feed.show(VISIT)
    heard = len(told.views)
    told.feed.show(VISIT)
    told.feed.use_language("zh_CN")
    assert len(told.views) == heard
    told.feed.close()
    told.feed.show(PAID)
    assert len(told.views) == heard


def test_points_are_read_for_each_member_and_again_after_the_payment(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def balance(_till: Till, member: str) -> int:
        asked.append(member)
        return 100 * len(asked)

    monkeypatch.setattr(guest_points, "balance", balance)
    for view in (VISIT, PAYING, AT_TERMINAL):
        told.feed.show(view, "may")
        assert told.feed.view.points == 100
    told.feed.show(PAID, "may")
    assert told.feed.view.points == 200
    told.feed.show(WALK_IN)
    assert told.feed.view.points is None
    assert asked == ["may", "may"]


def test_a_shop_without_points_says_nothing_of_them_to_who_has_none(shop: CounterShop) -> None:
    member = shop.member(MAY_ZHANG)
    with shop.till.read() as transaction:
        gives = bool(shop.till.shop(transaction).points.rate)
    assert (guest_points.balance(shop.till, member) is None) is not gives


def test_a_tip_is_told_while_it_counts_and_never_later(told: Told) -> None:
    presenter = GuestPresenter(told.feed, lambda: None)
    presenter.begin()
    told.feed.show(PAYING)
    presenter.tap_tip("20")
    presenter.tap_tip(TIP_NONE)
    presenter.tap_tip(TIP_CUSTOM)
    for key in ("1", "5", "00", "0"):
        presenter.press(key)
    presenter.erase()
    presenter.confirm()
    assert told.tips == [("t1", "20", None), ("t1", TIP_NONE, None), ("t1", TIP_CUSTOM, usd(1500))]
    told.feed.show(PAID)
    presenter.tap_tip("20")
    assert len(told.tips) == 3


def test_what_was_half_typed_ends_when_it_is_too_late_or_taken_back(told: Told) -> None:
    presenter = GuestPresenter(told.feed, lambda: None)
    presenter.begin()
    told.feed.show(PAYING)
    presenter.tap_tip(TIP_CUSTOM)
    presenter.press("7")
    told.feed.show(replace(PAYING, visit="t3"))
    assert not presenter.state.typing
    presenter.tap_tip(TIP_CUSTOM)
    presenter.cancel()
    assert not presenter.state.typing
    presenter.tap_tip(TIP_CUSTOM)
    told.feed.show(NOBODY)
    assert not presenter.state.typing
    assert told.tips == []
