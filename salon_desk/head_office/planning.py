"""Plans for cards: where each one's value should lie, what head office sends for it, and whom it asks to send.

What weighs how much is in `weighing.py`; recording and telling is in `placement.py`. The one rule: a plan counts on nobody who
is out of reach, neither to give nor to get.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.gift import assets_of
from salon_desk.head_office.weighing import (
    HEAD_OFFICE,
    PAST_BOOKING,
    At,
    Habits,
    Weighed,
    layout,
    share,
    weigh,
)
from salon_desk.storage import link_gaps
from salon_desk.storage.children import Child
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import bookings, holders, moves, tickets, visits
from salon_desk.storage.queries.moves import Lying
from salon_desk.storage.store import Store

IN_REACH = timedelta(seconds=60)
"""How lately a device must have been heard of; a long poll lasts less than half of it."""

IN_CHAIR = timedelta(hours=12)
"""How long an open ticket says that its member is there: nobody sits longer, but many a ticket is forgotten."""

Group = list[tuple[str, int]]
"""(asset, units) of one card, bonus before paid."""


class Bookings(Protocol):
    """What is booked for the next days, in days as `day_of` counts them."""

    def of(self, transaction: Transaction, card: str, member: str) -> Sequence[At]:
        """The bookings of a card's member."""

    def at(self, transaction: Transaction, store: str) -> Collection[str]:
        """The cards of members with a booking at a store."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The bookings that were recorded, from `since` on."""

    since: str = ""

    def of(self, transaction: Transaction, _card: str, member: str) -> Sequence[At]:
        """The next ones."""
        found = bookings.bookings_of(transaction, member, self.since)
        return [At(one.store, day_of(parse_instant(one.starts_at))) for one in found]

    def at(self, transaction: Transaction, store: str) -> Collection[str]:
        """Whoever is expected."""
        return bookings.cards_expected_at(transaction, store, self.since)


def recorded(now: datetime) -> Recorded:
    """The bookings whose time has not passed."""
    return Recorded(instant_text(now - timedelta(days=PAST_BOOKING)))


@dataclass(frozen=True, slots=True)
class Asking:
    """A holder who is asked to send what it has of an asset beyond `keep` units."""

    node: str
    asset: str
    keep: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do for one card: (child, what head office sends it), whom to ask. `ranked`: why."""

    card: str
    sends: Sequence[tuple[Child, Group]] = ()
    asks: Sequence[Asking] = ()
    ranked: Sequence[Weighed] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """Who may give and get now. `keepers`: by store in reach, the device that keeps its value; `nodes`: all in reach.

    `checked_in`: by member, the store where a ticket is open; `down`: by store, the part of the time without a link.
    """

    keepers: Mapping[str, Child] = field(default_factory=dict)
    nodes: Mapping[str, Child] = field(default_factory=dict)
    checked_in: Mapping[str, str] = field(default_factory=dict)
    down: Mapping[str, float] = field(default_factory=dict)


def day_of(instant: datetime) -> float:
    """An instant as weights count days."""
    return instant.timestamp() / 86_400


def reach_of(
    transaction: Transaction, now: datetime, but: Collection[str] = (), also: Collection[str] = ()
) -> Reach:
    """Who is in reach at `now`; without the nodes `but`, and with the stores `also`, which will soon be."""
    keepers, nodes = {}, {}
    for store, child in holders.first_by_store(transaction, but).items():
        if store in also or is_in_reach(child, now):
            keepers[store] = child
    confirmed = holders.all_confirmed(transaction)
    for child in confirmed:
        if is_in_reach(child, now):
            nodes[child.node] = child
    return Reach(
        keepers,
        nodes,
        checked_in=tickets.checked_in(transaction, instant_text(now - IN_CHAIR)),
        down=link_gaps.down(transaction, confirmed, now),
    )


def is_in_reach(child: Child, now: datetime) -> bool:
    """Whether a device was heard of so lately that it can be counted on, and did not say goodbye."""
    return child.seen_at > child.left_at and now - parse_instant(child.seen_at) <= IN_REACH


def habits_of(
    transaction: Transaction, card: str, booked: Bookings, checked_in: Mapping[str, str], issuer: str = ""
) -> Habits:
    """What is known of a card. `issuer`: the store that stands for a home that nobody named."""
    found = visits.belonging(transaction, card)
    member = found.member if found else ""
    seen = visits.visits(transaction, member)
    return Habits(
        home=(found.home_store if found else "") or issuer,
        visits=[At(one.store, day_of(parse_instant(one.at))) for one in seen],
        bookings=booked.of(transaction, card, member),
        checked_in=checked_in.get(member, ""),
    )


def has_home(transaction: Transaction, card: str) -> bool:
    """Whether the member of a card belongs to a store."""
    found = visits.belonging(transaction, card)
    return bool(found and found.home_store)


def ranking(
    transaction: Transaction,
    office: Store,
    card: str,
    reach: Reach,
    booked: Bookings | None = None,
    *,
    issuer: str = "",
) -> list[Weighed]:
    """The stores in reach that should have the value of a card, the best first. `booked`: None for what was recorded."""
    now = office.clock.now()
    known = habits_of(transaction, card, booked or recorded(now), reach.checked_in, issuer)
    return weigh(known, day_of(now), reach.keepers.keys(), reach.down or None)


def plan(transaction: Transaction, office: Store, card: str, reach: Reach, ranked: Sequence[Weighed]) -> Plan:
    """What to do so that the value of a card in reach lies where it should."""
    laid = laid_out(transaction, office, card, reach, ranked)
    if not laid.sums or laid.target == laid.sums:
        return Plan(card, ranked=ranked)
    return _steps(card, laid.lying, laid.target, reach, ranked)


def laid_out(
    transaction: Transaction, office: Store, card: str, reach: Reach, ranked: Sequence[Weighed]
) -> LaidOut:
    """Where the value of a card in reach lies, and where it should."""
    found = visits.belonging(transaction, card)
    if found is None or not ranked:
        return LaidOut()
    names = assets_of(found.kind, card, found.currency)
    assets = tuple(asset for asset in (names.bonus, names.paid) if asset)
    lying = {asset: _by_store(transaction, office, asset, reach) for asset in assets}
    sums: dict[str, int] = {}
    for places in lying.values():
        for store, units in places.units.items():
            sums[store] = sums.get(store, 0) + units
    return LaidOut(lying, sums, layout(sums, ranked), share(sum(sums.values()), ranked))


@dataclass(slots=True)
class _Places:
    """Of one asset: units by store in reach, what head office can send, and who could be asked: (node, free, units)."""

    units: dict[str, int] = field(default_factory=dict)
    here: int = 0
    holders: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Of one card, what lies where: by asset (`lying`), by place in all (`sums`), where it should (`target`), and where it
    would if all of it were shared out anew (`shared`).
    """

    lying: dict[str, _Places] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)
    target: dict[str, int] = field(default_factory=dict)
    shared: dict[str, int] = field(default_factory=dict)


def _by_store(transaction: Transaction, office: Store, asset: str, reach: Reach) -> _Places:
    found = _Places()
    for one in moves.lying(transaction, asset):
        if one.node == office.node:
            if one.epoch == office.epoch and not one.under_way:
                found.here = one.units - one.held
                found.units[HEAD_OFFICE] = found.units.get(HEAD_OFFICE, 0) + found.here
            continue
        _add(found, one, reach)
    found.units = {store: units for store, units in found.units.items() if units}
    return found


def _add(found: _Places, one: Lying, reach: Reach) -> None:
    child = reach.nodes.get(one.node)
    if child is None or child.epoch != one.epoch:
        return
    store = child.store
    found.units[store] = found.units.get(store, 0) + one.units
    if not one.under_way and one.units > one.held:
        found.holders.setdefault(store, []).append((one.node, one.units - one.held, one.units))


def _steps(
    card: str, lying: dict[str, _Places], target: dict[str, int], reach: Reach, ranked: Sequence[Weighed]
) -> Plan:
    """Bonus fills the stores in the order of the ranking, for it is spent first; then paid value does."""
    order = [one.store for one in ranked if one.store in target]
    order += sorted(store for store in target if store not in order)
    room, sends, asks = dict(target), dict[str, Group](), list[Asking]()
    for asset, places in lying.items():
        here, left = places.here, sum(places.units.values())
        for store in order:
            wanted = min(left, room[store])
            left -= wanted
            room[store] -= wanted
            there = places.units.get(store, 0)
            if wanted > there and store in reach.keepers:
                sent = min(wanted - there, here)
                here -= sent
                if sent:
                    sends.setdefault(store, []).append((asset, sent))
            asks += _asked(asset, places.holders.get(store, []), there - wanted)
        for store in places.units:
            if store not in target:
                asks += _asked(asset, places.holders.get(store, []), places.units[store])
    return Plan(card, [(reach.keepers[store], group) for store, group in sends.items()], asks, ranked)


def _asked(asset: str, there: Sequence[tuple[str, int, int]], beyond: int) -> list[Asking]:
    """Who of a store is asked for what it should not have: who has most first."""
    asks = []
    for node, free, units in sorted(there, key=lambda one: (-one[1], one[0])):
        taken = min(free, beyond)
        if taken <= 0:
            break
        asks.append(Asking(node, asset, units - taken))
        beyond -= taken
    return asks
