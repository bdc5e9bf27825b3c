"""Counting a drawer: one cell a note, coin or roll, each with minus, its count and plus, and a pad.

What the sum means (float, close, drop) lives elsewhere; a blind close shows no expected figure.
Counts are kept when the language changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salon_desk.domain.money import Money
from salon_desk.ui.digit_entry import DigitEntry
from salon_desk.ui.language import Language
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.view_values import Denomination
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.flow_layout import GridLayout
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.number_pad import NumberPad
from salon_desk.ui.widgets.words import Figure, Role, Words

_MOST_DIGITS = 4


class CountCell(QWidget):
    """One denomination: minus, its face with count and subtotal, plus."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP)
        self.less = ActionButton("", Kind.PLAIN, icon=Icon.MINUS, height=Size.TOUCH_PAY)
        self.face = ChoiceButton(key=key, height=Size.TOUCH_PAY)
        self.more = ActionButton("", Kind.PLAIN, icon=Icon.PLUS, height=Size.TOUCH_PAY)
        row.addWidget(self.less)
        row.addWidget(self.face, 1)
        row.addWidget(self.more)


class DenominationCounter(QWidget):
    """Signal: `changed()`; then read `counts` and `total`."""

    changed = Signal()

    def __init__(
        self,
        language: Language,
        denominations: Sequence[Denomination],
        currency: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._language, self._currency = language, currency
        self._denominations = {d.key: d for d in denominations}
        self._entries = {d.key: DigitEntry(most=_MOST_DIGITS) for d in denominations}
        self._cells: dict[str, CountCell] = {}
        self._chosen = denominations[0].key
        self._fresh = True
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.PAD)
        row.addWidget(self._make_cells(), 3)
        row.addLayout(self._make_side(), 2)
        language.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of each, by key."""
        return MappingProxyType({key: entry.number for key, entry in self._entries.items()})

    @property
    def total(self) -> Money:
        """What they come to."""
        worth = self._denominations
        return Money(sum(e.number * worth[k].cents for k, e in self._entries.items()), self._currency)

    def cell(self, key: str) -> CountCell:
        """The cell of a denomination."""
        return self._cells[key]

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Start from these counts; what is not named is none."""
        for key in self._entries:
            self._set(key, counts.get(key, 0))
        self._show()

    def retranslate(self) -> None:
        """Write the words again; counts stay."""
        words = self._language.catalogue
        self._label.setText(words.text("Counted"))
        for key, cell in self._cells.items():
            face = self._denominations[key].text
            cell.less.set_text("", words.text("One {denomination} less", denomination=face))
            cell.more.set_text("", words.text("One {denomination} more", denomination=face))
        self._show()

    def _make_cells(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        grid = GridLayout(least=250, columns=2, gap=Size.GAP)
        column.addLayout(grid)
        column.addStretch(1)
        for key in self._denominations:
            cell = self._cells[key] = CountCell(key)
            cell.face.tapped.connect(self._choose)
            cell.less.clicked.connect(lambda _=False, k=key: self._step(k, -1))
            cell.more.clicked.connect(lambda _=False, k=key: self._step(k, 1))
            grid.addWidget(cell)
        return ScrollColumn(content)

    def _make_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(Size.GAP)
        self._label = Words("", Role.MUTED)
        self._sum = Figure(size=Type.FIGURE + 8)
        self.pad = NumberPad(self._language)
        self.pad.digit.connect(self._type)
        self.pad.backspace.connect(self._erase)
        side.addWidget(self._label)
        side.addWidget(self._sum)
        side.addWidget(self.pad, 1)
        return side

    def _choose(self, key: str) -> None:
        self._chosen, self._fresh = key, True
        self._show()

    def _type(self, keys: str) -> None:
        start = self._entries[self._chosen].clear() if self._fresh else self._entries[self._chosen]
        self._entries[self._chosen], self._fresh = start.press(keys), False
        self._tell()

    def _erase(self) -> None:
        self._entries[self._chosen], self._fresh = self._entries[self._chosen].erase(), False
        self._tell()

    def _step(self, key: str, by: int) -> None:
        self._set(key, min(max(0, self._entries[key].number + by), 10**_MOST_DIGITS - 1))
        self._choose(key)
        self._tell()

    def _set(self, key: str, count: int) -> None:
        self._entries[key] = DigitEntry(str(count) if count else "", _MOST_DIGITS)

    def _tell(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        words = self._language.catalogue
        for key, cell in self._cells.items():
            of, count = self._denominations[key], self._entries[key].number
            sub = words.money(Money(of.cents * count, self._currency))
            cell.face.set_words(of.text, f"× {count} = {sub}" if count else "× 0")
            cell.face.set_chosen(key == self._chosen)
            cell.less.setEnabled(count > 0)
        self._sum.set_text(words.money(self.total))
