"""The right side of paying: what is planned, the number that is wanted, the pad, and the one Complete button.

What any of it means is the presenter's. The pad stands only while a number is wanted; Complete never moves.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.ui.counter.plan_rows import ROW_HEIGHT, EntryFields, PlanRows
from salon_desk.ui.counter.tender_faces import PlanFace
from salon_desk.ui.language import Language
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.view_values import Chip
from salon_desk.ui.widgets.action_button import ActionButton, Kind, primary
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.number_pad import NumberPad
from salon_desk.ui.widgets.pill import ChipLabel
from salon_desk.ui.widgets.words import Role, Words

_NO_LIMIT = 16_777_215
"""Qt's own: as high as there is room."""


class TenderPanel(QFrame):
    """Shows a `PlanFace`.

    Signals: `row_tapped(key)`, `row_removed(key)`, `field_tapped(key)`, `quick_tapped(key)`, `digit(str)`,
    `backspace()`, `reference_typed(str)`, `completed()`.
    """

    row_tapped = Signal(str)
    row_removed = Signal(str)
    field_tapped = Signal(str)
    quick_tapped = Signal(str)
    digit = Signal(str)
    backspace = Signal()
    reference_typed = Signal(str)
    completed = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 14, 18, 16)
        self._column.setSpacing(Size.GAP)
        self._title, self._state = Words("", Role.NAME, wrap=False), ChipLabel(Chip(""))
        self.rows, self.fields = PlanRows(), EntryFields()
        self._problem = Words("", Role.STRONG, tone=Tone.DANGER)
        self.reference = FormField("")
        self.pad = NumberPad(language)
        self.complete = primary(height=Size.TOUCH_BIG)
        self._quick = QWidget()
        quick = QHBoxLayout(self._quick)
        quick.setContentsMargins(0, 0, 0, 0)
        quick.setSpacing(Size.GAP)
        self._quick_pool: ButtonPool[Chip, ActionButton] = ButtonPool(
            quick, _quick_button, _write_quick, self.quick_tapped.emit
        )
        self._lay_out()
        self._connect()

    def set_face(self, face: PlanFace) -> None:
        """Show what is planned now."""
        self._title.setText(face.title)
        self._state.set_chip(face.state)
        self.rows.set_rows(face.rows)
        self._show_chosen(face)
        self.fields.set_fields(face.fields)
        self.fields.setVisible(bool(face.fields))
        self._quick_pool.show(face.quick, None)
        self._quick.setVisible(bool(face.quick))
        self._problem.setText(face.problem)
        self._problem.setVisible(bool(face.problem))
        asked = bool(face.reference) and self.reference.isHidden()
        self.reference.set_label(face.reference)
        self.reference.setVisible(bool(face.reference))
        if face.reference_text != self.reference.field.text():
            self.reference.set_text(face.reference_text)
        appears = face.pad and self.pad.isHidden()
        self.pad.setVisible(face.pad)
        if appears:
            self.pad.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rest.setVisible(bool(face.reference))
        high = len(face.rows) * (ROW_HEIGHT + 4) if face.reference else _NO_LIMIT
        self._scroll.setMaximumHeight(max(high, self._scroll.minimumHeight()))
        if asked:
            self._take_up_reference()
        self.complete.set_text(face.complete)
        self.complete.setEnabled(face.can_complete)

    def quick(self, key: str) -> ActionButton | None:
        """The button of a quick amount."""
        return self._quick_pool.button(key)

    def _show_chosen(self, face: PlanFace) -> None:
        """Scroll to the tender in use, when there are many."""
        row = next((self.rows.row(one.key) for one in face.rows if one.chosen), None)
        if row is not None:
            self._scroll.ensureWidgetVisible(row, 0, 2)

    def _take_up_reference(self) -> None:
        """Laid out before it gets the focus, for the keyboard then makes room for it."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.reference.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Size.GAP)
        head.addWidget(self._title)
        head.addWidget(self._state)
        head.addStretch(1)
        self._column.addLayout(head)
        self._scroll = ScrollColumn(self.rows)
        self._scroll.setMinimumHeight(2 * ROW_HEIGHT + 8)
        self._column.addWidget(self._scroll, 2)
        for part in (self._problem, self.fields, self._quick, self.reference):
            self._column.addWidget(part)
            part.hide()
        self._rest = QWidget()
        self._rest.hide()
        self._column.addWidget(self._rest, 3)
        self._column.addWidget(self.pad, 3)
        self.pad.hide()
        self._column.addWidget(self.complete)

    def _connect(self) -> None:
        self.rows.tapped.connect(self.row_tapped.emit)
        self.rows.removed.connect(self.row_removed.emit)
        self.fields.tapped.connect(self.field_tapped.emit)
        self.pad.digit.connect(self.digit.emit)
        self.pad.backspace.connect(self.backspace.emit)
        self.pad.entered.connect(self.complete.click)
        self.reference.typed.connect(self.reference_typed.emit)
        self.complete.clicked.connect(self.completed.emit)


def _quick_button() -> ActionButton:
    return ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)


def _write_quick(button: ActionButton, chip: Chip) -> None:
    button.set_key(chip.key)
    button.set_text(chip.text)
