"""The form of another device for a role: its address and name, what it speaks, and what was found to tap on.

What is found comes ready from the view model; taps go to the presenter.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salon_desk.i18n import Catalogue
from salon_desk.ui.screens.devices.choosing_model import ChoosingModel
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.view_values import ListRow
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.words import Role, Words


class ChoosingPage(QWidget):
    """Signals: `saved(address, name)`, `left()`, `looked(bool)` with whether also on the network, `picked(str)`,
    `driver_tapped(str)`, `typing()`."""

    saved = Signal(str, str)
    left = Signal()
    looked = Signal(bool)
    picked = Signal(str)
    driver_tapped = Signal(str)
    typing = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        self._rows: tuple[ListRow, ...] = ()
        self._title, self._told = Words("", Role.TITLE), Words("", Role.MUTED)
        self.found = KineticList()
        self.drivers = CategoryPills()
        policy = self.drivers.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.drivers.setSizePolicy(policy)
        self._refusal = Words("", Role.STRONG, tone=Tone.DANGER)
        column.addWidget(self._title)
        column.addLayout(self._make_search())
        column.addWidget(self.found, 1)
        column.addLayout(self._make_fields())
        column.addWidget(self.drivers)
        column.addWidget(self._refusal)
        column.addLayout(self._make_acts())
        self.found.tapped.connect(self.picked)
        self.drivers.tapped.connect(self.driver_tapped)

    def begin(self, address: str, name: str) -> None:
        """Put these into the fields."""
        self.address.set_text(address)
        self.called.set_text(name)

    def show_form(self, model: ChoosingModel, words: Catalogue) -> None:
        """Write everything but what is typed."""
        self._title.setText(model.title)
        self._told.setText(model.told)
        if model.found != self._rows:
            self._rows = model.found
            self.found.set_rows(model.found, keep_place=True)
        self.found.setAccessibleName(words.text("Devices that were found"))
        self.address.set_label(words.text("Address"), model.example)
        self.called.set_label(words.text("What people call it"), words.text("for example: front desk"))
        self.drivers.setVisible(bool(model.drivers))
        self.drivers.set_categories(model.drivers, model.driver)
        self._refusal.setText(model.refusal)
        self._refusal.setVisible(bool(model.refusal))
        self.look.set_text(model.look)
        self.network.set_text(model.network)
        self.network.setVisible(bool(model.network))
        self.leave.set_text(words.text("Cancel"))
        self.save.set_text(words.text("Use this device"))
        self.save.setEnabled(model.can_save)

    def _make_search(self) -> QHBoxLayout:
        self.look: ActionButton = ActionButton("", Kind.SECONDARY)
        self.network: ActionButton = ActionButton("", Kind.SECONDARY)
        self.look.clicked.connect(lambda: self.looked.emit(False))
        self.network.clicked.connect(lambda: self.looked.emit(True))
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        row.addWidget(self._told, 1)
        row.addWidget(self.network)
        row.addWidget(self.look)
        return row

    def _make_fields(self) -> QHBoxLayout:
        self.address, self.called = FormField(), FormField()
        for field in (self.address, self.called):
            field.typed.connect(lambda _text: self.typing.emit())
        row = QHBoxLayout()
        row.setSpacing(Size.PAD)
        row.addWidget(self.address, 3)
        row.addWidget(self.called, 2)
        return row

    def _make_acts(self) -> QHBoxLayout:
        self.leave: ActionButton = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        self.save: ActionButton = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_PAY)
        self.leave.clicked.connect(self.left.emit)
        self.save.clicked.connect(lambda: self.saved.emit(self.address.text, self.called.text))
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        row.addWidget(self.leave, 1)
        row.addWidget(self.save, 2)
        return row
