"""The shop's promotions on a ticket: what is known of the guest is read, and the engine's choice is put on it.

Which combination is best is decided in `domain/promotion_search.py`; what it costs the member's purses is spent at payment
(`redeeming.py`). It is chosen anew with every change of the ticket, and kept as it is once the ticket is paid.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from salon_desk.domain.coupon import coupon_asset
from salon_desk.domain.points import points_asset
from salon_desk.domain.promotion import Choice, Guest
from salon_desk.domain.promotion_search import best
from salon_desk.domain.ticket import NO_WISHES, Ticket, promote
from salon_desk.services import moves, occasions, points
from salon_desk.services.points import PointsFigures
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, coupons, members, promotions
from salon_desk.storage.queries import tickets as stored
from salon_desk.storage.queries.merges import canonical, group
from salon_desk.wire.messages import Part

NONE = PointsFigures(0, 0, 0)
_ALL = 1 << 60


@dataclass(frozen=True, slots=True)
class Review:
    """What became of every promotion on a ticket, and the member's points. `member`: there is one."""

    choice: Choice
    points: PointsFigures
    member: bool


def promoted(till: Till, transaction: Transaction, ticket: Ticket) -> Ticket:
    """The ticket with the best that the promotions of the day do for its guest."""
    choice = _choice(till, transaction, ticket)
    if choice is None:
        return promote(replace(ticket, wishes=NO_WISHES), ())
    return promote(ticket, choice.discounts)


def review(till: Till, transaction: Transaction, ticket: Ticket) -> Review | None:
    """Why each promotion applies to a ticket or does not; None where the shop has none."""
    choice = _choice(till, transaction, ticket)
    if choice is None:
        return None
    figures = points.figures(till, transaction, ticket.member) if ticket.member else NONE
    return Review(choice, figures, ticket.member is not None)


def elsewhere(till: Till, member: str) -> tuple[Part, ...]:
    """The coupons and points of a person that lie at other nodes or are due from the root, to be asked for.

    Database worker, reads only.
    """
    with till.read() as transaction:
        ids = group(transaction, member)
        assets = [points_asset(one) for one in ids]
        for one in ids:
            held = coupons.of_member(transaction, one, till.store.node, till.store.epoch)
            assets += [coupon_asset(coupon.coupon) for coupon in held if not coupon.here]
        lying = tuple(
            Part(asset, units)
            for asset in assets
            if (units := moves.missing_here(till, transaction, asset, _ALL)) > 0
        )
        return lying + occasions.to_ask_for(till, transaction, member)


def guest(till: Till, transaction: Transaction, ticket: Ticket) -> Guest:
    """What the rules ask of who pays; what other open tickets of this till use already is not counted again."""
    if not ticket.member:
        return Guest()
    one = canonical(transaction, ticket.member)
    found = members.member(transaction, one, till.business_day(transaction))
    if found is None:
        return Guest()
    ids, used = group(transaction, one), _used_elsewhere(till, transaction, ticket)
    here = (till.store.node, till.store.epoch)
    held = [
        replace(coupon.held, here=coupon.here and not used.get(coupon_asset(coupon.coupon)))
        for id_ in ids
        for coupon in coupons.of_member(transaction, id_, *here)
    ]
    free = {
        id_: cards.units_here(transaction, points_asset(id_), *here) - used.get(points_asset(id_), 0)
        for id_ in ids
    }
    here_now = max(sum(free.values()), 0)
    whole = points.figures(till, transaction, one).balance
    return Guest(
        member=max(ids, key=lambda id_: free[id_]),
        tier=found.tier,
        birthday=found.birthday,
        first_visit=not members.last_visit(transaction, one),
        coupons=tuple(held),
        points=here_now,
        points_elsewhere=max(whole - here_now, 0),
    )


def _choice(till: Till, transaction: Transaction, ticket: Ticket) -> Choice | None:
    day = till.business_day(transaction)
    rules = promotions.active(transaction, day, ticket.currency)
    if not rules:
        return None
    return best(
        ticket,
        rules,
        guest(till, transaction, ticket),
        day=day,
        categories=promotions.categories(transaction, [line.item_id for line in ticket.lines]),
    )


def _used_elsewhere(till: Till, transaction: Transaction, ticket: Ticket) -> dict[str, int]:
    """By asset, the units that other open tickets of this till are about to spend."""
    used: dict[str, int] = {}
    for other in stored.waiting_tickets(transaction, till.store.node):
        if other.ticket_id != ticket.ticket_id:
            for one in other.discounts:
                if one.rule and one.asset:
                    used[one.asset] = used.get(one.asset, 0) + one.units
    return used
