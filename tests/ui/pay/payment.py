"""A payment without Qt: the presenter of the pay screen on the real services, and short ways to tap and type.

No test lives here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from salon_desk.domain.access import Permission
from salon_desk.services.sign_in import approve
from salon_desk.services.till import Actor
from salon_desk.ui.charging import NO_TERMINAL, ChargeLine
from salon_desk.ui.counter.last_sale import LastSale
from salon_desk.ui.phone_bridge import NO_PHONE, PhoneBridge
from salon_desk.ui.screens.pay.presenter import PayPresenter
from salon_desk.ui.screens.pay.reckon import Reckoned
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.away import FakeLine
from tests.ui.counter_fakes import RememberingOutlet
from tests.ui.shop_fixture import CounterShop

RICH = "8600000114"
"""欧阳倩's card, with $1,150.00 on it."""


@dataclass
class Beside:
    """Grace stands beside and types her PIN at once, unless she is not `willing`; `asked` remembers for what."""

    shop: CounterShop
    willing: bool = True
    asked: list[Permission] = field(default_factory=list)

    def ask(
        self,
        permission: Permission,
        then: Callable[[Actor], None],
        *,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        self.asked.append(permission)
        if self.willing:
            then(approve(self.shop.till, self.shop.session.actor, permission, "grace", "2222"))


@dataclass
class Payment:
    """A presenter with everything around it."""

    shop: CounterShop
    ticket: str
    outlet: RememberingOutlet = field(default_factory=RememberingOutlet)
    paid: list[tuple[str, LastSale]] = field(default_factory=list)
    left: int = 0
    line: FakeLine = field(default_factory=FakeLine)
    phone: PhoneBridge = NO_PHONE
    terminal: ChargeLine = NO_TERMINAL

    def __post_init__(self) -> None:
        self.beside = Beside(self.shop)
        self.presenter = PayPresenter(
            self.shop.till,
            ImmediateTasks(),
            self.shop.session,
            self.outlet,
            on_paid=lambda ticket, sale: self.paid.append((ticket, sale)),
            on_done=self._leave,
            approvals=self.beside,
            line=self.line,
            phone=self.phone,
            terminal=self.terminal,
        )
        self.edits = self.presenter.edits
        self.presenter.begin(self.ticket)

    def _leave(self) -> None:
        self.left += 1

    @property
    def reckoned(self) -> Reckoned:
        found = self.presenter.state.reckoned
        assert found is not None
        return found

    def type(self, digits: str) -> None:
        for digit in digits:
            self.edits.press(digit)

    def tip(self, digits: str) -> None:
        self.edits.choose_tip("custom")
        self.type(digits)
