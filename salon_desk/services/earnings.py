"""What a member gets by paying: points inside the sale, and behind it coupons of top-up offers and what points turn into.

How many points there are is in `points.py`, what a coupon is in `coupons.py`. Everything here is decided in the transaction that
takes the payment, so that it is there exactly when the payment is.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.domain.coupon import CouponReason
from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.domain.points import points_asset
from salon_desk.domain.pricing import PricedTicket
from salon_desk.domain.tender import SettledTender
from salon_desk.domain.ticket import Ticket
from salon_desk.domain.tip import TipPart
from salon_desk.operations.coupon import CouponIssued
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.payment import Funding
from salon_desk.operations.points import PointsConverted
from salon_desk.operations.sale import SaleCompleted
from salon_desk.services import coupons, points, postings
from salon_desk.services.coupons import Gift
from salon_desk.services.points import Moved
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards
from salon_desk.storage.queries.shop import Shop

MOST_TURNS = 10
"""Times that points turn into something behind one sale."""


def of_sale(
    till: Till,
    transaction: Transaction,
    shop: Shop,
    ticket: Ticket,
    *,
    priced: PricedTicket,
    paid: Sequence[SettledTender],
    tips: Sequence[TipPart],
) -> Moved:
    """The points that a sale earns; `paid`: its tenders beside top-ups."""
    member = ticket.member or ""
    return points.earn(till, transaction, shop, member, priced=priced, lines_paid=paid, tips=tips)


def after_sale(till: Till, transaction: Transaction, shop: Shop, sale: SaleCompleted) -> list[Operation]:
    """The operations behind a sale: coupons of its top-ups, and what its points have come to."""
    made: list[Operation] = [
        *coupons.with_top_ups(till, transaction, sale.member, sale.ticket, sale.fundings)
    ]
    if sale.points > sale.points_owed:
        made += converted(till, transaction, shop, sale.member, before=sale.purse_changes)
    return made


def converted(
    till: Till, transaction: Transaction, shop: Shop, member: str, *, before: Sequence[PurseChange]
) -> list[Operation]:
    """Points here that have come to the shop's threshold, turned into a coupon or bonus; `before`: recorded in front of it.

    Nothing where the shop does not say so, or what they would turn into cannot be given: then they stay points.
    """
    at, asset = shop.points.convert_at, points_asset(member)
    if at <= 0:
        return []
    here = cards.units_here(transaction, asset, till.store.node, till.store.epoch)
    here += sum(change.units for change in before if change.asset == asset)
    made = [
        _turned(till, transaction, shop, member, PurseChange(asset, -at, Cause.REDEEM))
        for _n in range(min(here // at, MOST_TURNS))
    ]
    return [one for one in made if one is not None]


def _turned(
    till: Till, transaction: Transaction, shop: Shop, member: str, cost: PurseChange
) -> CouponIssued | PointsConverted | None:
    if shop.points.coupon:
        try:
            gift = Gift(shop.points.coupon, CouponReason.POINTS)
            return coupons.issued(till, transaction, member, gift, also=(cost,))
        except DomainError:
            return None
    card = next((one for one in cards.cards_of(transaction, member) if not one.frozen), None)
    if card is None or shop.points.bonus_cents <= 0 or card.currency != shop.currency:
        return None
    bonus = Money(shop.points.bonus_cents, shop.currency)
    funding = Funding(card=card.card, paid=bonus - bonus, bonus=bonus)
    return PointsConverted(
        member=member,
        store=shop.store,
        points=-cost.units,
        funding=funding,
        purse_changes=(cost, PurseChange(card.assets.bonus, bonus.cents, Cause.ISSUE)),
        postings=postings.balanced(postings.of_fundings([funding])),
    )
