"""Promotions on a ticket: the best is put on when a member stands there, spent when it is paid, put back by a refund once."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.domain.coupon import coupon_asset
from salon_desk.domain.errors import DiscountInvalid, InsufficientValue, PermissionNeeded, QuantityOutOfRange
from salon_desk.domain.names import Names
from salon_desk.domain.points import points_asset
from salon_desk.domain.promotion import Outcome
from salon_desk.domain.ticket import Bearer, Discount, Wishes
from salon_desk.operations.description import FieldValue, OfferDescribed
from salon_desk.services import coupons, members, merging, points, tickets, top_up_undo, voids
from salon_desk.services.coupon_errors import CouponGone, CouponTermsMissing, UnknownCoupon, UnknownPromotion
from salon_desk.services.coupons import Gift
from salon_desk.services.describe import describe, plan
from salon_desk.services.errors import NotRefundable, ReasonMissing, UnknownMember
from salon_desk.services.members import NewMember
from salon_desk.services.payment import TopUpAsk
from salon_desk.storage.verify import verify
from tests.integration.services.loyal import (
    give,
    give_back,
    grant,
    is_left,
    on,
    outcomes,
    rule,
    sell,
    units,
    wish,
    with_rules,
)
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars

VISIT = (("gel", "lily"), ("pedicure", "kim"), ("cream", ""))


def test_the_birthday_of_a_member_takes_10_off_services_and_comes_to_95_89(shop: Shop) -> None:
    with_rules(shop, "birthday")
    walk_in = shop.ticket(*VISIT, member=False)
    assert on(shop, walk_in) == []
    view = tickets.attach_member(shop.till, shop.command(), CASHIER, walk_in, member=shop.member)
    assert [one.rule for one in view.ticket.discounts] == ["birthday"]
    assert (view.priced.discount, view.priced.total) == (dollars("10.00"), dollars("95.89"))
    gone = tickets.attach_member(shop.till, shop.command(), CASHIER, walk_in, member="")
    assert gone.ticket.discounts == ()


def test_the_better_of_two_is_taken_and_the_cashier_may_choose_the_other(shop: Shop) -> None:
    with_rules(shop, "birthday", "member-day")
    ticket = shop.ticket(*VISIT)
    assert outcomes(shop, ticket) == {"member-day": Outcome.APPLIED, "birthday": Outcome.BETTER}
    assert on(shop, ticket) == ["member-day"]
    wish(shop, ticket, on=("birthday",))
    assert outcomes(shop, ticket) == {"member-day": Outcome.BY_HAND, "birthday": Outcome.APPLIED}
    wish(shop, ticket, off=("birthday", "member-day"))
    assert on(shop, ticket) == []
    sold = sell(shop, ticket)
    assert sold.sale.discount == dollars("0")


def test_a_line_more_is_weighed_anew(shop: Shop) -> None:
    with_rules(shop, "birthday", "member-day")
    ticket = shop.ticket(("gel", "lily"))
    assert on(shop, ticket) == ["birthday"]  # 10.00 against 4.50
    for item in ("gel", "gel"):
        tickets.add_line(shop.till, shop.command(), CASHIER, ticket, tickets.NewLine(item))
    assert on(shop, ticket) == ["member-day"]  # 13.50


def test_a_rule_holds_from_the_day_that_the_owner_planned(shop: Shop) -> None:
    with_rules(shop, "birthday")
    later = rule("birthday", {"amount_cents": 1500})
    plan(shop.till, shop.command(), None, [later], "2026-11-21")
    assert tickets.view(shop.till, shop.ticket(*VISIT)).priced.discount == dollars("10.00")
    plan(shop.till, shop.command(), None, [rule("birthday", {"amount_cents": 2000})], "2026-11-20")
    assert tickets.view(shop.till, shop.ticket(*VISIT)).priced.discount == dollars("20.00")


def test_a_shop_without_promotions_and_a_rule_that_says_nothing_clear_change_nothing(shop: Shop) -> None:
    ticket = shop.ticket(*VISIT)
    assert tickets.review(shop.till, ticket) is None
    both = rule("both", {"amount_cents": 100, "percent": "5"})
    describe(shop.till, shop.command(), None, [both, rule("odd", {"percent": "5", "birthday": "sometimes"})])
    tickets.add_line(shop.till, shop.command(), CASHIER, ticket, tickets.NewLine("six"))
    assert on(shop, ticket) == []


def test_what_a_cashier_types_spends_nobodys_coupon(shop: Shop) -> None:
    typed = Discount("d", Names("d"), Bearer.SALON, amount=dollars("1"), asset="coupon/x", units=1)
    with pytest.raises(DiscountInvalid):
        tickets.custom_discount(shop.till, shop.command(), MANAGER, shop.ticket(*VISIT), wanted=typed)


def test_a_coupon_is_spent_by_the_sale_once_and_by_no_other_ticket(shop: Shop) -> None:
    coupon = give(with_rules(shop, "gift-20"))
    first = shop.ticket(*VISIT)
    second = shop.ticket(*VISIT)
    assert (on(shop, first), on(shop, second)) == (["gift-20"], [])
    assert outcomes(shop, second) == {"gift-20": Outcome.COUPON_ELSEWHERE}
    sold = sell(shop, first)
    assert [(one.discount, one.asset, one.units) for one in sold.sale.redeemed] == [
        ("promotion/gift-20", coupon_asset(coupon), 1)
    ]
    assert not is_left(shop, coupon)
    assert outcomes(shop, second) == {"gift-20": Outcome.NO_COUPON}


def test_a_coupon_that_went_while_the_ticket_stood_open_refuses_the_payment(shop: Shop) -> None:
    coupon = give(with_rules(shop, "gift-20"))
    ticket = shop.ticket(*VISIT)
    coupons.withdraw(shop.till, shop.command(), MANAGER, coupon, reason="by mistake")
    with pytest.raises(InsufficientValue):
        sell(shop, ticket)
    wish(shop, ticket, off=())
    assert sell(shop, ticket).sale.discount == dollars("0")


def test_a_coupon_comes_back_with_the_last_of_the_lines_that_it_lowered(shop: Shop, tmp_path: Path) -> None:
    coupon = give(with_rules(shop, "gift-20"))
    sold = sell(shop, shop.ticket(*VISIT))
    assert give_back(shop, sold, 0).document.put_back == ()
    assert not is_left(shop, coupon)
    give_back(shop, sold, 2)
    last = give_back(shop, sold, 1).document
    assert [(one.discount, one.units) for one in last.put_back] == [("promotion/gift-20", 1)]
    assert is_left(shop, coupon)
    assert verify(tmp_path / "till").problems == ()


def test_a_void_puts_coupon_and_points_back(shop: Shop) -> None:
    with_rules(shop, "gift-20", "points")
    coupon, ticket = give(shop), shop.ticket(*VISIT)
    grant(shop, 250)
    wish(shop, ticket, points=250)
    sold = sell(shop, ticket)
    assert (sold.sale.discount, is_left(shop, coupon)) == (dollars("30.00"), False)
    assert units(shop, f"points/{shop.member}") == 50
    voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason="wrong guest")
    assert (is_left(shop, coupon), units(shop, f"points/{shop.member}")) == (True, 250)
    with pytest.raises(NotRefundable):
        give_back(shop, sold, 0)


def test_an_offer_of_100_grants_a_coupon_of_20_that_goes_with_its_refund(shop: Shop) -> None:
    with_rules(shop, "gift-20")
    granting: dict[str, FieldValue] = {"coupon": "gift-20", "coupon_count": 1}
    describe(shop.till, shop.command(), None, [(OfferDescribed, "100", granting)])
    done = shop.top_up("", offer="100")
    (got,) = coupons.of_member(shop.till, shop.member)
    assert (got.promotion, got.to_day, got.reason.value) == ("gift-20", "2027-02-17", "top_up")
    assert got.terms == "gift-20: valid until the day printed here"
    voids.void(shop.till, shop.command(), MANAGER, done.op_id, reason="wrong card")
    assert coupons.of_member(shop.till, shop.member) == ()
    again = shop.top_up("", offer="100")
    sell(shop, shop.ticket(*VISIT))
    with pytest.raises(InsufficientValue):  # used since
        voids.void(shop.till, shop.command(), MANAGER, again.op_id, reason="wrong card")


def test_a_top_up_within_a_sale_grants_its_coupon_behind_it(shop: Shop) -> None:
    with_rules(shop, "gift-20")
    describe(shop.till, shop.command(), None, [(OfferDescribed, "100", {"coupon": "gift-20"})])
    sold = shop.sell(shop.ticket(*VISIT), cash(), top_ups=(TopUpAsk(shop.card, offer="100"),))
    assert len(coupons.of_member(shop.till, shop.member)) == 1
    top_up_undo.undo(shop.till, shop.command(), MANAGER, sold.op_id, reason="wrong card")
    assert coupons.of_member(shop.till, shop.member) == ()


def test_a_coupon_that_lapses_is_not_given_without_its_text(shop: Shop) -> None:
    with_rules(shop, "gift-20", "birthday")
    describe(shop.till, shop.command(), None, [rule("gift-20", {"terms_en": ""})])
    for promotion, refusal in (
        ("gift-20", CouponTermsMissing),
        ("birthday", UnknownPromotion),
        ("no", UnknownPromotion),
    ):
        with pytest.raises(refusal):
            give(shop, promotion)
    describe(shop.till, shop.command(), None, [rule("gift-20", {"valid_days": 0, "terms_en": ""})])
    assert is_left(shop, give(shop))


def test_a_coupon_of_a_group_counts_once_enough_have_one(shop: Shop) -> None:
    with_rules(shop, "gift-20")
    describe(shop.till, shop.command(), None, [rule("gift-20", {"quorum": 2})])
    give(shop, group="friends")
    ticket = shop.ticket(*VISIT)
    assert outcomes(shop, ticket) == {"gift-20": Outcome.QUORUM}
    ann = members.add(shop.till, shop.command(), CASHIER, members.NewMember(name="Ann")).member.member_id
    coupons.give(shop.till, shop.command(), MANAGER, [ann], Gift("gift-20", group="friends"))
    assert outcomes(shop, ticket) == {"gift-20": Outcome.APPLIED}


def test_who_may_give_and_take_coupons(shop: Shop) -> None:
    coupon = give(with_rules(shop, "gift-20"))
    with pytest.raises(PermissionNeeded):
        coupons.give(shop.till, shop.command(), CASHIER, [shop.member], Gift("gift-20"))
    with pytest.raises(UnknownMember):
        coupons.give(shop.till, shop.command(), MANAGER, ["nobody"], Gift("gift-20"))
    with pytest.raises(QuantityOutOfRange):  # nobody is left out in silence
        coupons.give(shop.till, shop.command(), MANAGER, [shop.member] * 51, Gift("gift-20"))
    with pytest.raises(ReasonMissing):
        coupons.withdraw(shop.till, shop.command(), MANAGER, coupon, reason=" ")
    with pytest.raises(UnknownCoupon):
        coupons.withdraw(shop.till, shop.command(), MANAGER, "no", reason="x")
    coupons.withdraw(shop.till, shop.command(), MANAGER, coupon, reason="x")
    with pytest.raises(CouponGone):
        coupons.withdraw(shop.till, shop.command(), MANAGER, coupon, reason="x")


def test_what_another_person_has_is_not_spent_once_a_merge_was_undone(shop: Shop) -> None:
    with_rules(shop, "gift-20")
    other = members.add(shop.till, shop.command(), CASHIER, NewMember("小美")).member.member_id
    coupons.give(shop.till, shop.command(), MANAGER, [other], Gift("gift-20"))
    merging.merge(shop.till, shop.command(), MANAGER, shop.member, duplicate=other)
    ticket = shop.ticket(*VISIT)
    assert on(shop, ticket) == ["gift-20"]
    merging.unmerge(shop.till, shop.command(), MANAGER, other)
    with pytest.raises(InsufficientValue):
        sell(shop, ticket)
    tickets.wish(shop.till, shop.command(), CASHIER, ticket, wishes=Wishes())
    assert on(shop, ticket) == []
    assert sell(shop, ticket).sale.redeemed == ()


def test_points_of_a_person_with_two_entries_are_one_figure_spent_together_and_come_back(shop: Shop) -> None:
    with_rules(shop, "points")
    other = members.add(shop.till, shop.command(), CASHIER, NewMember("小美")).member.member_id
    grant(shop, 60)
    points.grant(shop.till, shop.command(), MANAGER, other, points=140, reason="referral")
    merging.merge(shop.till, shop.command(), MANAGER, shop.member, duplicate=other)
    ticket = shop.ticket(*VISIT)
    wish(shop, ticket, points=200)
    found = tickets.review(shop.till, ticket)
    assert found is not None
    assert (found.points.here, found.points.balance) == (200, 200)
    sold = sell(shop, ticket)
    assert sorted((one.asset, one.units) for one in sold.sale.redeemed) == sorted(
        [(points_asset(other), 140), (points_asset(shop.member), 60)]
    )
    for line in range(len(sold.sale.lines)):
        give_back(shop, sold, line)
    assert (units(shop, points_asset(shop.member)), units(shop, points_asset(other))) == (60, 140)


def test_points_of_two_entries_turn_into_a_coupon_together(shop: Shop) -> None:
    with_rules(shop, "gift-20", rate="1", points_convert_at=120, points_convert_coupon="gift-20")
    other = members.add(shop.till, shop.command(), CASHIER, NewMember("小美")).member.member_id
    points.grant(shop.till, shop.command(), MANAGER, other, points=30, reason="referral")
    merging.merge(shop.till, shop.command(), MANAGER, shop.member, duplicate=other)
    sold = sell(shop, shop.ticket(*VISIT))
    assert sold.sale.points == 101
    assert len(coupons.of_member(shop.till, shop.member)) == 1
    assert units(shop, points_asset(shop.member)) + units(shop, points_asset(other)) == 101 + 30 - 120
