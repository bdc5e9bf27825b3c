"""The screen of open payments: the list left, what is known and to be done of one right. UI thread only.

What is said comes from the view model, what happens is the presenter's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.services.till import Till
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.behind import ScreenBehind
from salon_desk.ui.charging import ChargeLine
from salon_desk.ui.counter.charge_sheets import ChargeSheets
from salon_desk.ui.counter.host_outlet import HostOutlet
from salon_desk.ui.list_beside_page import ListSide, PageSide, place_beside
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.open_charges.presenter import ChargeWays, OpenChargesPresenter
from salon_desk.ui.screens.open_charges.view_model import OpenChargeModel, open_charges_model
from salon_desk.ui.session import Session
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.view_values import Chip
from salon_desk.ui.widgets.action_button import primary
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.pill import ChipLabel
from salon_desk.ui.widgets.words import Figure, Role, Words


class OpenChargesScreen(ScreenBehind):
    """`list`, `act` and `charges` are there for tests."""

    title = N_("Card payments to see to")
    rail_key = "checkout"

    def __init__(
        self,
        host: ScreenHost,
        till: Till,
        session: Session,
        *,
        line: ChargeLine,
        ways: ChargeWays,
        back_to: Callable[[], None],
    ) -> None:
        super().__init__(host, back_to)
        self._left = ListSide(Icon.CHECK)
        self.list = self._left.list
        self._hint, self._page = EmptyState(Icon.TERMINAL), self._make_page()
        self._side = PageSide(self._hint, self._page)
        place_beside(self, self._left, self._side)
        self.presenter = OpenChargesPresenter(
            till,
            host.tasks,
            session,
            approvals=ApprovalDesk(host, till, session),
            line=line,
            ways=ways,
            outlet=HostOutlet(host, self.show_all),
        )
        self.charges = ChargeSheets(self, self.presenter.talk, by_hand=False)
        self.list.tapped.connect(self.presenter.choose)
        self.act.clicked.connect(self.presenter.see_to)

    @override
    def shown(self) -> None:
        self.presenter.begin()
        self.charges.show()

    @override
    def show_all(self) -> None:
        self.charges.show()
        words = self.words.catalogue
        model = open_charges_model(self.presenter.state, words)
        self.list.setAccessibleName(words.text(self.title))
        self._left.show_list(model.rows, chosen=model.chosen, known=model.known)
        self._left.nothing.set_words(
            words.text("Nothing is open"), words.text("Every card payment is finished or was voided.")
        )
        self._hint.set_words(
            words.text("Tap a payment"), words.text("It says what is known of it and what to do.")
        )
        self._side.show_page(self._hint if model.one is None else self._page)
        if model.one is not None:
            self._show_one(model.one)

    def _show_one(self, model: OpenChargeModel) -> None:
        self._title.setText(model.title)
        self._figure.set_text(model.figure)
        self._chip.set_chip(model.state)
        self._what.setText(model.what)
        self._to_do.setText(model.to_do)
        self.act.set_text(model.action)

    def _make_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(Size.GAP)
        self._title, self._what = Words("", Role.TITLE), Words("", Role.MUTED)
        self._figure = Figure("", size=Type.DUE, align=Qt.AlignmentFlag.AlignLeft)
        self._chip, self._to_do = ChipLabel(Chip("")), Words("", Role.NAME)
        self.act = primary(height=Size.TOUCH_BIG)
        for part in (self._title, self._what, self._figure):
            column.addWidget(part)
        column.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(Size.PAD)
        column.addWidget(self._to_do)
        column.addStretch(1)
        column.addWidget(self.act)
        return page
