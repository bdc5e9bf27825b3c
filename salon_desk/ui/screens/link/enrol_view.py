"""The form that joins a till to a chain: what to do and the address left, the code with its large keys right.

What it says comes ready from `enrol_model`; what is typed goes to the presenter.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.i18n import Catalogue
from salon_desk.ui.counter.flowing import Flowing
from salon_desk.ui.screens.link.code_entry import CodeCells, CodePad
from salon_desk.ui.screens.link.enrol_model import EnrolModel, Field
from salon_desk.ui.screens.link.presenter import LinkPresenter
from salon_desk.ui.screens.link.step_row import StepRow
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words, panel

_WIDEST, _TALLEST = 1320, 760
_STEPS = 3


class EnrolPage(QWidget):
    """`address`, `certificate`, `proxy`, `more`, `cells`, `pad` and `go` are there for tests."""

    def __init__(self, presenter: LinkPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        body = QWidget()
        body.setMaximumSize(_WIDEST, _TALLEST)
        row = QHBoxLayout(body)
        row.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        row.setSpacing(Size.PAD)
        row.addWidget(self._make_form(), 5)
        row.addWidget(self._make_code(), 7)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(body)

    def show_model(self, model: EnrolModel, words: Catalogue) -> None:
        """Write the form."""
        self._title.setText(model.title)
        self._intro.setText(model.intro)
        self._intro.setVisible(bool(model.intro))
        for number, (row, step) in enumerate(zip(self._steps, model.steps, strict=True), 1):
            row.set_step(str(number), step)
        _fill(self.address, model.address, typing=model.typing)
        _fill(self.certificate, model.certificate, typing=model.typing)
        _fill(self.proxy, model.proxy, typing=model.typing)
        self.more.set_text(model.more)
        self.certificate.setVisible(model.more_open)
        self.proxy.setVisible(model.more_open)
        self._code_label.setText(model.code_label)
        spoken = f"{model.code_label}: {' '.join(''.join(model.cells).split())}"
        self.cells.set_cells(model.cells, wrong=bool(model.code_refusal), spoken=spoken)
        self._code_refusal.setText(model.code_refusal)
        self._code_refusal.setVisible(bool(model.code_refusal))
        self.pad.show_words(words, typing=model.typing)
        self.go.set_text(model.go)
        self.go.setEnabled(model.can_go)

    def _make_form(self) -> QWidget:
        card = panel("card")
        around = QVBoxLayout(card)
        around.setContentsMargins(6, 6, 6, 6)
        content = Flowing()
        column = QVBoxLayout(content)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(Size.GAP + 2)
        self._title, self._intro = Words("", Role.FIGURE), Words("", Role.MUTED)
        self._steps = [StepRow() for _ in range(_STEPS)]
        self.address, self.certificate, self.proxy = FormField(), FormField(), FormField()
        self.more = ActionButton("", Kind.PLAIN)
        for part in (self._title, self._intro, *self._steps):
            column.addWidget(part)
        column.addSpacing(Size.GAP)
        for part in (self.address, self.more, self.certificate, self.proxy):
            column.addWidget(part)
        column.addStretch(1)
        around.addWidget(ScrollColumn(content))
        presenter = self._presenter
        self.address.typed.connect(lambda text: presenter.type(address=text))
        self.certificate.typed.connect(lambda text: presenter.type(certificate=text))
        self.proxy.typed.connect(lambda text: presenter.type(proxy=text))
        self.address.submitted.connect(lambda: self.cells.setFocus(Qt.FocusReason.OtherFocusReason))
        self.more.clicked.connect(presenter.show_more)
        return card

    def _make_code(self) -> QWidget:
        card = panel("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(Size.GAP + 2)
        self._code_label = Words("", Role.NAME)
        self._code_refusal = Words("", tone=Tone.DANGER)
        self.cells, self.pad = CodeCells(), CodePad()
        self.go = ActionButton("", Kind.PRIMARY, icon=Icon.CHECK, height=Size.TOUCH_BIG)
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP)
        foot.addWidget(self.pad.erase, 2)
        foot.addWidget(self.go, 6)
        for part in (self._code_label, self.cells, self._code_refusal):
            column.addWidget(part)
        column.addWidget(self.pad, 1)
        column.addLayout(foot)
        presenter = self._presenter
        for source in (self.cells, self.pad):
            source.typed.connect(presenter.press)
            source.erased.connect(presenter.erase)
        self.cells.entered.connect(presenter.enrol)
        self.go.clicked.connect(presenter.enrol)
        return card


def _fill(field: FormField, model: Field, *, typing: bool) -> None:
    field.set_label(model.label, model.hint)
    if field.text != model.text.strip():
        field.set_text(model.text)
    field.refuse(model.refusal)
    field.field.setEnabled(typing)
