"""The ways of paying as tiles, in as many columns as fit. Signal: `tapped(key)`.

Which ways there are, and which one is chosen, is handed in.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from salon_desk.ui.counter.tender_faces import TenderTile
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.flow_layout import GridLayout

_LEAST = 140
HEIGHT = 76
ROOMY = 104


class TenderTiles(QWidget):
    """Shows `TenderTile`s; tells the key of the one that is tapped."""

    tapped = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, columns: int = 3) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._height = HEIGHT
        grid = GridLayout(self, least=_LEAST, columns=columns)
        self._pool: ButtonPool[TenderTile, ChoiceButton] = ButtonPool(
            grid, lambda: ChoiceButton(height=self._height), _write, self.tapped.emit
        )

    def set_tiles(self, tiles: Sequence[TenderTile]) -> None:
        """Show these ways of paying."""
        self._pool.show(tiles, None)
        for button, tile in zip(self._pool.buttons, tiles, strict=False):
            button.set_chosen(tile.chosen)

    def set_height(self, height: int) -> None:
        """Make the tiles as high as the screen has room for."""
        self._height = height
        for button in self._pool.buttons:
            button.setMinimumHeight(height)

    def tile(self, key: str) -> ChoiceButton | None:
        """The tile of a way of paying."""
        return self._pool.button(key)


def _write(button: ChoiceButton, tile: TenderTile) -> None:
    button.set_key(tile.key)
    button.set_words(tile.title, tile.detail)
    button.setEnabled(tile.enabled)
