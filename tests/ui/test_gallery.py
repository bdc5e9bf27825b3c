"""Pictures of every widget in both languages and three sizes, and what holds for each of them everywhere.

The pictures lie in artefacts/pictures so that a person can look.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from salon_desk.domain.errors import InsufficientValue
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.screen import Screen
from salon_desk.ui.theme import active
from salon_desk.ui.theme.tokens import Size, ThemeName, Tone
from salon_desk.ui.view_values import Question, RailEntry, StatusPill
from salon_desk.ui.widgets.face_grid import TechnicianStrip, TicketStrip
from tests.ui import gallery
from tests.ui.gallery_words import say
from tests.ui.pictures import take

PICTURES = Path(__file__).parents[2] / "artefacts" / "pictures"
SIZES = ((1024, 768), (1366, 768), (1920, 1080))
LANGUAGES = ("zh_CN", "en")
LOOKS: dict[str, type[Screen]] = {
    "checkout": gallery.CheckoutLook,
    "pay": gallery.PayLook,
    "parts": gallery.PartsLook,
    "count": gallery.CountLook,
    "sign-in": gallery.SignInLook,
}
RAIL = (
    RailEntry("checkout", "checkout", "Checkout"),
    RailEntry("appointments", "appointments", "Appointments", reason="Appointments"),
    RailEntry("floor", "floor", "Floor"),
    RailEntry("parts", "members", "Members"),
    RailEntry("count", "cards", "Cards"),
    RailEntry("stock", "stock", "Stock"),
    RailEntry("reports", "reports", "Reports"),
    RailEntry("settings", "settings", "Settings", at_bottom=True),
)

MakeDesk = Callable[[str], MainWindow]
Furnish = Callable[..., MainWindow]


@pytest.fixture
def furnish(make_desk: MakeDesk) -> Furnish:
    """Makes a window with the gallery's screens in it."""

    def make(code: str, size: tuple[int, int], look: str) -> MainWindow:
        window = make_desk(code)
        window.resize(*size)
        window.rail.set_entries(RAIL)
        window.top_bar.set_place(
            say(code, "Lotus Nails & Spa · Flushing", "Lotus Nails & Spa · 法拉盛店"),
            say(code, "Till 2", "收银台 2"),
        )
        window.top_bar.set_user("Amy 陈")
        window.top_bar.set_pills(
            [
                StatusPill(
                    "head_office",
                    say(code, "Head office offline · 12 waiting", "总部断线 · 12 笔待传"),
                    Tone.AMBER,
                    short=say(code, "Offline · 12", "断线 · 12"),
                ),
                StatusPill("terminal", say(code, "Terminal", "刷卡机"), Tone.GOOD),
                StatusPill("printer", say(code, "Printer", "打印机"), Tone.GOOD),
            ]
        )
        for key, kind in LOOKS.items():
            window.register(key, kind)
        window.go(look)
        QApplication.processEvents()
        return window

    return make


def _keep(window: QWidget, name: str) -> None:
    QApplication.processEvents()
    take(window, PICTURES / f"{name}.png")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_look_stands_in_every_size(
    furnish: Furnish, size: tuple[int, int], code: str, look: str
) -> None:
    window = furnish(code, size, look)
    _keep(window, f"gallery-{look}-{code}-{size[0]}x{size[1]}")
    assert (window.width(), window.height()) == size
    assert _too_small(window) == []
    assert _unnamed(window) == []
    assert _outside(window) == []
    assert _overlapping(window) == []


@pytest.mark.parametrize("theme", [ThemeName.DARK, ThemeName.SUNLIGHT])
@pytest.mark.parametrize("look", ["checkout", "pay", "parts"])
def test_every_look_stands_in_every_theme(
    furnish: Furnish, light_again: None, theme: ThemeName, look: str
) -> None:
    active.use(theme)
    window = furnish("zh_CN", (1366, 768), look)
    _keep(window, f"gallery-{look}-{theme}")
    assert _too_small(window) == []


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_lies_over_the_window_stands_in_every_size(
    furnish: Furnish, size: tuple[int, int], code: str
) -> None:
    window = furnish(code, size, "parts")
    parts = window.screen_for("parts")
    assert isinstance(parts, gallery.PartsLook)
    window.refuse(InsufficientValue("card/1/USD/paid", 11089, 6250, 4000))
    _keep(window, f"gallery-notice-{code}-{size[0]}x{size[1]}")
    window.open_keyboard(parts.name.field)
    window.dock.keyboard.set_chinese(True)
    for letter in "zhangxiaomei":
        window.dock.keyboard.press(letter)
    _keep(window, f"gallery-keyboard-{code}-{size[0]}x{size[1]}")
    assert _too_small(window) == []
    assert _unnamed(window) == []
    window.open_keyboard(parts.phone.field)
    _keep(window, f"gallery-pad-{code}-{size[0]}x{size[1]}")
    window.dock.close_dock()
    words = say(
        code,
        "Three lines are taken off. Card 4417 gets $62.50 back.",
        "三项都会取消，$62.50 退回尾号 4417 的卡。",
    )
    window.ask(
        Question(say(code, "Void this ticket?", "作废这张单？"), words, say(code, "Void the ticket", "作废")),
        print,
    )
    _keep(window, f"gallery-question-{code}-{size[0]}x{size[1]}")
    assert _too_small(window) == []
    window.dock.close_dock()
    window.busy(say(code, "Writing the Z report", "正在生成日结"), lambda: None)
    _keep(window, f"gallery-busy-{code}-{size[0]}x{size[1]}")
    window.not_busy()
    window.wipe_lock.lock()
    _keep(window, f"gallery-wipe-{code}-{size[0]}x{size[1]}")


def _controls(window: QWidget) -> list[QWidget]:
    found = [*window.findChildren(QAbstractButton), *window.findChildren(QLineEdit)]
    return [control for control in found if control.isVisible() and control.objectName()[:3] != "qt_"]


def _too_small(window: QWidget) -> list[str]:
    return [
        f"{_name(control)} {control.width()}x{control.height()}"
        for control in _controls(window)
        if control.width() < Size.TOUCH or control.height() < Size.TOUCH - 2 * isinstance(control, QLineEdit)
    ]


def _unnamed(window: QWidget) -> list[str]:
    return [
        f"{type(c).__name__} in {type(c.parent()).__name__}"
        for c in _controls(window)
        if not c.accessibleName()
    ]


def _outside(window: QWidget) -> list[str]:
    """Controls that are cut by the window, except those that scroll sideways by design."""
    shown = window.rect()
    return [
        _name(control)
        for control in _controls(window)
        if not _scrolls(control)
        and not shown.contains(control.rect().translated(control.mapTo(window, control.rect().topLeft())))
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


def _overlapping(window: QWidget) -> list[str]:
    """Controls and labels that lie upon each other, unless one holds the other or scrolls."""
    labels = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
    shown = [part for part in (*_controls(window), *labels) if not _scrolls(part)]
    return [
        f"{_name(one)} and {_name(other)}"
        for at, one in enumerate(shown)
        for other in shown[at + 1 :]
        if _place(one, window).intersects(_place(other, window))
        and not one.isAncestorOf(other)
        and not other.isAncestorOf(one)
    ]


def _place(part: QWidget, window: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


def _name(control: QWidget) -> str:
    return f"{type(control).__name__} {control.accessibleName() or getattr(control, 'text', str)()}"
