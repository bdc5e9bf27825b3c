"""A list for hundreds of thousands of rows: a model that asks for what is seen, painted rows.

No query lives here. Rows may be any sequence; only those on screen are read. One tap acts, and the
tap tells the key.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.tokens import Palette, Size, Tone, Type
from salon_desk.ui.view_values import ListRow
from salon_desk.ui.widgets.kinetic import make_kinetic

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT: Final = 64
ROW: Final = int(Qt.ItemDataRole.UserRole) + 1
_TOP: Final = QModelIndex()


class RowModel(QAbstractListModel):
    """Rows from a sequence, read one by one as they are seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[ListRow] = ()

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, index: Index) -> ListRow:
        """The row at an index."""
        return self._rows[index.row()]

    @override
    def rowCount(self, parent: Index = _TOP, /) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = ROW, /) -> object:
        if not index.isValid():
            return None
        row = self.row(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (row.title, row.detail, row.figure, row.figure_detail)
                return ", ".join(part for part in parts if part)
            case _:
                return row if role == ROW else None

    @override
    def flags(self, index: Index, /) -> Qt.ItemFlag:
        if index.isValid() and not self.row(index).enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowDelegate(QStyledItemDelegate):
    """Paints a `ListRow`: initial, two lines, figure at the right edge."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index, /) -> QSize:
        return QSize(200, ROW_HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        row = index.data(ROW)
        if not isinstance(row, ListRow):
            return
        colours = active.palette()
        rect = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            paint.card(painter, rect, colours.brand_soft, radius=Size.RADIUS)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(colours.line))
        inner = rect.adjusted(12, 8, -12, -8)
        if row.initial:
            inner = _avatar(painter, inner, row, colours)
        _lines(painter, inner, row, colours)
        painter.restore()


def _avatar(painter: QPainter, inner: QRectF, row: ListRow, colours: Palette) -> QRectF:
    tone = Tone.BRAND if row.tone is Tone.PLAIN else row.tone
    circle = QRectF(inner.left(), inner.center().y() - 20, 40, 40)
    paint.disc(painter, QPointF(circle.center()), 20, colours.soft(tone))
    ink = colours.strong(tone)
    paint.text(painter, circle, row.initial, ink, size=Type.NAME, bold=True, align=paint.CENTRE)
    return inner.adjusted(52, 0, 0, 0)


def _lines(painter: QPainter, inner: QRectF, row: ListRow, colours: Palette) -> None:
    ink = colours.ink if row.enabled else colours.disabled
    half = inner.height() / 2
    upper = QRectF(inner.left(), inner.top(), inner.width(), half if row.detail else inner.height())
    lower = QRectF(inner.left(), inner.top() + half, inner.width(), half)
    if row.figure:
        tone = ink if row.tone is Tone.PLAIN else colours.strong(row.tone)
        paint.text(painter, upper, row.figure, tone, size=Type.NAME, bold=True, align=paint.RIGHT)
        taken = paint.text_width(row.figure, Type.NAME, bold=True)
        upper.setWidth(max(60.0, upper.width() - taken - 12))
    paint.text(painter, upper, row.title, ink, size=Type.BODY + 1, bold=True)
    if row.figure_detail:
        small = Type.LEAST
        paint.text(painter, lower, row.figure_detail, colours.muted, size=small, align=paint.RIGHT)
        taken = paint.text_width(row.figure_detail, small)
        lower.setWidth(max(60.0, lower.width() - taken - 12))
    paint.text(painter, lower, row.detail, colours.muted, size=Type.LEAST)


class KineticList(QListView):
    """Signal: `tapped(key)`. `set_rows` keeps the place in the list when asked."""

    tapped = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        make_kinetic(self)
        self.clicked.connect(self._tell)
        self.activated.connect(self._tell)

    def set_rows(self, rows: Sequence[ListRow], *, keep_place: bool = False) -> None:
        """Show these rows, from the top unless the place is kept."""
        place = self.verticalScrollBar().value()
        self._rows.set_rows(rows)
        if keep_place:
            self.verticalScrollBar().setValue(place)
        else:
            self.scrollToTop()

    def choose(self, row: int) -> None:
        """Mark one row, or none with -1."""
        self.setCurrentIndex(self._rows.index(row, 0) if row >= 0 else QModelIndex())

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid() and self._rows.row(index).enabled:
            self.tapped.emit(self._rows.row(index).key)
