"""`export {beancount,csv}`: the ledger of a till's folder for an accountant, on stdout.

How it is written is in `services/ledger_export.py`. It only reads, in one snapshot, also while the till is trading,
and streams: years of trade need no more memory than a day.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from salon_desk.cli.snapshot import in_snapshot
from salon_desk.services import ledger_export
from salon_desk.storage.engine import Transaction

_IN_MEMORY = 16 * 1024 * 1024
FORMATS = {"beancount": ledger_export.beancount, "csv": ledger_export.csv_rows}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what runs it."""
    parser = subparsers.add_parser("export", help="the ledger for an accountant")
    parser.add_argument("format", choices=sorted(FORMATS))
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the till's folder")
    parser.add_argument(
        "--from", dest="first", default="", metavar="D", help="the first business day, YYYY-MM-DD"
    )
    parser.add_argument(
        "--to", dest="last", default="", metavar="D", help="the last business day, YYYY-MM-DD"
    )
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the ledger. Raises DomainError (no such folder, no such day) for the caller to put into words."""
    write = FORMATS[arguments.format]
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:

        def read(transaction: Transaction) -> None:
            spool.seek(0)
            spool.truncate()
            for line in write(transaction, first=arguments.first, last=arguments.last):
                spool.write(line.encode())

        in_snapshot(arguments.data, read)
        spool.seek(0)
        shutil.copyfileobj(spool, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    return 0
