"""Search, forms, words and empty places: what they tell and what they say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from salon_desk.ui.language import Language
from salon_desk.ui.theme.paint import fitting_font, text_height
from salon_desk.ui.theme.tokens import Tone, Type
from salon_desk.ui.view_values import Alert, Chip
from salon_desk.ui.widgets.busy_cover import BusySheet
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.pill import ChipLabel
from salon_desk.ui.widgets.search_field import SearchField
from salon_desk.ui.widgets.words import AmountRow, Figure, Role, Words, panel, rule

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def search(qtbot: QtBot, language: Language) -> SearchField:
    made = SearchField(language)
    qtbot.addWidget(made)
    made.show()
    return made


def test_search_tells_every_change_while_typing(search: SearchField) -> None:
    typed: list[str] = []
    search.typed.connect(typed.append)
    search.field.insert("张")
    QTest.keyClicks(search.field, " z")
    assert typed == ["张", "张", "张 z"]
    assert search.text == "张 z"


def test_search_can_be_submitted_and_emptied(qtbot: QtBot, search: SearchField) -> None:
    assert search.empty.isHidden()
    QTest.keyClicks(search.field, " 0137 ")
    with qtbot.waitSignal(search.submitted) as told:
        QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert told.args == ["0137"]
    QTest.mouseClick(search.empty, LEFT)
    assert search.text == ""
    assert search.empty.isHidden()


def test_search_keeps_what_is_typed_when_the_language_changes(
    search: SearchField, language: Language
) -> None:
    search.set_placeholder("Search")
    search.field.setText("gel")
    language.use("zh_CN")
    assert search.text == "gel"
    assert search.field.placeholderText() == language.catalogue.text("Search")


def test_a_field_says_what_is_wrong_until_it_is_changed(qtbot: QtBot) -> None:
    field = FormField("Phone")
    qtbot.addWidget(field)
    field.refuse("Ten digits, please.")
    assert field.field.accessibleDescription() == "Ten digits, please."
    with qtbot.waitSignal(field.typed) as told:
        field.set_text(" 7 ")
    assert told.args == ["7"]
    assert field.field.accessibleDescription() == ""
    assert field.text == "7"


def test_an_empty_place_says_what_to_do_first(qtbot: QtBot) -> None:
    empty = EmptyState()
    qtbot.addWidget(empty)
    empty.set_words("No members yet", "Add the first one.", "New member")
    with qtbot.waitSignal(empty.acted):
        QTest.mouseClick(empty.action, LEFT)
    empty.set_words("No members yet")
    assert empty.action.isHidden()


def test_a_figure_is_never_cut(qtbot: QtBot) -> None:
    figure = Figure("$1,240,500.00", size=Type.DUE)
    qtbot.addWidget(figure)
    assert figure.sizeHint().width() > figure.minimumSizeHint().width()
    assert fitting_font("$1,240,500.00", 150, Type.DUE, bold=True).pixelSize() < Type.DUE
    least = fitting_font("$1,240,500.00", 20, Type.DUE, bold=True)
    assert least.pixelSize() == Type.LEAST
    assert least.stretch() < 100
    figure.set_text("$2.00", Tone.ROSE)
    assert figure.accessibleName() == figure.text == "$2.00"


def test_words_can_change_their_tone(qtbot: QtBot) -> None:
    words = Words("Not printed", Role.STRONG)
    qtbot.addWidget(words)
    words.set_tone(Tone.DANGER)
    assert words.property("tone") == "danger"
    words.set_tone(None)
    assert words.property("tone") is None


def test_a_row_writes_label_and_amount_in_one_tone(qtbot: QtBot) -> None:
    row = AmountRow("Birthday", "−$10.00", strong=True, tone=Tone.ROSE)
    qtbot.addWidget(row)
    row.set_words("Subtotal", "$101.00")
    label = row.findChild(Words)
    figure = row.findChild(Figure)
    assert isinstance(label, Words)
    assert isinstance(figure, Figure)
    assert (label.text(), figure.text) == ("Subtotal", "$101.00")


def test_a_chip_is_a_label_and_no_button(qtbot: QtBot) -> None:
    chip = ChipLabel(Chip("1,240 points", Tone.VIOLET))
    qtbot.addWidget(chip)
    chip.set_chip(Chip("3 visits"))
    assert chip.accessibleName() == "3 visits"
    assert chip.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_progress_is_shown_where_it_is_known(qtbot: QtBot, language: Language) -> None:
    sheet = BusySheet(language, "Restoring", None)
    qtbot.addWidget(sheet)
    sheet.set_progress(3, 10)
    assert (sheet.progress.value(), sheet.progress.maximum()) == (3, 10)
    sheet.set_progress(0, 0)
    assert sheet.progress.maximum() == 0


def test_grounds_are_named(qtbot: QtBot) -> None:
    for kind in ("card", "outlined", "sunk", "surface", "raised", "side"):
        frame = panel(kind)
        qtbot.addWidget(frame)
        assert frame.property("panel") == kind
    line = rule()
    qtbot.addWidget(line)
    assert line.height() == 1


def test_every_alert_has_a_tone_of_its_own() -> None:
    assert len({alert.tone for alert in Alert}) == len(Alert)


def test_wrapped_words_need_more_height() -> None:
    from salon_desk.ui.theme.fonts import font

    words = "Nothing was taken; top up, or pay the rest another way."
    assert text_height(words, 100, font()) > text_height(words, 2_000, font())
