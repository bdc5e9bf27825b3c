"""The least that is a touch screen: Qt, one window, forty tiles. Run as a process of its own; says when it stands.

Nothing of the product is imported but the watch on the painting.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton, QWidget

from salon_desk.bench.floors.first_paint import PaintWatch, say

_TILES = 40
_COLUMNS = 8


def main() -> int:
    """Show the window, say "ready" when it is painted, and end."""
    application = QApplication(sys.argv[:1])
    window = QWidget()
    grid = QGridLayout(window)
    for number in range(_TILES):
        tile = QPushButton(f"Gel {number}")
        tile.setMinimumSize(96, 64)
        grid.addWidget(tile, number // _COLUMNS, number % _COLUMNS)

    def ready() -> None:
        say("ready")
        application.quit()

    watch = PaintWatch(window, ready)
    window.showMaximized()
    code = application.exec()
    del watch
    return code


if __name__ == "__main__":
    sys.exit(main())
