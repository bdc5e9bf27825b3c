"""Coupons given and taken back: by hand, with a top-up, for points; one or one for each of a group.

Using one is part of paying (`redeeming.py`). A coupon that lapses is given only with its text (RULES 2); it is one unit in the
purse of the till that gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salon_desk.domain.access import Permission
from salon_desk.domain.coupon import CouponReason, Giving, coupon_asset
from salon_desk.domain.errors import InsufficientValue, QuantityOutOfRange
from salon_desk.domain.limits import MAX_REFERENCE, check_text
from salon_desk.domain.names import Names
from salon_desk.domain.occasion import season_begins
from salon_desk.operations.coupon import CouponIssued, CouponWithdrawn
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.payment import Funding
from salon_desk.services.coupon_errors import CouponGone, CouponTermsMissing, UnknownCoupon, UnknownPromotion
from salon_desk.services.errors import ReasonMissing, UnknownMember
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import catalogue, coupons, members, promotions
from salon_desk.storage.queries.coupons import Coupon

MOST_AT_ONCE = 50
FOR_POINTS = -1
"""Stands for the number of a top-up in the source of a coupon that points turned into."""


@dataclass(frozen=True, slots=True)
class Gift:
    """What a coupon is given for: the promotion, why, the document it comes with, the group that it belongs to.

    `begins`: the day (ISO date) from which on it is good, where that is later than the day on which it is given.
    """

    promotion: str
    reason: CouponReason = CouponReason.GIFT
    source: str = ""
    group: str = ""
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Giver:
    """Where and when a coupon is given: the store, the language of its words, the business day (ISO date)."""

    store: str
    language: str
    day: str


def of_member(till: Till, member: str) -> tuple[Coupon, ...]:
    """What a member has left, the coupon that lapses first in front. Database worker, reads only."""
    with till.read() as transaction:
        return tuple(coupons.of_member(transaction, member, till.store.node, till.store.epoch))


def givable(till: Till) -> tuple[tuple[str, Names], ...]:
    """The promotions of today that coupons can be given for, in the owner's order. Database worker, reads only."""
    with till.read() as transaction:
        shop = till.shop(transaction)
        active = promotions.active(transaction, till.business_day(transaction), shop.currency)
        return tuple((one.rule_id, one.names) for one in active if one.conditions.needs_coupon)


def give(till: Till, command_id: str, actor: Actor, to: Sequence[str], gift: Gift) -> None:
    """Give each of these members a coupon, all in one transaction.

    Raises PermissionNeeded, UnknownMember, UnknownPromotion, CouponTermsMissing, QuantityOutOfRange above MOST_AT_ONCE.
    """
    actor.require(Permission.GIVE)
    if len(to) > MOST_AT_ONCE:
        raise QuantityOutOfRange(len(to), MOST_AT_ONCE)

    def decide(transaction: Transaction) -> list[CouponIssued]:
        for member in to:
            if members.member(transaction, member) is None:
                raise UnknownMember(member)
        return [issued(till, transaction, member, gift) for member in to]

    till.record(command_id, actor, decide)


def withdraw(till: Till, command_id: str, actor: Actor, coupon_id: str, *, reason: str) -> None:
    """Take back a coupon that was given by mistake. Raises PermissionNeeded, ReasonMissing, UnknownCoupon, CouponGone."""
    actor.require(Permission.GIVE)
    if not reason.strip():
        raise ReasonMissing("coupon")
    check_text("reason", reason, MAX_REFERENCE)

    def decide(transaction: Transaction) -> CouponWithdrawn:
        found = coupons.coupon(transaction, coupon_id, till.store.node, till.store.epoch)
        if found is None:
            raise UnknownCoupon(coupon_id)
        if not found.here:
            raise CouponGone(coupon_id)
        change = PurseChange(coupon_asset(coupon_id), -1, Cause.UNDO)
        return CouponWithdrawn(coupon=coupon_id, reason=reason.strip(), purse_changes=(change,))

    till.record(command_id, actor, decide)


def issued(
    till: Till, transaction: Transaction, member: str, gift: Gift, *, also: Sequence[PurseChange] = ()
) -> CouponIssued:
    """The operation that gives a coupon; `also`: what it costs. Raises UnknownPromotion, CouponTermsMissing."""
    shop, day = till.shop(transaction), till.business_day(transaction)
    giver = Giver(shop.store, shop.receipt_language, day)
    return made(transaction, giver, member, gift, coupon=till.new_id(), also=also)


def made(
    transaction: Transaction,
    giver: Giver,
    member: str,
    gift: Gift,
    *,
    coupon: str,
    also: Sequence[PurseChange] = (),
) -> CouponIssued:
    """The same under an id of its own, for whoever gives it. Raises UnknownPromotion, CouponTermsMissing."""
    found = promotions.promotion(transaction, gift.promotion, giver.day)
    if found is None or not found[0].conditions.needs_coupon:
        raise UnknownPromotion(gift.promotion)
    rule, terms = found
    to_day = rule.conditions.to_day
    if terms.valid_days:
        first = date.fromisoformat(max(giver.day, gift.begins))
        last = (first + timedelta(days=terms.valid_days - 1)).isoformat()
        to_day = min(to_day, last) if to_day else last
    words = terms.words.in_language(giver.language)
    if to_day and not words.strip():
        raise CouponTermsMissing(gift.promotion)
    return CouponIssued(
        coupon=coupon,
        promotion=gift.promotion,
        member=member,
        store=giver.store,
        reason=gift.reason,
        from_day=max(rule.conditions.from_day, gift.begins),
        to_day=to_day,
        terms=words if to_day else "",
        source=gift.source,
        group=gift.group,
        purse_changes=(*also, PurseChange(coupon_asset(coupon), 1, Cause.ISSUE)),
    )


def with_top_ups(
    till: Till, transaction: Transaction, member: str, document: str, fundings: Sequence[Funding]
) -> list[CouponIssued]:
    """The coupons that the offers of some top-ups grant; to a member only. Raises as `issued`.

    Those of a promotion that gives by seasons are given at once and begin one after the other: each is of this one top-up.
    """
    day, given = till.business_day(transaction), list[CouponIssued]()
    for number, one in enumerate(fundings if member else ()):
        offer = catalogue.offer(transaction, one.offer, day) if one.offer else None
        if offer is not None and offer.coupon:
            gift = Gift(offer.coupon, CouponReason.TOP_UP, source=source_of(document, number))
            found = promotions.promotion(transaction, offer.coupon, day)
            apart = found is not None and found[0].gives is Giving.SEASONS
            for season in range(max(offer.coupons, 1)):
                begins = season_begins(day, season) if apart and season else ""
                given.append(issued(till, transaction, member, replace(gift, begins=begins)))
    return given


def taken_back(
    till: Till, transaction: Transaction, document: str, numbers: Iterable[int], *, whole: bool
) -> list[PurseChange]:
    """The coupons that came with these top-ups of a document go with them: those that were not used and lie here.

    With `whole`, one that cannot be taken back refuses the undo: InsufficientValue. Without it, it was given away.
    """
    changes = []
    sources = [source_of(document, number) for number in numbers]
    here = (till.store.node, till.store.epoch)
    for one in (found for source in sources for found in coupons.given_with(transaction, source, *here)):
        if one.here:
            changes.append(PurseChange(coupon_asset(one.coupon), -1, Cause.UNDO))
        elif whole:
            raise InsufficientValue(coupon_asset(one.coupon), 1, 0, int(one.left))
    return changes


def source_of(document: str, number: int) -> str:
    """What the coupons of a document's top-up, or FOR_POINTS that it earned, say that they came with."""
    return f"{document}/{number}"
