"""`head-office member {export,erase}`: everything of one person as a file, or nothing of them in the chain any more.

The same services as at a till (`cli/member.py`); who sits at head office is the owner. Erasing says what it will do and is done only
with `--yes`; tills do the same when they hear of it.
"""

from __future__ import annotations

import argparse

from salon_desk.bootstrap.office_data import office_at
from salon_desk.bootstrap.rules import load_rules
from salon_desk.cli.head_office.parts import Parts, part, place, say
from salon_desk.cli.member import erased, exported, more_of_erase, more_of_export
from salon_desk.domain.access import Role
from salon_desk.services.till import Actor, Till
from salon_desk.storage import trimming

_OWNER = Actor("", Role.OWNER)


def add(parts: Parts) -> None:
    """Add the part with its two steps."""
    made = parts.add_parser("member", help="export or erase everything of one person, in the whole chain")
    steps = made.add_subparsers(metavar="STEP", required=True)
    more_of_export(part(steps, "export", run_export, "everything of a person as a file", says_json=False))
    more_of_erase(
        part(steps, "erase", run_erase, "what erasing a person does; with --yes, do it", says_json=False)
    )


def run_export(arguments: argparse.Namespace) -> int:
    """Write the file. Raises DomainError."""
    with office_at(place(arguments)) as office:
        return exported(Till(office, load_rules()), _OWNER, arguments)


def run_erase(arguments: argparse.Namespace) -> int:
    """Say what it does, and with `--yes` do it. Raises DomainError."""
    with office_at(place(arguments)) as office:
        say(erased(Till(office, load_rules()), _OWNER, arguments))
        trimming.rest(office)
    return 0
