"""The tiles of the chosen category, and below them those of the others, each under its name.

What a tap does is the presenter's. Tiles are kept and written anew, so nothing flickers and no finger hits another item.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from salon_desk.ui.screens.checkout.view_model import Shelf
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import ItemFace
from salon_desk.ui.widgets import item_tile
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.flow_layout import GridLayout
from salon_desk.ui.widgets.item_tile import ItemTile
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words

_MOST_COLUMNS = 6


class _ShelfView(QWidget):
    """One category: its name, and its tiles in as many columns as fit."""

    tapped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._title = Words("", Role.MUTED)
        grid = GridLayout(least=item_tile.LEAST_WIDTH, columns=_MOST_COLUMNS)
        column.addWidget(self._title)
        column.addLayout(grid)
        self.pool: ButtonPool[ItemFace, ItemTile] = ButtonPool(
            grid, ItemTile, ItemTile.set_face, self.tapped.emit
        )

    def set_shelf(self, shelf: Shelf, chosen: str) -> None:
        """Show this category."""
        self._title.setText(shelf.title)
        self._title.setVisible(bool(shelf.title))
        self.pool.show(shelf.items, chosen or None)


class TileShelves(ScrollColumn):
    """Signal: `tapped(key)`."""

    tapped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(content, parent)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP + 4)
        self._column = QVBoxLayout()
        self._column.setSpacing(Size.GAP + 4)
        column.addLayout(self._column)
        column.addStretch(1)
        self._shelves: list[_ShelfView] = []
        self._wanted: tuple[Shelf, ...] = ()
        self._chosen = ""
        self._more = QTimer(self)
        self._more.setInterval(0)
        self._more.timeout.connect(self._show_more)

    def set_shelves(self, shelves: Sequence[Shelf], chosen: str) -> None:
        """Show these categories; `chosen` is the item of the marked line.

        Shelves that have no widgets yet follow one by one, so that the first screen stands at once.
        """
        self._wanted, self._chosen = tuple(shelves), chosen
        self._show(max(1, len(self._shelves)))
        if len(self._shelves) < len(self._wanted):
            self._more.start()

    def _show_more(self) -> None:
        if len(self._shelves) < len(self._wanted):
            self._show(len(self._shelves) + 1)
        else:
            self._more.stop()

    def _show(self, most: int) -> None:
        shelves = self._wanted[:most]
        while len(self._shelves) < len(shelves):
            view = _ShelfView()
            view.tapped.connect(self.tapped.emit)
            self._column.addWidget(view)
            self._shelves.append(view)
        for view, shelf in zip(self._shelves, shelves, strict=False):
            view.set_shelf(shelf, self._chosen)
            view.show()
        for spare in self._shelves[len(shelves) :]:
            spare.hide()

    def to_top(self) -> None:
        """Show the chosen category from its beginning."""
        self.verticalScrollBar().setValue(0)

    def tile(self, key: str) -> ItemTile | None:
        """The tile of an item."""
        shown = (view for view in self._shelves if not view.isHidden())
        return next((tile for view in shown if (tile := view.pool.button(key)) is not None), None)
