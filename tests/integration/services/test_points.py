"""Points: earned by money, redeemed in part, taken back by a refund or owed, turned into a coupon or bonus at a threshold."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.domain.errors import PermissionNeeded, QuantityOutOfRange
from salon_desk.services import coupons, points, voids
from salon_desk.services.coupon_errors import PointsOutOfRange
from salon_desk.services.errors import ReasonMissing, UnknownMember
from salon_desk.services.reports import liability_report
from salon_desk.storage.verify import verify
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.loyal import balance, give, give_back, grant, on, sell, wish, with_rules
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars

VISIT = (("gel", "lily"), ("pedicure", "kim"), ("cream", ""))


def test_a_payment_with_money_earns_by_the_rate_on_what_it_paid_before_tax(shop: Shop) -> None:
    with_rules(shop, rate="1")
    sold = shop.sell(shop.ticket(*VISIT), cash(), tip="15.00")
    assert (sold.sale.subtotal, sold.sale.points) == (dollars("101.00"), 101)
    assert balance(shop) == (101, 0)


def test_what_stored_value_pays_and_what_is_topped_up_earns_nothing(shop: Shop) -> None:
    with_rules(shop, rate="1")
    shop.top_up("60.00")
    assert balance(shop) == (0, 0)
    sold = shop.sell(shop.ticket(("gel", "lily")), shop.stored("23.50"), cash())
    assert sold.sale.points == 22  # half of $47.03
    walk_in = shop.sell(shop.ticket(("gel", "lily"), member=False), cash())
    assert walk_in.sale.points == 0


def test_points_are_redeemed_in_part_and_the_rest_stays(shop: Shop) -> None:
    with_rules(shop, "points")
    grant(shop, 350)
    ticket = shop.ticket(*VISIT)
    assert on(shop, ticket) == []
    view = wish(shop, ticket, points=299)
    assert view.priced.discount == dollars("10.00")
    with pytest.raises(QuantityOutOfRange):
        wish(shop, ticket, points=-1)
    sell(shop, ticket)
    assert balance(shop) == (150, 0)


def test_a_part_refund_puts_points_back_by_its_part_rounded_down_and_all_of_it_the_rest(
    shop: Shop, tmp_path: Path
) -> None:
    with_rules(shop, "points")
    grant(shop, 100)
    ticket = shop.ticket(*VISIT)
    wish(shop, ticket, points=100)
    sold = sell(shop, ticket)
    assert balance(shop) == (0, 0)
    give_back(shop, sold, 0)
    assert balance(shop) == (44, 0)  # $2.23 of the $5.00
    give_back(shop, sold, 1)
    give_back(shop, sold, 2)
    assert balance(shop) == (100, 0)
    assert verify(tmp_path / "till").problems == ()


def test_a_refund_takes_back_what_was_earned_in_proportion(shop: Shop) -> None:
    with_rules(shop, rate="1")
    sold = shop.sell(shop.ticket(*VISIT), cash())
    first = give_back(shop, sold, 0).document
    assert (first.points, balance(shop)) == (45, (56, 0))
    give_back(shop, sold, 1, 2)
    assert balance(shop) == (0, 0)


def test_points_that_were_spent_before_a_refund_are_owed_and_taken_of_what_is_earned_next(
    shop: Shop, tmp_path: Path
) -> None:
    with_rules(shop, "points", rate="1")
    sold = shop.sell(shop.ticket(*VISIT), cash())
    ticket = shop.ticket(("gel", "lily"))
    wish(shop, ticket, points=100)
    shop.sell(ticket, cash())
    assert balance(shop) == (41, 0)
    assert give_back(shop, sold, 0, 1, 2).document.points_owed == 60
    assert balance(shop) == (0, 60)
    third = shop.sell(shop.ticket(("gel", "lily")), cash())
    assert (third.sale.points, third.sale.points_owed) == (45, 45)
    assert balance(shop) == (0, 15)
    shop.sell(shop.ticket(("gel", "lily")), cash())
    assert balance(shop) == (30, 0)
    assert verify(tmp_path / "till").problems == ()


def test_a_void_of_a_sale_whose_points_were_spent_leaves_them_owed(shop: Shop) -> None:
    with_rules(shop, "points", rate="1")
    sold = shop.sell(shop.ticket(*VISIT), cash())
    ticket = shop.ticket(("six", "kim"))
    wish(shop, ticket, points=100)
    shop.sell(ticket, cash())
    assert balance(shop) == (2, 0)
    voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="wrong guest")
    assert balance(shop) == (0, 99)


def test_at_the_threshold_points_turn_into_coupons_by_themselves(shop: Shop) -> None:
    with_rules(shop, "gift-20", rate="2", points_convert_at=100, points_convert_coupon="gift-20")
    shop.sell(shop.ticket(*VISIT), cash())
    assert balance(shop) == (2, 0)
    found = coupons.of_member(shop.till, shop.member)
    assert [(one.promotion, one.reason.value) for one in found] == [("gift-20", "points")] * 2


def test_at_the_threshold_points_turn_into_bonus_and_the_books_say_so(shop: Shop) -> None:
    with_rules(shop, rate="1", points_convert_at=100, points_convert_bonus_cents=500)
    shop.sell(shop.ticket(*VISIT), cash())
    assert (balance(shop), shop.value()) == ((1, 0), (dollars("0"), dollars("5.00")))
    sums = account_sums(shop.till)
    assert -500 in sums.values()
    assert sum(sums.values()) == 0


def test_points_stay_points_where_what_they_would_become_cannot_be_given(shop: Shop) -> None:
    with_rules(shop, rate="1", points_convert_at=100, points_convert_coupon="unknown")
    shop.sell(shop.ticket(*VISIT), cash())
    assert balance(shop) == (101, 0)
    with_rules(shop, rate="1", points_convert_coupon="", points_convert_bonus_cents=0)
    shop.sell(shop.ticket(*VISIT), cash())
    assert balance(shop) == (202, 0)


def test_who_may_give_points_and_how_many(shop: Shop) -> None:
    with pytest.raises(PermissionNeeded):
        points.grant(shop.till, shop.command(), CASHIER, shop.member, points=5, reason="x")
    with pytest.raises(ReasonMissing):
        points.grant(shop.till, shop.command(), MANAGER, shop.member, points=5, reason="")
    with pytest.raises(PointsOutOfRange):
        points.grant(shop.till, shop.command(), MANAGER, shop.member, points=0, reason="x")
    with pytest.raises(UnknownMember):
        points.grant(shop.till, shop.command(), MANAGER, "nobody", points=5, reason="x")


def test_the_report_of_what_is_owed_names_points_and_coupons_which_are_no_money(shop: Shop) -> None:
    with_rules(shop, "gift-20")
    grant(shop, 350)
    give(shop)
    with shop.till.read() as transaction:
        report = liability_report(transaction)
    assert (report.points, report.coupons, report.agrees) == (350, 1, True)
