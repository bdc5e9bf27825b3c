"""Pads: digits, PIN, counting a drawer, and the parts that show money."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from salon_desk.domain.money import Money
from salon_desk.ui.language import Language
from salon_desk.ui.view_values import Balance, Denomination
from salon_desk.ui.widgets.balance_panel import BalancePanel
from salon_desk.ui.widgets.denomination_counter import DenominationCounter
from salon_desk.ui.widgets.number_pad import NumberPad
from salon_desk.ui.widgets.pin_pad import PinPad

LEFT = Qt.MouseButton.LeftButton
NOTES = (Denomination("20", "$20", 2000), Denomination("5", "$5", 500), Denomination("0.25", "25¢", 25))


def test_every_key_of_the_pad_tells_its_digits(qtbot: QtBot, language: Language) -> None:
    pad = NumberPad(language)
    qtbot.addWidget(pad)
    typed: list[str] = []
    pad.digit.connect(typed.append)
    for text in ("7", "8", "9", "4", "5", "6", "1", "2", "3", "00", "0"):
        QTest.mouseClick(pad.keys[text], LEFT)
    assert typed == ["7", "8", "9", "4", "5", "6", "1", "2", "3", "00", "0"]
    with qtbot.waitSignal(pad.backspace):
        QTest.mouseClick(pad.erase, LEFT)


def test_the_pad_stands_like_a_telephone_upside_down_with_7_8_9_on_top(
    qtbot: QtBot, language: Language
) -> None:
    pad = NumberPad(language)
    qtbot.addWidget(pad)
    pad.resize(400, 500)
    pad.show()
    heights = [pad.keys[text].y() for text in ("7", "4", "1", "0")]
    assert heights == sorted(heights)
    assert pad.keys["00"].y() == pad.keys["0"].y() == pad.erase.y()


def test_a_hardware_number_block_works_too(qtbot: QtBot, language: Language) -> None:
    pad = NumberPad(language)
    qtbot.addWidget(pad)
    typed: list[str] = []
    pad.digit.connect(typed.append)
    QTest.keyClicks(pad, "48x3")
    with qtbot.waitSignals([pad.backspace, pad.entered]):
        QTest.keyClick(pad, Qt.Key.Key_Backspace)
        QTest.keyClick(pad, Qt.Key.Key_Enter)
    assert typed == ["4", "8", "3"]


def test_the_pads_spoken_names_follow_the_language(qtbot: QtBot, language: Language) -> None:
    pad = NumberPad(language)
    qtbot.addWidget(pad)
    language.use("zh_CN")
    assert pad.erase.accessibleName() == language.catalogue.text("Delete the last digit")


@pytest.fixture
def pin(qtbot: QtBot, language: Language) -> PinPad:
    made = PinPad(language)
    qtbot.addWidget(made)
    return made


def _type(pin: PinPad, digits: str) -> None:
    for digit in digits:
        QTest.mouseClick(pin.pad.keys[digit], LEFT)


def test_a_pin_is_handed_on_once_and_forgotten(qtbot: QtBot, pin: PinPad) -> None:
    given: list[str] = []
    pin.completed.connect(given.append)
    _type(pin, "1357")
    QTest.mouseClick(pin.confirm, LEFT)
    QTest.mouseClick(pin.confirm, LEFT)
    assert given == ["1357"]
    assert "1357" not in str(vars(pin))


def test_a_pin_that_is_too_short_cannot_be_handed_on(pin: PinPad) -> None:
    given: list[str] = []
    pin.completed.connect(given.append)
    _type(pin, "135")
    assert not pin.confirm.isEnabled()
    QTest.keyClick(pin.pad, Qt.Key.Key_Return)
    assert given == []


def test_a_pin_can_be_corrected_and_typed_on_a_keyboard(qtbot: QtBot, pin: PinPad) -> None:
    _type(pin, "1350")
    QTest.mouseClick(pin.pad.erase, LEFT)
    with qtbot.waitSignal(pin.completed) as told:
        QTest.keyClicks(pin.pad, "7")
        QTest.keyClick(pin.pad, Qt.Key.Key_Return)
    assert told.args == ["1357"]


def test_a_refused_pin_says_why_until_the_next_digit(pin: PinPad) -> None:
    pin.refuse("This PIN is not right. 2 tries left.")
    assert "2 tries" in pin.told
    _type(pin, "1")
    assert pin.told == ""


@pytest.fixture
def counter(qtbot: QtBot, language: Language) -> DenominationCounter:
    made = DenominationCounter(language, NOTES, "USD")
    qtbot.addWidget(made)
    return made


def test_counts_come_to_their_worth(counter: DenominationCounter) -> None:
    counter.set_counts({"20": 14, "0.25": 3})
    assert counter.total == Money(28075, "USD")
    assert dict(counter.counts) == {"20": 14, "5": 0, "0.25": 3}


def test_a_count_is_typed_for_the_cell_that_was_tapped(qtbot: QtBot, counter: DenominationCounter) -> None:
    counter.set_counts({"5": 7})
    QTest.mouseClick(counter.cell("5").face, LEFT)
    with qtbot.waitSignal(counter.changed):
        QTest.mouseClick(counter.pad.keys["1"], LEFT)
    QTest.mouseClick(counter.pad.keys["2"], LEFT)
    assert counter.counts["5"] == 12
    QTest.mouseClick(counter.pad.erase, LEFT)
    assert counter.counts["5"] == 1


def test_plus_and_minus_count_one_and_never_go_below_none(counter: DenominationCounter) -> None:
    cell = counter.cell("20")
    assert not cell.less.isEnabled()
    QTest.mouseClick(cell.more, LEFT)
    QTest.mouseClick(cell.more, LEFT)
    QTest.mouseClick(cell.less, LEFT)
    assert counter.counts["20"] == 1
    QTest.mouseClick(cell.less, LEFT)
    assert not cell.less.isEnabled()


def test_counts_survive_a_change_of_language(language: Language, counter: DenominationCounter) -> None:
    counter.set_counts({"20": 2})
    language.use("zh_CN")
    assert counter.total == Money(4000, "USD")


def test_the_three_figures_are_told_together(qtbot: QtBot, language: Language) -> None:
    panel = BalancePanel(language)
    qtbot.addWidget(panel)
    panel.set_balance(Balance("$102.50", "$62.50", "$40.00", "At Brooklyn"))
    assert panel.accessibleName() == "Balance: $102.50; Usable here: $62.50; At Brooklyn: $40.00"


def test_a_guest_who_sees_the_screen_sees_no_balance(qtbot: QtBot, language: Language) -> None:
    panel = BalancePanel(language)
    qtbot.addWidget(panel)
    panel.set_balance(Balance("$102.50", "$62.50", "$40.00"))
    panel.set_hidden(True)
    assert "$" not in panel.accessibleName()
