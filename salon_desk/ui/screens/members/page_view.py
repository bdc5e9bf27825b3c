"""One member's page: name, allergy band, tags, the three figures, what can be done, and below it one band at a time.

What is shown comes ready from the view model; taps go to the presenter.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salon_desk.i18n import N_
from salon_desk.ui.language import Language
from salon_desk.ui.screens.members.allergy_band import AllergyBand
from salon_desk.ui.screens.members.view_model import PageModel
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.balance_panel import BalancePanel
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.words import Role, Words, panel

_ACTS = {
    "ticket": (N_("Open a ticket"), Kind.PRIMARY),
    "top_up": (N_("Top up"), Kind.SECONDARY),
    "card": (N_("Give a card"), Kind.SECONDARY),
    "pin": (N_("PIN"), Kind.PLAIN),
    "edit": (N_("Edit"), Kind.PLAIN),
}


class MemberPageView(QWidget):
    """Signals: `act(str)` with "ticket", "top_up", "card", "pin", "edit" or "band"; `band_tapped(key)`, `row_tapped(key)`."""

    act = Signal(str)
    band_tapped = Signal(str)
    row_tapped = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._shown: tuple[str, str] = ("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        self._name, self._detail = Words("", Role.TITLE), Words("", Role.MUTED)
        self.allergy = AllergyBand()
        self.balance = BalancePanel(language)
        for part in (self._name, self._detail, self.allergy, self.balance):
            column.addWidget(part)
        column.addLayout(self._make_acts())
        self.bands = CategoryPills()
        policy = self.bands.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.bands.setSizePolicy(policy)
        self.bands.tapped.connect(self.band_tapped)
        column.addWidget(self.bands)
        column.addWidget(self._make_band(), 1)

    def show_page(self, model: PageModel) -> None:
        """Write a member's page."""
        words = self._language.catalogue
        self._name.setText(model.name)
        self._detail.setText(model.detail)
        self.allergy.set_text(model.allergies)
        self.balance.setVisible(model.balance is not None)
        if model.balance is not None:
            self.balance.set_balance(model.balance)
        for key, button in self.acts.items():
            button.set_text(words.text(_ACTS[key][0]))
        self.acts["top_up"].setVisible(model.has_card)
        self.bands.set_categories(model.bands, model.band)
        self._label.setText(model.content.label)
        self.text.setText(model.content.text)
        self.text.setVisible(bool(model.content.text))
        place = (model.member, model.band)
        self.rows.set_rows(model.content.rows, keep_place=place == self._shown)
        self._shown = place
        self.band_act.set_text(model.content.act)
        self.band_act.setVisible(bool(model.content.act))

    def _make_acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        self.acts: dict[str, ActionButton] = {}
        for key, (_msgid, kind) in _ACTS.items():
            button = ActionButton("", kind, height=Size.TOUCH_PAY)
            button.clicked.connect(lambda _=False, k=key: self.act.emit(k))
            self.acts[key] = button
            row.addWidget(button, 1)
        return row

    def _make_band(self) -> QWidget:
        box = panel("outlined")
        column = QVBoxLayout(box)
        column.setContentsMargins(Size.PAD, Size.GAP + 4, Size.GAP, Size.GAP)
        column.setSpacing(2)
        self._label, self.text, self.rows = Words("", Role.MUTED), Words("", Role.BODY), KineticList()
        self.band_act = ActionButton("", Kind.SECONDARY)
        column.addWidget(self._label)
        column.addWidget(self.text)
        column.addWidget(self.rows, 1)
        column.addWidget(self.band_act)
        self.rows.tapped.connect(self.row_tapped)
        self.band_act.clicked.connect(lambda: self.act.emit("band"))
        return box
