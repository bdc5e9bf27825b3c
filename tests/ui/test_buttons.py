"""What is tapped answers at once, counts only for what it showed, and scrolls without clicking."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Chip, ItemFace, TechnicianFace, TicketFace
from salon_desk.ui.widgets.action_button import ActionButton, Kind, danger, plain, primary, secondary
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.face_grid import ItemGrid, TechnicianStrip, TicketStrip
from salon_desk.ui.widgets.flow_layout import FlowLayout, GridLayout
from salon_desk.ui.widgets.item_tile import ItemTile
from salon_desk.ui.widgets.kinetic import PRESS_DELAY

LEFT = Qt.MouseButton.LeftButton


def _items(count: int) -> list[ItemFace]:
    return [ItemFace(f"s{n}", f"Service {n}", "服务", "$45.00", "45 min") for n in range(count)]


@pytest.fixture
def grid(qtbot: QtBot) -> ItemGrid:
    made = ItemGrid()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.set_items(_items(60))
    with qtbot.waitExposed(made):
        made.show()
    QApplication.processEvents()
    return made


def test_a_press_shows_within_a_frame_and_before_the_finger_is_lifted(qtbot: QtBot, grid: ItemGrid) -> None:
    tile = grid.tile("s0")
    assert tile is not None
    assert PRESS_DELAY < 1 / 60
    QTest.mousePress(tile, LEFT)
    qtbot.waitUntil(tile.isDown)
    QTest.mouseRelease(tile, LEFT)
    assert not tile.isDown()


def test_a_tap_tells_the_key(qtbot: QtBot, grid: ItemGrid) -> None:
    tile = grid.tile("s1")
    assert tile is not None
    with qtbot.waitSignal(grid.tapped) as told:
        QTest.mouseClick(tile, LEFT)
    assert told.args == ["s1"]


def test_a_finger_that_scrolls_taps_nothing(qtbot: QtBot, grid: ItemGrid) -> None:
    tapped: list[str] = []
    grid.tapped.connect(tapped.append)
    tile, bar = grid.tile("s4"), grid.verticalScrollBar()
    assert tile is not None
    start = tile.rect().center()
    QTest.mousePress(tile, LEFT, pos=start)
    for step in range(1, 9):
        QTest.mouseMove(tile, start - QPoint(0, step * 15), delay=2)
    qtbot.waitUntil(lambda: bar.value() > 0)
    qtbot.waitUntil(lambda: not tile.isDown())
    assert not tile.isDown()
    QTest.mouseRelease(tile, LEFT, pos=start - QPoint(0, 120))
    assert tapped == []


def test_nothing_moves_under_a_finger(qtbot: QtBot, grid: ItemGrid) -> None:
    tapped: list[str] = []
    grid.tapped.connect(tapped.append)
    tile = grid.tile("s0")
    assert tile is not None
    QTest.mousePress(tile, LEFT)
    qtbot.waitUntil(tile.isDown)
    grid.set_items(list(reversed(_items(60))))
    QTest.mouseRelease(tile, LEFT)
    assert tapped == []
    QTest.mouseClick(tile, LEFT)
    assert tapped == ["s59"]


def test_values_are_written_into_the_tiles_that_are_there(grid: ItemGrid) -> None:
    before = grid.tile("s0")
    grid.set_items([ItemFace("x", "Other")], chosen="x")
    assert grid.tile("x") is before
    assert before is not None
    assert before.chosen
    assert grid.tile("s1") is None


def test_a_tile_that_is_off_says_why_and_does_nothing(qtbot: QtBot) -> None:
    tile = ItemTile(ItemFace("w", "WeChat", "微信", enabled=False, reason="not while offline"))
    qtbot.addWidget(tile)
    tapped: list[str] = []
    tile.tapped.connect(tapped.append)
    QTest.mouseClick(tile, LEFT)
    assert tapped == []
    assert tile.accessibleDescription() == "not while offline"


def test_a_tile_grows_for_a_long_name_instead_of_cutting_it(qtbot: QtBot) -> None:
    short = ItemTile(ItemFace("1", "Gel", "凝胶"))
    long = ItemTile(
        ItemFace("2", "Deluxe Collagen Hydrating Spa Pedicure with Hot Stone Massage", "豪华修脚")
    )
    for tile in (short, long):
        qtbot.addWidget(tile)
    assert long.sizeHint().height() > short.sizeHint().height()


def test_a_button_can_be_pressed_by_keyboard(qtbot: QtBot) -> None:
    button = ChoiceButton("15%", "$12.45", key="15")
    qtbot.addWidget(button)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        with qtbot.waitSignal(button.tapped) as told:
            QTest.keyClick(button, key)
        assert told.args == ["15"]
    assert (button.accessibleName(), button.accessibleDescription()) == ("15%", "$12.45")


def test_focus_is_marked_for_the_keyboard_only(qtbot: QtBot) -> None:
    button = primary("Pay")
    qtbot.addWidget(button)
    with qtbot.waitActive(button):
        button.show()
        button.activateWindow()
    before = button.grab().toImage()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert button.grab().toImage() == before
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.grab().toImage() != before


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_button_shows_press_and_disabled(qtbot: QtBot, kind: Kind) -> None:
    button = ActionButton("Pay", kind, icon=Icon.PRINTER)
    qtbot.addWidget(button)
    button.show()
    looks = [button.grab().toImage()]
    button.setDown(True)
    looks.append(button.grab().toImage())
    button.setDown(False)
    button.setEnabled(False)
    looks.append(button.grab().toImage())
    assert looks[0] != looks[1] != looks[2] != looks[0]
    assert button.height() >= Size.TOUCH


def test_the_four_ways_to_make_a_button(qtbot: QtBot) -> None:
    for make in (primary, secondary, plain, danger):
        button = make("Pay", height=Size.TOUCH_PAY, icon=Icon.PLUS)
        qtbot.addWidget(button)
        assert button.minimumHeight() == Size.TOUCH_PAY
        assert button.accessibleName() == "Pay"


def test_an_icon_alone_has_a_spoken_name(qtbot: QtBot) -> None:
    button = plain(icon=Icon.PLUS)
    qtbot.addWidget(button)
    button.set_text("", "New ticket")
    assert button.accessibleName() == "New ticket"


def test_strips_tell_which_was_tapped(qtbot: QtBot) -> None:
    tickets, faces = TicketStrip(), TechnicianStrip()
    tickets.set_tickets([TicketFace("t1", "张晓梅", "Lily"), TicketFace("t2", "Sarah", "Kim")], "t2")
    faces.set_technicians(
        [TechnicianFace("lily", "Lily", "free", 1), TechnicianFace("kim", "Kim", "busy", None, False)]
    )
    for strip, key in ((tickets, "t1"), (faces, "kim")):
        qtbot.addWidget(strip)
        strip.resize(600, 110)
        strip.show()
        button = tickets.card(key) if strip is tickets else faces.face_button(key)
        assert button is not None
        with qtbot.waitSignal(strip.tapped) as told:
            QTest.mouseClick(button, LEFT)
        assert told.args == [key]
    chosen = tickets.card("t2")
    assert chosen is not None
    assert chosen.chosen


def test_a_category_is_told_and_marked_by_who_decides(qtbot: QtBot) -> None:
    pills = CategoryPills()
    qtbot.addWidget(pills)
    chips = [Chip("Nails", key="nails"), Chip("Lashes", key="lashes")]
    pills.set_categories(chips, "nails")
    lashes = pills.pill("lashes")
    assert lashes is not None
    with qtbot.waitSignal(pills.tapped) as told:
        QTest.mouseClick(lashes, LEFT)
    assert told.args == ["lashes"]
    assert not lashes.chosen
    pills.set_categories(chips, "lashes")
    assert lashes.chosen


def _column_starts(parts: Sequence[QWidget]) -> set[int]:
    return {part.x() for part in parts}


@pytest.mark.parametrize(("width", "columns"), [(540, 3), (800, 4), (1400, 6)])
def test_a_grid_has_as_many_columns_as_fit(qtbot: QtBot, width: int, columns: int) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = GridLayout(holder, least=168, columns=6)
    parts = [ItemTile(face) for face in _items(12)]
    for part in parts:
        layout.addWidget(part)
    holder.resize(width, layout.heightForWidth(width))
    holder.show()
    QApplication.processEvents()
    assert len(_column_starts(parts)) == columns
    assert max(part.geometry().right() for part in parts) == width - 1
    assert max(part.geometry().bottom() for part in parts) <= holder.height()


def test_a_flow_goes_on_in_the_next_row(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    outer = QVBoxLayout(holder)
    flow = FlowLayout()
    outer.addLayout(flow)
    buttons = [plain("Button") for _ in range(6)]
    for button in buttons:
        flow.addWidget(button)
    holder.resize(260, 300)
    holder.show()
    QApplication.processEvents()
    assert len({button.y() for button in buttons}) > 1
    assert all(button.geometry().right() <= 260 for button in buttons)
    assert flow.takeAt(0) is not None
    assert flow.takeAt(99) is None
    assert flow.count() == 5
