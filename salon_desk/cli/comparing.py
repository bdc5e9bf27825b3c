"""`simulate --compare`: placement, overdraft and bridge against what others do, as one table.

What is lived through and how it is pooled is in `simulation/comparing.py`. Three of a hundred is written 0.030; brackets hold
the interval, 95 %.
"""

from __future__ import annotations

import argparse
import json
import sys

from salon_desk.bootstrap.simulated_chain import lived_through
from salon_desk.simulation import comparing
from salon_desk.simulation.comparing import Between, Comparison, Group, Wanted
from salon_desk.simulation.traces import Trace

COLUMNS = ("way", "offline accepted", "value to oracle", "each at its demand", "online refused", "lost")
AT_LEAST = 30


def add_options(parser: argparse.ArgumentParser) -> None:
    """What only comparing knows."""
    parser.add_argument(
        "--compare", action="store_true", help="one table of all ways to treat a card offline"
    )
    parser.add_argument(
        "--real", type=int, default=1, metavar="N", help="compared traces also through the real code (1)"
    )


def run(arguments: argparse.Namespace, given: Trace | None) -> int:
    """Compare on made traces, or on the one that was `given`. About a minute a seed; more through the real code."""
    wanted = Wanted(
        seed=arguments.seed,
        seeds=arguments.seeds or AT_LEAST,
        real=max(arguments.real, 0),
        jobs=arguments.jobs,
        given=given,
    )
    found = comparing.run(wanted, lived_through)
    said = json.dumps(found.as_json()) if arguments.json else told(found)
    sys.stdout.write(f"{said}\n")
    return 0


def told(found: Comparison) -> str:
    """For people: a table a group."""
    tables = [_table(group) for group in found.groups]
    return "\n\n".join([*tables, f"seeds {found.first_seed} and on, {found.seconds} s"])


def _table(group: Group) -> str:
    rows = [COLUMNS]
    rows += [
        (
            one.way,
            _said(one.offline_acceptance, 3),
            _said(one.value_to_oracle, 4),
            _said(one.value_to_oracle_capped, 4),
            _said(one.online_refusals, 4),
            _lost(one),
        )
        for one in group.ways
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    head = f"{group.traces} traces, {group.ways[0].traces}, through the {_WORDS[group.through]}"
    return "\n".join(
        [
            head,
            *(
                "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
                for row in rows
            ),
        ]
    )


_WORDS = {"fold": "replica", "real": "real code"}


def _lost(one: comparing.Pooled) -> str:
    if one.sums["overspend_cents"]:
        return f"{one.sums['overspend_cents'] / 100:.2f} overspent, {_said(one.loss_to_accepted, 5)} of all"
    if one.overdraft_loss is not None:
        return f"{_said(one.overdraft_loss, 3)} of the overdraft"
    return "0"


def _said(one: Between | None, digits: int) -> str:
    if one is None:
        return "-"
    if one.low is None or one.high is None:
        return f"{one.value:.{digits}f}"
    return f"{one.value:.{digits}f} [{one.low:.{digits}f}, {one.high:.{digits}f}]"
