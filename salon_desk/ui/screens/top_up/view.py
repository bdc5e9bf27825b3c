"""The top-up screen: card, offers, seller and tenders left; planned tenders, pad and Complete right.

What is shown comes from `view_model`, what happens is the presenter's. UI thread only.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.services.till import Till
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.charging import NO_TERMINAL, ChargeLine
from salon_desk.ui.counter import tender_tiles
from salon_desk.ui.counter.host_outlet import HostOutlet
from salon_desk.ui.counter.value_sale_model import ValueSaleModel
from salon_desk.ui.counter.value_sale_screen import ValueSaleScreen
from salon_desk.ui.counter.whom_page import WhomPage
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.top_up.presenter import TopUpPresenter
from salon_desk.ui.screens.top_up.view_model import top_up_model
from salon_desk.ui.session import Session
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.widgets.balance_panel import BalancePanel
from salon_desk.ui.widgets.words import Role, Words

_ROOMY_FROM = 900


class TopUpScreen(ValueSaleScreen):
    """Bootstrap calls `begin(card)` (or `begin()` to ask for one) before it shows the screen."""

    presenter: TopUpPresenter

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
        self.presenter = TopUpPresenter(
            till,
            host.tasks,
            session,
            outlet,
            on_done=on_done,
            approvals=ApprovalDesk(host, till, session),
            terminal=terminal,
        )
        self.card = WhomPage(host, Icon.CARDS, N_("Which card?"))
        self.offers = self.wares
        self._balance = BalancePanel(host.language)
        self._terms = Words("", Role.SMALL)
        self._build(self.card)

    def begin(self, card: str = "") -> None:
        """Another card is to be topped up."""
        self.presenter.begin(card)

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        roomy = self.height() >= _ROOMY_FROM
        for tiles in (self.offers, self.tenders):
            tiles.set_height(tender_tiles.ROOMY if roomy else tender_tiles.HEIGHT)
        self._column.setSpacing(16 if roomy else Size.GAP)

    @override
    def _model(self) -> ValueSaleModel:
        return top_up_model(self.presenter.state, self.words.catalogue)

    @override
    def _show_plan(self, model: ValueSaleModel) -> None:
        if model.balance is not None:
            self._balance.set_balance(model.balance)
        self._terms.setText(model.terms)
        self._terms.setVisible(bool(model.terms))
        super()._show_plan(model)

    @override
    def _fill(self, column: QVBoxLayout) -> None:
        self._column = column
        head, who = QHBoxLayout(), QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(self._name)
        who.addWidget(self._note)
        head.addLayout(who, 2)
        head.addWidget(self._balance, 3)
        column.addLayout(head)
        what, sellers, tenders = self._labels
        self._add(column, what, self.offers, self._terms, sellers, self.sellers, tenders, self.tenders)
