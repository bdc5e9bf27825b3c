"""`report {x,z,daily,commission,liability,proof,settlement,dormancy}`: a report of a till's folder as text, JSON, PDF or XLSX.

What a report contains is in `services/reports.py` and `services/settlement.py`. It only reads, in one snapshot, also while the till is trading;
the result goes to stdout as bytes, or to `--output`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from salon_desk.bootstrap.rules import load_rules
from salon_desk.cli.snapshot import in_snapshot
from salon_desk.i18n import LANGUAGES, Catalogue
from salon_desk.services import reports
from salon_desk.services.dormancy import dormancy_report
from salon_desk.services.proof_report import proof_report
from salon_desk.services.report_errors import ReportNotYet
from salon_desk.services.report_files import Report, ReportFormat, report_file
from salon_desk.services.settlement import settlement_report
from salon_desk.settings import language_of
from salon_desk.storage.engine import Transaction

KINDS = ("x", "z", "daily", "commission", "liability", "proof", "settlement", "dormancy")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what runs it."""
    parser = subparsers.add_parser(
        "report", help="X, Z, daily and liability reports, unproven debits, settlement between stores"
    )
    parser.add_argument("report", choices=KINDS)
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="DIR",
        help="the till's folder, or a head office's with --store",
    )
    parser.add_argument(
        "--date",
        default="",
        metavar="D",
        help="the business day, YYYY-MM-DD (default: the newest; settlement: from it on, or all)",
    )
    parser.add_argument(
        "--to", default="", metavar="D", help="daily, proof, settlement: up to this business day"
    )
    parser.add_argument(
        "--number", type=int, metavar="N", help="z: the Z of this number (default: the newest)"
    )
    parser.add_argument(
        "--store", default="", metavar="CODE", help="daily, proof: of this store (default: the till's own)"
    )
    parser.add_argument("--format", choices=[form.value for form in ReportFormat], default="text")
    parser.add_argument("--language", choices=LANGUAGES, default=language_of())
    parser.add_argument("--json", action="store_true", help="the same as --format json")
    parser.add_argument("--output", type=Path, metavar="PATH", help="write here instead of to stdout")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the report. Raises DomainError (nothing to report, no such folder) for the caller to put into words."""
    if arguments.report == "commission":
        raise ReportNotYet("commission")
    form = ReportFormat.JSON if arguments.json else ReportFormat(arguments.format)
    report = in_snapshot(arguments.data, lambda transaction: _report(transaction, arguments))
    write_bytes(report_file(report, form, Catalogue.load(arguments.language)), arguments.output)
    return 0


def write_bytes(data: bytes, output: Path | None) -> None:
    """To a file, or to stdout as they are."""
    if output is not None:
        output.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def _report(transaction: Transaction, arguments: argparse.Namespace) -> Report:
    match arguments.report:
        case "x":
            return reports.x_report(transaction)
        case "z":
            day = reports.checked_day(arguments.date) if arguments.date else ""
            return reports.z_report(transaction, z_number=arguments.number, business_day=day)
        case "daily":
            return reports.daily_report(transaction, arguments.date, arguments.to, store=arguments.store)
        case "proof":
            return proof_report(transaction, arguments.date, arguments.to, store=arguments.store)
        case "settlement":
            return settlement_report(transaction, arguments.date, arguments.to)
        case "dormancy":
            return dormancy_report(transaction, load_rules(), arguments.date, store=arguments.store)
        case _:
            return reports.liability_report(transaction)
