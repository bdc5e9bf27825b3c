"""From the start of the process to the first screen, against a bare Qt window with forty tiles.

Both sides are fresh processes (`first_screen.py`, `floors/bare_window.py`); the watch is held here, by their parent.
What merely importing costs is told apart.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import salon_desk
from salon_desk.bench.measure import Figure, Result, compared, interleave, timing
from salon_desk.bench.shop import BenchShop
from salon_desk.bench.workplace import Workplace

_OURS = "salon_desk.bench.first_screen"
_FLOOR = "salon_desk.bench.floors.bare_window"
_IMPORTED = ("sqlalchemy", "salon_desk.services.checkout", "salon_desk.bootstrap.screen.run")


def run(place: Workplace) -> Result:
    """The sign-in screen of the demo shop, with its people on it."""
    folder, cache = place.fresh() / "till", place.fresh()
    _fill(folder)
    painted: list[float] = []

    def ours(_turn: int) -> float:
        said = stood(_OURS, str(folder), cache=cache)
        painted.append(said["painted"])
        return said["ready"]

    def floor(_turn: int) -> float:
        return stood(_FLOOR, cache=cache)["ready"]

    for warm_up in (ours, floor):
        warm_up(0)
    mine, least = interleave(ours, floor, turns=place.sized(12))
    more: dict[str, Figure] = {"first_paint_ms": timing(painted[1:]).p50}
    more |= {f"import_ms {name}": _import_ms(name, cache) for name in _IMPORTED}
    return compared("start", mine, least, more=more)


def stood(module: str, *arguments: str, cache: Path) -> dict[str, float]:
    """Start a module as a process; milliseconds from then to each word that it says, up to "ready"."""
    began = time.perf_counter_ns()
    said: dict[str, float] = {}
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=_environment(cache)
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said[line.strip()] = (time.perf_counter_ns() - began) / 1e6
    if process.returncode or "ready" not in said:
        raise RuntimeError(f"{module} did not stand: exit {process.returncode}, said {sorted(said)}")
    return said


def _import_ms(module: str, cache: Path) -> float:
    """What importing a module costs, less an empty interpreter."""

    def once(code: str) -> float:
        began = time.perf_counter_ns()
        subprocess.run([sys.executable, "-c", code], check=True, env=_environment(cache))
        return (time.perf_counter_ns() - began) / 1e6

    empty = timing([once("pass") for _ in range(3)]).p50
    return round(timing([once(f"import {module}") for _ in range(3)]).p50 - empty, 1)


def _environment(cache: Path) -> dict[str, str]:
    """No display, and compiled modules kept in a folder, as an installed product has them: not compiled each time."""
    home = str(Path(salon_desk.__file__).parents[1])
    path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH", ""))))
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": path, "PYTHONPYCACHEPREFIX": str(cache)}


def _fill(folder: Path) -> None:
    shop = BenchShop(folder)
    try:
        shop.do(lambda: shop.open_up(visits=1))
    finally:
        shop.close()
