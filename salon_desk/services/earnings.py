"""What coupons and points a sale and its refund move, and what comes behind a sale: coupons of offers, what points turn into.

How many points there are is in `points.py`, what a coupon is in `coupons.py`. Everything here is decided in the transaction that
takes the payment, so that it is there exactly when the payment is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import structs

from salon_desk.domain.coupon import CouponReason
from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.domain.points import points_asset
from salon_desk.domain.pricing import PricedTicket
from salon_desk.domain.refund import RefundPlan
from salon_desk.domain.tender import SettledTender
from salon_desk.domain.ticket import Ticket
from salon_desk.operations.coupon import CouponIssued
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.payment import Funding
from salon_desk.operations.points import PointsConverted
from salon_desk.operations.sale import SaleCompleted, SaleRefunded
from salon_desk.services import coupons, points, postings, redeeming, savings
from salon_desk.services.coupons import Gift
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.shop import Shop
from salon_desk.wire.messages import Part

MOST_TURNS = 10
"""Times that points turn into something behind one sale."""


def with_loyalty(
    till: Till,
    transaction: Transaction,
    ticket: Ticket,
    sale: SaleCompleted,
    *,
    shop: Shop,
    priced: PricedTicket,
    paid: Sequence[SettledTender],
) -> SaleCompleted:
    """The sale with what its discounts spend and what it earns; `paid`: its tenders beside top-ups. Raises InsufficientValue."""
    used = redeeming.redeem(till, transaction, ticket, priced)
    got = points.earn(till, transaction, shop, sale.member, priced=priced, lines_paid=paid, tips=sale.tips)
    return structs.replace(
        sale,
        redeemed=used.parts,
        points=got.points,
        points_owed=got.owed,
        purse_changes=(*sale.purse_changes, *used.changes, *got.changes),
    )


def without_loyalty(
    till: Till,
    transaction: Transaction,
    sale: SaleCompleted,
    before: Sequence[SaleRefunded],
    *,
    plan: RefundPlan,
    refund: SaleRefunded,
) -> SaleRefunded:
    """The refund with what it puts back of coupons and points, and takes back of what the sale earned."""
    back = redeeming.put_back(till, transaction, sale, before, plan.lines)
    gone = points.taken_back(till, transaction, sale, before, plan.total, put_back=back.units)
    return structs.replace(
        refund,
        put_back=back.parts,
        points=gone.points,
        points_owed=gone.owed,
        purse_changes=(*refund.purse_changes, *back.changes, *gone.changes),
    )


def wanted(
    till: Till,
    transaction: Transaction,
    sale: SaleCompleted,
    before: Sequence[SaleRefunded],
    plan: RefundPlan,
) -> tuple[Part, ...]:
    """What to ask for before a refund: rights to put back what was redeemed, points that have to go."""
    return (
        *redeeming.wanted(till, transaction, sale, before, plan.lines),
        *points.wanted(till, transaction, sale, before, plan.total),
    )


def after_sale(till: Till, transaction: Transaction, shop: Shop, sale: SaleCompleted) -> list[Operation]:
    """The operations behind a sale: coupons of its top-ups, and what its points have come to."""
    made: list[Operation] = [
        *coupons.with_top_ups(till, transaction, sale.member, sale.ticket, sale.fundings),
        *savings.after_deposit(till, transaction, sale.fundings),
    ]
    if sale.points > sale.points_owed:
        made += _converted(till, transaction, shop, sale)
    return made


def _converted(till: Till, transaction: Transaction, shop: Shop, sale: SaleCompleted) -> list[Operation]:
    """Points here that have come to the shop's threshold, turned into a coupon or bonus.

    Nothing where the shop does not say so, or what they would turn into cannot be given: then they stay points.
    """
    at = shop.points.convert_at
    if at <= 0:
        return []
    made = [
        _turned(till, transaction, shop, sale, cost) for cost in _costs(_here(till, transaction, sale), at)
    ]
    return [one for one in made if one is not None]


def _here(till: Till, transaction: Transaction, sale: SaleCompleted) -> dict[str, int]:
    """The person's points here with what the sale does to them, those under the id of the sale first."""
    found: dict[str, int] = {}
    for member in dict.fromkeys((sale.member, *group(transaction, sale.member))):
        asset = points_asset(member)
        here = cards.units_here(transaction, asset, till.store.node, till.store.epoch)
        found[asset] = here + sum(one.units for one in sale.purse_changes if one.asset == asset)
    return found


def _costs(here: Mapping[str, int], at: int) -> list[tuple[PurseChange, ...]]:
    """What each turn of `at` points takes of which purse, as often as there are as many."""
    left, found = dict(here), list[tuple[PurseChange, ...]]()
    while sum(left.values()) >= at and len(found) < MOST_TURNS:
        due, cost = at, list[PurseChange]()
        for asset in left:
            if units := min(left[asset], due):
                cost.append(PurseChange(asset, -units, Cause.REDEEM))
                left[asset] -= units
                due -= units
        found.append(tuple(cost))
    return found


def _turned(
    till: Till, transaction: Transaction, shop: Shop, sale: SaleCompleted, cost: tuple[PurseChange, ...]
) -> CouponIssued | PointsConverted | None:
    if shop.points.coupon:
        try:
            source = coupons.source_of(sale.ticket, coupons.FOR_POINTS)
            gift = Gift(shop.points.coupon, CouponReason.POINTS, source)
            return coupons.issued(till, transaction, sale.member, gift, also=cost)
        except DomainError:
            return None
    card = next((one for one in cards.cards_of(transaction, sale.member) if not one.frozen), None)
    if card is None or shop.points.bonus_cents <= 0 or card.currency != shop.currency:
        return None
    bonus = Money(shop.points.bonus_cents, shop.currency)
    funding = Funding(card=card.card, paid=bonus - bonus, bonus=bonus)
    return PointsConverted(
        member=sale.member,
        store=shop.store,
        points=-sum(one.units for one in cost),
        funding=funding,
        purse_changes=(*cost, PurseChange(card.assets.bonus, bonus.cents, Cause.ISSUE)),
        postings=postings.balanced(postings.of_fundings([funding])),
    )
