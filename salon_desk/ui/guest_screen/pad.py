"""The pad on which a guest types a tip of their own: the amount, the digits, back and confirm. UI thread only.

What the digits mean is the presenter's.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.ui.guest_screen.parts import Said
from salon_desk.ui.guest_screen.presenter import GuestPresenter
from salon_desk.ui.guest_screen.view_model import PadFace
from salon_desk.ui.language import Language
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.widgets.action_button import plain, primary
from salon_desk.ui.widgets.number_pad import NumberPad


class TipPad(QWidget):
    """Shows a `PadFace`."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.title, self.typed = Said(Type.TITLE, muted=True), Said(Type.DUE, bold=True, figure=True)
        self.pad = NumberPad(language)
        self.cancel, self.confirm = plain(height=Size.TOUCH_BIG), primary(height=Size.TOUCH_BIG)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        column.addWidget(self.title)
        column.addWidget(self.typed)
        column.addWidget(self.pad, 1)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        row.addWidget(self.cancel, 1)
        row.addWidget(self.confirm, 2)
        column.addLayout(row)

    def connect_to(self, presenter: GuestPresenter) -> None:
        """Tell the taps to this presenter."""
        self.pad.digit.connect(presenter.press)
        self.pad.backspace.connect(presenter.erase)
        self.cancel.clicked.connect(presenter.cancel)
        self.confirm.clicked.connect(presenter.confirm)

    def say(self, face: PadFace) -> None:
        """Show what was typed so far."""
        self.title.say(face.title)
        self.typed.say(face.typed)
        self.cancel.set_text(face.cancel)
        self.confirm.set_text(face.confirm)

    def set_scale(self, scale: float) -> None:
        """As large as the screen lets it be."""
        self.title.set_scale(scale)
        self.typed.set_scale(scale)
