"""The shop of the worked examples: Flushing, New York City, with Lily and Kim.

No test lives here; every test of the domain may build on these values.
"""

from __future__ import annotations

from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.tax import TaxRate, TaxTable
from salon_desk.domain.tender import PlannedTender, SettledTender, TenderKind
from salon_desk.domain.ticket import (
    Bearer,
    Discount,
    DiscountScope,
    Ticket,
    TicketLine,
    add_line,
    open_ticket,
)

CITY_SERVICES = TaxRate("US-NY-NYC-Services", Names("NYC tax on services"), "0.045")
GOODS = TaxRate("US-NY-NYC-Goods", Names("New York sales tax"), "0.08875")
FLUSHING = TaxTable({"service": (CITY_SERVICES,), "goods": (GOODS,), "exempt": ()}, "US-NY-NYC", "2026-11-20")
NO_TAX_ON_SERVICES = TaxTable({"service": (), "goods": (GOODS,)})


def usd(cents: int) -> Money:
    return Money(cents, "USD")


def service(
    line_id: str, cents: int, technician: str | None = None, *, requested: bool = False
) -> TicketLine:
    return TicketLine(
        line_id,
        f"item-{line_id}",
        ItemKind.SERVICE,
        Names(line_id),
        1,
        usd(cents),
        "service.nail",
        technician,
        requested,
    )


def product(line_id: str, cents: int, quantity: int = 1) -> TicketLine:
    return TicketLine(
        line_id, f"item-{line_id}", ItemKind.PRODUCT, Names(line_id), quantity, usd(cents), "goods"
    )


def off(discount_id: str, cents: int, scope: DiscountScope = DiscountScope.ALL) -> Discount:
    return Discount(discount_id, Names(discount_id), Bearer.SALON, amount=usd(cents), scope=scope)


def percent_off(discount_id: str, percent: str, scope: DiscountScope = DiscountScope.ALL) -> Discount:
    return Discount(discount_id, Names(discount_id), Bearer.SALON, percent=percent, scope=scope)


def ticket_of(*lines: TicketLine) -> Ticket:
    ticket = open_ticket("t1", 12, opened_at="2026-11-20T15:00:00.000Z", currency="USD")
    for line in lines:
        ticket = add_line(ticket, line)
    return ticket


def the_visit() -> Ticket:
    """Gel Manicure (Lily, requested), Classic Pedicure (Kim, turn) and Hand Cream."""
    return ticket_of(
        service("gel", 4500, "lily", requested=True), service("pedicure", 3800, "kim"), product("cream", 1800)
    )


def cash(amount: int | None = None, given: int | None = None) -> PlannedTender:
    return PlannedTender(
        TenderKind.CASH,
        None if amount is None else usd(amount),
        None if given is None else usd(given),
    )


def stored_value(amount: int | None = None) -> PlannedTender:
    return PlannedTender(
        TenderKind.STORED_VALUE, None if amount is None else usd(amount), card_id="card-zhang"
    )


def external_card(amount: int | None = None, last_four: str = "4242") -> PlannedTender:
    return PlannedTender(
        TenderKind.EXTERNAL_CARD, None if amount is None else usd(amount), last_four=last_four
    )


def zelle(amount: int | None = None, reference: str = "QX81") -> PlannedTender:
    return PlannedTender(
        TenderKind.CUSTOM,
        None if amount is None else usd(amount),
        tender_id="zelle",
        reference=reference,
    )


def settled(kind: TenderKind, amount: int, taken: int | None = None) -> SettledTender:
    came_in = usd(amount if taken is None else taken)
    return SettledTender(kind, usd(amount), came_in, came_in, usd(0), came_in - usd(amount))
