"""The window: places, state on every screen, language without loss, notices, sheets, and a reader's keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from salon_desk.domain.errors import ShiftNotOpen
from salon_desk.i18n import N_, Catalogue
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.places import LATER, PLACES, WIPE_LOCK, rail_entries
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.view_values import Alert, Heading, Question, RailEntry, StatusPill, Tone
from salon_desk.ui.widgets.action_button import plain, primary
from salon_desk.ui.widgets.sheet import Sheet

LEFT = Qt.MouseButton.LeftButton


class Ticket(Screen):
    """A screen with something to lose."""

    def __init__(self, host: ScreenHost) -> None:
        super().__init__(host)
        self.happened: list[str] = []
        self.pay = primary()
        self.note = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.note)
        column.addWidget(self.pay)

    def shown(self) -> None:
        self.happened.append("shown")

    def left(self) -> None:
        self.happened.append("left")

    def retranslate(self) -> None:
        self.happened.append(self.words.code)
        self.pay.set_text(self.words.catalogue.text("Cancel"))


class Pay(Ticket):
    """A screen that one comes back from."""

    rail_key = "ticket"

    def heading(self) -> Heading:
        return Heading("Pay", back=True)

    def back(self) -> None:
        self.host.go("ticket")


class SignIn(Ticket):
    """A screen without the rail."""

    with_rail = False


@pytest.fixture
def house(desk: MainWindow) -> MainWindow:
    desk.rail.set_entries(
        [
            RailEntry("ticket", "checkout", "Checkout"),
            RailEntry("floor", "floor", "Floor", reason=N_("Close this notice")),
            RailEntry(WIPE_LOCK, "wipe", "Wipe", at_bottom=True),
        ]
    )
    desk.top_bar.set_place("Lotus", "Till 2")
    for key, make in (("ticket", Ticket), ("pay", Pay), ("sign-in", SignIn)):
        desk.register(key, make)
    desk.go("ticket")
    QApplication.processEvents()
    return desk


def _screen(house: MainWindow, key: str) -> Ticket:
    made = house.screen_for(key)
    assert isinstance(made, Ticket)
    return made


def test_a_screen_is_made_when_it_is_first_shown(qtbot: QtBot, desk: MainWindow) -> None:
    made: list[str] = []

    def make(host: ScreenHost) -> Screen:
        made.append("ticket")
        return Ticket(host)

    desk.register("ticket", make)
    assert made == []
    with qtbot.waitSignal(desk.screen_shown) as told:
        desk.go("ticket")
    desk.go("ticket")
    assert (made, told.args) == (["ticket"], ["ticket"])
    assert _screen(desk, "ticket").happened == ["en", "shown"]


def test_the_rail_goes_there_and_marks_where_one_is(house: MainWindow) -> None:
    house.go("pay")
    assert house.rail.button("ticket").chosen
    QTest.mouseClick(house.rail.button("ticket"), LEFT)
    assert house.current == "ticket"
    assert _screen(house, "pay").happened[-1] == "left"


def test_a_place_that_is_off_says_why(house: MainWindow) -> None:
    QTest.mouseClick(house.rail.button("floor"), LEFT)
    assert house.current == "ticket"
    assert house.notice.text == "Close this notice"


def test_a_screen_may_stand_without_the_rail(house: MainWindow) -> None:
    house.go("sign-in")
    assert house.rail.isHidden()
    house.go("ticket")
    assert house.rail.isVisible()


def test_back_is_there_only_where_there_is_a_way_back(house: MainWindow) -> None:
    assert house.top_bar.back_button.isHidden()
    house.go("pay")
    QTest.mouseClick(house.top_bar.back_button, LEFT)
    assert house.current == "ticket"


def test_the_bar_tells_shop_and_till_on_every_screen(house: MainWindow) -> None:
    for key in ("ticket", "pay"):
        house.go(key)
        assert "Lotus" in house.top_bar.spoken
        assert "Till 2" in house.top_bar.spoken


def test_changing_the_language_keeps_what_is_typed(house: MainWindow) -> None:
    ticket = _screen(house, "ticket")
    ticket.note.setText("no acetone")
    QTest.mouseClick(house.top_bar.switch, LEFT)
    assert house.language.code == "zh_CN"
    assert ticket.note.text() == "no acetone"
    assert ticket.pay.text() == Catalogue.load("zh_CN").text("Cancel")
    assert house.current == "ticket"


def test_a_screen_in_the_back_is_rewritten_when_it_comes_to_the_front(house: MainWindow) -> None:
    house.go("pay")
    house.language.use("zh_CN")
    ticket = _screen(house, "ticket")
    assert "zh_CN" not in ticket.happened
    house.go("ticket")
    assert ticket.happened[-2:] == ["zh_CN", "shown"]


def test_the_switch_goes_through_the_languages_of_the_house(house: MainWindow) -> None:
    codes = []
    for _ in range(2):
        QTest.mouseClick(house.top_bar.switch, LEFT)
        codes.append(house.language.code)
    assert codes == ["zh_CN", "en"]


def test_states_are_told_by_word_and_tapped_by_key(qtbot: QtBot, house: MainWindow) -> None:
    house.top_bar.set_pills([StatusPill("printer", "Printer: paper out", Tone.AMBER, short="Paper")])
    pill = house.top_bar.pill("printer")
    assert pill is not None
    assert pill.accessibleName() == "Printer: paper out"
    with qtbot.waitSignal(house.top_bar.pill_tapped) as told:
        QTest.mouseClick(pill, LEFT)
    assert told.args == ["printer"]


def test_who_is_signed_in_can_be_tapped(qtbot: QtBot, house: MainWindow) -> None:
    assert house.top_bar.user.isHidden()
    house.top_bar.set_user("Amy 陈")
    assert "Amy 陈" in house.top_bar.user.accessibleName()
    with qtbot.waitSignal(house.top_bar.user_tapped):
        QTest.mouseClick(house.top_bar.user, LEFT)


def test_a_notice_stands_until_it_is_closed(house: MainWindow) -> None:
    house.notify(Alert.TROUBLE, "The printer is out of paper.", "The sale is kept.")
    assert house.notice.isVisible()
    assert house.notice.text == "The printer is out of paper.\nThe sale is kept."
    QTest.mouseClick(house.notice.close_button, LEFT)
    assert not house.notice.isVisible()


def test_a_notice_can_be_acted_upon_once(house: MainWindow) -> None:
    acted: list[int] = []
    house.notify(Alert.WAITING, "Not printed.", action="Print again", on_action=lambda: acted.append(1))
    QTest.mouseClick(house.notice.action, LEFT)
    assert acted == [1]
    assert not house.notice.isVisible()


def test_a_notice_moves_nothing_under_a_finger(house: MainWindow) -> None:
    before = _screen(house, "ticket").geometry()
    house.notify(Alert.GOOD, "Printed.")
    QApplication.processEvents()
    assert _screen(house, "ticket").geometry() == before


def test_a_refusal_is_a_notice_that_follows_the_language(house: MainWindow) -> None:
    house.refuse(ShiftNotOpen())
    assert "shift" in house.notice.text
    house.language.use("zh_CN")
    assert house.notice.text == Catalogue.load("zh_CN").text(
        N_("No shift is open. Count the opening float and open the shift first.")
    )


def _question(house: MainWindow, answers: list[bool]) -> Sheet:
    house.ask(Question("Void this ticket?", "Three lines are taken off.", "Void"), answers.append)
    sheet = house.sheets.top
    assert sheet is not None
    return sheet


def _button(sheet: Sheet, text: str) -> object:
    return next(b for b in sheet.findChildren(type(primary())) if b.text() == text)


def test_a_question_names_the_consequence_and_is_asked_once(house: MainWindow) -> None:
    answers: list[bool] = []
    sheet = _question(house, answers)
    assert "Three lines" in sheet.accessibleDescription()
    QTest.mouseClick(_button(sheet, "Void"), LEFT)
    assert answers == [True]
    assert house.sheets.top is None


@pytest.mark.parametrize(
    "leave",
    [
        lambda sheet: QTest.mouseClick(_button(sheet, "Cancel"), LEFT),
        lambda sheet: QTest.keyClick(sheet, Qt.Key.Key_Escape),
    ],
    ids=["button", "escape"],
)
def test_a_question_that_is_left_is_a_no(house: MainWindow, leave: Callable[[Sheet], None]) -> None:
    answers: list[bool] = []
    leave(_question(house, answers))
    assert answers == [False]
    assert house.sheets.isHidden()


def test_a_touch_beside_a_sheet_does_nothing(house: MainWindow) -> None:
    answers: list[bool] = []
    _question(house, answers)
    QTest.mouseClick(house.sheets, LEFT, pos=house.rect().topLeft())
    assert answers == []
    assert house.sheets.top is not None


def test_tab_stays_in_the_sheet_and_the_focus_comes_back(house: MainWindow) -> None:
    note = _screen(house, "ticket").note
    note.setFocus()
    sheet = Sheet("New member")
    buttons = [plain("Cancel"), primary("Save")]
    for button in buttons:
        sheet.add_button(button)
    house.open_sheet(sheet)
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() in buttons
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() in buttons
    sheet.dismiss()
    assert note.hasFocus()


def test_a_sheet_over_a_sheet_gives_way_to_it_again(house: MainWindow) -> None:
    first, second = Sheet("First"), Sheet("Second")
    house.open_sheet(first)
    house.open_sheet(second)
    assert (first.isVisible(), second.isVisible()) == (False, True)
    second.dismiss()
    assert house.sheets.top is first
    assert first.isVisible()
    house.sheets.close_sheet(second)
    assert house.sheets.top is first


def test_what_lasts_covers_the_window_and_can_be_cancelled_where_that_is_safe(house: MainWindow) -> None:
    cancelled: list[int] = []
    house.busy("Writing the Z report", lambda: cancelled.append(1))
    sheet = house.sheets.top
    assert sheet is not None
    QTest.mouseClick(_button(sheet, "Cancel"), LEFT)
    assert cancelled == [1]
    house.not_busy()
    house.busy("Saving")
    sheet = house.sheets.top
    assert sheet is not None
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert house.sheets.top is sheet
    house.not_busy()
    assert house.sheets.top is None


class Burst:
    """A filter that swallows from `%` to Enter, and writes down what it was offered."""

    def __init__(self) -> None:
        self.track = ""
        self.offered: list[tuple[str, int]] = []

    def feed(self, text: str, timestamp_ms: int) -> bool:
        self.offered.append((text, timestamp_ms))
        if text == "%" or self.track:
            self.track = "" if text == "\r" else self.track + text
            return True
        return False


def _key(house: MainWindow, key: str) -> None:
    """A key as it comes from outside: to the window first, and from there to the field."""
    if key == "\r":
        QTest.keyClick(house.windowHandle(), Qt.Key.Key_Return)
    else:
        QTest.keyClick(house.windowHandle(), key)


def test_a_readers_track_never_stands_in_a_field(house: MainWindow) -> None:
    burst, note = Burst(), _screen(house, "ticket").note
    house.set_key_filter(burst)
    note.setFocus()
    for key in "ab%b62?\rcd":
        _key(house, key)
    assert note.text() == "abcd"
    assert "".join(text for text, _ in burst.offered) == "ab%b62?\rcd"
    stamps = [stamp for _, stamp in burst.offered]
    assert stamps == sorted(stamps)
    assert stamps[0] > 0


def test_keys_without_text_are_not_offered(house: MainWindow) -> None:
    burst = Burst()
    house.set_key_filter(burst)
    QTest.keyClick(house.windowHandle(), Qt.Key.Key_Shift)
    QTest.keyClick(house.windowHandle(), Qt.Key.Key_F5)
    assert burst.offered == []


def test_the_on_screen_keyboard_is_not_offered_to_the_reader(house: MainWindow) -> None:
    burst, note = Burst(), _screen(house, "ticket").note
    house.set_key_filter(burst)
    note.setProperty("keyboard_wish", "text")
    note.setFocus()
    house.open_keyboard(note)
    house.dock.keyboard.press("a")
    assert note.text() == "a"
    assert burst.offered == []


def test_a_wet_screen_is_locked_until_1_2_3_are_tapped_in_order(qtbot: QtBot, house: MainWindow) -> None:
    QTest.mouseClick(house.rail.button(WIPE_LOCK), LEFT)
    lock = house.wipe_lock
    assert lock.isVisible()
    assert lock.geometry() == house.rect()
    one, two, three = lock.targets
    for wiped in (one, three, two, three):
        QTest.mouseClick(wiped, LEFT)
    assert lock.isVisible()
    QTest.mouseClick(one, LEFT)
    QTest.mouseClick(lock, LEFT, pos=house.rect().bottomRight())
    for wiped in (two, three):
        QTest.mouseClick(wiped, LEFT)
    assert lock.isVisible()
    with qtbot.waitSignal(lock.unlocked):
        for tapped in (one, two, three):
            QTest.mouseClick(tapped, LEFT)
    assert not lock.isVisible()
    assert house.current == "ticket"


def test_the_places_of_the_rail_stand_in_their_order_and_say_why_one_is_off() -> None:
    there = rail_entries({"settings": "", "checkout": "", "stock": LATER})
    assert [(place.key, place.reason) for place in there] == [
        ("checkout", ""),
        ("stock", LATER),
        ("settings", ""),
    ]
    assert len({place.key for place in PLACES}) == len(PLACES)
