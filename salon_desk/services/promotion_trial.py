"""A promotion tried on the sales of last month before it goes live: how many tickets it would have touched, what it would have cost.

Each sale becomes the ticket that it was, at list prices and with what the cashier picked, and the engine chooses twice: among
the promotions of today without the rule, and with it. The guest is judged as known now; nobody had coupons or redeemed points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salon_desk.domain.money import Money
from salon_desk.domain.promotion import Guest, Outcome, Promotion
from salon_desk.domain.promotion_search import best
from salon_desk.domain.ticket import Discount, Ticket, TicketLine, TicketState
from salon_desk.operations.sale import SaleCompleted
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import operation_of
from salon_desk.storage.queries import members, promotions, sales

DAYS = 30
AT_ONCE = 100
"""Sales in one go on the database worker, so that a cashier's commit does not wait for them (DESIGN 4)."""
_RULES = "promotion/"


@dataclass(frozen=True, slots=True)
class Trial:
    """So many tickets were looked at, `touched` of them would have had the rule, and together cost `cost` more."""

    tickets: int
    touched: int
    cost: Money

    def __add__(self, other: Trial) -> Trial:
        return Trial(self.tickets + other.tickets, self.touched + other.touched, self.cost + other.cost)


def sold(till: Till) -> tuple[str, ...]:
    """The sales of this store in the last DAYS days that stand, oldest first. Database worker, reads only."""
    with till.read() as transaction:
        today = till.business_day(transaction)
        first = (date.fromisoformat(today) - timedelta(days=DAYS)).isoformat()
        return tuple(sales.of_store(transaction, till.shop(transaction).store, first, today))


def tried(till: Till, rule: Promotion, on: Sequence[str]) -> Trial:
    """What the rule would have done to these sales. Database worker, reads only."""
    with till.read() as transaction:
        shop = till.shop(transaction)
        active = promotions.active(transaction, till.business_day(transaction), shop.currency)
        found = Trial(0, 0, Money.zero(shop.currency))
        for op_id in on:
            entry = operation_of(transaction, op_id)
            if entry is not None and isinstance(entry[1], SaleCompleted) and entry[1].lines:
                found = found + _one(transaction, rule, active, entry[1], day=entry[0].business_day)
        return found


def _one(
    transaction: Transaction, rule: Promotion, active: Sequence[Promotion], sale: SaleCompleted, *, day: str
) -> Trial:
    others = [one for one in active if one.rule_id != rule.rule_id]
    ticket, guest = _ticket(sale), _guest(transaction, sale)
    categories = promotions.categories(transaction, [line.item for line in sale.lines])
    before = best(ticket, others, guest, day=day, categories=categories)
    after = best(ticket, [*others, rule], guest, day=day, categories=categories)
    outcome = next(one.outcome for one in after.verdicts if one.rule.rule_id == rule.rule_id)
    return Trial(1, int(outcome is Outcome.APPLIED), after.total - before.total)


def _ticket(sale: SaleCompleted) -> Ticket:
    """The ticket as it was before promotions: what a cashier picked is taken off its line as an amount."""
    lines = []
    for line in sale.lines:
        picked = [one for one in line.discounts if not one.discount_id.startswith(_RULES)]
        lines.append(
            TicketLine(
                line_id=line.line,
                item_id=line.item,
                kind=line.item_kind,
                names=line.names,
                quantity=line.quantity,
                unit_price=line.unit_price,
                tax_class=line.tax_class,
                discounts=tuple(
                    Discount(one.discount_id, one.names, one.bearer, amount=one.amount) for one in picked
                ),
            )
        )
    currency = sale.total.currency
    return Ticket(sale.ticket, 0, TicketState.OPEN, sale.member or None, tuple(lines), (), "", currency)


def _guest(transaction: Transaction, sale: SaleCompleted) -> Guest:
    found = members.member(transaction, sale.member) if sale.member else None
    if found is None:
        return Guest()
    first = sales.first_of_member(transaction, sale.member)
    guest = Guest(found.member_id, tier=found.tier, birthday=found.birthday)
    return replace(guest, first_visit=first == sale.receipt)
