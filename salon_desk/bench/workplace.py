"""Where a run of benchmarks works: a temporary folder, how large everything is, and the large shop that several need.

No measuring lives here. The large shop is filled once a run, when it is first wanted, and gone at the end.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from salon_desk.bench.filling import fill_items, fill_members
from salon_desk.bench.measure import Figure
from salon_desk.bench.people import made_items, made_members, typed
from salon_desk.bench.shop import CURRENCY, BenchShop

MEMBERS = 200_000
ITEMS = 5_000
TYPED = 4_000


@dataclass(frozen=True, slots=True)
class LargeShop:
    """The folder of a till with very many members and items, what is typed to find them, and what filling took."""

    folder: Path
    fragments: tuple[str, ...]
    figures: Mapping[str, Figure]


class Workplace:
    """`scale` 1 is the full size; tests use a tiny part of it."""

    def __init__(self, root: Path, scale: float = 1.0) -> None:
        self.root = root
        self.scale = scale
        self._number = 0
        self._large: LargeShop | None = None

    def sized(self, full: int, least: int = 2) -> int:
        """A number of things at this scale."""
        return max(least, int(full * self.scale))

    def fresh(self) -> Path:
        """A new empty folder."""
        self._number += 1
        folder = self.root / str(self._number)
        folder.mkdir()
        return folder

    def large_shop(self) -> LargeShop:
        """The large shop, filled by operations now if nobody wanted it before; its till is closed."""
        if self._large is None:
            self._large = self._fill(self.fresh() / "till")
        return self._large

    def _fill(self, folder: Path) -> LargeShop:
        members, items = self.sized(MEMBERS, 20), self.sized(ITEMS, 10)
        shop = BenchShop(folder)
        try:
            shop.do(lambda: shop.open_up(visits=1))
            began = time.perf_counter()
            shop.do(lambda: fill_members(shop.till, made_members(members)))
            shop.do(lambda: fill_items(shop.till, made_items(items), CURRENCY))
            seconds = time.perf_counter() - began
        finally:
            shop.close()
        figures: dict[str, Figure] = {
            "members": members,
            "items": items,
            "recorded_seconds": round(seconds, 1),
            "recorded_ms_each": round(seconds * 1000 / (members + items), 3),
        }
        return LargeShop(folder, tuple(self._typed(members, items)), figures)

    def _typed(self, members: int, items: int) -> Iterator[str]:
        """What cashiers type, the same at each run; whom they look for is forgotten, it is many objects."""
        chance = random.Random(7)
        step = max(1, members // self.sized(TYPED, 20))
        things = tuple(made_items(items))
        for member in islice(made_members(members), 0, None, step):
            yield typed(chance, member, chance.choice(things))
