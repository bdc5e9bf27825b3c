"""The small shop with promotions, a rate of points and a member with a birthday, for the tests of coupons and points.

The day is Friday, 2026-11-20. No test lives here.
"""

from __future__ import annotations

from salon_desk.domain.coupon import CouponReason, coupon_asset
from salon_desk.domain.points import points_asset, points_owed_asset
from salon_desk.domain.promotion import Outcome
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.ticket import Wishes
from salon_desk.operations import description as described
from salon_desk.operations.description import FieldValue
from salon_desk.services import coupons, points, tickets
from salon_desk.services.checkout import Sold
from salon_desk.services.coupons import Gift
from salon_desk.services.describe import Description, describe
from salon_desk.services.refunds import GivenBack, refund
from salon_desk.storage.queries.moves import everywhere
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash

_Values = dict[str, FieldValue]

RULES: tuple[tuple[str, _Values], ...] = (
    (
        "birthday",
        {"amount_cents": 1000, "scope": "services", "birthday": "month", "exclusive": "day", "position": 1},
    ),
    (
        "member-day",
        {"percent": "10", "members_only": True, "weekdays": ["5"], "exclusive": "day", "position": 2},
    ),
    ("gift-20", {"amount_cents": 2000, "needs_coupon": True, "valid_days": 90, "position": 3}),
    ("points", {"amount_cents": 500, "block": 100, "most": 0, "position": 4}),
)


def rule(id_: str, values: _Values) -> Description:
    """A promotion with the names and words that every one has."""
    names: _Values = {
        "name_en": id_,
        "name_zh_cn": "活动",
        "terms_en": f"{id_}: valid until the day printed here",
    }
    return described.PromotionDescribed, id_, {**names, "currency": "USD", **values}


def with_rules(shop: Shop, *ids: str, rate: str = "", **store: FieldValue) -> Shop:
    """The shop with these promotions and this rate of points; May's birthday is on the 28th."""
    things: list[Description] = [rule(id_, values) for id_, values in RULES if id_ in ids]
    things.append((described.StoreDescribed, "s1", {"points_rate": rate, **store}))
    things.append((described.MemberDescribed, shop.member, {"birthday": "11-28"}))
    describe(shop.till, shop.command(), None, things)
    return shop


def give(shop: Shop, promotion: str = "gift-20", **more: str) -> str:
    """Give May a coupon; its id."""
    before = {one.coupon for one in coupons.of_member(shop.till, shop.member)}
    coupons.give(
        shop.till, shop.command(), MANAGER, [shop.member], Gift(promotion, CouponReason.GIFT, **more)
    )
    return next(one.coupon for one in coupons.of_member(shop.till, shop.member) if one.coupon not in before)


def grant(shop: Shop, number: int) -> None:
    """Give May points."""
    points.grant(shop.till, shop.command(), MANAGER, shop.member, points=number, reason="referral")


def units(shop: Shop, asset: str) -> int:
    """What there is of an asset."""
    with shop.till.read() as transaction:
        return everywhere(transaction, asset)


def balance(shop: Shop) -> tuple[int, int]:
    """May's points, and those that she owes."""
    return units(shop, points_asset(shop.member)), units(shop, points_owed_asset(shop.member))


def is_left(shop: Shop, coupon: str) -> bool:
    """Whether a coupon can still be used."""
    return units(shop, coupon_asset(coupon)) == 1


def wish(shop: Shop, ticket: str, **wishes: object) -> tickets.TicketView:
    """What the cashier wants on a ticket."""
    return tickets.wish(shop.till, shop.command(), CASHIER, ticket, wishes=Wishes(**wishes))  # type: ignore[arg-type]


def on(shop: Shop, ticket: str) -> list[str]:
    """The promotions on a ticket."""
    return [one.rule for one in tickets.view(shop.till, ticket).ticket.discounts]


def outcomes(shop: Shop, ticket: str) -> dict[str, Outcome]:
    """What became of each promotion."""
    found = tickets.review(shop.till, ticket)
    assert found is not None
    return {one.rule.rule_id: one.outcome for one in found.choice.verdicts}


def sell(shop: Shop, ticket: str) -> Sold:
    """Pay a ticket in cash."""
    return shop.sell(ticket, cash())


def give_back(shop: Shop, sold: Sold, *lines: int) -> GivenBack:
    """A refund of some lines of a sale by their number."""
    asked = tuple(RefundAsk(sold.sale.lines[number].line) for number in lines)
    return refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=asked, reason="unhappy")
