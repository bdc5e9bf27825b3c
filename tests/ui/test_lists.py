"""Lists and tables read only what is seen, tell what was tapped, and cut nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.view_values import ListRow
from salon_desk.ui.widgets.kinetic_list import ROW_HEIGHT, KineticList, RowModel
from salon_desk.ui.widgets.report_table import Column, ReportTable, TableRow

LEFT = Qt.MouseButton.LeftButton
MEMBERS = 200_000


class Members(Sequence[ListRow]):
    """Two hundred thousand members that count how often one is asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def __len__(self) -> int:
        return MEMBERS

    @overload
    def __getitem__(self, at: int) -> ListRow: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[ListRow]: ...

    def __getitem__(self, at: int | slice) -> ListRow | Sequence[ListRow]:
        assert isinstance(at, int)
        self.asked += 1
        return ListRow(f"m{at}", f"Member {at}", "Gold", "$1.00", "today", "M", Tone.VIOLET, enabled=at != 3)


@pytest.fixture
def shown(qtbot: QtBot) -> KineticList:
    made = KineticList("Members")
    qtbot.addWidget(made)
    made.resize(500, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def _tap(shown: KineticList, row: int) -> None:
    QTest.mouseClick(shown.viewport(), LEFT, pos=QPoint(80, row * ROW_HEIGHT + 20))


def test_two_hundred_thousand_rows_cost_what_is_on_the_screen(shown: KineticList) -> None:
    members = Members()
    shown.set_rows(members)
    QApplication.processEvents()
    shown.grab()
    assert 0 < members.asked < 400


def test_one_tap_tells_the_row(qtbot: QtBot, shown: KineticList) -> None:
    shown.set_rows(Members())
    QApplication.processEvents()
    with qtbot.waitSignal(shown.tapped) as told:
        _tap(shown, 2)
    assert told.args == ["m2"]


def test_a_row_that_is_off_tells_nothing(qtbot: QtBot, shown: KineticList) -> None:
    told: list[str] = []
    shown.tapped.connect(told.append)
    shown.set_rows(Members())
    QApplication.processEvents()
    _tap(shown, 3)
    _tap(shown, 1)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["m1"]


def test_enter_on_a_row_tells_it_once(qtbot: QtBot, shown: KineticList) -> None:
    told: list[str] = []
    shown.tapped.connect(told.append)
    shown.set_rows(Members())
    shown.choose(1)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert told == ["m1"]


def test_scrolling_with_a_finger_taps_no_row(qtbot: QtBot, shown: KineticList) -> None:
    told: list[str] = []
    shown.tapped.connect(told.append)
    shown.set_rows(Members())
    QApplication.processEvents()
    view, start = shown.viewport(), QPoint(100, 300)
    QTest.mousePress(view, LEFT, pos=start)
    for step in range(1, 9):
        QTest.mouseMove(view, start - QPoint(0, step * 15), delay=2)
    qtbot.waitUntil(lambda: shown.verticalScrollBar().value() > 0)
    QTest.mouseRelease(view, LEFT, pos=start - QPoint(0, 120))
    assert told == []


def test_new_rows_keep_the_place_only_when_asked(shown: KineticList) -> None:
    shown.set_rows(Members())
    QApplication.processEvents()
    bar = shown.verticalScrollBar()
    bar.setValue(1000)
    shown.set_rows(Members(), keep_place=True)
    assert bar.value() == 1000
    shown.set_rows(Members())
    assert bar.value() == 0


def test_a_row_is_spoken_with_all_it_shows(qtbot: QtBot) -> None:
    model = RowModel()
    model.set_rows([ListRow("1", "张晓梅", "Gold", "$102.50"), ListRow("2", "Sarah")])
    role = int(Qt.ItemDataRole.AccessibleTextRole)
    assert model.data(model.index(0, 0), role) == "张晓梅, Gold, $102.50"
    assert model.data(model.index(1, 0), role) == "Sarah"
    assert model.data(model.index(0, 0), int(Qt.ItemDataRole.ToolTipRole)) is None
    assert model.data(model.index(9, 0)) is None


def test_rows_are_high_enough_for_a_finger() -> None:
    assert ROW_HEIGHT >= Size.TOUCH


@pytest.fixture
def table(qtbot: QtBot) -> ReportTable:
    made = ReportTable("Tenders")
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.set_table(
        [Column("Tender"), Column("Count", figures=True), Column("Sum", figures=True)],
        [TableRow(("Cash", "12", "$412.00")), TableRow(("Total", "1,043", "$1,002,352.55"), strong=True)],
    )
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_figures_stand_right_and_their_column_is_wide_enough(table: ReportTable) -> None:
    model = table.model()
    aligned = model.data(model.index(1, 2), int(Qt.ItemDataRole.TextAlignmentRole))
    assert aligned & Qt.AlignmentFlag.AlignRight
    assert table.columnWidth(2) > table.fontMetrics().horizontalAdvance("$1,002,352.55")
    assert table.textElideMode() is Qt.TextElideMode.ElideNone


def test_words_take_the_room_that_figures_leave(table: ReportTable) -> None:
    assert sum(table.columnWidth(at) for at in range(3)) == table.viewport().width()


def test_a_sum_is_written_strong(table: ReportTable) -> None:
    model = table.model()
    assert model.data(model.index(1, 0), int(Qt.ItemDataRole.FontRole)).bold()
    assert not model.data(model.index(0, 0), int(Qt.ItemDataRole.FontRole)).bold()


def test_columns_are_headed(table: ReportTable) -> None:
    model = table.model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(3)]
    assert heads == ["Tender", "Count", "Sum"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None
