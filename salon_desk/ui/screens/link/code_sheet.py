"""A sheet that asks for a code for a further till, and shows it large until it was written down.

Head office makes the code; how long it is good comes with it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from salon_desk.i18n import Catalogue
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Role, Words

_WIDTH = 640


class CodeSheet(Sheet):
    """Signal: `wanted(str)` with the till's name. `name`, `code`, `go` and `cancel` are there for tests."""

    wanted = Signal(str)

    def __init__(self, words: Catalogue) -> None:
        super().__init__("", width=_WIDTH)
        self._what = Words("", Role.MUTED)
        self.name = FormField()
        self.code, self._until = Words("", Role.DUE, tone=Tone.BRAND, wrap=False), Words("", Role.STRONG)
        self.code.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for part in (self._what, self.name, self.code, self._until):
            self.body.addWidget(part)
        self.cancel = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        self.go = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_PAY)
        self.add_button(self.cancel)
        self.add_button(self.go)
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._go)
        self.name.submitted.connect(self._go)
        self.name.typed.connect(lambda text: self.go.setEnabled(bool(text)))
        self.go.setEnabled(False)
        self.show_code("", "", words, asking=False)

    def show_code(self, code: str, until: str, words: Catalogue, *, asking: bool) -> None:
        """Ask for the name while there is no code, then show the code."""
        there = bool(code)
        self.set_title(words.text("Code for a further till"))
        self._what.setText(
            words.text(
                "Type it at the new till. Head office then shows its fingerprint, and the owner confirms it."
            )
            if there
            else words.text("How shall the new till be called? Such as Counter 3.")
        )
        self.name.set_label(words.text("Name of the new till"))
        self.name.setVisible(not there)
        self.code.setText(code)
        self.code.setVisible(there)
        self._until.setText(until)
        self._until.setVisible(there)
        self.cancel.set_text(words.text("Done") if there else words.text("Cancel"))
        self.go.set_text(words.text("Asking head office") if asking else words.text("Make the code"))
        self.go.setVisible(not there)
        self.go.setEnabled(bool(self.name.text) and not asking)

    def _go(self) -> None:
        if self.name.text and self.go.isEnabled():
            self.wanted.emit(self.name.text)
