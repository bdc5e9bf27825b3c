"""The demo shop on a till of the test's own, for screens of the counter: quick to make, real through and through.

No test lives here. The shop is loaded once a session and its folder copied for each test; everything that happens then
is recorded through the services, as at a real counter.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.access import Role
from salon_desk.domain.money import Money
from salon_desk.domain.shift import Denomination
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.operation import Operation
from salon_desk.operations.sale import SaleCompleted
from salon_desk.services import cards, checkout, demo_shop, search, shifts, sign_in, tickets
from salon_desk.services.demo_file import read
from salon_desk.services.sign_in import SignedIn
from salon_desk.services.tickets import NewLine, TicketView
from salon_desk.services.till import Actor, Till
from salon_desk.settings import demo_shop as demo_files
from salon_desk.storage.journal import operation_of
from salon_desk.storage.opening import open_store
from salon_desk.storage.queries import sales
from salon_desk.storage.queries.sales import Document
from salon_desk.ui.session import Session

AMY = Actor("amy", Role.CASHIER)
GRACE = Actor("grace", Role.MANAGER)
MAY_ZHANG = "8600000137"
"""The card of 张晓梅, allergic to acrylic, with $62.50 on it."""


class TickingClock:
    """A clock that goes on by a millisecond each time it is asked."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.instant += timedelta(milliseconds=1)
        return self.instant


def usd(cents: int) -> Money:
    return Money(cents, "USD")


@dataclass
class CounterShop:
    """A till with the demo shop, and short ways to what tests do all the time; use from one thread at a time."""

    till: Till
    session: Session
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def command(self) -> str:
        """A fresh command id."""
        return f"test-{next(self._numbers)}"

    def sign_in(self, actor: Actor) -> None:
        """Somebody stands at the till."""
        person = next(one for one in sign_in.people(self.till) if one.staff == actor.staff)
        self.session.sign_in(SignedIn(person, actor))

    def open_shift(self) -> None:
        """A shift with a float of $100."""
        shifts.open_shift(self.till, self.command(), AMY, denominations=(Denomination(1000, 10),))

    def member(self, card: str = MAY_ZHANG) -> str:
        """The id of the member with this card."""
        found = search.by_code(self.till, card)
        assert found is not None
        assert found.member is not None
        return found.member.member_id

    def card(self, code: str = MAY_ZHANG) -> str:
        """The id of a card."""
        return cards.by_code(self.till, code).card.card

    def usable(self, code: str = MAY_ZHANG) -> int:
        """The cents that a card can pay now."""
        return cards.by_code(self.till, code).value.usable.cents

    def ticket(self, *lines: NewLine, card: str = "") -> TicketView:
        """An open ticket with these lines, of the member with this card."""
        member = self.member(card) if card else ""
        view = tickets.open_ticket(self.till, self.command(), AMY, member=member)
        for line in lines:
            view = tickets.add_line(self.till, self.command(), AMY, view.ticket.ticket_id, line)
        return view

    def the_visit(self) -> TicketView:
        """The worked example: gel (Lily, requested), pedicure (Kim), cream, birthday coupon of $10, 张晓梅."""
        view = self.ticket(
            NewLine("gel-manicure", "lily", requested=True),
            NewLine("classic-pedicure", "kim"),
            NewLine("hand-cream"),
            card=MAY_ZHANG,
        )
        return tickets.discount(
            self.till, self.command(), GRACE, view.ticket.ticket_id, discount_id="birthday"
        )

    def sell(self, *lines: NewLine, card: str = "") -> checkout.Sold:
        """A sale paid in cash."""
        view = self.ticket(*lines, card=card)
        plan = checkout.PaymentPlan((PlannedTender(TenderKind.CASH, None),))
        return checkout.complete(self.till, self.command(), AMY, view.ticket.ticket_id, plan)

    def last_sale(self) -> SaleCompleted:
        """The newest sale as it was recorded."""
        operation = self._recorded(self.documents()[0].op_id)
        assert isinstance(operation, SaleCompleted)
        return operation

    def last_top_up(self) -> CardToppedUp:
        """The newest top-up as it was recorded."""
        operation = self._recorded(self.documents()[0].op_id)
        assert isinstance(operation, CardToppedUp)
        return operation

    def _recorded(self, op_id: str) -> Operation:
        with self.till.read() as transaction:
            found = operation_of(transaction, op_id)
        assert found is not None
        return found[1]

    def documents(self) -> list[Document]:
        """What was recorded at the counter in this test, newest first."""
        with self.till.read() as transaction:
            newest = sales.recent(transaction, self.till.store.node, 200)
            return [one for one in newest if one.sold_at >= "2026-11-20"]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A till's folder with the demo shop, made once."""
    folder = tmp_path_factory.mktemp("demo") / "till"
    numbers = count(1)
    store = open_store(folder, TickingClock(), lambda: f"demo-{next(numbers)}")
    demo_shop.load(Till(store, load_rules()), read(demo_files()))
    store.close()
    return folder


@pytest.fixture
def make_shop(demo_folder: Path, tmp_path: Path) -> Iterator[Callable[[], CounterShop]]:
    """Makes the shop in a folder of the test's own, without a shift, Amy at the till."""
    opened: list[Till] = []

    def make() -> CounterShop:
        folder = tmp_path / "till"
        shutil.copytree(demo_folder, folder)
        numbers = count(1)
        store = open_store(folder, TickingClock(), lambda: f"id-{next(numbers)}")
        till = Till(store, load_rules())
        opened.append(till)
        shop = CounterShop(till, Session(lambda: f"ui-{next(numbers)}"))
        shop.sign_in(AMY)
        return shop

    yield make
    for till in opened:
        till.store.close()


@pytest.fixture
def closed_shop(make_shop: Callable[[], CounterShop]) -> CounterShop:
    """The shop before anybody opened a shift."""
    return make_shop()


@pytest.fixture
def shop(closed_shop: CounterShop) -> CounterShop:
    """The shop with an open shift and Amy at the till."""
    closed_shop.open_shift()
    return closed_shop
