"""Coupons that give themselves: when a member comes in on a birthday, a member day or a holiday, and when somebody joins.

The one rule: a coupon of an occasion is given by the root alone (head office, or a till that has none), whose purses are one
database with one writer; the others ask it for the unit like for any other value. Two tills that are cut off can give none, so
there are never two. A newcomer's comes with the member: that is recorded once, by one till.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from salon_desk.domain.coupon import Giving, coupon_asset, coupon_of
from salon_desk.domain.errors import DomainError
from salon_desk.domain.occasion import (
    NEWCOMER,
    REASONS,
    Occasion,
    OccasionCoupon,
    occasion,
    occasion_coupon,
)
from salon_desk.domain.promotion import Promotion
from salon_desk.operations.coupon import CouponIssued
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.services import coupons as given
from salon_desk.services.coupons import Gift, Giver
from salon_desk.services.till import Till
from salon_desk.storage import journal, parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import coupons, members, openings, promotions, shop
from salon_desk.storage.queries.merges import canonical, group
from salon_desk.storage.store import Store
from salon_desk.wire.messages import Part

DAYS_BACK = 3
"""How far a till's business day may lie behind the root's: a shift that is still open, a coast, a clock."""


@dataclass(frozen=True, slots=True)
class Due:
    """A coupon that somebody should get today and has not got."""

    rule: Promotion
    coupon: OccasionCoupon
    occasion: Occasion


def give_here(till: Till, member: str) -> None:
    """Give a member who comes in what is due today, where this till is the root; elsewhere it is asked for (`to_ask_for`).

    A commit of its own, and none when nothing is due. Database worker. Raises CannotRecord, StoreStopped.
    """
    if not member:
        return
    with till.read() as transaction:
        if not _is_root(till.store, transaction) or not _due_here(till, transaction, member):
            return

    def decide(transaction: Transaction) -> list[CouponIssued]:
        here = till.shop(transaction)
        giver = Giver(here.store, here.receipt_language, till.business_day(transaction))
        return _issued(till.store, transaction, giver, _due_here(till, transaction, member))

    till.record(f"occasion/{till.new_id()}", None, decide)


def to_ask_for(till: Till, transaction: Transaction, member: str) -> tuple[Part, ...]:
    """What the root should give a member who comes in today; nothing where this till is the root."""
    if _is_root(till.store, transaction):
        return ()
    due = _due_here(till, transaction, member)
    return tuple(Part(coupon_asset(one.coupon.coupon_id), 1) for one in due)


def give_asked(root: Store, node: str, assets: Iterable[str]) -> int:
    """Give what a till of `node` asks for, as far as it is due: how many. The thread that writes. Raises CannotRecord.

    Nothing at what is no root. The unit lies at the root then, and goes the way of every other that is asked for.
    """
    asked = [one for asset in assets if (one := occasion_coupon(coupon_of(asset)))]
    if not asked:
        return 0
    with root.database.read() as transaction:
        if not _is_root(root, transaction) or not list(_asked(root, transaction, node, asked)):
            return 0

    def decide(transaction: Transaction) -> list[CouponIssued]:
        made: list[CouponIssued] = []
        for giver, due in _asked(root, transaction, node, asked):
            made += _issued(root, transaction, giver, [due])
        return made

    day = root.clock.now().date().isoformat()
    return len(journal.record(root, Command(f"occasion/{root.new_id()}", "", day), decide).operations)


def for_newcomer(till: Till, transaction: Transaction, member: str) -> list[CouponIssued]:
    """What somebody gets who becomes a member with this very transaction."""
    here, day = till.shop(transaction), till.business_day(transaction)
    giver = Giver(here.store, here.receipt_language, day)
    found = (one for one in _giving(transaction, day, here.currency) if one.gives is Giving.NEWCOMER)
    named = [(one, OccasionCoupon(one.rule_id, member, NEWCOMER)) for one in found]
    due = [Due(rule, coupon, Occasion(NEWCOMER, day)) for rule, coupon in named if not rule.conditions.tiers]
    return [one for each in due for one in _made(transaction, giver, each)]


def _due_here(till: Till, transaction: Transaction, member: str) -> list[Due]:
    day, currency = till.business_day(transaction), till.shop(transaction).currency
    one = canonical(transaction, member)
    return _due(transaction, one, day, _giving(transaction, day, currency))


def _giving(transaction: Transaction, day: str, currency: str) -> list[Promotion]:
    return [one for one in promotions.active(transaction, day, currency) if one.gives]


def _due(transaction: Transaction, member: str, day: str, rules: Iterable[Promotion]) -> list[Due]:
    """What a member should get on a day and nobody of the person has got, as far as is known here."""
    found: list[Due] = []
    rules = list(rules)
    person = members.member(transaction, member, day) if rules else None
    if person is None:
        return found
    ids = group(transaction, member)
    for rule in rules:
        due = occasion(rule, person.birthday, day)
        if due is None or (rule.conditions.tiers and person.tier not in rule.conditions.tiers):
            continue
        if not any(_has_got(transaction, rule, one, due) for one in ids):
            found.append(Due(rule, OccasionCoupon(rule.rule_id, member, due.name), due))
    return found


def _has_got(transaction: Transaction, rule: Promotion, member: str, due: Occasion) -> bool:
    """Whether somebody has it: the coupon of the occasion, or one that was given by hand since, while no root was in reach."""
    coupon = OccasionCoupon(rule.rule_id, member, due.name).coupon_id
    return bool(coupons.owner(transaction, coupon)) or coupons.given_since(
        transaction, member, rule.rule_id, due.since
    )


def _asked(
    root: Store, transaction: Transaction, node: str, asked: Iterable[OccasionCoupon]
) -> Iterator[tuple[Giver, Due]]:
    """Of what was asked for, what is due by the root's own books on a day that may be the till's."""
    where = shop.shop(transaction, node)
    if where is None:
        return
    today = root.clock.now().date()
    days = [(today + timedelta(days=back)).isoformat() for back in range(1, -DAYS_BACK - 1, -1)]
    for one in asked:
        for day in days:
            rules = [
                rule for rule in _giving(transaction, day, where.currency) if rule.rule_id == one.promotion
            ]
            due = next((due for due in _due(transaction, one.member, day, rules) if due.coupon == one), None)
            if due is not None:
                yield Giver(where.store, where.receipt_language, day), due
                break


def _issued(store: Store, transaction: Transaction, giver: Giver, due: Iterable[Due]) -> list[CouponIssued]:
    """A root that was put back has forgotten what it gave: it gives for nothing that began before it was opened anew."""
    opened = next(
        (one for one in openings.openings(transaction, store.node) if one.epoch == store.epoch), None
    )
    after = ""
    if opened is not None and opened.old_epoch:
        after = (instant_of(opened.at).date() + timedelta(days=1)).isoformat()
    return [one for each in due if each.occasion.since > after for one in _made(transaction, giver, each)]


def _made(transaction: Transaction, giver: Giver, due: Due) -> list[CouponIssued]:
    """One coupon; none where its promotion says nothing clear any more: nobody's ticket waits for that."""
    gift = Gift(due.rule.rule_id, REASONS[due.rule.gives])
    coupon = due.coupon.coupon_id
    try:
        return [given.made(transaction, giver, due.coupon.member, gift, coupon=coupon)]
    except DomainError:
        return []


def _is_root(store: Store, transaction: Transaction) -> bool:
    return not store.relays and parent.read(transaction) is None
