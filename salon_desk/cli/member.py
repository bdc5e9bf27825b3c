"""`member {export,erase}`: everything of one person as a file, or nothing of them anywhere any more.

What goes and what stays is in `services/erasing.py`. The PIN of the owner comes by standard input; erasing says what it will do and
is done only with `--yes`.
"""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path

from salon_desk.bootstrap.bare_till import bare_till
from salon_desk.cli.report import write_bytes
from salon_desk.i18n import LANGUAGES
from salon_desk.operations.erasure import WhyErased
from salon_desk.services import erasing, exporting, sign_in
from salon_desk.services.report_files import ReportFormat
from salon_desk.services.till import Actor, Till
from salon_desk.settings import language_of


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what runs it."""
    parser = subparsers.add_parser("member", help="export or erase everything of one person")
    steps = parser.add_subparsers(metavar="STEP", required=True)
    export = steps.add_parser("export", help="everything of a person as a file")
    erase = steps.add_parser("erase", help="what erasing a person does; with --yes, do it")
    for step, run in ((export, run_export), (erase, run_erase)):
        step.add_argument("--data", type=Path, required=True, metavar="DIR", help="the till's folder")
        step.add_argument("--staff", required=True, metavar="ID", help="the owner's id")
        step.set_defaults(func=run)
    more_of_export(export)
    more_of_erase(erase)


def more_of_export(step: argparse.ArgumentParser) -> None:
    """Whom, and how it is written: the same at a till and at head office."""
    step.add_argument("member", help="the member's id")
    step.add_argument("--format", choices=[one.value for one in exporting.FORMATS], default="json")
    step.add_argument("--language", choices=LANGUAGES, default=language_of())
    step.add_argument("--output", type=Path, metavar="PATH", help="write here instead of to stdout")


def more_of_erase(step: argparse.ArgumentParser) -> None:
    """Whom, and why."""
    step.add_argument("member", help="the member's id")
    step.add_argument("--reason", choices=[one.value for one in WhyErased], default=WhyErased.ASKED.value)
    step.add_argument("--yes", action="store_true", help="erase; this cannot be taken back")


def run_export(arguments: argparse.Namespace) -> int:
    """Write the file. Raises DomainError."""
    with bare_till(arguments.data) as till:
        return exported(till, sign_in.sign_in(till, arguments.staff, _pin()).actor, arguments)


def run_erase(arguments: argparse.Namespace) -> int:
    """Say what it does, and with `--yes` do it. Raises DomainError."""
    with bare_till(arguments.data) as till:
        actor = sign_in.sign_in(till, arguments.staff, _pin()).actor
        print(erased(till, actor, arguments))
    return 0


def exported(till: Till, actor: Actor, arguments: argparse.Namespace) -> int:
    """The file of a person. Raises UnknownMember, PermissionNeeded."""
    found = exporting.person(till, actor, arguments.member, arguments.language)
    data = exporting.person_bytes(found, ReportFormat(arguments.format), arguments.language)
    write_bytes(data, arguments.output)
    return 0


def erased(till: Till, actor: Actor, arguments: argparse.Namespace) -> str:
    """What erasing does, as JSON; done where `--yes` was said. Raises UnknownMember, PermissionNeeded, CannotRecord."""
    told = erasing.consequences(till, actor, arguments.member)
    if arguments.yes:
        reason = WhyErased(arguments.reason)
        erasing.erase(till, f"erase/{arguments.member}", actor, arguments.member, reason)
    cards = [{"card": one.card, "cents": one.balance.cents} for one in told.cards]
    found = {
        "member": told.member,
        "erased": arguments.yes,
        "descriptions": told.descriptions,
        "documents_kept": told.documents,
        "mentions_kept": told.mentions,
        "cards_kept": cards,
    }
    return json.dumps(found)


def _pin() -> str:
    return getpass.getpass("PIN: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
