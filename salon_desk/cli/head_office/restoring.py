"""`head-office go-on`: after head office was put back from an old copy, go on from what is there, with the paper about it.

What is done stands in `head_office/going_on.py`. Nobody may serve meanwhile.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import msgspec

from salon_desk.bootstrap.office_data import office_at
from salon_desk.cli.head_office.parts import Parts, part, place, say
from salon_desk.cli.report import write_bytes
from salon_desk.head_office import going_on
from salon_desk.i18n import LANGUAGES, Catalogue
from salon_desk.services.report_files import ReportFormat, report_file
from salon_desk.settings import language_of


def add(parts: Parts) -> None:
    """Add the part."""
    made = part(
        parts,
        "go-on",
        run_go_on,
        "after a restore: go on from what is here; what it had is covered with the merchant's money",
    )
    made.add_argument(
        "--restored",
        action="store_true",
        help="I know that this is an old copy, although nobody has proven it",
    )
    made.add_argument(
        "--format",
        choices=[form.value for form in ReportFormat if form is not ReportFormat.JSON],
        default="text",
        help="of the paper about it",
    )
    made.add_argument("--language", choices=LANGUAGES, default=language_of())
    made.add_argument("--output", type=Path, metavar="PATH", help="write the paper here instead of to stdout")


def run_go_on(arguments: argparse.Namespace) -> int:
    """Go on when this is an old copy, and print the paper of it or of the last time. Raises DomainError."""
    with office_at(place(arguments)) as office:
        done = going_on.go_on(office, by_word=arguments.restored)
        with office.database.read() as transaction:
            report = going_on.report(transaction, office)
        told = {
            "opened": done,
            "epoch": office.epoch,
            "report": msgspec.to_builtins(report) if report else None,
        }
    if report is not None and (arguments.output or not arguments.json):
        form = ReportFormat(arguments.format)
        write_bytes(report_file(report, form, Catalogue.load(arguments.language)), arguments.output)
    if arguments.json:
        say(json.dumps(told, ensure_ascii=False))
    elif report is None:
        say(office.epoch)
    return 0
