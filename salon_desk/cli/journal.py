"""`journal`: the recorded operations, one a line, in the order in which this node recorded them.

It only reads, in one snapshot, also while the till is trading, and streams. A damaged row is shown as far as it can be
read; whether it is whole says `verify`.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from salon_desk.cli.place import add_place, place_of
from salon_desk.domain.clock import instant_text
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.hybrid_clock import COUNTER_BITS
from salon_desk.storage import journal
from salon_desk.storage.errors import StoreDamaged
from salon_desk.storage.reading import open_place


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what runs it."""
    parser = subparsers.add_parser("journal", help="the recorded operations, one a line")
    add_place(parser)
    parser.add_argument(
        "--after", type=int, default=0, metavar="POSITION", help="only what was recorded later"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the operations. Raises DomainError (no such folder, a newer till's, a damaged file)."""
    line = json_line if arguments.json else human_line
    place = place_of(arguments)
    reader = open_place(place)
    try:
        reader.tolerate_damaged_text()
        with reader.read() as transaction:
            for position, envelope in journal.after(transaction, arguments.after):
                sys.stdout.buffer.write(line(position, envelope))
        sys.stdout.buffer.flush()
    except sqlite3.Error as error:
        raise StoreDamaged(folder=str(place), what=str(error)) from error
    finally:
        reader.close()
    return 0


def json_line(position: int, envelope: Envelope) -> bytes:
    """An operation as one JSON object; its body stands in it byte for byte as it was hashed, where it is here."""
    fields: dict[str, Any] = {"position": position, **msgspec.structs.asdict(envelope.header)}
    fields["hash"] = envelope.hash
    if envelope.body is not None:
        try:
            msgspec.json.decode(envelope.body)
            fields["body"] = msgspec.Raw(envelope.body)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            fields["body"] = None
    return msgspec.json.encode(fields) + b"\n"


def human_line(position: int, envelope: Envelope) -> bytes:
    """An operation's place, instant, kind, number and id, in columns."""
    header = envelope.header
    told = f"{position:>8}  {_instant(header.at)}  {header.kind:<24} {header.seq:>8}  {header.op_id}"
    return told.rstrip().encode() + b"\n"


def _instant(at: int) -> str:
    try:
        return instant_text(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at >> COUNTER_BITS))
    except OverflowError:
        return str(at)
