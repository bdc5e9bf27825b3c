"""The sheet that a telephone photographs: the code, what to do in two lines of either language, and how it stands.

Nothing is asked and nothing is received here; it is told how it stands by `set_fetch`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.i18n import Catalogue
from salon_desk.ui.error_text import error_text
from salon_desk.ui.language import Language
from salon_desk.ui.screens.pay.state import Fetch
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.code_squares import CodeSquares
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Role, Words, rule

_WIDTH = 880


class FetchSheet(Sheet):
    """Shows a `Fetch`. `closed` when somebody gives it up."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        words = language.catalogue
        super().__init__(words.text("Fetch by phone"), width=_WIDTH, parent=parent)
        self._words = words
        self.code = CodeSquares(words.text("Code for a phone"))
        self.state = Words("", Role.STRONG)
        row = QHBoxLayout()
        row.setSpacing(Size.PAD * 2)
        row.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.setSpacing(Size.GAP)
        for role, catalogue in ((Role.BODY, words), (Role.MUTED, _other(words))):
            for line in _steps(catalogue):
                beside.addWidget(Words(line, role))
            beside.addWidget(rule())
        beside.addWidget(self.state)
        beside.addStretch(1)
        row.addLayout(beside, 1)
        self.body.addLayout(row)
        self.cancel = ActionButton(words.text("Not by phone"), Kind.PLAIN, height=Size.TOUCH_PAY)
        self.cancel.clicked.connect(self.dismiss)
        self.add_button(self.cancel)
        self.set_fetch(Fetch())

    def set_fetch(self, fetch: Fetch) -> None:
        """Show how it stands."""
        words = self._words
        self.code.set_squares(fetch.link.squares if fetch.link is not None else ())
        if fetch.problem is not None:
            self.state.setText(error_text(fetch.problem, words))
        elif fetch.link is not None:
            self.state.setText(words.text("Waiting for the scan"))
        else:
            self.state.setText(words.text("Making the code"))
        self.state.set_tone(Tone.DANGER if fetch.problem is not None else None)


def _steps(words: Catalogue) -> tuple[str, str]:
    """What to do, in two short lines."""
    return (
        words.text("1. Scan this with any phone that has data, and tap the button there."),
        words.text("2. Scan the code on the phone with the till's reader."),
    )


def _other(words: Catalogue) -> Catalogue:
    """The other language: the phone is perhaps the guest's."""
    return Catalogue.load("zh_CN" if words.language == "en" else "en")
