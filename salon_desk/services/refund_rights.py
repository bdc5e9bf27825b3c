"""The rights that bound what is given back on the lines of a sale, wherever they lie: here, to be asked for, or out of reach.

What goes back to which tender is `refunds.py`'s business. The one rule: what no right here bounds is the merchant's own money,
let through by a manager, kept as a claim on the right, and shown to a person when the right turns out to be used (PROTOCOL 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from salon_desk.domain.claim import FUNDED_REFUND, funded_refund, refund_right, right_of_funded
from salon_desk.domain.money import Money, total
from salon_desk.domain.refund import RefundedLine
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.sale import SaleCompleted, SaleRefunded, SoldLine
from salon_desk.services.errors import FundedRefundTooLarge, RightElsewhere
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, claims, moves
from salon_desk.wire.messages import Part


@dataclass(frozen=True, slots=True)
class Rights:
    """What a refund does to rights: those that are here end, and for `funded` of it there is none here."""

    changes: tuple[PurseChange, ...]
    funded: Money


@dataclass(frozen=True, slots=True)
class GivenTwice:
    """Money of one line that went back beyond what the line came to, in cents: for a person to look into."""

    ticket: str
    line: str
    units: int


MOST_FUNDED_CENTS = 10_000
"""What one refund may come to that no right here bounds, in cents of the sale's currency."""


def most_funded(currency: str) -> Money:
    """The same as money."""
    return Money(MOST_FUNDED_CENTS, currency)


def left(line: SoldLine, before: Sequence[SaleRefunded]) -> Money:
    """What of a line was not given back yet, as far as this node knows."""
    currency = line.net.currency
    whole = line.net + total((tax for _rate, tax in line.taxes), currency)
    back = [one for refund in before for one in refund.lines if one.sold.line == line.line]
    gone = total((one.net + one.tax for one in back), currency)
    return max(whole - gone, Money.zero(currency))


def wanted(
    till: Till, transaction: Transaction, ticket: str, lines: Iterable[RefundedLine]
) -> tuple[Part, ...]:
    """The rights that are missing here and known to lie elsewhere."""
    parts = []
    for line in lines:
        right = refund_right(ticket, line.line_id)
        here = cards.purse(transaction, right, till.store.node, till.store.epoch)
        elsewhere = max(moves.everywhere(transaction, right) - here.units, 0)
        units = min(max(line.amount.cents - here.usable, 0), elsewhere)
        parts += [Part(right, units)] if units else []
    return tuple(parts)


def taken(
    till: Till,
    transaction: Transaction,
    sale: SaleCompleted,
    lines: Sequence[RefundedLine],
    *,
    most: Money | None,
) -> Rights:
    """What these lines do to rights; `most`: what a manager lets pass without one.

    Raises RightElsewhere when rights are missing and nobody lets it pass, FundedRefundTooLarge beyond `most`.
    """
    changes, funded = list[PurseChange](), Money.zero(lines[0].amount.currency)
    for line in lines:
        right = refund_right(sale.ticket, line.line_id)
        here = min(cards.units_here(transaction, right, till.store.node, till.store.epoch), line.amount.cents)
        rest = line.amount.cents - here
        funded = funded + Money(rest, funded.currency)
        changes += [PurseChange(right, -here, Cause.REDEEM)] if here else []
        changes += [PurseChange(funded_refund(right), rest, Cause.ISSUE)] if rest else []
    if funded and most is None:
        raise RightElsewhere(sale.receipt)
    if most is not None and funded > most:
        raise FundedRefundTooLarge(funded.cents, most.cents)
    return Rights(tuple(changes), funded)


def given_twice(transaction: Transaction) -> list[GivenTwice]:
    """Lines of which more was given back than there was, as far as this node knows; a function of the set of operations."""
    found = []
    for asset in dict.fromkeys(one.asset for one in claims.claims(transaction, FUNDED_REFUND)):
        right = right_of_funded(asset)
        beyond = moves.everywhere(transaction, asset) - moves.everywhere(transaction, right)
        if beyond > 0:
            _head, ticket, line = right.split("/", 2)
            found.append(GivenTwice(ticket, line, beyond))
    return found
