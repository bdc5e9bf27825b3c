"""A table of ready-written cells: figures right, words left, kinetic, no editing.

No sum and no query lives here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from salon_desk.ui.theme.fonts import font
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.widgets.kinetic import make_kinetic

Index = QModelIndex | QPersistentModelIndex

_TOP: Final = QModelIndex()
_WORDS: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FIGURES: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column:
    """A column's words, and whether it holds figures."""

    title: str
    figures: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of written cells; `strong` for sums."""

    cells: tuple[str, ...]
    strong: bool = False


class TableModel(QAbstractTableModel):
    """Columns and rows as they were handed in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: Sequence[Column] = ()
        self.rows: Sequence[TableRow] = ()

    def set_table(self, columns: Sequence[Column], rows: Sequence[TableRow]) -> None:
        """Show another table."""
        self.beginResetModel()
        self.columns, self.rows = columns, rows
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _TOP, /) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = _TOP, /) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = 0, /) -> object:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.cells[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _FIGURES if self.columns[index.column()].figures else _WORDS
            case Qt.ItemDataRole.FontRole:
                return font(Type.BODY, bold=row.strong)
            case _:
                return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0, /) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            case Qt.ItemDataRole.TextAlignmentRole:
                return _FIGURES if self.columns[section].figures else _WORDS
            case _:
                return None


class ReportTable(QTableView):
    """Shows a table; figures stand in columns of one width each, words take what is left."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = TableModel(self)
        self.setModel(self._table)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(Size.TOUCH)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.setAccessibleName(name)
        make_kinetic(self)

    def set_table(self, columns: Sequence[Column], rows: Sequence[TableRow]) -> None:
        """Show `rows` under `columns`."""
        self._table.set_table(columns, rows)
        header = self.horizontalHeader()
        for at, column in enumerate(columns):
            if column.figures:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
                header.resizeSection(at, self._width(at, column, rows))
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def _width(self, at: int, column: Column, rows: Sequence[TableRow]) -> int:
        metrics = QFontMetrics(font(Type.BODY, bold=True))
        widest = max((metrics.horizontalAdvance(row.cells[at]) for row in rows[:500]), default=0)
        title = QFontMetrics(font(Type.LEAST, bold=True)).horizontalAdvance(column.title)
        return max(widest, title) + 34
