"""What a ticket comes to: discounts onto lines, tax onto what is left, and the sums.

No rate lives here (they come in a `TaxTable`) and no tender. Line discounts come first, then the
ticket's own; each takes its part from what is left, never below zero. Tax is on the net (RULES 6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.money import Money, total
from salon_desk.domain.names import Names
from salon_desk.domain.series import VisitUse
from salon_desk.domain.tax import TaxPart, TaxRate, TaxTable, allocate_tax, tax_parts, tax_total
from salon_desk.domain.ticket import Bearer, Discount, DiscountScope, Ticket, TicketLine

SERIES_DISCOUNT = "series"
"""What the difference between list price and the price of a visit is called, as a discount."""


@dataclass(frozen=True, slots=True)
class LineDiscount:
    """The part of a discount that one line got."""

    discount_id: str
    names: Names
    bearer: Bearer
    amount: Money


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its discounts, its net and its share of each tax (rate_id, amount)."""

    line: TicketLine
    list_total: Money
    discounts: tuple[LineDiscount, ...]
    net: Money
    taxes: tuple[tuple[str, Money], ...]

    @property
    def tax(self) -> Money:
        """All taxes of the line together."""
        return total((amount for _, amount in self.taxes), self.net.currency)


@dataclass(frozen=True, slots=True)
class PricedTicket:
    """The sums of a ticket. `subtotal` is list price; `service_list` that of the services (tips, DOMAIN 1)."""

    lines: tuple[PricedLine, ...]
    subtotal: Money
    discount: Money
    taxes: tuple[TaxPart, ...]
    tax: Money
    total: Money
    service_list: Money


def price_ticket(ticket: Ticket, taxes: TaxTable) -> PricedTicket:
    """Price every line of a ticket and sum it up.

    Raises RuleMissing when the table does not know a line's tax class.
    """
    currency = ticket.currency
    got = _discounts_by_line(ticket)
    nets = [
        line.list_total - total((discount.amount for discount in discounts), currency)
        for line, discounts in zip(ticket.lines, got, strict=True)
    ]
    taxed = [(net, _rates(line, taxes)) for net, line in zip(nets, ticket.lines, strict=True)]
    parts = tax_parts(taxed, currency)
    lines = tuple(
        PricedLine(line, line.list_total, tuple(discounts), net, shares)
        for line, discounts, net, shares in zip(
            ticket.lines, got, nets, allocate_tax(taxed, currency), strict=True
        )
    )
    subtotal = total((line.list_total for line in lines), currency)
    net_sum = total(nets, currency)
    tax = tax_total(parts, currency)
    services = (line.list_total for line in lines if line.line.kind is ItemKind.SERVICE)
    return PricedTicket(
        lines, subtotal, subtotal - net_sum, parts, tax, net_sum + tax, total(services, currency)
    )


def _rates(line: TicketLine, taxes: TaxTable) -> tuple[TaxRate, ...]:
    """The rates that a line bears: none where its tax was paid with the series, for nothing is taxed twice (RULES 6)."""
    return () if line.visit is not None and line.visit.taxed else taxes.rates(line.tax_class)


def _discounts_by_line(ticket: Ticket) -> list[list[LineDiscount]]:
    """What each line gets of its own discounts, then of the ticket's."""
    left = [line.list_total for line in ticket.lines]
    got: list[list[LineDiscount]] = [[] for _ in ticket.lines]
    for index, line in enumerate(ticket.lines):
        if line.visit is not None:
            _pay_before(line.visit, index, left, got)
            continue
        for discount in line.discounts:
            _apply(discount, [index], left, got)
    for discount in ticket.discounts:
        scope = [index for index, line in enumerate(ticket.lines) if lowers(discount, line)]
        _apply(discount, scope, left, got)
    return got


def _pay_before(visit: VisitUse, index: int, left: list[Money], got: list[list[LineDiscount]]) -> None:
    """Bring a line that a series pays down to what was paid for its visit; no other discount lowers it."""
    part = left[index] - min(visit.worth, left[index])
    if part:
        left[index] = left[index] - part
        got[index].append(LineDiscount(SERIES_DISCOUNT, visit.names, Bearer.SALON, part))


def _apply(
    discount: Discount, scope: Sequence[int], left: list[Money], got: list[list[LineDiscount]]
) -> None:
    """Take one discount from what is left of the lines in scope."""
    for index, part in parts_of(discount, scope, left):
        left[index] = left[index] - part
        got[index].append(LineDiscount(discount.discount_id, discount.names, discount.bearer, part))


def left_of(ticket: Ticket) -> list[Money]:
    """What is left of each line after all discounts of the ticket."""
    return [
        line.list_total - total((one.amount for one in discounts), ticket.currency)
        for line, discounts in zip(ticket.lines, _discounts_by_line(ticket), strict=True)
    ]


def parts_of(discount: Discount, scope: Sequence[int], left: Sequence[Money]) -> list[tuple[int, Money]]:
    """What a discount takes from which of the lines in scope, each by what is `left` of it; nothing below zero."""
    weights = [left[index].cents for index in scope]
    if not sum(weights):
        return []
    whole = Money(sum(weights), left[scope[0]].currency)
    if discount.amount is not None:
        asked = discount.amount
    else:
        asked = whole.times(Fraction(discount.percent or "0") / 100)
    parts = zip(scope, min(asked, whole).allocate(weights), strict=True)
    return [(index, part) for index, part in parts if part]


def lowers(discount: Discount, line: TicketLine) -> bool:
    """Whether a discount of the ticket may lower this line."""
    if line.visit is not None:
        return False
    return _in_scope(line, discount.scope) and (not discount.items or line.item_id in discount.items)


def _in_scope(line: TicketLine, scope: DiscountScope) -> bool:
    if scope is DiscountScope.ALL:
        return True
    return (line.kind is ItemKind.SERVICE) == (scope is DiscountScope.SERVICES)
