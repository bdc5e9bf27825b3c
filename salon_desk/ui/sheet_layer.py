"""Where sheets are laid: a veil over the window with the newest sheet in the middle.

Nothing behind the veil can be tapped or reached with Tab; when a sheet closes, the focus goes back
to where it was.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from salon_desk.ui.theme import active
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.sheet import Sheet

_VEIL = 140


class SheetLayer(QWidget):
    """Covers its parent while there is a sheet."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheets: list[Sheet] = []
        self._focus_before: list[QWidget | None] = []
        self._taken_below = 0
        self.hide()

    @property
    def top(self) -> Sheet | None:
        """The sheet in front."""
        return self._sheets[-1] if self._sheets else None

    def open(self, sheet: Sheet) -> None:
        """Lay a sheet on top; it is deleted after its `closed`."""
        if self._sheets:
            self._sheets[-1].hide()
        self._focus_before.append(QApplication.focusWidget())
        self._sheets.append(sheet)
        sheet.setParent(self)
        sheet.closed.connect(lambda: self.close_sheet(sheet))
        self.show()
        self.raise_()
        sheet.show()
        self._place()
        sheet.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_sheet(self, sheet: Sheet) -> None:
        """Take a sheet away, if it is still there, and show the one below."""
        if sheet not in self._sheets:
            return
        at = self._sheets.index(sheet)
        self._sheets.pop(at)
        before = self._focus_before.pop(at)
        sheet.hide()
        sheet.deleteLater()
        if self._sheets:
            self._sheets[-1].show()
            self._place()
        else:
            self.hide()
        if before is not None:
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def set_taken_below(self, height: int) -> None:
        """How much the keyboard takes at the bottom; the sheet moves up into what is left."""
        self._taken_below = height
        self._place()

    @override
    def focusNextPrevChild(self, next: bool, /) -> bool:
        sheet, here = self.top, QApplication.focusWidget()
        if sheet is None or here is None:
            return super().focusNextPrevChild(next)
        tried: QWidget | None = here
        while tried is not None:
            tried = tried.nextInFocusChain() if next else tried.previousInFocusChain()
            if tried is None or tried is here or _reachable(tried, sheet):
                break
        if tried is not None:
            tried.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        self._place()

    @override
    def event(self, event: QEvent, /) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        event.accept()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        veil = QColor(active.palette().scrim)
        veil.setAlpha(_VEIL)
        painter.fillRect(self.rect(), veil)
        painter.end()

    def _place(self) -> None:
        sheet = self.top
        if sheet is None:
            return
        free = QRect(0, 0, self.width(), self.height() - self._taken_below).adjusted(
            Size.PAD, Size.GAP, -Size.PAD, -Size.GAP
        )
        width = min(sheet.preferred_width, free.width())
        wanted = sheet.sizeHint().height()
        if sheet.hasHeightForWidth():
            wanted = sheet.heightForWidth(width)
        height = min(max(wanted, sheet.minimumSizeHint().height()), free.height())
        left = free.left() + (free.width() - width) // 2
        sheet.setGeometry(left, free.top() + (free.height() - height) // 2, width, height)


def _reachable(widget: QWidget, sheet: Sheet) -> bool:
    """Whether Tab may go to a widget while `sheet` is in front."""
    if not sheet.isAncestorOf(widget) or not widget.isVisible() or not widget.isEnabled():
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
