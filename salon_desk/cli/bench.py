"""`bench`: the benchmarks, each with its floor measured in the same run.

What is measured is in `bench/`. One line a benchmark as soon as it is done; a ratio says more than the milliseconds,
which belong to this machine.
"""

from __future__ import annotations

import argparse
import json
import sys

from salon_desk.bench.measure import Result
from salon_desk.bench.running import NAMES, PARTS, as_json
from salon_desk.bench.running import run as run_benchmarks


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what runs it."""
    parser = subparsers.add_parser(
        "bench", help="the benchmarks, each with its floor measured in the same run", description=__doc__
    )
    parser.add_argument(
        "name", nargs="?", choices=(*NAMES, *PARTS), metavar="NAME", help=", ".join((*NAMES, *PARTS))
    )
    parser.add_argument(
        "--scale", type=_scale, default=1.0, metavar="S", help="a part of the full size (1.0)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Run one benchmark or all of them."""
    names = (arguments.name,) if arguments.name else NAMES
    for result in run_benchmarks(names, scale=arguments.scale):
        sys.stdout.write(f"{json.dumps(as_json(result)) if arguments.json else told(result)}\n")
        sys.stdout.flush()
    return 0


def told(result: Result) -> str:
    """A result for people: the ratio first."""
    low, high = result.spread
    lines = [
        f"{result.name}: {result.ratio:.2f} times its floor ({low:.2f} to {high:.2f})"
        + (f"; {result.aim}" if result.aim else ""),
        f"  ours {result.our_ms.p50:.3f} ms, p99 {result.our_ms.p99:.3f}; "
        f"floor {result.floor_ms.p50:.3f} ms, p99 {result.floor_ms.p99:.3f}; n {result.n}",
        *(f"  {name} {value}" for name, value in result.more.items()),
    ]
    return "\n".join(lines)


def _scale(text: str) -> float:
    scale = float(text)
    if not 0 < scale <= 1:
        raise argparse.ArgumentTypeError("above 0 and at most 1, please")
    return scale
