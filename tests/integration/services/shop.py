"""A small shop in Flushing for the service tests: two technicians, a cashier, a manager, a member with a card.

Everything is recorded through the services, as the product does it; nothing is written into a table by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.access import Role
from salon_desk.domain.money import Money
from salon_desk.domain.shift import Denomination
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations import description as described
from salon_desk.services import cards, members, shifts, tickets
from salon_desk.services.checkout import PaymentPlan, Sold, complete
from salon_desk.services.describe import Description, describe
from salon_desk.services.members import NewMember
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.till import Actor, Till
from salon_desk.storage.opening import open_store

CASHIER = Actor("amy", Role.CASHIER)
MANAGER = Actor("wang", Role.MANAGER)


class FixedClock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.instant += timedelta(milliseconds=1)
        return self.instant


def dollars(text: str) -> Money:
    """Money from "45.00"."""
    return Money(round(float(text) * 100), "USD")


def cash(amount: str | None = None, given: str | None = None) -> PlannedTender:
    """A cash tender; no amount is all that is left."""
    return PlannedTender(
        TenderKind.CASH, dollars(amount) if amount else None, given=dollars(given) if given else None
    )


def external(amount: str | None = None) -> PlannedTender:
    """A payment on the card machine."""
    return PlannedTender(TenderKind.EXTERNAL_CARD, dollars(amount) if amount else None, last_four="4417")


@dataclass
class Shop:
    """A till with its shop, and short ways to do what tests do all the time."""

    till: Till
    clock: FixedClock
    ids: Iterator[int] = field(default_factory=lambda: count(1))
    member: str = ""
    card: str = ""

    def command(self) -> str:
        """A fresh command id."""
        return f"command-{next(self.ids)}"

    def stored(self, amount: str | None = None) -> PlannedTender:
        """Stored value from the member's card."""
        return PlannedTender(TenderKind.STORED_VALUE, dollars(amount) if amount else None, card_id=self.card)

    def ticket(self, *items: tuple[str, str], member: bool = True) -> str:
        """An open ticket with (item, technician) lines; gives its id."""
        opened = tickets.open_ticket(self.till, self.command(), CASHIER, member=self.member if member else "")
        for item, technician in items:
            line = tickets.NewLine(item, technician, requested=technician == "lily")
            tickets.add_line(self.till, self.command(), CASHIER, opened.ticket.ticket_id, line)
        return opened.ticket.ticket_id

    def sell(self, ticket: str, *tenders: PlannedTender, tip: str = "", **more: object) -> Sold:
        """Pay a ticket."""
        plan = PaymentPlan(tenders=tenders, tip=dollars(tip) if tip else None, **more)  # type: ignore[arg-type]
        return complete(self.till, self.command(), CASHIER, ticket, plan)

    def top_up(self, pay: str, *, offer: str = "") -> cards.ToppedUp:
        """Sell value for the member's card, for cash."""
        ask = TopUpAsk(self.card, offer=offer, pay=None if offer else dollars(pay))
        return cards.top_up(self.till, self.command(), CASHIER, ask, tenders=(cash(),))

    def value(self) -> tuple[Money, Money]:
        """Paid and bonus usable on the member's card."""
        here = cards.by_id(self.till, self.card).value
        return here.paid, here.bonus

    def open_shift(self, opening: str = "100.00") -> None:
        """A shift with a float of one-dollar notes."""
        pieces = (Denomination(100, dollars(opening).cents // 100),)
        shifts.open_shift(self.till, self.command(), CASHIER, denominations=pieces)


def _things(node: str) -> list[Description]:
    def item(id_: str, kind: str, cents: int, tax: str) -> Description:
        values = {"kind": kind, "name_en": id_, "name_zh_cn": "项目", "category": "nails"}
        return (
            described.ItemDescribed,
            id_,
            {**values, "price_cents": cents, "currency": "USD", "tax_class": tax},
        )

    people = (("lily", "technician"), ("kim", "technician"), ("amy", "cashier"), ("wang", "manager"))
    return [
        (
            described.StoreDescribed,
            "s1",
            {
                "name_en": "Lotus Nails & Spa",
                "name_zh_cn": "法拉盛店",
                "jurisdiction": "US-NY-NYC",
                "time_zone": "America/New_York",
                "currency": "USD",
                "cash_rounding": "exact",
            },
        ),
        (described.TillDescribed, node, {"store": "s1", "name": "1", "code": "S1-1"}),
        *[(described.StaffDescribed, who, {"name": who, "role": role}) for who, role in people],
        item("gel", "service", 4500, "service.nail"),
        item("pedicure", "service", 3800, "service.nail"),
        item("cream", "product", 1800, "goods"),
        item("six", "service", 600, "service.massage"),
        (
            described.DiscountDescribed,
            "birthday",
            {"name_en": "Birthday", "amount_cents": 1000, "bearer": "salon", "scope": "services"},
        ),
        (
            described.OfferDescribed,
            "300",
            {"name_en": "300 + 30", "pay_cents": 30000, "bonus_cents": 3000, "currency": "USD"},
        ),
        (
            described.OfferDescribed,
            "100",
            {"name_en": "100 + 20", "pay_cents": 10000, "bonus_cents": 2000, "currency": "USD"},
        ),
        (described.TenderDescribed, "zelle", {"name_en": "Zelle", "needs_reference": True}),
    ]


def open_shop(folder: Path) -> Shop:
    """The shop in a fresh folder, with a member and an empty card; no shift is open."""
    clock, ids = FixedClock(), count(1)
    store = open_store(folder, clock, lambda: f"id-{next(ids)}")
    shop = Shop(Till(store, load_rules()), clock)
    describe(shop.till, shop.command(), None, _things(store.node))
    new = NewMember(name="张晓梅", latin_name="May Zhang", phone="(718) 555-0137", card_code="4417")
    figures = members.add(shop.till, shop.command(), CASHIER, new)
    shop.member, shop.card = figures.member.member_id, figures.cards[0][0].card
    return shop
