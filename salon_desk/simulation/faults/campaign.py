"""Seeds of the faulty chain, one after the other or on several processors: what was seen, and how much of a store's life it is.

A seed that shows a violation is told with the shortest prefix of its steps that was found to show it: the same seed with that
many steps shows it again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from random import Random

from salon_desk.domain.rule_pack import RulePack
from salon_desk.simulation.faults import healing
from salon_desk.simulation.faults.ground import Ground
from salon_desk.simulation.faults.steps import Act, Steps
from salon_desk.simulation.faults.steps_disks import DiskSteps
from salon_desk.simulation.faults.steps_faults import FaultSteps
from salon_desk.simulation.faults.truth import Violation
from salon_desk.simulation.faults.world import Shape, World
from salon_desk.storage import medium

SERVED_IN_A_STORE_YEAR = 40 * 365
"""Customers whom a store serves at its counter in a year, forty a day: what the store-years of a campaign are counted by."""
MEMORY = Path("/dev/shm")


@dataclass(frozen=True, slots=True)
class Seen:
    """A violation and the way to it: `simulate --faults --seed SEED --steps STEPS`."""

    seed: int
    steps: int
    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of one seed."""

    seed: int
    trace: str
    steps: int
    operations: int
    served: int
    happened: dict[str, int] = field(default_factory=dict)
    violation: Seen | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """What came of all seeds."""

    ok: bool
    trace_hash: str
    seeds: int
    steps: int
    operations: int
    served: int
    store_years: float
    seconds: float
    violations: list[Seen]

    def as_json(self) -> dict[str, object]:
        """By name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which seeds, how many steps of each, on how many processors."""

    seed: int
    seeds: int
    steps: int
    jobs: int = 1


def run(asked: Asked, rules: Callable[[], RulePack]) -> Campaign:
    """Live through all seeds. Minutes to hours."""
    began = time.perf_counter()
    jobs = [(seed, asked.steps, rules) for seed in range(asked.seed, asked.seed + asked.seeds)]
    lived = list(_each(jobs, asked.jobs))
    whole = hashlib.sha256("".join(one.trace for one in lived).encode()).hexdigest()
    served = sum(one.served for one in lived)
    violations = [one.violation for one in lived if one.violation]
    return Campaign(
        ok=not violations,
        trace_hash=whole,
        seeds=asked.seeds,
        steps=sum(one.steps for one in lived),
        operations=sum(one.operations for one in lived),
        served=served,
        store_years=round(served / SERVED_IN_A_STORE_YEAR, 2),
        seconds=round(time.perf_counter() - began, 1),
        violations=violations,
    )


def _each(jobs: Sequence[tuple[int, int, Callable[[], RulePack]]], processes: int) -> Iterator[Lived]:
    if processes == 1:
        yield from map(_shortest, jobs)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_shortest, jobs)


def _shortest(job: tuple[int, int, Callable[[], RulePack]]) -> Lived:
    """One seed; when it shows a violation only in the end, fewer steps are tried."""
    seed, steps, rules = job
    lived = live(seed, steps, rules())
    shorter, shown = steps // 2, lived
    while lived.violation and shown.violation and lived.violation.steps == steps and shorter:
        tried = live(seed, shorter, rules())
        if tried.violation:
            shown, steps = tried, shorter
            lived = replace(lived, violation=tried.violation)
        else:
            break
        shorter = steps // 2
    return lived


def live(seed: int, steps: int, rules: RulePack, watch: Callable[[World], None] | None = None) -> Lived:
    """One seed from beginning to end. `watch` is shown the world after each step, and then a bug comes out as it is."""
    with opened(seed, rules) as world:
        violation: Seen | None = None
        try:
            world.begin()
            for _step in stepped(world, steps):
                if watch is not None:
                    watch(world)
            healing.heal(world)
            healing.verified(world, ["office", world.tills[seed % len(world.tills)].name])
        except Violation as found:
            violation = Seen(seed, world.steps, found.rule, found.detail)
        except Exception as bug:
            violation = Seen(seed, world.steps, "an exception", f"{type(bug).__name__}: {bug}")
            if watch is not None:
                raise
        return Lived(
            seed=seed,
            trace=world.trace,
            steps=world.steps,
            operations=len(world.truth.log),
            served=world.served,
            happened=world.happened,
            violation=violation,
        )


def acts_of(world: World) -> list[tuple[str, float, Act]]:
    """Everything that may happen: name, weight, what to do."""
    acts = Steps(world)
    return [*acts.counter(), *acts.line(), *acts.care(), *FaultSteps(world).all(), *DiskSteps(world).all()]


def stepped(world: World, steps: int, but: Collection[str] = ()) -> Iterator[str]:
    """So many steps, drawn from all there are `but` these; the name of each when it was made. Raises Violation."""
    table = [one for one in acts_of(world) if one[0] not in but]
    weights = [weight for _name, weight, _act in table]
    for _number in range(steps):
        name, _weight, act = world.chance.choices(table, weights)[0]
        world.step(name, act)
        yield name


@contextlib.contextmanager
def opened(seed: int, rules: RulePack, shape: Shape | None = None) -> Iterator[World]:
    """An empty world in a folder of its own, in memory where the system has one."""
    where = MEMORY if MEMORY.is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="salon-desk-faults-", dir=where))
    numbers = count(1)
    ground = Ground(folder, Random(seed), rules, lambda: f"{next(numbers):09d}")
    world = World(ground, shape or Shape())
    try:
        with medium.replaced(ground.disks), world.listening(), _counted_random(seed):
            try:
                yield world
            finally:
                world.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _counted_random(seed: int) -> Iterator[None]:
    """The system's random bytes (salts, words) are the same for the same seed: hashes follow from them."""
    name, drawn = "urandom", Random(f"bytes/{seed}")
    before = getattr(os, name)
    setattr(os, name, drawn.randbytes)
    try:
        yield
    finally:
        setattr(os, name, before)
