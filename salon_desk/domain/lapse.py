"""Bonus that lapses (RULES 2): which part of what lies in a purse was given for days that are over.

Bonus of one card is one asset, whenever it was given. The one rule: of what there was, that which lapses first was spent first, and
a holder takes off only what lies beyond everything that still counts, so that tills that do not hear of each other never take too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

LAPSED = "lapsed/"


@dataclass(frozen=True, slots=True)
class Lot:
    """Units of bonus given together. `until`: the last ISO day on which they count; empty = without an end."""

    units: int
    until: str = ""

    def is_over(self, day: str) -> bool:
        """Whether they count no more on a day."""
        return bool(self.until) and self.until < day


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to the bonus of a card, in its order: given (with its `until`), spent (below zero) by an operation, or put back
    because one of them (`back`) was undone."""

    units: int
    until: str = ""
    by: str = ""
    back: str = ""


def left_of(steps: Iterable[Step]) -> list[Lot]:
    """What is left of each lot. What is put back goes where that operation took it last; what is known from nowhere has no end."""
    lots: list[Lot] = []
    spent: dict[str, list[tuple[int, int]]] = {}
    for step in steps:
        left = abs(step.units)
        if step.units < 0:
            for at in sorted(range(len(lots)), key=lambda at: lots[at].until or "9999"):
                taken = min(lots[at].units, left)
                lots[at] = replace(lots[at], units=lots[at].units - taken)
                spent.setdefault(step.by, []).append((at, taken))
                left -= taken
            continue
        taken_before = spent.get(step.back, []) if step.back else []
        while left and taken_before:
            at, taken = taken_before.pop()
            back = min(taken, left)
            lots[at] = replace(lots[at], units=lots[at].units + back)
            left -= back
            if taken > back:
                taken_before.append((at, taken - back))
        if left:
            lots.append(Lot(left, step.until))
    return lots


def lapsing(here: int, lots: Sequence[Lot], day: str) -> int:
    """Of `here` units, those that have lapsed by a day: what is more than is left of all lots that still count."""
    over = sum(one.units for one in lots if one.is_over(day))
    counts = sum(one.units for one in lots) - over
    return max(0, min(here - counts, over))


def lapsed_right(card: str, lapse: str) -> str:
    """The right to give back what one lapse took off a card, once, in cents."""
    return f"{lapsed_of(card)}{quote(lapse, safe='')}"


def lapsed_of(card: str) -> str:
    """What the rights of a card begin with."""
    return f"{LAPSED}{quote(card, safe='')}/"


def lapse_of(asset: str) -> str:
    """The lapse that a right belongs to; empty for any other asset."""
    return unquote(asset.rpartition("/")[2]) if asset.startswith(LAPSED) else ""
