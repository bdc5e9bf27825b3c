"""Short ways to sell, to give away and to give back; nothing is asserted here."""

from __future__ import annotations

from salon_desk.domain.names import Names
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.shift import Denomination
from salon_desk.domain.tender import TenderKind
from salon_desk.domain.ticket import Bearer, Discount
from salon_desk.operations.sale import SaleRefunded
from salon_desk.operations.shift import ShiftClosed
from salon_desk.services import refunds, shifts, tickets
from salon_desk.services.checkout import Sold
from tests.integration.services.shop import CASHIER, MANAGER, Shop

FREE = Discount("free", Names("On the house"), Bearer.SALON, percent="100")


def given_away(shop: Shop, *items: tuple[str, str]) -> Sold:
    """A sale with everything taken off."""
    ticket = shop.ticket(*items, member=False)
    tickets.custom_discount(shop.till, shop.command(), MANAGER, ticket, wanted=FREE)
    return shop.sell(ticket)


def refund(shop: Shop, sold: Sold, *asked: RefundAsk) -> SaleRefunded:
    """A refund by the manager; of every line when nothing is asked for by name."""
    wanted = asked or tuple(RefundAsk(line.line) for line in sold.sale.lines)
    done = refunds.refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=wanted, reason="unhappy")
    return done.document


def back(document: SaleRefunded) -> list[tuple[TenderKind, int]]:
    """What each tender really got, in cents."""
    return [(tender.kind, -tender.taken.cents) for tender in document.tenders]


def close_shift(shop: Shop, counted: int) -> ShiftClosed:
    """Count so many cents, in dollar notes and cents, and close."""
    pieces = (Denomination(100, counted // 100), Denomination(1, counted % 100))
    shifts.count(shop.till, shop.command(), CASHIER, denominations=pieces)
    return shifts.close(shop.till, shop.command(), CASHIER)
