"""Grids and strips of keyed buttons (tiles, tickets, technicians) that keep their widgets.

No look lives here. New values are written into the buttons that are there, so nothing flickers,
and a finger that came down on another value does not count (`PaintedButton`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import ItemFace, TechnicianFace, TicketFace
from salon_desk.ui.widgets import item_tile, technician_button, ticket_card
from salon_desk.ui.widgets.flow_layout import GridLayout
from salon_desk.ui.widgets.item_tile import ItemTile
from salon_desk.ui.widgets.kinetic import ScrollColumn, make_kinetic
from salon_desk.ui.widgets.painted_button import PaintedButton
from salon_desk.ui.widgets.technician_button import TechnicianButton
from salon_desk.ui.widgets.ticket_card import TicketCard


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


V = TypeVar("V", bound=_Keyed)
B = TypeVar("B", bound=PaintedButton)


class ButtonPool(Generic[V, B]):
    """Keeps as many buttons in a layout as there are values, and writes the values into them."""

    def __init__(
        self,
        layout: QLayout,
        make: Callable[[], B],
        write: Callable[[B, V], None],
        tapped: Callable[[str], None],
    ) -> None:
        self._layout, self._make, self._write, self._tapped = layout, make, write, tapped
        self.buttons: list[B] = []

    def show(self, values: Sequence[V], chosen: str | None) -> None:
        """Show `values`; the one whose key is `chosen` is marked."""
        while len(self.buttons) < len(values):
            button = self._make()
            button.tapped.connect(self._tapped)
            self._layout.addWidget(button)
            self.buttons.append(button)
        for button, value in zip(self.buttons, values, strict=False):
            self._write(button, value)
            button.set_chosen(value.key == chosen)
            button.show()
        for spare in self.buttons[len(values) :]:
            spare.set_key("")
            spare.hide()

    def button(self, key: str) -> B | None:
        """The button that shows `key`."""
        return next((button for button in self.buttons if button.key == key and not button.isHidden()), None)


class ItemGrid(ScrollColumn):
    """Item tiles in as many columns as fit, scrolling downwards. Signal: `tapped(key)`."""

    tapped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(content, parent)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        grid = GridLayout(least=item_tile.LEAST_WIDTH, columns=6)
        column.addLayout(grid)
        column.addStretch(1)
        self._pool: ButtonPool[ItemFace, ItemTile] = ButtonPool(
            grid, ItemTile, ItemTile.set_face, self.tapped.emit
        )

    def set_items(self, items: Sequence[ItemFace], chosen: str | None = None) -> None:
        """Show these items; for more than a few hundred use `KineticList`."""
        self._pool.show(items, chosen)

    def tile(self, key: str) -> ItemTile | None:
        """The tile of an item, for tests and for scrolling to it."""
        return self._pool.button(key)


class _Strip(QScrollArea):
    """One row of buttons that share the width, and scroll sideways when they are too many."""

    tapped = Signal(str)

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = QWidget()
        self._content.setProperty("panel", "clear")
        self.row = QHBoxLayout(self._content)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(Size.GAP + 2)
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(height)
        make_kinetic(self)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.height())


class TicketStrip(_Strip):
    """The open tickets. Signal: `tapped(key)`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ticket_card.HEIGHT, parent)
        self._pool: ButtonPool[TicketFace, TicketCard] = ButtonPool(
            self.row, TicketCard, TicketCard.set_face, self.tapped.emit
        )

    def set_tickets(self, tickets: Sequence[TicketFace], chosen: str | None = None) -> None:
        """Show the open tickets, oldest first; `chosen` is the one on the right."""
        self._pool.show(tickets, chosen)

    def card(self, key: str) -> TicketCard | None:
        """The card of a ticket."""
        return self._pool.button(key)


class TechnicianStrip(_Strip):
    """The technicians in turn order. Signal: `tapped(key)`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(technician_button.HEIGHT, parent)
        self._pool: ButtonPool[TechnicianFace, TechnicianButton] = ButtonPool(
            self.row, TechnicianButton, TechnicianButton.set_face, self.tapped.emit
        )

    def set_technicians(self, faces: Sequence[TechnicianFace], chosen: str | None = None) -> None:
        """Show the technicians in the order given."""
        self._pool.show(faces, chosen)

    def face_button(self, key: str) -> TechnicianButton | None:
        """The button of a technician."""
        return self._pool.button(key)
