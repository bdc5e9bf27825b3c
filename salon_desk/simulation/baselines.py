"""What other products do, as rules for the replica: to have something that ours is held against.

None of it is in the product. Refusing offline, an equal split, everything at home, and taking what was last known to be there
without booking it anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from salon_desk.head_office.weighing import HEAD_OFFICE, Habits
from salon_desk.simulation.fold import Lying, Rules


def centrally(
    lying: Lying, _habits: Habits, _day: float, _reach: Collection[str], _down: Mapping[str, float]
) -> Lying:
    """All at head office."""
    return {HEAD_OFFICE: sum(lying.values())}


def equally(
    lying: Lying, _habits: Habits, _day: float, reach: Collection[str], _down: Mapping[str, float]
) -> Lying:
    """The same at each store in reach, what is left over at the first."""
    stores = sorted(reach)
    if not stores:
        return {HEAD_OFFICE: sum(lying.values())}
    each, over = divmod(sum(lying.values()), len(stores))
    return {store: each + (over if store == stores[0] else 0) for store in stores}


def at_home(
    lying: Lying, habits: Habits, _day: float, reach: Collection[str], _down: Mapping[str, float]
) -> Lying:
    """All at the home store while it is in reach; else it stays."""
    return {habits.home: sum(lying.values())} if habits.home in reach else dict(lying)


BASELINES = {
    "refuse-offline": Rules(centrally),
    "equal-split": Rules(equally),
    "all-to-home": Rules(at_home),
    "accept-on-cached": Rules(at_home, beyond=True),
}
"""By name."""
