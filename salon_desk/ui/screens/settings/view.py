"""The settings screen: a group of choices for each question, and the ways to devices and shift.

What is shown comes from the view model; the presenter keeps what is tapped.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.i18n import ClockFormat
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.settings.choices import ReceiptLanguage
from salon_desk.ui.screens.settings.presenter import SettingsPresenter
from salon_desk.ui.screens.settings.view_model import Choice, Group, groups
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, ThemeName
from salon_desk.ui.view_values import Heading
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.flow_layout import GridLayout
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words, panel

_LEAST_CHOICE = 190
_MOST_COLUMNS = 4
_MOST_WAYS = 6
_LEAST_CARD = 560
_MOST_CARDS = 2


class GroupCard(QWidget):
    """One question with its choices. Signal: `tapped(group, choice)`; `buttons` is there for tests."""

    tapped = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._key = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = panel("card")
        outer.addWidget(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(Size.GAP)
        self._title, self._hint = Words("", Role.NAME), Words("", Role.MUTED)
        grid = GridLayout(least=_LEAST_CHOICE, columns=_MOST_COLUMNS)
        self.buttons: ButtonPool[Choice, ChoiceButton] = ButtonPool(
            grid, _button, _show, lambda key: self.tapped.emit(self._key, key)
        )
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addLayout(grid)
        column.addStretch(1)

    def show_group(self, group: Group) -> None:
        """Write the question and mark what is in use."""
        self._key = group.key
        self._title.setText(group.title)
        self._hint.setText(group.hint)
        self._hint.setVisible(bool(group.hint))
        self.buttons.show(group.choices, group.chosen)


class SettingsScreen(Screen):
    """`cards` by the group's key and the buttons that lead elsewhere are there for tests."""

    def __init__(self, host: ScreenHost, presenter: SettingsPresenter) -> None:
        super().__init__(host)
        self._presenter = presenter
        self.cards: dict[str, GroupCard] = {}
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        self._column.setSpacing(Size.GAP + 4)
        ways = QWidget()
        grid = GridLayout(least=_LEAST_CHOICE, columns=_MOST_WAYS)
        ways.setLayout(grid)
        self.devices = ActionButton("", Kind.SECONDARY, icon=Icon.PRINTER, height=Size.TOUCH_BIG)
        self.shift = ActionButton("", Kind.SECONDARY, icon=Icon.SHIFT, height=Size.TOUCH_BIG)
        self.tiers = ActionButton("", Kind.SECONDARY, icon=Icon.MEMBERS, height=Size.TOUCH_BIG)
        self.promotions = ActionButton("", Kind.SECONDARY, icon=Icon.NOTE, height=Size.TOUCH_BIG)
        self.shop_rules = ActionButton("", Kind.SECONDARY, icon=Icon.NOTE, height=Size.TOUCH_BIG)
        self.savings_plans = ActionButton("", Kind.SECONDARY, icon=Icon.CARDS, height=Size.TOUCH_BIG)
        self.importing = ActionButton("", Kind.SECONDARY, icon=Icon.PLUS, height=Size.TOUCH_BIG)
        for button in (
            self.devices,
            self.shift,
            self.shop_rules,
            self.tiers,
            self.promotions,
            self.savings_plans,
            self.importing,
        ):
            grid.addWidget(button)
        questions = QWidget()
        self._questions = GridLayout(least=_LEAST_CARD, columns=_MOST_CARDS)
        questions.setLayout(self._questions)
        self._column.addWidget(ways)
        self._column.addWidget(questions)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollColumn(content))
        self.devices.clicked.connect(presenter.ways.devices)
        self.shift.clicked.connect(presenter.ways.shift)
        self.tiers.clicked.connect(presenter.ways.tiers)
        self.promotions.clicked.connect(presenter.ways.promotions)
        self.shop_rules.clicked.connect(presenter.ways.shop_rules)
        self.savings_plans.clicked.connect(presenter.ways.savings_plans)
        self.importing.clicked.connect(presenter.ways.importing)
        presenter.changed = self._show

    @override
    def heading(self) -> Heading:
        return Heading(self.words.catalogue.text("Settings of this till"))

    @override
    def shown(self) -> None:
        self._presenter.begin()

    @override
    def retranslate(self) -> None:
        self._show()

    def _tapped(self, group: str, key: str) -> None:
        presenter = self._presenter
        match group:
            case "language":
                presenter.use_language(key)
            case "theme":
                presenter.use_theme(ThemeName(key))
            case "clock":
                presenter.use_clock(ClockFormat(key))
            case _:
                presenter.use_receipt(ReceiptLanguage(key))

    def _show(self) -> None:
        words = self.words.catalogue
        self.devices.set_text(words.text("Devices"))
        self.shift.set_text(words.text("Shift and drawer"))
        self.tiers.set_text(words.text("Tiers of members"))
        self.promotions.set_text(words.text("Promotions"))
        self.shop_rules.set_text(words.text("Rules of the shop"))
        self.savings_plans.set_text(words.text("Savings plans"))
        self.importing.set_text(words.text("From the old system"))
        for group in groups(self._presenter.state, self.words.code, words):
            self._card(group.key).show_group(group)

    def _card(self, key: str) -> GroupCard:
        if key not in self.cards:
            card = GroupCard()
            card.tapped.connect(self._tapped)
            self.cards[key] = card
            self._questions.addWidget(card)
        return self.cards[key]


def _button() -> ChoiceButton:
    return ChoiceButton(height=Size.TOUCH_BIG)


def _show(button: ChoiceButton, choice: Choice) -> None:
    button.set_key(choice.key)
    button.set_words(choice.title, choice.detail)
