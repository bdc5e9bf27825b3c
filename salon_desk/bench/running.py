"""Which benchmarks there are, and how one is run in a place of its own.

A benchmark's module is imported when it is run: most need no Qt. What a result looks like as JSON is here too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from salon_desk.bench.measure import Figure, Result, Timing
from salon_desk.bench.workplace import Workplace

_WHERE = {
    "checkout": "recording:checkout",
    "tap": "recording:tap",
    "search": "search:run",
    "members": "member_pages:run",
    "triggers": "triggering:run triggering_gap:run",
    "gap": "gap:run",
    "report": "report:run",
    "start": "start:run",
    "receipt": "receipt:run",
    "verify": "verifying:run",
    "placement": "placing:run",
    "want": "wanting:run",
    "sync": "exchange:run growth:run arriving:run",
}
_PARTS = {"growth": "growth:run", "arriving": "arriving:run"}
PARTS = tuple(_PARTS)
"""Parts of one of them that can be run alone."""
NAMES = tuple(_WHERE)
"""Every benchmark, in the order in which they run; one may give several results."""


def run(names: Sequence[str] = NAMES, *, scale: float = 1.0) -> Iterator[Result]:
    """Run benchmarks one after the other; `scale` below 1 makes everything smaller, for tests."""
    with tempfile.TemporaryDirectory(prefix="salon-desk-bench-") as root:
        place = Workplace(Path(root), scale)
        for name in names:
            for where in {**_WHERE, **_PARTS}[name].split():
                module, function = where.split(":")
                benchmark: Callable[[Workplace], Result | Iterator[Result]] = getattr(
                    import_module(f"salon_desk.bench.{module}"), function
                )
                found = benchmark(place)
                yield from (found,) if isinstance(found, Result) else found


def as_json(result: Result) -> dict[str, object]:
    """A result as one JSON object; further figures stand beside the common ones."""
    more: dict[str, Figure] = dict(result.more)
    return {
        "name": result.name,
        "n": result.n,
        "our_ms": _milliseconds(result.our_ms),
        "floor_ms": _milliseconds(result.floor_ms),
        "ratio": result.ratio,
        "ratio_spread": list(result.spread),
        "aim": result.aim,
        **more,
    }


def _milliseconds(timing: Timing) -> dict[str, float]:
    return {"p50": timing.p50, "p99": timing.p99, "worst": timing.worst}
