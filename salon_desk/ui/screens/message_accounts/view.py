"""The screen of the accounts by which messages are sent: the channel above, its form, what the provider said, and three buttons.

What is shown comes from the view model, what happens is the presenter's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout
from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.ui.behind import ScreenBehind
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.message_accounts.form import FIELDS, SECRET_FIELDS
from salon_desk.ui.screens.message_accounts.presenter import MessageAccountsPresenter
from salon_desk.ui.screens.message_accounts.view_model import accounts_model
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Alert, Question
from salon_desk.ui.widgets.action_button import primary, secondary
from salon_desk.ui.widgets.form_rows import FormRows, RowNames
from salon_desk.ui.widgets.words import Role, Words

_COLUMNS = (
    ("channel", "account", "sms_sender", "token", "host", "port", "security", "user", "password", "appid"),
    (
        "key",
        "key_secret",
        "per_second",
        "mail_sender",
        "sender_name",
        "reply_to",
        "unsubscribe",
        "app_secret",
    ),
)
_NUMBERS = frozenset(("port", "per_second"))


class MessageAccountsScreen(ScreenBehind):
    """`rows`, `save`, `test` and `forget` are there for tests."""

    title = N_("Accounts for messages")
    rail_key = "reminders"

    def __init__(
        self, host: ScreenHost, presenter: MessageAccountsPresenter, *, back_to: Callable[[], None]
    ) -> None:
        super().__init__(host, back_to)
        self.presenter = presenter
        names = {name for fields in FIELDS.values() for name in fields}
        self.rows = FormRows(RowNames(_COLUMNS, names, _NUMBERS))
        for name in SECRET_FIELDS:
            self.rows.fields[name].field.setEchoMode(QLineEdit.EchoMode.Password)
        self.forget, self.test, self.save = secondary(), secondary(), primary()
        self._elsewhere, self._standing = Words("", Role.STRONG), Words("", Role.STRONG)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.PAD)
        column.addWidget(self._elsewhere)
        column.addWidget(self.rows, 1)
        column.addWidget(self._standing)
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP + 4)
        for button in (self.forget, self.test, self.save):
            foot.addWidget(button, 1)
        column.addLayout(foot)
        column.addStretch(0)
        self._connect()

    @override
    def shown(self) -> None:
        self.presenter.begin()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.changed = self.show_all
        presenter.opened = lambda: self.rows.begin(presenter.typed)
        presenter.saved = lambda: self.host.notify(Alert.GOOD, self.words.catalogue.text("Written down."))
        self.rows.tapped.connect(presenter.tap)
        self.rows.typing.connect(presenter.typing)
        self.save.clicked.connect(lambda: presenter.save(self.rows.texts))
        self.test.clicked.connect(presenter.test)
        self.forget.clicked.connect(self._ask_to_forget)

    def _ask_to_forget(self) -> None:
        words = self.words.catalogue
        question = Question(
            words.text("Use this account no more?"),
            words.text(
                "Its secret is deleted here. Messages that wait for this way go another way or not at all."
            ),
            words.text("Use it no more"),
            words.text("Keep it"),
        )
        self.host.ask(question, lambda sure: self.presenter.forget() if sure else None)

    @override
    def show_all(self) -> None:
        model = accounts_model(self.presenter.state, self.words.catalogue)
        self._elsewhere.setText(model.elsewhere)
        self._elsewhere.setVisible(bool(model.elsewhere))
        self.rows.setVisible(not model.elsewhere)
        for name, group in model.groups.items():
            self.rows.show_group(name, group)
        for name, said in model.fields.items():
            self.rows.name_field(name, said.label, said.hint, said.told)
            self.rows.show_field(name, name in model.shown)
        self._standing.setText(model.standing)
        self._standing.set_tone(model.standing_tone)
        self._standing.setVisible(bool(model.standing))
        for button, text in ((self.forget, model.forget), (self.test, model.test), (self.save, model.save)):
            button.set_text(text)
            button.setVisible(bool(text) and not model.elsewhere)
            button.setEnabled(not model.busy)
