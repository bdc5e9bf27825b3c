"""What the tests of the back-office screens stand on: a demo shop in a folder of the test's own, a window, taps, pictures.

No test lives here. The shop is filled once a session through its services and copied; tasks run at once.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.access import Role
from salon_desk.domain.money import Money
from salon_desk.domain.shift import Denomination
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.i18n import N_
from salon_desk.services import checkout, demo_file, demo_shop, search, shifts, tickets
from salon_desk.services.checkout import PaymentPlan, Sold
from salon_desk.services.sign_in import SignedIn
from salon_desk.services.till import Actor, Till
from salon_desk.settings import demo_shop as demo_tables
from salon_desk.storage.opening import open_store
from salon_desk.storage.queries import staff
from salon_desk.ui.language import Language
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import ImmediateTasks
from salon_desk.ui.view_values import RailEntry, StatusPill, Tone
from tests.ui.pictures import take

PICTURES = Path(__file__).resolve().parents[2] / "artefacts" / "pictures"
SIZES = ((1024, 768), (1366, 768), (1920, 1080))
CASHIER = Actor("amy", Role.CASHIER)
MANAGER = Actor("grace", Role.MANAGER)
PINS = {"amy": "1234", "grace": "2222", "helen": "9999", "lily": "1111"}
RAIL = (
    RailEntry("checkout", "checkout", N_("Checkout")),
    RailEntry("members", "members", N_("Members")),
    RailEntry("cards", "cards", N_("Cards")),
    RailEntry("shift", "shift", N_("Shift")),
    RailEntry("reports", "reports", N_("Reports")),
    RailEntry("settings", "settings", N_("Settings"), at_bottom=True),
)


class SundayClock:
    """A Sunday in November, 3 pm in New York; every look is a millisecond later."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.instant += timedelta(milliseconds=1)
        return self.instant


class CountingIds:
    """Ids that count upwards; `start` keeps those of the demo and of the test apart."""

    def __init__(self, start: str) -> None:
        self._start, self._numbers = start, count(1)

    def __call__(self) -> str:
        return f"{self._start}-{next(self._numbers):06d}"


@dataclass
class Shop:
    """A till in the demo shop, and what tests do with it besides the screens."""

    till: Till
    clock: SundayClock
    commands: Iterator[int] = field(default_factory=lambda: count(1))

    def command(self) -> str:
        return f"test/{next(self.commands)}"

    def open_shift(self, *, twenties: int = 5) -> None:
        shifts.open_shift(self.till, self.command(), CASHIER, denominations=(Denomination(2000, twenties),))

    def member(self, name: str) -> str:
        found = next(one.member for one in search.search(self.till, name) if one.member)
        return found.member_id

    def card_of(self, name: str) -> str:
        found = next(one for one in search.search(self.till, name) if one.member)
        with self.till.read() as transaction:
            figures = tickets.figures(self.till, transaction, found.member.member_id if found.member else "")
        assert figures is not None
        return figures.cards[0][0].card

    def item(self, name: str) -> str:
        return next(one.item.item_id for one in search.search(self.till, name) if one.item)

    def sell(
        self, *items: str, member: str = "", tip: int = 0, tenders: tuple[PlannedTender, ...] = ()
    ) -> Sold:
        ticket = tickets.open_ticket(self.till, self.command(), CASHIER, member=member).ticket.ticket_id
        for name in items:
            line = tickets.NewLine(self.item(name), technician="lily")
            tickets.add_line(self.till, self.command(), CASHIER, ticket, line)
        plan = PaymentPlan(
            tenders=tenders or (PlannedTender(TenderKind.CASH, None),),
            tip=Money(tip, "USD") if tip else None,
        )
        return checkout.complete(self.till, self.command(), CASHIER, ticket, plan)


def external(cents: int | None = None) -> PlannedTender:
    """A payment on the card machine."""
    return PlannedTender(
        TenderKind.EXTERNAL_CARD, Money(cents, "USD") if cents is not None else None, last_four="4417"
    )


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo shop, filled once."""
    folder = tmp_path_factory.mktemp("demo")
    store = open_store(folder, SundayClock(), CountingIds("demo"))
    demo_shop.load(Till(store, load_rules()), demo_file.read(demo_tables()))
    store.close()
    return folder


@pytest.fixture
def closed_shop(demo_folder: Path, tmp_path: Path) -> Iterator[Shop]:
    """The demo shop before anybody opened today's shift."""
    folder = tmp_path / "till"
    shutil.copytree(demo_folder, folder)
    clock = SundayClock()
    store = open_store(folder, clock, CountingIds("test"))
    yield Shop(Till(store, load_rules()), clock)
    store.close()


@pytest.fixture
def shop(closed_shop: Shop) -> Shop:
    """The demo shop with an open shift and a float of $100."""
    closed_shop.open_shift()
    return closed_shop


@pytest.fixture
def new_shop(tmp_path: Path) -> Iterator[Shop]:
    """A till that knows nothing yet."""
    clock = SundayClock()
    store = open_store(tmp_path / "new", clock, CountingIds("new"))
    yield Shop(Till(store, load_rules()), clock)
    store.close()


def session_of(shop: Shop, staff_id: str = "") -> Session:
    """A session with somebody signed in, or nobody."""
    session = Session(CountingIds("command"))
    if staff_id:
        with shop.till.read() as transaction:
            person = staff.staff_member(transaction, staff_id)
        assert person is not None
        session.sign_in(SignedIn(person, Actor(person.staff, person.role)))
    return session


class Desk:
    """A window with one screen in front, and what a person does to it.

    Of several sizes the first is the one that is worked in; a picture is taken in all of them.
    """

    def __init__(self, qtbot: QtBot, code: str = "en", *sizes: tuple[int, int]) -> None:
        self._sizes = sizes or ((1366, 768),)
        self.tasks = ImmediateTasks()
        self.window = MainWindow(Language(code), self.tasks)
        self._qtbot = qtbot
        qtbot.addWidget(self.window)
        self.window.dock.automatic = False
        self.window.rail.set_entries(RAIL)
        self.window.top_bar.set_place("Lotus Nails & Spa · 法拉盛店", "1")
        printer = "打印机" if code != "en" else "Printer"
        self.window.top_bar.set_pills([StatusPill("printer", printer, Tone.GOOD)])
        self.window.top_bar.set_user("Amy 陈")
        for entry in RAIL:
            self.window.register(entry.key, _Elsewhere)
        self.window.resize(*self._sizes[0])
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()

    def stand(self, key: str, make: Callable[[ScreenHost], Screen]) -> Screen:
        """Put a screen into the window and to the front."""
        self.window.register(key, make)
        self.window.go(key)
        self.settle()
        return self.window.screen_for(key)

    def settle(self) -> None:
        """Let what was posted happen."""
        QApplication.sendPostedEvents()
        QApplication.processEvents()

    def tap(self, target: QWidget | None, at: QPoint | None = None) -> None:
        """Tap with the left button, as a finger does."""
        assert target is not None, "nothing to tap"
        assert target.isVisible(), f"{target.accessibleName()!r} is not on the screen"
        assert target.isEnabled(), f"{target.accessibleName()!r} cannot be tapped"
        place = at or target.rect().center()
        # the screen that nobody sees is 800 by 800, and a press in a kinetic list is looked up by its place on it
        self.window.move(QPoint(400, 400) - target.mapTo(self.window, place))
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        self.settle()

    def named(self, name: str) -> QPushButton:
        """The button on the screen, or on the sheet in front, that a screen reader calls this."""
        root: QWidget = self.window.sheets.top or self.window
        found = [
            one for one in root.findChildren(QPushButton) if one.isVisible() and one.accessibleName() == name
        ]
        assert found, (
            f"no button {name!r} among {sorted({one.accessibleName() for one in root.findChildren(QPushButton) if one.isVisible()})}"
        )
        return found[0]

    def say(self, name: str) -> None:
        """Tap the button of this name."""
        self.tap(self.named(name))

    def digits(self, pad: QWidget, text: str) -> None:
        """Type digits as a keyboard does."""
        QTest.keyClicks(pad, text)
        self.settle()

    def picture(self, name: str, *sizes: tuple[int, int]) -> None:
        """Write what the window shows to the artefacts, in these sizes or in each of its own."""
        sizes = sizes or self._sizes
        for size in reversed(sizes):
            if len(sizes) > 1:
                self.window.resize(*size)
            self.settle()
            shown = f"{self.window.width()}x{self.window.height()}"
            take(self.window, PICTURES / f"{name}-{self.window.language.code}-{shown}.png")


class _Elsewhere(Screen):
    """Stands for a screen that another test is about."""


@pytest.fixture
def make_desk_of(qtbot: QtBot) -> Callable[..., Desk]:
    """Makes a window in a language and a size, or in several to take pictures in."""
    return lambda code="en", *sizes: Desk(qtbot, code, *sizes)


@pytest.fixture
def office(qtbot: QtBot) -> Desk:
    """A window in English, 1366 by 768."""
    return Desk(qtbot)


def too_small(root: QWidget, least: int = 48) -> list[str]:
    """Everything that can be tapped and is smaller than a finger."""
    return [
        f"{one.accessibleName()!r} {one.width()}x{one.height()}"
        for one in root.findChildren(QPushButton)
        if one.isVisibleTo(root) and (one.width() < least or one.height() < least)
    ]


def unnamed(root: QWidget) -> list[str]:
    """Every button on the screen without a name for a screen reader."""
    return [
        type(one).__name__
        for one in root.findChildren(QPushButton)
        if one.isVisibleTo(root) and not one.accessibleName()
    ]
