"""Pictures of every state of the guests' window, in their languages, on three screens, one upright, for a person to look at.

Each is held to: targets of 52 px, a name for everything, nothing outside, nothing written narrower than it needs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from salon_desk.domain.charge import Means
from salon_desk.i18n import LANGUAGES
from salon_desk.ui.guest_feed import GuestFeed
from salon_desk.ui.guest_screen.view import GuestWindow
from salon_desk.ui.guest_view import NOBODY, GuestView
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.counter_window import PICTURES, cut, outside, settle, too_small, unnamed
from tests.ui.guest.moments import AT_TERMINAL, LINES, PAID, PAYING, SHOP, VISIT
from tests.ui.pictures import take
from tests.ui.shop_fixture import CounterShop

EVERY = bool(os.environ.get("SALON_DESK_ALL_PICTURES"))
"""All moments in all languages on all screens; else all of them on the smallest, and some on the others."""
SIZES = ((1024, 600), (1920, 1080), (800, 1280))
_MANY = tuple(LINES[at % len(LINES)] for at in range(14))
MOMENTS = {
    "welcome": NOBODY,
    "lines": replace(VISIT, points=1240),
    "many-lines": replace(VISIT, lines=_MANY),
    "tips": PAYING,
    "terminal": AT_TERMINAL,
    "to-scan": replace(AT_TERMINAL, means=Means.WECHAT_PAY, to_scan="https://pay.example/qr/0192837465"),
    "paid": PAID,
}


@pytest.fixture
def feed(shop: CounterShop) -> GuestFeed:
    made = GuestFeed(shop.till, ImmediateTasks(), lambda _visit, _key, _amount: None)
    made.use_shop(SHOP, "en")
    return made


@pytest.fixture
def window(feed: GuestFeed, qtbot: QtBot) -> Iterator[GuestWindow]:
    made = GuestWindow(feed)
    qtbot.addWidget(made)
    made.show()
    yield made
    feed.close()


def keep(window: GuestWindow, name: str) -> None:
    settle()
    take(window, PICTURES / f"guest-{name}-{window.language.code}-{window.width()}x{window.height()}.png")
    assert too_small(window, 48) == []
    assert unnamed(window) == []
    assert outside(window) == []
    assert cut(window) == []
    assert low(window) == []


def low(window: GuestWindow) -> list[str]:
    """Painted words that have less room than they need."""
    rows = (*window.visit.lines.parts, *window.visit.sums.parts, *window.visit.own.parts)
    return [
        one.row.label for one in rows if one.isVisible() and one.height() < one.heightForWidth(one.width())
    ]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_moment_of_a_visit(window: GuestWindow, feed: GuestFeed, size: tuple[int, int]) -> None:
    window.resize(*size)
    every = EVERY or size == SIZES[0]
    for code in LANGUAGES if EVERY else ("zh_CN", "en") if every else ("zh_CN",):
        for name, view in MOMENTS.items():
            if every or name in ("lines", "tips", "to-scan"):
                _show(feed, view, code)
                keep(window, name)
    _show(feed, PAYING, "zh_TW")
    keep(window, "tips")
    window.presenter.tap_tip("custom")
    window.presenter.press("15")
    keep(window, "own-tip")


def _show(feed: GuestFeed, view: GuestView, code: str) -> None:
    feed.show(view)
    feed.use_language(code)


def test_every_tip_has_the_same_place_and_size(window: GuestWindow, feed: GuestFeed) -> None:
    window.resize(1024, 600)
    _show(feed, PAYING, "en")
    settle()
    sizes = {(one.width() // 2, one.height()) for one in window.visit.tips.buttons}
    assert len(sizes) == 1


def test_the_newest_of_many_lines_is_in_sight(window: GuestWindow, feed: GuestFeed) -> None:
    window.resize(1024, 600)
    _show(feed, MOMENTS["many-lines"], "en")
    settle()
    last = window.visit.lines.parts[-1]
    assert last.visibleRegion().boundingRect().height() == last.height()


def test_it_never_takes_the_keyboard_from_the_till_and_ends_with_it(window: GuestWindow) -> None:
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert not window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
