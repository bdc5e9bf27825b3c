"""`verify`: whether the data of a till or head office is what its own journal says; exit 1 when it is not.

What is checked is in `storage/verify.py`. It only reads, in one snapshot, also while the till is trading, also a copy.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from salon_desk.cli.place import add_place, place_of
from salon_desk.i18n import Catalogue
from salon_desk.settings import language_of
from salon_desk.storage.verify import Verification, verify


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what runs it."""
    parser = subparsers.add_parser("verify", help="rebuild every projection from the journal and compare")
    add_place(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; 1 unless all is well. Raises DomainError (no such folder, a newer till's)."""
    found = verify(place_of(arguments))
    if arguments.json:
        print(json.dumps(asdict(found), ensure_ascii=False))
    else:
        _tell(found, Catalogue.load(language_of()))
    return 0 if found.ok else 1


def _tell(found: Verification, words: Catalogue) -> None:
    print(words.plural("{n} operation in the journal.", "{n} operations in the journal.", found.operations))
    if found.ok:
        print(words.text("Everything agrees: chains, purses, ledger, every table."))
    for problem in found.problems:
        print(problem)
