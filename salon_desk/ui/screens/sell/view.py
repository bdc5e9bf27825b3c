"""The screen that sells gift cards and series: what, its words, seller and tenders left; planned tenders and Complete right.

What is shown comes from `view_model`, what happens is the presenter's. UI thread only.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.services.till import Till
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.charging import NO_TERMINAL, ChargeLine
from salon_desk.ui.counter.host_outlet import HostOutlet
from salon_desk.ui.counter.value_sale_model import ValueSaleModel
from salon_desk.ui.counter.value_sale_screen import ValueSaleScreen
from salon_desk.ui.counter.whom_page import WhomPage
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.sell.presenter import SellPresenter
from salon_desk.ui.screens.sell.state import Ware
from salon_desk.ui.screens.sell.view_model import sell_model
from salon_desk.ui.session import Session
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish


class SellScreen(ValueSaleScreen):
    """Bootstrap calls `begin(ware)` before it shows the screen."""

    presenter: SellPresenter

    def __init__(
        self,
        host: ScreenHost,
        till: Till,
        session: Session,
        *,
        on_done: Callable[[], None],
        terminal: ChargeLine = NO_TERMINAL,
    ) -> None:
        super().__init__(host)
        outlet = HostOutlet(host, self.render_state)
        self.presenter = SellPresenter(
            till,
            host.tasks,
            session,
            outlet,
            on_done=on_done,
            approvals=ApprovalDesk(host, till, session),
            terminal=terminal,
        )
        self.member = WhomPage(host, Icon.MEMBERS, N_("Who gets the series?"))
        self.code = FormField("", KeyboardWish.TEXT)
        self.recipient = FormField("", KeyboardWish.NAME)
        self.giver = FormField("", KeyboardWish.NAME)
        self.greeting = FormField("", KeyboardWish.TEXT)
        self._gift = self._make_gift()
        self._build(self.member)
        self._connect()

    def begin(self, ware: Ware, member: str = "") -> None:
        """Another gift card or series is to be sold."""
        for field in (self.code, self.recipient, self.giver, self.greeting):
            field.set_text("")
        self.presenter.begin(ware, member)

    @override
    def _model(self) -> ValueSaleModel:
        return sell_model(self.presenter.state, self.words.catalogue)

    @override
    def _show_plan(self, model: ValueSaleModel) -> None:
        words, state = self.words.catalogue, self.presenter.state
        self._gift.setVisible(state.ware is Ware.GIFT)
        if self.code.text != state.code:
            self.code.set_text(state.code)
        self.code.set_label(words.text("Code of the card"), words.text("made if left empty"))
        self.recipient.set_label(words.text("For (may be left out)"))
        self.giver.set_label(words.text("From (may be left out)"))
        self.greeting.set_label(words.text("Words on it (may be left out)"))
        super()._show_plan(model)

    @override
    def _fill(self, column: QVBoxLayout) -> None:
        what, sellers, tenders = self._labels
        self._add(column, self._name, self._note, what, self.wares, self._gift)
        self._add(column, tenders, self.tenders, sellers, self.sellers)

    def _make_gift(self) -> QWidget:
        """What a gift card says, besides its value."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        names = QHBoxLayout()
        names.setSpacing(Size.GAP)
        for field in (self.code, self.recipient, self.giver):
            names.addWidget(field, 1)
        column.addLayout(names)
        column.addWidget(self.greeting)
        return box

    def _connect(self) -> None:
        presenter = self.presenter
        self.code.typed.connect(presenter.type_code)
        self.recipient.typed.connect(lambda text: presenter.write(recipient=text))
        self.giver.typed.connect(lambda text: presenter.write(sender=text))
        self.greeting.typed.connect(lambda text: presenter.write(greeting=text))
