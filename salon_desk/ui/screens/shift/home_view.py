"""The shift as it stands: what is known of it, what can be done, and the button that closes it.

What is expected in the drawer does not stand here. What is shown comes ready from the view model.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.ui.screens.shift.view_model import HomeModel
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.flow_layout import GridLayout
from salon_desk.ui.widgets.words import Role, Words, panel

_WIDEST, _TALLEST = 1180, 720
_ACT_HEIGHT = 88
_ACT_WIDTH = 240
_FACT_WIDTH = 150
_FACTS = 5


class _Fact(QWidget):
    """A name with its value below."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Size.GAP, 0, 0)
        column.setSpacing(2)
        self._name, self._value = Words("", Role.SMALL), Words("", Role.STRONG)
        column.addWidget(self._name)
        column.addWidget(self._value)

    def set_words(self, name: str, value: str) -> None:
        """Write both."""
        self._name.setText(name)
        self._value.setText(value)


class ShiftHomeView(QWidget):
    """Signals: `act(key)` with a movement, "tips" or "x"; `close_wanted()`."""

    act = Signal(str)
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        body = QWidget()
        body.setMaximumSize(_WIDEST, _TALLEST)
        outer.addWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.PAD)
        card = panel("card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(24, 20, 24, 20)
        self._title, self._hint = Words("", Role.TITLE), Words("", Role.MUTED)
        inner.addWidget(self._title)
        inner.addWidget(self._hint)
        facts = QWidget()
        grid = GridLayout(facts, least=_FACT_WIDTH, columns=_FACTS)
        self._facts = [_Fact() for _ in range(_FACTS)]
        for fact in self._facts:
            grid.addWidget(fact)
        _as_high_as_wide(facts)
        inner.addWidget(facts)
        column.addWidget(card)
        acts = QWidget()
        _as_high_as_wide(acts)
        self._grid = GridLayout(acts, least=_ACT_WIDTH, columns=3)
        self.acts: dict[str, ChoiceButton] = {}
        column.addWidget(acts)
        column.addStretch(1)
        self.close_button = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_BIG)
        self.close_button.clicked.connect(self.close_wanted.emit)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button, 1)
        column.addLayout(foot)

    def show_home(self, model: HomeModel) -> None:
        """Write the shift."""
        self._title.setText(model.title)
        self._hint.setText(model.hint)
        self._hint.setVisible(bool(model.hint))
        for at, fact in enumerate(self._facts):
            fact.setVisible(at < len(model.facts))
            if at < len(model.facts):
                fact.set_words(*model.facts[at])
        for key, title, detail in model.acts:
            if key not in self.acts:
                button = ChoiceButton(key=key, height=_ACT_HEIGHT)
                button.tapped.connect(self.act)
                self.acts[key] = button
                self._grid.addWidget(button)
            self.acts[key].set_words(title, detail)
        for button in self.acts.values():
            button.setVisible(model.trading)
        self.close_button.set_text(model.close)


def _as_high_as_wide(widget: QWidget) -> None:
    """Let a widget with a grid be as high as its rows are at this width."""
    policy = widget.sizePolicy()
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
