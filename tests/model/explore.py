"""Breadth first through every state of a scope: the first broken invariant or dead end with its shortest way there.

A state is visited once. The result of a run that finds nothing is a proof within the scope and nothing beyond it.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from tests.model import invariants
from tests.model import state as states
from tests.model.healing import Healer
from tests.model.recording import Label, Step, World
from tests.model.state import State
from tests.model.steps import steps

Judge = Callable[[State], str | None]


@dataclass(frozen=True, slots=True)
class Found:
    """What a run saw: the sizes, and the way to the first thing that must not be, if there was one."""

    states: int
    transitions: int
    healing: int
    depth: int
    seconds: float
    broken: str | None = None
    trace: tuple[Label, ...] = ()
    exhausted: bool = True
    happened: frozenset[str] = frozenset()

    def told(self) -> str:
        """The trace, one step a line."""
        lines = [f"{number:3}. {' '.join(map(str, label))}" for number, label in enumerate(self.trace, 1)]
        return "\n".join([f"{self.broken}: {len(self.trace)} steps, {self.states} states", *lines])


def explore(start: State, world: World, *, live: bool, most: int | None = None) -> Found:
    """Look at every state; with `live` all invariants and every way out, else only for an overspend (a mutant)."""
    began = time.perf_counter()
    _forget()
    healer = Healer(world)
    judge: Judge = (lambda s: invariants.broken(s, world)) if live else _overspent
    seen: dict[State, Step | None] = {start: None}
    queue: deque[tuple[State, int]] = deque([(start, 0)])
    happened: set[str] = set()
    transitions = depth = 0
    while queue:
        here, depth = queue.popleft()
        for label, after in steps(here, world):
            transitions += 1
            happened.update(part for part in label if isinstance(part, str))
            if after in seen:
                continue
            seen[after] = (label, here)
            broken = judge(after)
            dead = healer.dead_end(after) if live and broken is None else None
            if broken is not None or dead is not None:
                way = _way(seen, after) + tuple(step for step, _ in dead or [])
                spent = time.perf_counter() - began
                said = broken or "a dead end"
                return Found(len(seen), transitions, healer.walked, depth + 1, spent, said, way)
            queue.append((after, depth + 1))
        if most is not None and len(seen) > most:
            spent = time.perf_counter() - began
            return Found(len(seen), transitions, healer.walked, depth, spent, exhausted=False)
    spent = time.perf_counter() - began
    return Found(len(seen), transitions, healer.walked, depth, spent, happened=frozenset(happened))


def _overspent(state: State) -> str | None:
    return "overspent" if invariants.overspent(state) else None


def _way(seen: dict[State, Step | None], end: State) -> tuple[Label, ...]:
    found: list[Label] = []
    step = seen[end]
    while step is not None:
        label, before = step
        found.append(label)
        step = seen[before]
    return tuple(reversed(found))


def _forget() -> None:
    """Folds of an earlier run are of no use to this one."""
    states.purse.cache_clear()
    states.answered_ids.cache_clear()
    states.on_wire_of.cache_clear()
    states.wire_in_order.cache_clear()
