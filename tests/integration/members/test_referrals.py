"""Referrals: both sides get their coupon once, when the one who was brought has come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.domain.coupon import CouponReason
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.operations.description import FieldValue, PromotionDescribed
from salon_desk.services import members, referrals
from salon_desk.services.describe import describe
from salon_desk.services.member_errors import AlreadyRewarded, NotReferred
from salon_desk.services.members import NewMember
from salon_desk.storage.queries import coupons
from salon_desk.storage.queries import members as stored
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, open_shop

COUPON: dict[str, FieldValue] = {
    "name_en": "$20 off",
    "amount_cents": 2000,
    "needs_coupon": True,
    "currency": "USD",
    "bearer": "salon",
}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """The shop with an open shift and a coupon to give."""
    made = open_shop(tmp_path)
    made.open_shift()
    describe(made.till, made.command(), None, [(PromotionDescribed, "friend", COUPON)])
    yield made
    made.till.store.close()


def _reasons(shop: Shop, member: str) -> list[CouponReason]:
    with shop.till.read() as transaction:
        holder = (shop.till.store.node, shop.till.store.epoch)
        return [one.reason for one in coupons.of_member(transaction, member, *holder)]


def test_both_sides_get_their_coupon_once_and_not_before_the_visit(shop: Shop) -> None:
    referrer = shop.member
    new = NewMember("Li", referred_by=referrer)
    shop.member = members.add(shop.till, shop.command(), CASHIER, new).member.member_id

    def reward() -> None:
        referrals.reward(shop.till, shop.command(), MANAGER, shop.member, "friend")

    with pytest.raises(NotReferred):
        reward()
    shop.sell(shop.ticket(("gel", "lily")), cash())
    with pytest.raises(PermissionNeeded):
        referrals.reward(shop.till, shop.command(), CASHIER, shop.member, "friend")
    reward()
    assert _reasons(shop, shop.member) == _reasons(shop, referrer) == [CouponReason.REFERRAL]
    with pytest.raises(AlreadyRewarded):
        reward()
    with shop.till.read() as transaction:
        member = stored.member(transaction, shop.member)
        assert member is not None
        found = referrals.referral_of(shop.till, transaction, member)
    assert found is not None
    assert (found.referrer.member_id, found.came, found.rewarded) == (referrer, True, True)


def test_whom_nobody_brought_brings_nobody_a_coupon(shop: Shop) -> None:
    shop.sell(shop.ticket(("gel", "lily")), cash())
    with pytest.raises(NotReferred):
        referrals.reward(shop.till, shop.command(), MANAGER, shop.member, "friend")
