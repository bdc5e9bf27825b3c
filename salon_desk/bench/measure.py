"""How two things are held against each other: turn by turn in the same run, as a ratio of medians with its spread.

No benchmark lives here. Ours and the floor take turns, and each round swaps who goes first, so that a slow moment of
the machine falls on both; the spread is the least and the greatest ratio of a round.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

Figure = int | float | str | bool
Side = Callable[[int], float]
"""Does its work for the turn of this number and gives the milliseconds that it took."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds: the median, the 99th of a hundred, the worst."""

    p50: float
    p99: float
    worst: float


@dataclass(frozen=True, slots=True)
class Result:
    """What a benchmark found. `aim` says in words what it should be, `more` holds further figures by name."""

    name: str
    n: int
    our_ms: Timing
    floor_ms: Timing
    ratio: float
    spread: tuple[float, float]
    aim: str = ""
    more: Mapping[str, Figure] = field(default_factory=dict)


def timed(work: Callable[[int], object]) -> Side:
    """A side that times the whole of `work`."""

    def side(turn: int) -> float:
        began = time.perf_counter_ns()
        work(turn)
        return (time.perf_counter_ns() - began) / 1e6

    return side


def metered(work: Callable[[int], object], into: list[float]) -> Callable[[int], object]:
    """`work`, noting the milliseconds of processor that this thread spent on it: a slow disk does not count."""

    def metering(turn: int) -> None:
        began = time.thread_time_ns()
        work(turn)
        into.append((time.thread_time_ns() - began) / 1e6)

    return metering


def interleave(
    ours: Side, floor: Side, *, turns: int, rounds: int = 4, between: Callable[[], object] = gc.collect
) -> tuple[list[list[float]], list[list[float]]]:
    """Milliseconds of both sides by round; `turns` is the number of all turns, shared out over the rounds.

    `between` runs untimed before each round, for what an idle machine does.
    """
    of_ours: list[list[float]] = []
    of_floor: list[list[float]] = []
    rounds = max(1, min(rounds, turns))
    for number in range(rounds):
        between()
        mine: list[float] = []
        least: list[float] = []
        for turn in range(turns * number // rounds, turns * (number + 1) // rounds):
            pair = [(ours, mine), (floor, least)]
            for side, times in pair if turn % 2 else reversed(pair):
                times.append(side(turn))
        of_ours.append(mine)
        of_floor.append(least)
    return of_ours, of_floor


def compared(
    name: str,
    ours: Sequence[Sequence[float]],
    floor: Sequence[Sequence[float]],
    *,
    aim: str = "",
    more: Mapping[str, Figure] | None = None,
) -> Result:
    """The result of two interleaved sides."""
    all_ours = [time for one in ours for time in one]
    all_floor = [time for one in floor for time in one]
    ratios = [median(mine) / median(least) for mine, least in zip(ours, floor, strict=True)]
    return Result(
        name=name,
        n=len(all_ours),
        our_ms=timing(all_ours),
        floor_ms=timing(all_floor),
        ratio=round(median(all_ours) / median(all_floor), 2),
        spread=(round(min(ratios), 2), round(max(ratios), 2)),
        aim=aim,
        more=more or {},
    )


def timing(times: Sequence[float]) -> Timing:
    """The percentiles of some milliseconds."""
    ordered = sorted(times)
    return Timing(
        p50=round(median(ordered), 3),
        p99=round(ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)], 3),
        worst=round(ordered[-1], 3),
    )
