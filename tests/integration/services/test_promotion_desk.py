"""The owner's promotions are written down now or for a day, refused when unclear, and tried on last month's sales before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from salon_desk.domain.errors import PermissionNeeded, QuantityOutOfRange
from salon_desk.domain.names import Names
from salon_desk.domain.promotion import Promotion, PromotionInvalid
from salon_desk.domain.ticket import Bearer, Discount, DiscountScope
from salon_desk.services import tickets, voids
from salon_desk.services.coupon_errors import CouponTermsMissing
from salon_desk.services.promotion_desk import Written, save, written
from salon_desk.services.promotion_trial import Trial, sold, tried
from salon_desk.services.report_errors import BadDay
from tests.integration.services.loyal import on, with_rules
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars
from tests.unit.domain.promotions import rule

VISIT = (("gel", "lily"), ("pedicure", "kim"), ("cream", ""))


def full() -> Promotion:
    """A rule that says everything that one can say."""
    one = rule(
        "", 1200, scope=DiscountScope.SERVICES, categories=("nails",), items=("gel",), members_only=True,
        tiers=("gold",), birthday="month", weekdays=(1, 5), month_days=(8, 18), from_day="2026-11-01",
        to_day="2026-12-31", min_spend=dollars("20"), first_visit=True, needs_coupon=True, quorum=2,
        exclusive="day", alone=True, most=2, bearer=Bearer.SPLIT,
    )  # fmt: skip
    return Promotion(**{name: getattr(one, name) for name in one.__slots__} | {"names": Names("All", "全部")})


def new(cents: int, **others: Any) -> Promotion:
    """A rule that has no id yet."""
    return replace(rule("New", cents, **others), rule_id="")


def test_what_is_written_comes_back_as_it_was(shop: Shop) -> None:
    terms = Names("Until the day printed", "有效期见券面")
    made = save(shop.till, shop.command(), MANAGER, Written(full(), terms=terms, valid_days=30))
    (found,) = written(shop.till)
    assert (found.terms, found.valid_days, found.active, found.planned) == (terms, 30, True, ())
    wanted = {name: getattr(full(), name) for name in full().__slots__} | {"rule_id": made, "order": 1}
    assert {name: getattr(found.rule, name) for name in found.rule.__slots__} == wanted
    off = Written(found.rule, active=False, terms=terms, valid_days=30)
    assert save(shop.till, shop.command(), MANAGER, off) == made
    assert [one.active for one in written(shop.till)] == [False]


def test_a_rule_for_a_day_to_come_is_a_plan(shop: Shop) -> None:
    made = save(shop.till, shop.command(), MANAGER, Written(new(500)))
    ticket = shop.ticket(*VISIT)
    assert on(shop, ticket) == [made]
    (found,) = written(shop.till)
    save(shop.till, shop.command(), MANAGER, Written(found.rule, active=False), from_day="2026-12-01")
    assert [one.planned for one in written(shop.till)] == [("2026-12-01",)]
    assert on(shop, shop.ticket(*VISIT)) == [made]
    with pytest.raises(BadDay):
        save(shop.till, shop.command(), MANAGER, Written(found.rule), from_day="soon")


def test_what_is_unclear_or_not_allowed_is_not_written(shop: Shop) -> None:
    coupon = new(500, needs_coupon=True)
    for one, refusal in (
        (Written(new(500, month_days=(40,))), PromotionInvalid),
        (Written(coupon, valid_days=30), CouponTermsMissing),
        (Written(coupon, valid_days=-1), QuantityOutOfRange),
    ):
        with pytest.raises(refusal):
            save(shop.till, shop.command(), MANAGER, one)
    with pytest.raises(PermissionNeeded):
        save(shop.till, shop.command(), CASHIER, Written(new(500)))
    assert written(shop.till) == ()


def test_a_rule_is_tried_on_last_months_sales_of_this_store(shop: Shop) -> None:
    with_rules(shop, "birthday", "member-day")
    shop.sell(shop.ticket(("gel", "lily"), member=False), cash())  # no member
    shop.sell(shop.ticket(("gel", "lily")), cash())  # birthday, 10.00
    shop.sell(shop.ticket(*VISIT), cash())  # member day, 10.10
    typed = Discount("typed", Names("typed"), Bearer.SALON, amount=dollars("5.00"))
    ticket = shop.ticket(("pedicure", "kim"), member=False)
    tickets.custom_discount(shop.till, shop.command(), MANAGER, ticket, wanted=typed)
    shop.sell(ticket, cash())
    gone = shop.sell(shop.ticket(("gel", "lily")), cash())
    voids.void(shop.till, shop.command(), MANAGER, gone.op_id, reason="wrong")
    month = sold(shop.till)
    assert len(month) == 4
    half = rule("half", percent="50", scope=DiscountScope.SERVICES, members_only=True, exclusive="day")
    assert tried(shop.till, half, month) == Trial(4, 2, dollars(str(22.50 - 10 + 41.50 - 10.10)))
    # on the third the birthday's 10.00 beside its 10.10 is better than the member day's 9.09
    assert tried(shop.till, rule("all", percent="10"), month).cost == dollars("22.30")
    first = rule("first", 100, first_visit=True)
    assert tried(shop.till, first, month).touched == 1
    (birthday, *_others) = [one.rule for one in written(shop.till) if one.rule.rule_id == "birthday"]
    assert tried(shop.till, birthday, month) == Trial(4, 1, dollars("5.50"))  # instead of the member day
    shop.clock.instant += timedelta(days=40)
    assert tried(shop.till, half, ()) == Trial(0, 0, dollars("0"))
