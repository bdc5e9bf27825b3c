"""The content of a scrolling column whose height follows its width alone.

No look lives here. Qt asks such content for its height at the least width, which is far too high, and would scroll
what fits.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class Flowing(QWidget):
    """Put a layout into it and it into a `ScrollColumn`."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)
