"""Referrals: who brought whom, and the coupon that both sides get for it, once, when the one who was brought has come.

Which coupon is a promotion's business (`coupons.py`); that referrals count for a tier is in `tiers.py`. The coupons of a referral
name it as their source, so that a second reward is refused wherever the first is known.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.domain.coupon import CouponReason
from salon_desk.domain.member import Member
from salon_desk.domain.names import Names
from salon_desk.operations.coupon import CouponIssued
from salon_desk.services.coupons import Gift, issued
from salon_desk.services.member_errors import AlreadyRewarded, NotReferred
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import coupons, members, promotions
from salon_desk.storage.queries.merges import canonical


@dataclass(frozen=True, slots=True)
class Referral:
    """Who brought a member, whether that one has come, whether both have their coupon, and what can be given."""

    referrer: Member
    came: bool
    rewarded: bool
    offers: tuple[tuple[str, Names], ...]


def referral_of(till: Till, transaction: Transaction, member: Member) -> Referral | None:
    """Who brought a member; None where nobody is said to have."""
    found = (
        members.member(transaction, canonical(transaction, member.referred_by))
        if member.referred_by
        else None
    )
    if found is None:
        return None
    day, currency = till.business_day(transaction), till.shop(transaction).currency
    active = promotions.active(transaction, day, currency)
    return Referral(
        referrer=found,
        came=bool(members.last_visit(transaction, member.member_id)),
        rewarded=_rewarded(till, transaction, member.member_id),
        offers=tuple((one.rule_id, one.names) for one in active if one.conditions.needs_coupon),
    )


def reward(till: Till, command_id: str, actor: Actor, member: str, promotion: str) -> None:
    """Give both sides a coupon, in one transaction.

    Raises NotReferred (nobody brought the member, or the member has not come yet), AlreadyRewarded, UnknownPromotion,
    CouponTermsMissing, PermissionNeeded.
    """
    actor.require(Permission.GIVE)
    gift = Gift(promotion, CouponReason.REFERRAL, source=_source(member))

    def decide(transaction: Transaction) -> list[CouponIssued]:
        found = members.member(transaction, member)
        if found is None or not found.referred_by or not members.last_visit(transaction, member):
            raise NotReferred(member)
        if _rewarded(till, transaction, member):
            raise AlreadyRewarded(member)
        both = (member, canonical(transaction, found.referred_by))
        return [issued(till, transaction, one, gift) for one in both]

    till.record(command_id, actor, decide)


def _rewarded(till: Till, transaction: Transaction, member: str) -> bool:
    return bool(coupons.given_with(transaction, _source(member), till.store.node, till.store.epoch))


def _source(member: str) -> str:
    return f"referral/{member}"
