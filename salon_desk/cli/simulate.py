"""`simulate`: a whole chain of the real code in one process, lived through a trace of cards and outages, or through faults.

What is counted is in `simulation/replay.py` (PROTOCOL 9), what may never be in `simulation/faults/truth.py`. The same files and
seed give the same figures, but for the seconds; a violation is shown again by its seed and its number of steps.
`--compare` holds ways to treat a card against each other (`cli/comparing.py`), `--messages` is `cli/messaging_year.py`'s.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from salon_desk.bootstrap.faulty_chain import simulate_faults
from salon_desk.bootstrap.simulated_chain import simulate
from salon_desk.cli import comparing, messaging_year
from salon_desk.cli.errors import TraceRefused
from salon_desk.simulation.chain import Shape
from salon_desk.simulation.faults import campaign
from salon_desk.simulation.faults.campaign import Campaign
from salon_desk.simulation.replay import Asked, Figures
from salon_desk.simulation.traces import BadTrace, Trace, read_trace

MOST_TILLS = 20
MOST_CENTS = 100_000_000
MOST_STEPS = 10_000_000


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what runs it."""
    parser = subparsers.add_parser(
        "simulate", help="a chain lived through in one process", description=__doc__
    )
    parser.add_argument("--events", type=Path, metavar="F", help="what happens: events.csv")
    parser.add_argument("--outages", type=Path, metavar="F", help="which stores have no link: outages.csv")
    parser.add_argument(
        "--tills-per-store", type=_tills, default=1, metavar="N", help="tills in each store (1)"
    )
    parser.add_argument(
        "--no-lan", action="store_true", help="tills of one store do not see each other either"
    )
    parser.add_argument(
        "--overdraft-cents", type=_cents, default=0, metavar="N", help="of a card at a cut-off store (0)"
    )
    parser.add_argument(
        "--bridge", type=_part, default=0.0, metavar="P", help="part of outages with a telephone (0)"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="of everything that is random (0)")
    parser.add_argument("--faults", action="store_true", help="a random chain under faults")
    parser.add_argument(
        "--seeds", type=_number, metavar="N", help="so many, from --seed on (1; compared: 30)"
    )
    parser.add_argument("--steps", type=_number, default=2_000, metavar="N", help="of each seed (2000)")
    parser.add_argument("--jobs", type=_number, default=1, metavar="N", help="processors that are used (1)")
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    comparing.add_options(parser)
    messaging_year.add_options(parser)
    parser.set_defaults(func=run, parser=parser)


def run(arguments: argparse.Namespace) -> int:
    """Simulate. Raises TraceRefused, and DomainError for the caller to put into words."""
    if arguments.faults:
        return _faults(arguments)
    if arguments.messages:
        return messaging_year.run(arguments)
    if arguments.compare and arguments.events is arguments.outages is None:
        return comparing.run(arguments, None)
    if arguments.events is None or arguments.outages is None:
        arguments.parser.error("--events and --outages are needed")
    trace = _read(arguments.events, arguments.outages)
    if arguments.compare:
        return comparing.run(arguments, trace)
    shape = Shape(
        stores=tuple(trace.stores),
        cards=trace.cards,
        tills_per_store=arguments.tills_per_store,
        lan=not arguments.no_lan,
        overdraft_cents=arguments.overdraft_cents,
    )
    asked = Asked(arguments.tills_per_store, arguments.bridge, arguments.seed)
    figures = simulate(trace, shape, asked)
    said = json.dumps(figures.as_json()) if arguments.json else told(figures)
    sys.stdout.write(f"{said}\n")
    return 0


def _faults(arguments: argparse.Namespace) -> int:
    asked = campaign.Asked(arguments.seed, arguments.seeds or 1, arguments.steps, arguments.jobs)
    found = simulate_faults(asked)
    said = json.dumps(found.as_json()) if arguments.json else told_of_faults(found)
    sys.stdout.write(f"{said}\n")
    return 0 if found.ok else 1


def told_of_faults(found: Campaign) -> str:
    """For people: what was lived through, then every violation with the command that shows it again."""
    lines = [
        f"{found.seeds} seeds, {found.steps} steps, {found.operations} operations, {found.seconds} s",
        f"{found.served} customers served: {found.store_years} store-years of {campaign.SERVED_IN_A_STORE_YEAR} each",
        f"{len(found.violations)} violations, trace {found.trace_hash[:16]}",
    ]
    return "\n".join(
        [
            *lines,
            *(
                f"  simulate --faults --seed {one.seed} --steps {one.steps}: {one.rule}: {one.detail}"
                for one in found.violations
            ),
        ]
    )


def told(figures: Figures) -> str:
    """For people: the four figures that count, then all of them."""
    lines = [
        f"offline acceptance {_ratio(figures.offline_accepted_full, figures.offline_legit)}",
        f"value to oracle {_ratio(figures.accepted_cents, figures.oracle_cents)}",
        f"online refusals {_ratio(figures.online_legit - figures.online_accepted_full, figures.online_legit)}",
        f"overspend {figures.overspend_cents}",
    ]
    return "\n".join([*lines, *(f"  {name} {value}" for name, value in figures.as_json().items())])


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "-"


def _read(events: Path, outages: Path) -> Trace:
    try:
        return read_trace(events, outages)
    except BadTrace as bad:
        raise TraceRefused(bad.file, bad.line, bad.fault, bad.what) from bad


def _tills(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_TILLS:
        raise argparse.ArgumentTypeError(f"1 to {MOST_TILLS}, please")
    return number


def _number(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_STEPS:
        raise argparse.ArgumentTypeError("1 or more, please")
    return number


def _cents(text: str) -> int:
    cents = int(text)
    if not 0 <= cents <= MOST_CENTS:
        raise argparse.ArgumentTypeError("0 or more cents, please")
    return cents


def _part(text: str) -> float:
    part = float(text)
    if not 0 <= part <= 1:
        raise argparse.ArgumentTypeError("0 to 1, please")
    return part
