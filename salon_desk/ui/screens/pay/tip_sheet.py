"""The sheet that says whose the tip is: everybody who served, then everybody else, each with an amount.

Nothing is split here: it begins with what the services reckoned, and what the cashier types stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.domain.money import Money
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.counter.plan_rows import EntryFieldButton
from salon_desk.ui.counter.tender_faces import EntryField
from salon_desk.ui.digit_entry import DigitEntry
from salon_desk.ui.language import Language
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind, primary
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.flow_layout import GridLayout
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.number_pad import NumberPad
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import AmountRow, Role, Words

_WIDTH = 820
_LEAST_FIELD = 150


class TipSheet(Sheet):
    """Signal: `given(object)` with ((staff, Money), …) after it has closed."""

    given = Signal(object)

    def __init__(
        self,
        language: Language,
        people: Sequence[StaffMember],
        tips: Mapping[str, Money],
        *,
        currency: str,
        parent: QWidget | None = None,
    ) -> None:
        words = language.catalogue
        super().__init__(words.text("Whose tip is it"), width=_WIDTH, parent=parent)
        self._words, self._code, self._currency = words, language.code, currency
        served = [one for one in people if one.staff in tips]
        self._people = (*served, *(one for one in people if one.staff not in tips))
        self._typed = {who: DigitEntry(str(amount.cents)) for who, amount in tips.items()}
        self._focus = self._people[0].staff if self._people else ""
        self._fresh = True
        self._lay_out(language)
        self._show()

    def field(self, staff: str) -> EntryFieldButton | None:
        """The field of a technician."""
        return self._pool.button(staff)

    def _lay_out(self, language: Language) -> None:
        words = self._words
        row = QHBoxLayout()
        row.setSpacing(Size.PAD * 2)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Words(words.text("Tap a name and type the amount."), Role.MUTED))
        grid = GridLayout(least=_LEAST_FIELD, columns=2, gap=Size.GAP)
        column.addLayout(grid)
        column.addStretch(1)
        self._pool: ButtonPool[EntryField, EntryFieldButton] = ButtonPool(
            grid, EntryFieldButton, EntryFieldButton.set_field, self._choose
        )
        left = QVBoxLayout()
        left.addWidget(ScrollColumn(content), 1)
        self._sum = AmountRow(strong=True)
        left.addWidget(self._sum)
        self.pad = NumberPad(language)
        self.pad.setMinimumHeight(300)
        row.addLayout(left, 1)
        row.addWidget(self.pad, 1)
        self.body.addLayout(row)
        cancel = ActionButton(words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        self.save = primary(words.text("Save the tips"), height=Size.TOUCH_PAY)
        self.add_button(cancel)
        self.add_button(self.save)
        cancel.clicked.connect(self.dismiss)
        self.save.clicked.connect(self._give)
        self.pad.digit.connect(lambda keys: self._type(lambda entry: entry.press(keys)))
        self.pad.backspace.connect(lambda: self._type(DigitEntry.erase))
        self.setFocusProxy(self.pad)

    def _choose(self, staff: str) -> None:
        self._focus, self._fresh = staff, True
        self._show()

    def _type(self, change: Callable[[DigitEntry], DigitEntry]) -> None:
        entry = DigitEntry() if self._fresh else self._typed.get(self._focus, DigitEntry())
        self._typed[self._focus] = change(entry)
        self._fresh = False
        self._show()

    def _show(self) -> None:
        fields = [
            EntryField(
                one.staff,
                one.called(self._code),
                self._words.money(self._amount(one.staff)),
                one.staff == self._focus,
            )
            for one in self._people
        ]
        self._pool.show(fields, self._focus)
        whole = Money.zero(self._currency)
        for one in self._people:
            whole = whole + self._amount(one.staff)
        self._sum.set_words(self._words.text("Tip in all"), self._words.money(whole))

    def _amount(self, staff: str) -> Money:
        return self._typed.get(staff, DigitEntry()).money(self._currency)

    def _give(self) -> None:
        split = tuple((one.staff, self._amount(one.staff)) for one in self._people)
        self.closed.emit()
        self.given.emit(split)
