"""What a ticket's discounts spend of the member's coupons and points, and what a refund of the sale puts back.

Which discounts there are was chosen before (`promotions.py`). The one rule: with the units spent goes a once-only right to put
them back, as much as they, so that no two refunds do (PROTOCOL 1); where it lies elsewhere it is wanted first, and without it
nothing is put back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from salon_desk.domain.claim import redeemed_right
from salon_desk.domain.coupon import coupon_of
from salon_desk.domain.errors import InsufficientValue
from salon_desk.domain.money import Money, total
from salon_desk.domain.points import member_of_points, points_asset
from salon_desk.domain.pricing import PricedTicket
from salon_desk.domain.redeemed import LoweredLine, put_back_by_now
from salon_desk.domain.refund import RefundedLine
from salon_desk.domain.ticket import Discount, Ticket
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.redeemed import RedeemedPart
from salon_desk.operations.sale import SaleCompleted, SaleRefunded, SoldLine
from salon_desk.services.moves import missing_here
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, coupons, moves
from salon_desk.storage.queries.merges import group
from salon_desk.wire.messages import Part


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What discounts spent, or what of it was put back, and the purse changes by which it happens."""

    parts: tuple[RedeemedPart, ...] = ()
    changes: tuple[PurseChange, ...] = ()

    @property
    def units(self) -> dict[str, int]:
        """By asset, the units of all parts."""
        sums: dict[str, int] = {}
        for one in self.parts:
            sums[one.asset] = sums.get(one.asset, 0) + one.units
        return sums


def redeem(till: Till, transaction: Transaction, ticket: Ticket, priced: PricedTicket) -> Redeemed:
    """Spend what the promotions of a ticket cost, as far as they lower anything.

    Raises InsufficientValue when it is not here any more: it was used on another ticket, went to another till, or is another
    person's again since a merge was undone.
    """
    persons = group(transaction, ticket.member) if ticket.member else ()
    lowering = {one.discount_id for line in priced.lines for one in line.discounts}
    parts, changes, spent = list[RedeemedPart](), list[PurseChange](), dict[str, int]()
    for one in ticket.discounts:
        if not one.rule or not one.asset or not one.units or one.discount_id not in lowering:
            continue
        for asset, units in _taken(till, transaction, one, persons, spent):
            spent[asset] = spent.get(asset, 0) + units
            parts.append(RedeemedPart(discount=one.discount_id, asset=asset, units=units))
            changes.append(PurseChange(asset, -units, Cause.REDEEM))
        right = redeemed_right(ticket.ticket_id, one.discount_id)
        changes.append(PurseChange(right, one.units, Cause.ISSUE))
    return Redeemed(tuple(parts), tuple(changes))


def _taken(
    till: Till, transaction: Transaction, one: Discount, persons: Sequence[str], spent: Mapping[str, int]
) -> list[tuple[str, int]]:
    """(asset, units) that pay for a discount: its own first; points also those under the person's other ids."""
    assets, left, found, elsewhere = [one.asset], one.units, list[tuple[str, int]](), 0
    if member_of_points(one.asset):
        assets += [name for name in map(points_asset, persons) if name != one.asset]
    for asset in assets:
        here = cards.purse(transaction, asset, till.store.node, till.store.epoch)
        if _owner(transaction, asset) in persons:
            units = min(max(here.usable - spent.get(asset, 0), 0), left)
            found += [(asset, units)] if units else []
            left -= units
        elsewhere += max(moves.everywhere(transaction, asset) - here.units, 0)
    if left:
        raise InsufficientValue(one.asset, one.units, one.units - left, elsewhere)
    return found


def _owner(transaction: Transaction, asset: str) -> str:
    """Whose points or coupon an asset is, empty for neither."""
    return member_of_points(asset) or coupons.owner(transaction, coupon_of(asset))


def put_back(
    till: Till,
    transaction: Transaction,
    sale: SaleCompleted,
    before: Sequence[SaleRefunded],
    lines: Sequence[RefundedLine],
) -> Redeemed:
    """What a refund of these lines puts back, as far as the right to do so lies here."""
    parts, changes, used = list[RedeemedPart](), list[PurseChange](), dict[str, int]()
    for one, due in _due(sale, before, lines):
        right = redeemed_right(sale.ticket, one.discount)
        here = cards.units_here(transaction, right, till.store.node, till.store.epoch)
        units = min(due, here - used.get(right, 0))
        if units:
            used[right] = used.get(right, 0) + units
            parts.append(RedeemedPart(discount=one.discount, asset=one.asset, units=units))
            changes.append(PurseChange(right, -units, Cause.REDEEM))
            changes.append(PurseChange(one.asset, units, Cause.UNDO))
    return Redeemed(tuple(parts), tuple(changes))


def wanted(
    till: Till,
    transaction: Transaction,
    sale: SaleCompleted,
    before: Sequence[SaleRefunded],
    lines: Sequence[RefundedLine],
) -> tuple[Part, ...]:
    """The rights to put back what these lines redeemed that are missing here and known to lie elsewhere."""
    due: dict[str, int] = {}
    for one, units in _due(sale, before, lines):
        right = redeemed_right(sale.ticket, one.discount)
        due[right] = due.get(right, 0) + units
    missing = {right: missing_here(till, transaction, right, units) for right, units in due.items()}
    return tuple(Part(right, units) for right, units in missing.items() if units)


def _due(
    sale: SaleCompleted, before: Sequence[SaleRefunded], lines: Sequence[RefundedLine]
) -> Iterable[tuple[RedeemedPart, int]]:
    """Each purse that a discount was spent from, with what of it has to be put back by this refund."""
    for one in sale.redeemed:
        by_now = put_back_by_now(one.units, _lowered(sale, one.discount, before, lines))
        was = sum(
            part.units
            for refund in before
            for part in refund.put_back
            if (part.discount, part.asset) == (one.discount, one.asset)
        )
        if by_now > was:
            yield one, by_now - was


def _lowered(
    sale: SaleCompleted, discount: str, before: Sequence[SaleRefunded], lines: Sequence[RefundedLine]
) -> list[LoweredLine]:
    zero = sale.total - sale.total
    back: dict[str, Money] = {}
    for refund in before:
        for given in refund.lines:
            back[given.sold.line] = back.get(given.sold.line, zero) + given.net + given.tax
    for now in lines:
        back[now.line_id] = back.get(now.line_id, zero) + now.amount
    return [
        LoweredLine(amount, _whole(line), back.get(line.line, zero), line.line in back)
        for line in sale.lines
        if (amount := total((d.amount for d in line.discounts if d.discount_id == discount), zero.currency))
    ]


def _whole(line: SoldLine) -> Money:
    return line.net + total((tax for _rate, tax in line.taxes), line.net.currency)
