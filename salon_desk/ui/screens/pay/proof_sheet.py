"""The sheet that asks who spends: what is taken and the ways to prove it left; PIN pad, signature or manager right.

It is turned to the guest, so no balance stands on it. The presenter decides; signals say what was tapped.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from salon_desk.domain.signature import pack
from salon_desk.ui.language import Language
from salon_desk.ui.screens.pay.proof_model import ProofModel, WayFace, proof_model
from salon_desk.ui.screens.pay.proving import SpenderProof
from salon_desk.ui.screens.pay.state import Proving
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone, Type
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.pin_pad import PinPad
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.signature_pad import SignaturePad
from salon_desk.ui.widgets.words import Figure, Role, Words

_WIDTH = 860
_PAD_HEIGHT = 430


class ProofSheet(Sheet):
    """Shows a `Proving`. Signals: what was chosen, typed, signed; `acted()` for the one button of a page without either."""

    chosen = Signal(str)
    typed = Signal(str)
    typing = Signal()
    signed = Signal(str)
    pin_wanted = Signal()
    manager_wanted = Signal()
    code_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__("", width=_WIDTH, parent=parent)
        self._language, self._page = language, ""
        row = QHBoxLayout()
        row.setSpacing(Size.PAD * 2)
        row.addLayout(self._left(), 1)
        row.addWidget(self._right(), 1)
        self.body.addLayout(row)
        self.cancel = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        self.cancel.clicked.connect(self.dismiss)
        self.add_button(self.cancel)

    def set_proving(self, proving: Proving) -> None:
        """Show how it stands."""
        model = proof_model(proving, self._language.catalogue)
        self.set_title(model.title)
        for label, text in ((self._who, model.who), (self._what, model.what), (self._hint, model.hint)):
            label.setText(text)
            label.setVisible(bool(text))
        self._amount.set_text(model.amount)
        self.cancel.set_text(self._language.catalogue.text("Cancel"))
        self.ways.show(model.ways, next((one.key for one in model.ways if one.chosen), None))
        self._page_title.setText(model.page_title)
        self._show_page(model)
        self._stack.setEnabled(not proving.checking)

    def _show_page(self, model: ProofModel) -> None:
        if model.page == "pin":
            self._stack.setCurrentWidget(self.pad)
            if model.refusal:
                self.pad.refuse(model.refusal)
            self.pad.setFocus()
        elif model.page == "signature":
            self._stack.setCurrentWidget(self._signing)
            self._told.setText(model.refusal)
            self.done.set_text(model.action)
            if model.refusal:
                self.signature.clear()
        else:
            self._stack.setCurrentWidget(self.empty)
            hint = model.refusal or model.page_hint
            self.empty.set_words(model.page_title, hint, model.action)
        self._page_title.setVisible(model.page in ("pin", "signature"))
        self._page = model.page

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Size.GAP)
        self._who, self._what = Words("", Role.NAME), Words("", Role.MUTED)
        self._amount = Figure("", size=Type.FIGURE, align=Qt.AlignmentFlag.AlignLeft)
        self._hint = Words("", Role.MUTED)
        for part in (self._who, self._amount, self._what, self._hint):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            column.addWidget(part)
        column.addStretch(1)
        ways = QVBoxLayout()
        ways.setSpacing(Size.GAP)
        column.addLayout(ways)
        self.ways: ButtonPool[WayFace, _WayButton] = ButtonPool(
            ways, _WayButton, _WayButton.set_face, self.chosen.emit
        )
        return column

    def _right(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        self._page_title = Words("", Role.STRONG)
        self._page_title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._page_title)
        self._stack = QStackedWidget()
        self.pad = PinPad(self._language)
        self.pad.completed.connect(self.typed.emit)
        self.pad.pad.digit.connect(lambda _digit: self.typing.emit())
        self.empty = EmptyState(Icon.LOCK)
        self.empty.acted.connect(self._act)
        self._signing = self._signature_page()
        for page in (self.pad, self._signing, self.empty):
            self._stack.addWidget(page)
        self._stack.setFixedHeight(_PAD_HEIGHT)
        column.addWidget(self._stack)
        return whole

    def _signature_page(self) -> QWidget:
        words = self._language.catalogue
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self.signature = SignaturePad()
        self.signature.setAccessibleName(words.text("Please sign here"))
        self._told = Words("", Role.STRONG, tone=Tone.DANGER)
        column.addWidget(self.signature, 1)
        column.addWidget(self._told)
        row = QHBoxLayout()
        self.again = ActionButton(words.text("Clear"), Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.done = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_PAY)
        self.again.clicked.connect(self.signature.clear)
        self.done.clicked.connect(lambda: self.signed.emit(pack(self.signature.strokes)))
        self.signature.changed.connect(self._drawn)
        self._drawn()
        row.addWidget(self.again, 1)
        row.addWidget(self.done, 2)
        column.addLayout(row)
        return page

    def _drawn(self) -> None:
        drawn = bool(self.signature.strokes)
        self.again.setEnabled(drawn)
        self.done.setEnabled(drawn)

    def _act(self) -> None:
        if self._page == "no_pin":
            self.pin_wanted.emit()
        elif self._page == "code":
            self.code_wanted.emit()
        else:
            self.manager_wanted.emit()


class _WayButton(ChoiceButton):
    """A way to prove it."""

    def set_face(self, face: WayFace) -> None:
        """Show another way."""
        self.set_key(face.key)
        self.set_words(face.title, face.detail)
        self.setEnabled(face.enabled)


def connect(sheet: ProofSheet, proving: SpenderProof) -> None:
    """Let what is tapped on the sheet do what it says."""
    sheet.chosen.connect(proving.choose)
    sheet.typed.connect(proving.give_pin)
    sheet.typing.connect(proving.typing)
    sheet.signed.connect(proving.sign)
    sheet.pin_wanted.connect(proving.begin_pin)
    sheet.manager_wanted.connect(proving.vouch)
    sheet.code_wanted.connect(proving.send_code)
