"""A sale whose receipt was asked for, for the tests of devices and recovery; no test lives here."""

from __future__ import annotations

from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import checkout, tickets
from salon_desk.services.checkout import PaymentPlan, Sold
from tests.ui.back_office import CASHIER, Shop


def sell_printed(
    shop: Shop,
    *items: str,
    member: str = "",
    tip: int = 0,
    tenders: tuple[PlannedTender, ...] = (),
    language: str = "zh_CN",
) -> Sold:
    """A sale by Lily with a receipt, in cash unless `tenders` say otherwise."""
    ticket = tickets.open_ticket(shop.till, shop.command(), CASHIER, member=member).ticket.ticket_id
    for name in items:
        line = tickets.NewLine(shop.item(name), technician="lily")
        tickets.add_line(shop.till, shop.command(), CASHIER, ticket, line)
    plan = PaymentPlan(
        tenders=tenders or (PlannedTender(TenderKind.CASH, None),),
        tip=Money(tip, "USD") if tip else None,
        print_language=language,
    )
    return checkout.complete(shop.till, shop.command(), CASHIER, ticket, plan)
