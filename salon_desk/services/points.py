"""Points of a member: earned by a payment, taken back by its refund, given by hand, turned into a coupon or bonus.

What they buy on a ticket is a promotion (`promotions.py`). They are issued where the money was taken, on what money paid of the
lines before tax. What has to be taken back and was spent is owed in points, and taken of what is earned next where that claim lies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.limits import MAX_REFERENCE, check_text
from salon_desk.domain.money import Money, total
from salon_desk.domain.points import (
    Earned,
    earned,
    kept_after,
    member_of_points,
    paid_with_money,
    points_asset,
    points_owed_asset,
)
from salon_desk.domain.pricing import PricedTicket
from salon_desk.domain.tender import SettledTender, TenderKind
from salon_desk.domain.ticket import MAX_UNITS
from salon_desk.domain.tip import TipPart
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.points import PointsGranted
from salon_desk.operations.sale import SaleCompleted, SaleRefunded
from salon_desk.services.coupon_errors import PointsOutOfRange
from salon_desk.services.errors import ReasonMissing, UnknownMember
from salon_desk.services.moves import missing_here
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, members, moves
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.shop import Shop
from salon_desk.wire.messages import Part

_MONEY = frozenset((TenderKind.CASH, TenderKind.EXTERNAL_CARD, TenderKind.WALLET, TenderKind.CUSTOM))


@dataclass(frozen=True, slots=True)
class Moved:
    """Points that an operation earns or takes back, and the purse changes by which it happens."""

    points: int = 0
    owed: int = 0
    changes: tuple[PurseChange, ...] = ()


@dataclass(frozen=True, slots=True)
class PointsFigures:
    """A member's points: `here` usable now, `elsewhere`, and those that are owed."""

    here: int
    elsewhere: int
    owed: int

    @property
    def balance(self) -> int:
        """All that the member has."""
        return self.here + self.elsewhere


def figures(till: Till, transaction: Transaction, member: str) -> PointsFigures:
    """A person's points under every id that was merged."""
    here = elsewhere = owed = 0
    for one in group(transaction, member):
        purse = cards.purse(transaction, points_asset(one), till.store.node, till.store.epoch)
        here += purse.usable
        elsewhere += max(moves.everywhere(transaction, points_asset(one)) - purse.units, 0)
        owed += moves.everywhere(transaction, points_owed_asset(one))
    return PointsFigures(here, elsewhere, owed)


def earn(
    till: Till,
    transaction: Transaction,
    shop: Shop,
    member: str,
    *,
    priced: PricedTicket,
    lines_paid: Sequence[SettledTender],
    tips: Sequence[TipPart],
) -> Moved:
    """What a sale earns; `lines_paid`: its tenders without what paid for top-ups, by whose number `tips` name theirs."""
    if not member or not shop.points.rate:
        return Moved()
    currency = priced.total.currency
    money = Money.zero(currency)
    for number, tender in enumerate(lines_paid):
        if tender.kind in _MONEY:
            tip = total((one.amount for one in tips if one.tender == number), currency)
            money = money + tender.amount - tip
    net = priced.subtotal - priced.discount
    points = earned(paid_with_money(net, priced.total, money), shop.points.rate)
    return _issued(till, transaction, member, points)


def taken_back(
    till: Till,
    transaction: Transaction,
    sale: SaleCompleted,
    before: Sequence[SaleRefunded],
    amount: Money,
    *,
    put_back: Mapping[str, int],
) -> Moved:
    """What a refund of `amount` of the lines takes back of the points that the sale earned; `put_back`: what it brings itself."""
    due = _due(sale, before, amount)
    asset = points_asset(sale.member)
    here = cards.units_here(transaction, asset, till.store.node, till.store.epoch) + put_back.get(asset, 0)
    taken = min(due, max(here, 0))
    changes = [PurseChange(asset, -taken, Cause.UNDO)] if taken else []
    if due > taken:
        changes.append(PurseChange(points_owed_asset(sale.member), due - taken, Cause.ISSUE))
    return Moved(due, due - taken, tuple(changes))


def wanted(
    till: Till, transaction: Transaction, sale: SaleCompleted, before: Sequence[SaleRefunded], amount: Money
) -> tuple[Part, ...]:
    """The points to ask for before they are taken back: what is not here and lies elsewhere."""
    asset = points_asset(sale.member)
    units = missing_here(till, transaction, asset, _due(sale, before, amount))
    return (Part(asset, units),) if units else ()


def short(till: Till, transaction: Transaction, net: Mapping[str, int]) -> list[PurseChange]:
    """What makes a void possible although points that it takes back were spent: they are owed instead.

    `net`: by asset, what the void would do.
    """
    changes = []
    for asset, units in net.items():
        member = member_of_points(asset)
        here = cards.units_here(transaction, asset, till.store.node, till.store.epoch) if member else 0
        if member and here + units < 0:
            missing = -(here + units)
            changes.append(PurseChange(asset, missing, Cause.UNDO))
            changes.append(PurseChange(points_owed_asset(member), missing, Cause.ISSUE))
    return changes


def grant(till: Till, command_id: str, actor: Actor, member: str, *, points: int, reason: str) -> None:
    """Give a member points by hand. Raises PermissionNeeded, ReasonMissing, PointsOutOfRange, UnknownMember, TextTooLong."""
    actor.require(Permission.GIVE)
    if not reason.strip():
        raise ReasonMissing("points")
    check_text("reason", reason, MAX_REFERENCE)
    if not 1 <= points <= MAX_UNITS:
        raise PointsOutOfRange(points, MAX_UNITS)

    def decide(transaction: Transaction) -> PointsGranted:
        if members.member(transaction, member) is None:
            raise UnknownMember(member)
        moved = _issued(till, transaction, member, points)
        return PointsGranted(
            member=member,
            store=till.shop(transaction).store,
            points=points,
            reason=reason.strip(),
            purse_changes=moved.changes,
        )

    till.record(command_id, actor, decide)


def _issued(till: Till, transaction: Transaction, member: str, points: int) -> Moved:
    """Points issued here; what the member owes, as far as the claim lies here, is taken of them at once."""
    if not points:
        return Moved()
    asset, claim = points_asset(member), points_owed_asset(member)
    here = cards.units_here(transaction, claim, till.store.node, till.store.epoch)
    got = Earned(points, min(points, here))
    changes = [PurseChange(asset, got.points, Cause.ISSUE)]
    if got.owed:
        changes += [PurseChange(asset, -got.owed, Cause.UNDO), PurseChange(claim, -got.owed, Cause.UNDO)]
    return Moved(got.points, got.owed, tuple(changes))


def _due(sale: SaleCompleted, before: Sequence[SaleRefunded], amount: Money) -> int:
    """How many of the points that a sale earned have to go with this refund."""
    if not sale.points:
        return 0
    zero = amount - amount
    gone = total((line.net + line.tax for refund in before for line in refund.lines), zero.currency)
    left = max(sale.total - gone - amount, zero)
    keep = kept_after(sale.points, left=left, whole=sale.total)
    return max(sale.points - keep - sum(refund.points for refund in before), 0)
