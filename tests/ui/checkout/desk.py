"""A checkout presenter with everything around it, without Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from salon_desk.ui.screens.checkout.presenter import CheckoutPresenter
from salon_desk.ui.screens.checkout.state import CheckoutLinks
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.counter_fakes import ManagerNearby, RememberingOutlet
from tests.ui.shop_fixture import CounterShop


@dataclass
class Desk:
    """A presenter with everything around it."""

    shop: CounterShop
    outlet: RememberingOutlet = field(default_factory=RememberingOutlet)
    manager: ManagerNearby = field(default_factory=ManagerNearby)
    went: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        links = CheckoutLinks(
            on_pay=lambda ticket: self.went.append(f"pay/{ticket}"),
            on_top_up=lambda card: self.went.append(f"top-up/{card}"),
            on_member=lambda member: self.went.append(f"member/{member}"),
            on_new_member=lambda typed: self.went.append(f"new/{typed}"),
            on_open_shift=lambda: self.went.append("shift"),
        )
        self.presenter = CheckoutPresenter(
            self.shop.till,
            ImmediateTasks(),
            self.shop.session,
            self.outlet,
            links=links,
            approvals=self.manager,
        )
        self.presenter.shown()

    @property
    def lines(self) -> list[tuple[str, str | None, bool]]:
        """Item, technician and request of each line on the right."""
        current = self.presenter.state.current
        assert current is not None
        return [(one.item_id, one.technician, one.requested) for one in current.ticket.lines]


@pytest.fixture
def desk(shop: CounterShop) -> Desk:
    return Desk(shop)
