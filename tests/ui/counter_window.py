"""A window with the counter's screens in it, wired as bootstrap wires them, and what holds for every picture of it.

No test lives here. `Counter` taps and types as a person does; `keep` takes the picture and checks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from salon_desk.ui.background import TaskRunner
from salon_desk.ui.charging import NO_TERMINAL, ChargeLine
from salon_desk.ui.counter.last_sale import LastSale
from salon_desk.ui.language import Language
from salon_desk.ui.link_desk import NO_LINE, ValueLine
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.phone_bridge import NO_PHONE, PhoneBridge
from salon_desk.ui.places import PLACES
from salon_desk.ui.screens.checkout.state import CheckoutLinks
from salon_desk.ui.screens.checkout.view import CheckoutScreen
from salon_desk.ui.screens.pay.view import PayScreen
from salon_desk.ui.screens.sell.view import SellScreen
from salon_desk.ui.screens.top_up.view import TopUpScreen
from salon_desk.ui.tasks import ImmediateTasks, Tasks
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.view_values import StatusPill
from salon_desk.ui.widgets.face_grid import TechnicianStrip, TicketStrip
from tests.ui.pictures import take
from tests.ui.shop_fixture import CounterShop

PICTURES = Path(__file__).parents[2] / "artefacts" / "pictures"
SIZES = ((1024, 768), (1366, 768), (1920, 1080))
LANGUAGES = ("zh_CN", "en")


class Counter:
    """The window at the counter. `went` lists the places that other agents' screens would stand at."""

    def __init__(
        self,
        window: MainWindow,
        shop: CounterShop,
        line: ValueLine = NO_LINE,
        phone: PhoneBridge = NO_PHONE,
        *,
        terminal: ChargeLine = NO_TERMINAL,
    ) -> None:
        self.window, self.shop, self.line, self.phone = window, shop, line, phone
        self.terminal = terminal
        self.went: list[str] = []
        window.rail.set_entries(PLACES)
        window.top_bar.set_user("Amy 陈")
        window.top_bar.set_pills([StatusPill("printer", "OK", Tone.GOOD)])
        self._register()

    @property
    def checkout(self) -> CheckoutScreen:
        """The checkout screen."""
        screen = self.window.screen_for("checkout")
        assert isinstance(screen, CheckoutScreen)
        return screen

    @property
    def pay(self) -> PayScreen:
        """The pay screen."""
        screen = self.window.screen_for("pay")
        assert isinstance(screen, PayScreen)
        return screen

    @property
    def top_up(self) -> TopUpScreen:
        """The top-up screen."""
        screen = self.window.screen_for("top_up")
        assert isinstance(screen, TopUpScreen)
        return screen

    @property
    def sell(self) -> SellScreen:
        """The screen that sells gift cards and series."""
        screen = self.window.screen_for("sell")
        assert isinstance(screen, SellScreen)
        return screen

    def _register(self) -> None:
        window, shop = self.window, self.shop
        links = CheckoutLinks(
            on_pay=self._to_pay,
            on_top_up=self._to_top_up,
            on_member=lambda member: self.went.append(f"member/{member}"),
            on_new_member=lambda typed: self.went.append(f"new/{typed}"),
            on_open_shift=lambda: self.went.append("shift"),
        )
        window.register(
            "checkout",
            lambda host: CheckoutScreen(
                host, shop.till, shop.session, links, line=self.line, terminal=self.terminal
            ),
        )
        window.register(
            "pay",
            lambda host: PayScreen(
                host,
                shop.till,
                shop.session,
                on_paid=self._paid,
                on_done=lambda: window.go("checkout"),
                line=self.line,
                phone=self.phone,
                terminal=self.terminal,
            ),
        )
        window.register(
            "top_up",
            lambda host: TopUpScreen(
                host,
                shop.till,
                shop.session,
                on_done=lambda: window.go("checkout"),
                terminal=self.terminal,
            ),
        )
        window.register(
            "sell",
            lambda host: SellScreen(
                host,
                shop.till,
                shop.session,
                on_done=lambda: window.go("checkout"),
                terminal=self.terminal,
            ),
        )

    def _to_pay(self, ticket: str) -> None:
        self.pay.begin(ticket)
        self.window.go("pay")

    def _to_top_up(self, card: str) -> None:
        self.top_up.begin(card)
        self.window.go("top_up")

    def _paid(self, ticket: str, sale: LastSale) -> None:
        self.checkout.presenter.sale_paid(ticket, sale)


class Finger:
    """Taps and counts them; after each it waits until the database has answered, as a person waits for the picture."""

    def __init__(self, qtbot: QtBot, tasks: TaskRunner) -> None:
        self._qtbot, self._tasks = qtbot, tasks
        self.taps = 0

    def tap(self, button: QWidget | None) -> None:
        """One tap."""
        tap(button)
        self.taps += 1
        self.wait()

    def wait(self) -> None:
        """Until nothing is pending any more."""
        self._qtbot.waitUntil(lambda: not self._tasks.pending, timeout=10_000)
        settle()


def tap(button: QWidget | None) -> None:
    """One tap of a finger in the middle of something that is there."""
    settle()
    assert isinstance(button, QAbstractButton), button
    assert button.isVisible(), button
    assert button.isEnabled(), button
    _bring_onto_the_screen(button)
    told = QSignalSpy(button.clicked)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
    if not told.count():
        assert told.wait(2_000), "a scrolling column keeps a press back for half a frame, not longer"
    QApplication.processEvents()


def _bring_onto_the_screen(button: QWidget) -> None:
    """Qt's invisible screen has 800 by 800 pixels; what scrolls finds nobody under a finger beyond them."""
    beyond = button.mapToGlobal(button.rect().center()) - QPoint(400, 400)
    button.window().move(button.window().pos() - beyond)
    settle()


def settle() -> None:
    """Let layouts and paints happen that a person would have waited for without knowing."""
    for _ in range(3):
        QApplication.processEvents()


def keep(window: MainWindow, name: str, *, lifted: bool = False) -> None:
    """Take a picture for a person to look at, and hold it to what every picture must keep.

    `lifted`: the on-screen keyboard has pushed the screen up, so its upper part is out of sight.
    """
    settle()
    take(window, PICTURES / f"{name}-{window.language.code}-{window.width()}x{window.height()}.png")
    assert too_small(window) == []
    assert unnamed(window) == []
    assert lifted or outside(window) == []
    assert cut(window) == []


def controls(window: QWidget) -> list[QWidget]:
    """Everything that can be tapped or typed into now."""
    found = [*window.findChildren(QAbstractButton), *window.findChildren(QLineEdit)]
    return [one for one in found if one.isVisible() and not one.objectName().startswith("qt_")]


def too_small(window: QWidget, least: int = Size.TOUCH) -> list[str]:
    """Controls that a wet finger misses."""
    return [
        f"{_name(one)} {one.width()}x{one.height()}"
        for one in controls(window)
        if one.width() < least or one.height() < least - 2 * isinstance(one, QLineEdit)
    ]


def unnamed(window: QWidget) -> list[str]:
    """Controls without a name for a screen reader."""
    return [
        f"{type(one).__name__} in {type(one.parent()).__name__}"
        for one in controls(window)
        if not one.accessibleName()
    ]


def outside(window: QWidget) -> list[str]:
    """Controls that the window cuts, except those that scroll by design."""
    shown = window.rect()
    return [
        _name(one)
        for one in controls(window)
        if not _scrolls(one) and not shown.contains(_place(one, window))
    ]


def cut(window: QWidget) -> list[str]:
    """Labels that are lower than their words need."""
    labels = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
    return [
        f"{label.text()!r} {label.width()}x{label.height()}"
        for label in labels
        if label.height() + 1 < label.heightForWidth(label.width())
        or (not label.wordWrap() and label.width() + 1 < label.sizeHint().width())
    ]


def _scrolls(control: QWidget) -> bool:
    around = control.parentWidget()
    while around is not None:
        if around.objectName() == "qt_scrollarea_viewport" or isinstance(
            around, TicketStrip | TechnicianStrip
        ):
            return True
        around = around.parentWidget()
    return False


def _place(part: QWidget, window: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


def _name(control: QWidget) -> str:
    return f"{type(control).__name__} {control.accessibleName()}"


@pytest.fixture
def make_counter(qtbot: QtBot, shop: CounterShop) -> Iterator[Callable[..., Counter]]:
    """Makes the window over the shop, in a language and a size; its tasks run at once."""
    windows: list[MainWindow] = []

    def make(
        code: str = "en",
        size: tuple[int, int] = (1366, 768),
        *,
        tasks: Tasks | None = None,
        line: ValueLine = NO_LINE,
        phone: PhoneBridge = NO_PHONE,
        terminal: ChargeLine = NO_TERMINAL,
    ) -> Counter:
        window = MainWindow(Language(code), tasks or ImmediateTasks())
        qtbot.addWidget(window)
        windows.append(window)
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        counter = Counter(window, shop, line, phone, terminal=terminal)
        window.go("checkout")
        return counter

    yield make
    for window in windows:
        window.close()


@pytest.fixture
def worker_tasks(qapp: QApplication) -> Iterator[TaskRunner]:
    """The product's own way to the database: a worker thread, and answers on this one. A refusal fails the test."""
    executor = ThreadPoolExecutor(max_workers=1)
    runner = TaskRunner(executor)
    refused: list[object] = []
    runner.refused.connect(refused.append)
    yield runner
    runner.close()
    executor.shutdown(wait=True)
    assert refused == []
