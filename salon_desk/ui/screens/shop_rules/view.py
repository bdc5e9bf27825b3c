"""The screen of the shop's rules: one form in two columns, the next planned change and Save at its foot.

What is shown comes from the view model, what happens is the presenter's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.ui.behind import ScreenBehind
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.shop_rules.form import TypedRules
from salon_desk.ui.screens.shop_rules.presenter import ShopRulesPresenter
from salon_desk.ui.screens.shop_rules.view_model import rules_model
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.view_values import Alert
from salon_desk.ui.widgets.action_button import primary, secondary
from salon_desk.ui.widgets.form_rows import FormRows, RowNames
from salon_desk.ui.widgets.words import Role, Words

_COLUMNS = (
    (
        *("limit", "lent", "family", "tips", "rounding"),
        *("logo", "footer_en", "footer_zh"),
    ),
    (
        *("rate", "into", "convert_at", "bonus", "offers", "offers_a_day", "sms_price"),
        *("policy_en", "policy_zh", "starts"),
    ),
)
_NUMBERS = frozenset(("limit", "lent", "rate", "convert_at", "bonus", "offers", "offers_a_day", "sms_price"))


class ShopRulesScreen(ScreenBehind):
    """`rows`, `take_back` and `save` are there for tests."""

    title = N_("Rules of the shop")
    rail_key = "settings"

    def __init__(
        self, host: ScreenHost, presenter: ShopRulesPresenter, *, back_to: Callable[[], None]
    ) -> None:
        super().__init__(host, back_to)
        self.presenter = presenter
        self.rows = FormRows(RowNames(_COLUMNS, {one.name for one in fields(TypedRules)}, _NUMBERS))
        self.take_back, self.save = secondary(height=Size.TOUCH_BIG), primary(height=Size.TOUCH_BIG)
        self._planned, self._refusal = Words("", Role.STRONG), Words("", Role.STRONG, tone=Tone.DANGER)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.PAD)
        column.addWidget(self.rows, 1)
        column.addWidget(self._planned)
        column.addWidget(self._refusal)
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP + 4)
        foot.addWidget(self.take_back, 1)
        foot.addWidget(self.save, 1)
        column.addLayout(foot)
        self._connect()

    @override
    def shown(self) -> None:
        self.presenter.begin()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.changed = self.show_all
        presenter.opened = lambda: self.rows.begin(asdict(presenter.state.start))
        presenter.saved = lambda: self.host.notify(Alert.GOOD, self.words.catalogue.text("Written down."))
        self.rows.tapped.connect(presenter.tap)
        self.rows.typing.connect(presenter.typing)
        self.save.clicked.connect(lambda: presenter.save(TypedRules(**self.rows.texts)))
        self.take_back.clicked.connect(presenter.take_back)

    @override
    def show_all(self) -> None:
        model = rules_model(self.presenter.state, self.words.catalogue)
        for name, group in model.groups.items():
            self.rows.show_group(name, group)
        for name, said in model.fields.items():
            self.rows.name_field(name, said.label, said.hint, said.told)
            self.rows.show_field(name, name not in model.hidden)
        for label, text in ((self._planned, model.planned), (self._refusal, model.refusal)):
            label.setText(text)
            label.setVisible(bool(text))
        self.take_back.set_text(model.take_back)
        self.take_back.setVisible(bool(model.take_back))
        self.save.set_text(model.save)
        for button in (self.take_back, self.save):
            button.setEnabled(not model.saving)
