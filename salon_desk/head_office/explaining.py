"""Why the value of a card lies where it does: each store with what speaks for it, what it has and what it should have.

The figures are those that decide (`planning.py`), read and not reckoned again; words are made of them by whoever shows them.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.head_office import planning
from salon_desk.head_office.weighing import HEAD_OFFICE, Signal, Weighed, weigh
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import holders
from salon_desk.storage.store import Store


@dataclass(frozen=True, slots=True)
class Speaks:
    """One signal for a store: `times` it was found, the weight that it adds; of a link what the weight is multiplied by."""

    signal: Signal
    times: int
    weight: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A store for a card. `has` and `should_have`: cents, of what can be moved now; 0 where a store is out of reach."""

    store: str
    weight: float
    in_reach: bool
    has: int
    should_have: int
    why: tuple[Speaks, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """The stores of a card, the best first. `damped`: it lies otherwise than it would be shared out, and well enough to stay."""

    standings: tuple[Standing, ...] = ()
    here: int = 0
    """Cents that lie at head office."""
    damped: bool = False


def explain(transaction: Transaction, office: Store, card: str) -> Explained:
    """Of a card as things stand now. Any thread; a read transaction will do."""
    now = office.clock.now()
    reach = planning.reach_of(transaction, now)
    ranked = planning.ranking(transaction, office, card, reach)
    known = planning.habits_of(transaction, card, planning.recorded(now), reach.checked_in)
    every = set(holders.first_by_store(transaction)) | set(reach.keepers)
    laid = planning.laid_out(transaction, office, card, reach, ranked)
    standings = [
        Standing(
            store=one.store,
            weight=round(one.weight, 3),
            in_reach=one.store in reach.keepers,
            has=laid.sums.get(one.store, 0),
            should_have=laid.target.get(one.store, 0),
            why=_summed(one),
        )
        for one in weigh(known, planning.day_of(now), every, reach.down or None)
    ]
    return Explained(
        tuple(standings),
        here=laid.sums.get(HEAD_OFFICE, 0),
        damped=laid.target == laid.sums and laid.target != laid.shared,
    )


def _summed(one: Weighed) -> tuple[Speaks, ...]:
    """Its reasons, each signal once."""
    found: dict[Signal, Speaks] = {}
    for reason in one.why:
        before = found.get(reason.signal, Speaks(reason.signal, 0, 0.0))
        found[reason.signal] = Speaks(
            reason.signal, before.times + 1, round(before.weight + reason.weight, 3)
        )
    return tuple(found.values())
