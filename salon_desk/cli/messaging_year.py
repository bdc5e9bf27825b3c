"""`simulate --messages`: some months of a made-up chain through all triggers, and what was sent, held and withheld.

What is lived through is in `simulation/messages/`. Exit 1 on a violation; the same members, days and seed show it again.
"""

from __future__ import annotations

import argparse
import json
import sys

from salon_desk.bootstrap.simulated_messages import simulate_messages
from salon_desk.simulation.messages.year import Asked, Figures

MOST_MEMBERS, MOST_DAYS = 1_000_000, 3_660


def add_options(parser: argparse.ArgumentParser) -> None:
    """What only this knows."""
    parser.add_argument("--messages", action="store_true", help="a made-up chain that writes to its members")
    parser.add_argument("--members", type=_members, default=1_000, metavar="N", help="of that chain (1000)")
    parser.add_argument("--days", type=_days, default=365, metavar="D", help="that it lives (365)")


def run(arguments: argparse.Namespace) -> int:
    """Live through it. About a seventh of a second for each year of a member."""
    found = simulate_messages(Asked(arguments.members, arguments.days, arguments.seed))
    said = json.dumps(found.as_json()) if arguments.json else told(found)
    sys.stdout.write(f"{said}\n")
    return 0 if found.ok else 1


def told(found: Figures) -> str:
    """For people: shares of the messages, then of each trigger how many are in which state, then every violation."""
    asked = found.asked
    lines = [
        f"{asked.members} members, {asked.days} days, {sum(found.messages.values())} messages, {found.seconds} s",
        f"{len(found.violations)} violations, trace {found.trace_hash[:16]}",
        *(f"  {name} {share:.2%}" for name, share in found.shares.items()),
        *(
            f"  {name}: {', '.join(f'{state} {number}' for state, number in of.items())}"
            for name, of in found.triggers.items()
        ),
    ]
    return "\n".join([*lines, *(f"  {one.rule}: {one.message}: {one.detail}" for one in found.violations)])


def _members(text: str) -> int:
    return _within(text, MOST_MEMBERS)


def _days(text: str) -> int:
    return _within(text, MOST_DAYS)


def _within(text: str, most: int) -> int:
    number = int(text)
    if not 1 <= number <= most:
        raise argparse.ArgumentTypeError(f"1 to {most}, please")
    return number
