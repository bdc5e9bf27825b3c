"""Where a command that only reads finds its data: a folder of a till or head office, or a PostgreSQL by URL.

Nothing is opened here. Exactly one of the two has to be said.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from salon_desk.storage.place import Place


def add_place(parser: argparse.ArgumentParser) -> None:
    """Add `--data` and `--database`."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--data", type=Path, metavar="DIR", help="a till's or head office's folder, or a copy")
    where.add_argument("--database", default="", metavar="URL", help="a head office's PostgreSQL")


def place_of(arguments: argparse.Namespace) -> Place:
    """What was said."""
    return Place(folder=arguments.data, url=arguments.database)
