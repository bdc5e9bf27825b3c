"""`head-office settlement`: who owes whom for value that was sold in one store and spent in another.

How it is reckoned stands in `services/settlement.py`; the paper is that of every report.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from salon_desk.bootstrap.office_data import office_at
from salon_desk.cli.head_office.parts import Parts, part, place
from salon_desk.cli.report import write_bytes
from salon_desk.domain.settlement import BonusPolicy
from salon_desk.i18n import LANGUAGES, Catalogue
from salon_desk.services.report_files import ReportFormat, report_file
from salon_desk.services.settlement import settlement_report
from salon_desk.settings import language_of


def add(parts: Parts) -> None:
    """Add the part."""
    made = part(parts, "settlement", run_settlement, "who owes whom for value spent in another store")
    made.add_argument("--from", dest="first", default="", metavar="D", help="the first business day")
    made.add_argument("--to", dest="last", default="", metavar="D", help="the last business day, YYYY-MM-DD")
    made.add_argument(
        "--bonus",
        choices=[policy.value for policy in BonusPolicy],
        default=BonusPolicy.ISSUER.value,
        help="who bears bonus that is spent: the store that gave it (issuer)",
    )
    made.add_argument("--format", choices=[form.value for form in ReportFormat], default="text")
    made.add_argument("--language", choices=LANGUAGES, default=language_of())
    made.add_argument("--output", type=Path, metavar="PATH", help="write here instead of to stdout")


def run_settlement(arguments: argparse.Namespace) -> int:
    """Write the settlement. Raises DomainError (no such day) for the caller's words."""
    form = ReportFormat.JSON if arguments.json else ReportFormat(arguments.format)
    with office_at(place(arguments)) as office, office.database.read() as transaction:
        report = settlement_report(
            transaction, arguments.first, arguments.last, bonus=BonusPolicy(arguments.bonus)
        )
    write_bytes(report_file(report, form, Catalogue.load(arguments.language)), arguments.output)
    return 0
