"""Layouts that follow the width: a flow of pills, and a grid whose columns grow from 1024 to 1920.

No widget lives here. Both answer height for width, so they stand in scroll areas and columns.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override

from salon_desk.ui.theme.tokens import Size


class FlowLayout(QLayout):
    """Places its items side by side and goes on in the next row."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = Size.GAP) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    @override
    def addItem(self, item: QLayoutItem, /) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int, /) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int, /) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._shown()), default=0)
        tallest = max((item.minimumSize().height() for item in self._shown()), default=0)
        return QSize(widest, tallest)

    @override
    def setGeometry(self, rect: QRect, /) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Place the items into `rect` if `move`; the height they need."""
        x, y, row = rect.x(), rect.y(), 0
        for item in self._shown():
            size = item.sizeHint()
            width = min(size.width(), max(rect.width(), item.minimumSize().width()))
            if x > rect.x() and x + width > rect.x() + rect.width():
                x, y, row = rect.x(), y + row + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x += width + self.spacing()
            row = max(row, size.height())
        return y + row - rect.y()


class GridLayout(FlowLayout):
    """Equal columns, as many as fit at `least` width each, at most `columns`; rows as high as their tallest."""

    def __init__(
        self, parent: QWidget | None = None, *, least: int, columns: int = 99, gap: int = Size.GAP + 2
    ) -> None:
        super().__init__(parent, gap=gap)
        self._least = least
        self._most = columns

    def columns_for(self, width: int) -> int:
        """How many columns stand in `width`."""
        return max(1, min(self._most, (width + self.spacing()) // (self._least + self.spacing())))

    @override
    def minimumSize(self) -> QSize:
        tallest = max((item.minimumSize().height() for item in self._shown()), default=0)
        return QSize(self._least, tallest)

    @override
    def _place(self, rect: QRect, *, move: bool) -> int:
        items, gap = self._shown(), self.spacing()
        columns, y = self.columns_for(rect.width()), rect.y()
        for start in range(0, len(items), columns):
            row = items[start : start + columns]
            height = max(_height(item, rect.width() // columns - gap) for item in row)
            for at, item in enumerate(row):
                left = rect.width() * at // columns + gap * at // columns
                right = rect.width() * (at + 1) // columns + gap * (at + 1) // columns - gap
                if move:
                    item.setGeometry(QRect(rect.x() + left, y, right - left, height))
            y += height + gap
        return max(0, y - gap - rect.y())


def _height(item: QLayoutItem, width: int) -> int:
    """How high an item stands in a column of `width`."""
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
