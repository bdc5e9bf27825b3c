"""`head-office`: serving a chain, its tills, the value that they hold, what the stores owe each other.

A family of parts a module, what they share in `parts.py`. Only `serve` keeps running; the others work beside it, on the same data.
"""

from __future__ import annotations

import argparse

from salon_desk.cli.head_office import (
    devices,
    exceptions,
    member,
    merging,
    restoring,
    serving,
    settling,
    tiers,
    value,
)
from salon_desk.cli.head_office.parts import Parts


def add_parser(subparsers: Parts) -> None:
    """Add the command with its parts and what runs them."""
    top: argparse.ArgumentParser = subparsers.add_parser(
        "head-office", help="the server of a chain", description=__doc__
    )
    parts = top.add_subparsers(metavar="PART", required=True)
    for family in (serving, devices, value, settling, exceptions, merging, member, tiers, restoring):
        family.add(parts)
