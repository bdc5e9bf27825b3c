"""The demo shop in a folder of its own for the benchmarks: everything is recorded through the services.

No measuring lives here. A visit is always the same: gel with the technician who was asked for, a pedicure with another,
a product; stored value pays a part and cash the rest, with a tip.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from salon_desk.bootstrap.machine import Uuid7
from salon_desk.bootstrap.till import RunningTill, open_till
from salon_desk.domain.access import Role
from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import cards, demo_file, demo_shop, members, shifts, tickets
from salon_desk.services.checkout import PaymentPlan, Sold, complete
from salon_desk.services.device_settings import DeviceChoice
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.till import Actor, Till
from salon_desk.settings import demo_shop as demo_tables

T = TypeVar("T")

CURRENCY = "USD"
CASHIER = Actor("amy", Role.CASHIER)
LANGUAGE = "zh_CN"
LINES = (
    tickets.NewLine("gel-manicure", "lily", requested=True),
    tickets.NewLine("classic-pedicure", "kim"),
    tickets.NewLine("hand-cream"),
)
_VALUE = Money(500_00, CURRENCY)
_FROM_CARD = Money(10_00, CURRENCY)
_VISITS_A_CARD = 40


@dataclass(frozen=True, slots=True)
class Customer:
    """A member with a filled card."""

    member: str
    card: str


class BenchShop:
    """A running till with its shop described; `do` is the way onto the database worker."""

    def __init__(self, folder: Path, *, printer: str = "", customers: Sequence[Customer] = ()) -> None:
        self.running: RunningTill = open_till(folder, devices=DeviceChoice.printing(printer))
        self.till: Till = self.running.till
        self.new_id = Uuid7()
        self.customers = list(customers)

    def do(self, work: Callable[[], T]) -> T:
        """Run on the database worker and wait."""
        return self.running.worker.run(work)

    def open_up(self, *, visits: int) -> None:
        """Fill in the demo shop, open the shift, and fill cards for so many visits. Call through `do`."""
        shop = demo_file.read(demo_tables())
        demo_shop.load(self.till, shop)
        shifts.open_shift(self.till, self.new_id(), CASHIER, denominations=demo_shop.float_of(shop))
        self.customers = [self._customer(number) for number in range(1 + visits // _VISITS_A_CARD)]

    def seat(self, turn: int) -> str:
        """A ticket with a visit on it, not yet paid; gives its id. Call through `do`."""
        opened = tickets.open_ticket(
            self.till, self.new_id(), CASHIER, member=self.customers[turn // _VISITS_A_CARD].member
        )
        ticket = opened.ticket.ticket_id
        for line in LINES:
            tickets.add_line(self.till, self.new_id(), CASHIER, ticket, line)
        return ticket

    def pay(self, turn: int, ticket: str, *, print_language: str = LANGUAGE) -> Sold:
        """Take the payment. Call through `do`."""
        card = self.customers[turn // _VISITS_A_CARD].card
        plan = PaymentPlan(
            tenders=(
                PlannedTender(TenderKind.STORED_VALUE, _FROM_CARD, card_id=card),
                PlannedTender(TenderKind.CASH, None, given=Money(200_00, CURRENCY)),
            ),
            tip=Money(15_00, CURRENCY),
            print_language=print_language,
        )
        return complete(self.till, self.new_id(), CASHIER, ticket, plan)

    def close(self) -> None:
        """End the till's threads."""
        self.running.close()

    def _customer(self, number: int) -> Customer:
        new = members.NewMember(
            name="张晓梅", latin_name="May Zhang", phone=f"212555{number:04d}", card_code=f"86{number:08d}"
        )
        figures = members.add(self.till, self.new_id(), CASHIER, new)
        card = figures.cards[0][0].card
        ask = TopUpAsk(card, pay=_VALUE)
        cards.top_up(self.till, self.new_id(), CASHIER, ask, tenders=(PlannedTender(TenderKind.CASH, None),))
        return Customer(figures.member.member_id, card)
