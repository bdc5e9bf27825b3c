"""The ways to treat a card at a cut-off store held against each other: the same traces lived through by each, pooled.

What is counted is in `replay.py`; what others do is in `baselines.py`. A trace is one draw, its visits are not independent: each
interval (95 %) is that of a ratio of sums over traces.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, fields
from multiprocessing import get_context

from salon_desk.simulation.baselines import BASELINES
from salon_desk.simulation.chain import Shape
from salon_desk.simulation.fold import Fold
from salon_desk.simulation.making import STRESS, TYPICAL, Setting, make_trace
from salon_desk.simulation.replay import Asked, Figures, Replay
from salon_desk.simulation.traces import Trace

SETTINGS: dict[str, Setting] = {"typical": TYPICAL, "stress": STRESS}
GIVEN = "given"
"""The name of a trace that was read and not made."""
_NORMAL = 1.96


@dataclass(frozen=True, slots=True)
class Way:
    """How a card is treated. `rules`: whose, empty for ours; `goals`: the least acceptance and value to oracle."""

    name: str
    rules: str = ""
    overdraft_cents: int = 0
    bridge: float = 0.0
    goals: tuple[float, float] | None = None


WAYS = (
    Way("refuse-offline", "refuse-offline"),
    Way("equal-split", "equal-split"),
    Way("all-to-home", "all-to-home"),
    Way("accept-on-cached", "accept-on-cached"),
    Way("placement", goals=(0.90, 0.994)),
    Way("placement, overdraft $100", overdraft_cents=10_000, goals=(0.98, 0.996)),
    Way("placement, bridge 0.95", bridge=0.95, goals=(0.99, 0.999)),
)
OURS = tuple(one for one in WAYS if not one.rules)
MOST_REFUSED = 0.003


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of one trace. `short_cents`: what visits lacked of their legitimate demand, each for itself."""

    figures: Figures
    short_cents: int


@dataclass(frozen=True, slots=True)
class Between:
    """A figure with its interval; no interval where there is but one trace."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Pooled:
    """A way over all traces of a group; a ratio with nothing below it is None. `met`: its goals, for typical traces alone."""

    way: str
    traces: int
    offline_acceptance: Between | None
    value_to_oracle: Between | None
    value_to_oracle_capped: Between | None
    online_refusals: Between | None
    overdraft_loss: Between | None
    loss_to_accepted: Between | None
    sums: dict[str, int | float]
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Traces of one kind through the replica (`fold`) or through the real code (`real`)."""

    traces: str
    through: str
    ways: Sequence[Pooled]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All groups."""

    first_seed: int
    seeds: int
    groups: Sequence[Group]
    seconds: float

    def as_json(self) -> dict[str, object]:
        """By name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which traces: `seeds` made ones of each setting from `seed` on, or the `given` one; `real`: how many through both."""

    seed: int = 0
    seeds: int = 30
    real: int = 1
    jobs: int = 1
    given: Trace | None = None


Chain = Callable[[Trace, Shape, Asked], Lived]
_Job = tuple[str, int, Trace | None, Way, Chain | None]


def run(wanted: Wanted, real: Chain) -> Comparison:
    """Live through everything. Seconds a trace and way; minutes for each that goes through the `real` code."""
    began = time.perf_counter()
    names = (GIVEN,) if wanted.given else tuple(SETTINGS)
    seeds = [wanted.seed] if wanted.given else list(range(wanted.seed, wanted.seed + wanted.seeds))
    plan: list[tuple[str, str, Sequence[int], Sequence[Way], Chain | None]]
    plan = [(name, "fold", seeds, WAYS, None) for name in names]
    if wanted.real:
        plan += [(name, "real", seeds[: wanted.real], OURS, real) for name in names]
    jobs: list[_Job] = [
        (name, seed, wanted.given, way, chain)
        for name, _through, some, ways, chain in plan
        for way in ways
        for seed in some
    ]
    lived = _each(jobs, wanted.jobs)
    groups = [
        Group(name, through, [pooled(way, [next(lived) for _seed in some], name) for way in ways])
        for name, through, some, ways, _chain in plan
    ]
    return Comparison(wanted.seed, len(seeds), groups, round(time.perf_counter() - began, 1))


def through_fold(trace: Trace, way: Way, seed: int = 0) -> Lived:
    """One trace through the replica."""
    shape = Shape(tuple(trace.stores), overdraft_cents=way.overdraft_cents)
    chain = Fold(shape, BASELINES.get(way.rules))
    return lived(Replay(trace, chain, Asked(bridge=way.bridge, seed=seed)))


def lived(replay: Replay) -> Lived:
    """Run a replay."""
    figures = replay.run()
    return Lived(figures, sum(legit - paid for _event, legit, paid in replay.lost))


def pooled(way: Way, found: Sequence[Lived], traces: str) -> Pooled:
    """The figures of a way over some traces."""
    each = [one.figures for one in found]
    sums: dict[str, int | float] = {
        name.name: round(sum(getattr(one, name.name) for one in each), 1) for name in fields(Figures)
    }
    offline = ratio([(one.offline_accepted_full, one.offline_legit) for one in each])
    literal = ratio([(one.accepted_cents, one.oracle_cents) for one in each])
    refused = ratio([(one.online_legit - one.online_accepted_full, one.online_legit) for one in each])
    return Pooled(
        way=way.name,
        traces=len(found),
        offline_acceptance=offline,
        value_to_oracle=literal,
        value_to_oracle_capped=ratio(
            [(one.figures.oracle_cents - one.short_cents, one.figures.oracle_cents) for one in found]
        ),
        online_refusals=refused,
        overdraft_loss=ratio([(one.overdraft_lost_cents, one.overdraft_used_cents) for one in each]),
        loss_to_accepted=ratio([(one.overspend_cents, one.accepted_cents) for one in each]),
        sums=sums,
        met=_met(way, offline, literal, refused, sums) if traces == "typical" else None,
    )


def ratio(parts: Sequence[tuple[int, int]]) -> Between | None:
    """The ratio of two sums over traces, and 95 % of it from how the traces differ."""
    whole = sum(below for _above, below in parts)
    if not whole:
        return None
    value, number = sum(above for above, _below in parts) / whole, len(parts)
    if number < 2:
        return Between(round(value, 5), None, None)
    spread = sum((above - value * below) ** 2 for above, below in parts) * number / (number - 1)
    half = _NORMAL * math.sqrt(spread) / whole
    most = 1.0 if all(above <= below for above, below in parts) else math.inf
    return Between(round(value, 5), round(max(value - half, 0.0), 5), round(min(value + half, most), 5))


def _met(
    way: Way,
    offline: Between | None,
    literal: Between | None,
    refused: Between | None,
    sums: dict[str, int | float],
) -> bool | None:
    if way.goals is None or offline is None or literal is None or refused is None:
        return None
    enough = offline.value >= way.goals[0] and literal.value >= way.goals[1]
    return enough and refused.value <= MOST_REFUSED and sums["overspend_cents"] == 0


def _each(jobs: Sequence[_Job], processes: int) -> Iterator[Lived]:
    if processes == 1:
        yield from map(_one, jobs)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_one, jobs)


def _one(job: _Job) -> Lived:
    name, seed, given, way, real = job
    trace = given or make_trace(seed, SETTINGS[name])
    if real is None:
        return through_fold(trace, way, seed)
    shape = Shape(tuple(trace.stores), trace.cards, overdraft_cents=way.overdraft_cents)
    return real(trace, shape, Asked(bridge=way.bridge, seed=seed))
