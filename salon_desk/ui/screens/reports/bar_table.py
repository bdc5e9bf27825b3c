"""A report's table with a painted bar in each row, where people would rather look than read.

The bar says nothing that the figure beside it does not say; what went back is drawn in another tone.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from salon_desk.ui.screens.reports.view_model import TableModel
from salon_desk.ui.theme import active, paint
from salon_desk.ui.widgets.report_table import Column, ReportTable, TableRow

_THICK = 18.0
_MARGIN = 12.0
_LEAST = 3.0


class _Bars(QStyledItemDelegate):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shares: Sequence[float] = ()

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        /,
    ) -> None:
        colours, rect = active.palette(), QRectF(option.rect)
        painter.save()
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(colours.line))
        share = self.shares[index.row()] if index.row() < len(self.shares) else 0.0
        if share:
            width = max(_LEAST, abs(share) * (rect.width() - 2 * _MARGIN))
            bar = QRectF(rect.left() + _MARGIN, rect.center().y() - _THICK / 2, width, _THICK)
            paint.bar(painter, bar, colours.brand if share > 0 else colours.danger, 4)
        painter.restore()


class BarTable(ReportTable):
    """Shows a `TableModel`; the bars stand in a last column of their own."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._bars = _Bars(self)
        self._bar_column = -1

    def show_table(self, model: TableModel) -> None:
        """Show another table, from its top."""
        self._bars.shares = model.shares
        columns = [Column(model.columns[0]), *(Column(title, figures=True) for title in model.columns[1:])]
        if model.shares:
            columns.append(Column(""))
        rows = [
            TableRow((*cells, "") if model.shares else cells, strong)
            for cells, strong in zip(model.rows, model.strong, strict=True)
        ]
        if self._bar_column >= 0:
            self.setItemDelegateForColumn(self._bar_column, self._plain())
        self.set_table(columns, rows)
        self._bar_column = len(columns) - 1 if model.shares else -1
        if self._bar_column >= 0:
            self.setItemDelegateForColumn(self._bar_column, self._bars)
            self.horizontalHeader().setSectionResizeMode(self._bar_column, QHeaderView.ResizeMode.Stretch)
        self.setAccessibleName(model.title)
        self.horizontalHeader().setVisible(any(model.columns))
        self.scrollToTop()

    def _plain(self) -> QStyledItemDelegate:
        found = self.itemDelegate()
        assert isinstance(found, QStyledItemDelegate)
        return found
