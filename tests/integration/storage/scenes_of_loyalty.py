"""What happens with coupons, points, savings and promotions at tills that know the same; for the tests of any order (`scenes.py`)."""

from __future__ import annotations

from salon_desk.domain.coupon import CouponReason, coupon_asset
from salon_desk.domain.points import points_asset
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.ticket import Wishes
from salon_desk.operations.coupon import CouponIssued
from salon_desk.operations.description import FieldValue
from salon_desk.operations.savings import SavingsJoined, SavingsPlanDescribed
from salon_desk.services import coupons, points, refunds, savings, tickets, voids
from salon_desk.services.coupons import Gift
from salon_desk.services.describe import describe, plan
from tests.integration.services.loyal import rule, with_rules
from tests.integration.services.shop import CASHIER, MANAGER, cash, dollars
from tests.integration.storage.neighbours import Neighbours, record


def coupons_given_used_and_put_back(here: Neighbours) -> None:
    """The other till gives a coupon of its own, and one with an id that is taken."""
    shop, other = here.shops[:2]
    with_rules(shop, "gift-20", rate="1")
    coupons.give(shop.till, shop.command(), MANAGER, [shop.member], Gift("gift-20"))
    (coupon,) = coupons.of_member(shop.till, shop.member)
    for id_, promotion in (("another", "gift-20"), (coupon.coupon, "birthday")):
        record(
            other,
            CouponIssued(coupon=id_, promotion=promotion, member="x", store="s1", reason=CouponReason.GIFT),
        )
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    ask = RefundAsk(sold.sale.lines[0].line)
    refunds.refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=(ask,), reason="unhappy")


def points_moved_redeemed_and_owed(here: Neighbours) -> None:
    shop, other = here.shops[:2]
    with_rules(shop, "points", rate="2")
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    here.move(shop, other, [(points_asset(shop.member), 30)])
    here.receive(shop, other)
    voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="wrong")
    points.grant(shop.till, shop.command(), MANAGER, shop.member, points=50, reason="sorry")


def promotions_edited_at_once(here: Neighbours) -> None:
    for number, shop in enumerate(here.shops[:2]):
        describe(shop.till, shop.command(), None, [rule("birthday", {"amount_cents": 1000 + number})])
        plan(
            shop.till, shop.command(), None, [rule("birthday", {"weekdays": [str(number + 1)]})], "2026-12-01"
        )
    first = here.shops[0]
    ticket = first.ticket(("gel", "lily"))
    tickets.wish(first.till, first.command(), CASHIER, ticket, wishes=Wishes(off=("birthday",)))


def a_coupon_goes_to_the_other_till(here: Neighbours) -> None:
    shop, other = here.shops[:2]
    with_rules(shop, "gift-20")
    coupons.give(shop.till, shop.command(), MANAGER, [shop.member], Gift("gift-20", group="friends"))
    (coupon,) = coupons.of_member(shop.till, shop.member)
    here.move(shop, other, [(coupon_asset(coupon.coupon), 1)])
    here.receive(shop, other)
    coupons.withdraw(other.till, other.command(), MANAGER, coupon.coupon, reason="by mistake")


def savings_joined_at_both_granted_and_undone(here: Neighbours) -> None:
    """Of a plan that was reached by one deposit; another joins with an id that is taken."""
    shop, other = here.shops[:2]
    plan_of: dict[str, FieldValue] = {"target_cents": 5000, "bonus_cents": 500, "currency": "USD"}
    describe(shop.till, shop.command(), None, [(SavingsPlanDescribed, "save", plan_of)])
    name = savings.join(shop.till, shop.command(), CASHIER, shop.card, "save")
    another = SavingsJoined(
        savings=name, card="another", plan="other", store="s1", target=dollars("70.00"), bonus=dollars("7.00")
    )
    record(other, another)
    document = shop.top_up("50.00").op_id
    voids.void(shop.till, shop.command(), MANAGER, document, reason="wrong")


LOYALTY = (
    savings_joined_at_both_granted_and_undone,
    coupons_given_used_and_put_back,
    points_moved_redeemed_and_owed,
    promotions_edited_at_once,
    a_coupon_goes_to_the_other_till,
)
"""Of few operations, so that they can come in every order."""
