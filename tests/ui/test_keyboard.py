"""The on-screen keyboard types into whatever has the focus, in letters, figures and Chinese."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish, wish_keyboard
from salon_desk.ui.widgets.search_field import SearchField
from salon_desk.ui.widgets.sheet import Sheet

LEFT = Qt.MouseButton.LeftButton


class Form(Screen):
    """Fields of every kind, the last one at the foot of the screen."""

    def __init__(self, host: ScreenHost) -> None:
        super().__init__(host)
        column = QVBoxLayout(self)
        self.search = SearchField(host.language)
        self.search.keyboard_wanted.connect(lambda: host.open_keyboard(self.search.field))
        self.note = QPlainTextEdit()
        wish_keyboard(self.note, KeyboardWish.TEXT)
        self.name = FormField("Name", KeyboardWish.NAME)
        self.phone = FormField("Phone", KeyboardWish.NUMBER)
        self.code = FormField("Code", KeyboardWish.NONE)
        for part in (self.search, self.note, self.name, self.code):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self.phone)


@pytest.fixture
def form(desk: MainWindow) -> Form:
    desk.register("form", Form)
    desk.go("form")
    made = desk.screen_for("form")
    assert isinstance(made, Form)
    QApplication.processEvents()
    return made


@pytest.fixture
def desk_of(form: Form) -> MainWindow:
    window = form.window()
    assert isinstance(window, MainWindow)
    return window


def _press(desk: MainWindow, keys: str) -> None:
    for key in keys:
        desk.dock.keyboard.press(key)


def test_it_opens_for_a_field_and_closes_when_the_field_is_left(form: Form, desk_of: MainWindow) -> None:
    form.name.setFocus()
    assert desk_of.dock.isVisible()
    form.code.setFocus()
    assert not desk_of.dock.isVisible()


def test_it_stays_away_where_the_shop_has_a_keyboard(form: Form, desk_of: MainWindow) -> None:
    desk_of.dock.automatic = False
    form.name.setFocus()
    assert not desk_of.dock.isVisible()
    desk_of.open_keyboard(form.name.field)
    assert desk_of.dock.isVisible()


def test_the_search_opens_it_by_its_button_only(form: Form, desk_of: MainWindow) -> None:
    form.search.setFocus()
    assert not desk_of.dock.isVisible()
    QTest.mouseClick(form.search.keyboard, LEFT)
    assert desk_of.dock.isVisible()
    assert form.search.field.hasFocus()
    _press(desk_of, "zxm")
    assert form.search.text == "zxm"


def test_letters_figures_and_signs_are_typed(form: Form, desk_of: MainWindow) -> None:
    form.note.setFocus()
    _press(desk_of, "amy@x.us")
    _press(desk_of, "7")
    assert form.note.toPlainText() == "amy@x.us7"


def test_the_last_character_is_taken_back(form: Form, desk_of: MainWindow) -> None:
    form.note.setFocus()
    _press(desk_of, "amyy")
    desk_of.dock.keyboard.press("backspace")
    assert form.note.toPlainText() == "amy"


def test_a_name_begins_with_a_capital(form: Form, desk_of: MainWindow) -> None:
    form.name.setFocus()
    _press(desk_of, "amy")
    desk_of.dock.keyboard.press(" ")
    desk_of.dock.keyboard.press("shift")
    _press(desk_of, "chen")
    assert form.name.text == "Amy Chen"


def test_enter_submits_the_field(qtbot: QtBot, form: Form, desk_of: MainWindow) -> None:
    form.name.setFocus()
    with qtbot.waitSignal(form.name.submitted):
        desk_of.dock.keyboard.press("enter")


def test_a_chinese_name_is_typed_in_pinyin(form: Form, desk_of: MainWindow) -> None:
    form.name.setFocus()
    desk_of.dock.keyboard.press("中")
    assert desk_of.dock.keyboard.chinese
    _press(desk_of, "zhangxiaomei")
    offer = desk_of.dock.keyboard.bar.offer("张晓梅")
    assert offer is not None
    QTest.mouseClick(offer, LEFT)
    assert form.name.text == "张晓梅"
    assert desk_of.dock.keyboard.bar.letters == ""


def test_letters_that_a_character_does_not_use_stay(form: Form, desk_of: MainWindow) -> None:
    form.name.setFocus()
    desk_of.dock.keyboard.set_chinese(True)
    _press(desk_of, "zhangmei")
    offer = desk_of.dock.keyboard.bar.offer("章")
    assert offer is not None
    QTest.mouseClick(offer, LEFT)
    assert form.name.text == "章"
    assert desk_of.dock.keyboard.bar.letters == "mei"
    desk_of.dock.keyboard.press(" ")
    assert form.name.text == "章梅"


def test_in_chinese_backspace_takes_letters_first_and_enter_gives_them_as_they_are(
    form: Form, desk_of: MainWindow
) -> None:
    form.name.setFocus()
    desk_of.dock.keyboard.set_chinese(True)
    _press(desk_of, "amyy")
    desk_of.dock.keyboard.press("backspace")
    desk_of.dock.keyboard.press("enter")
    assert form.name.text == "amy"


def test_changing_to_letters_keeps_what_waits(form: Form, desk_of: MainWindow) -> None:
    form.name.setFocus()
    desk_of.dock.keyboard.set_chinese(True)
    _press(desk_of, "wu")
    desk_of.dock.keyboard.press("中")
    assert form.name.text == "wu"
    assert desk_of.dock.keyboard.bar.isHidden()


def test_in_a_chinese_house_a_name_starts_in_chinese_and_a_note_does_not(
    form: Form, desk_of: MainWindow
) -> None:
    desk_of.language.use("zh_CN")
    form.name.setFocus()
    assert desk_of.dock.keyboard.chinese
    form.note.setFocus()
    assert not desk_of.dock.keyboard.chinese


def test_a_number_is_typed_on_the_pad(form: Form, desk_of: MainWindow) -> None:
    form.phone.setFocus()
    pad = desk_of.dock.pad
    assert pad is not None
    for digit in "7180137":
        QTest.mouseClick(pad.keys[digit], LEFT)
    QTest.mouseClick(pad.erase, LEFT)
    assert form.phone.text == "718013"


def test_it_is_put_away_by_its_key(form: Form, desk_of: MainWindow) -> None:
    form.name.setFocus()
    desk_of.dock.keyboard.press("hide")
    assert not desk_of.dock.isVisible()
    assert form.name.field.hasFocus()


def test_it_comes_back_when_the_field_that_kept_the_focus_is_tapped_again(
    form: Form, desk_of: MainWindow
) -> None:
    form.name.setFocus()
    desk_of.dock.keyboard.press("hide")
    QTest.mouseClick(form.name.field, LEFT)
    assert desk_of.dock.isVisible()


def test_a_field_behind_it_is_moved_up_and_back_again(form: Form, desk_of: MainWindow) -> None:
    form.phone.setFocus()
    dock_top = desk_of.dock.geometry().top()
    field = form.phone.field
    assert field.mapTo(desk_of, field.rect().bottomLeft()).y() < dock_top
    desk_of.dock.close_dock()
    assert desk_of.centralWidget().y() == 0


def test_a_sheet_moves_up_over_it(form: Form, desk_of: MainWindow) -> None:
    sheet = Sheet("New member")
    name = FormField("Name", KeyboardWish.NAME)
    sheet.body.addWidget(name)
    desk_of.open_sheet(sheet)
    name.setFocus()
    assert sheet.geometry().bottom() < desk_of.dock.geometry().top()


def test_its_keys_never_take_the_focus(form: Form, desk_of: MainWindow) -> None:
    form.note.setFocus()
    QTest.mouseClick(desk_of.dock.keyboard.key("a"), LEFT)
    assert form.note.hasFocus()
    assert form.note.toPlainText() == "a"
