"""Synthetic histories of a salon: members with cycles of their own, who leave one day without saying so.

Made from a seed, the same ones each time. `regular` says how even the cycles are: 1 is by chance alone, 8 like a clock.
"""

from __future__ import annotations

import random

TODAY = "2026-11-20"
TODAY_ORDINAL = 739940


def histories(
    members: int, seed: int, *, regular: float = 5, days: int = 900, later: int = 0
) -> dict[str, list[int]]:
    """Visits of members who came up to today, and `later` days after it, by id; days are ordinals."""
    chance = random.Random(seed)
    made: dict[str, list[int]] = {}
    for number in range(members):
        visits = _visits(chance, regular, days)
        known = [day for day in visits if day <= TODAY_ORDINAL + later]
        if known and known[0] <= TODAY_ORDINAL:
            made[f"m{number:06d}"] = known
    return made


def _visits(chance: random.Random, regular: float, days: int) -> list[int]:
    """One member: the first visit at some day, a cycle of two to nine weeks, a chance to leave for good after each visit."""
    cycle = chance.choice((14, 21, 21, 28, 28, 35, 42, 60)) * chance.uniform(0.8, 1.25)
    leaves = chance.betavariate(1, 9)
    day = float(TODAY_ORDINAL - chance.randrange(days))
    found = [int(day)]
    while day < TODAY_ORDINAL + 200 and chance.random() > leaves:
        day += max(1.0, chance.gammavariate(regular, cycle / regular))
        if int(day) > found[-1]:
            found.append(int(day))
    return found
