"""What the parts of `head-office` share: where the data lies, how an answer is said, which till or card is meant.

No part lives here. An answer is one JSON object on one line, or rows in columns that align.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from salon_desk.cli.errors import NoSuchCard, NoSuchTill
from salon_desk.documents.flow import cells
from salon_desk.head_office import overview
from salon_desk.head_office.overview import DeviceState
from salon_desk.i18n import Catalogue
from salon_desk.settings import default_data_folder, language_of
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import Office, Place
from salon_desk.storage.queries import cards
from salon_desk.storage.queries.cards import Card

Parts: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_GAP = "  "


def part(
    parts: Parts, name: str, run: Callable[[argparse.Namespace], int], summary: str, *, says_json: bool = True
) -> argparse.ArgumentParser:
    """One part with the options that all have."""
    made = parts.add_parser(name, help=summary, description=summary)
    where = made.add_mutually_exclusive_group()
    where.add_argument("--data", type=Path, metavar="DIR", help="the head office's folder ($SALON_DESK_DATA)")
    where.add_argument("--database", default="", metavar="URL", help="a PostgreSQL database instead")
    if says_json:
        made.add_argument("--json", action="store_true", help="one JSON object on one line")
    made.set_defaults(func=run)
    return made


def place(arguments: argparse.Namespace) -> Place:
    """Where the data lies."""
    if arguments.database:
        return Place(url=arguments.database)
    return Place(folder=arguments.data or default_data_folder(demo=getattr(arguments, "demo", False)))


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def answer(arguments: argparse.Namespace, told: dict[str, Any], lines: Iterable[str]) -> int:
    """The same as JSON or as lines, as was asked for; where there is no line, a sentence says so."""
    if arguments.json:
        say(json.dumps(told, ensure_ascii=False))
        return 0
    for line in list(lines) or [Catalogue.load(language_of()).text("There is nothing to show.")]:
        say(line)
    return 0


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines whose columns align, Chinese characters counted as two."""
    widths = [max(cells(text) for text in column) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(
            text + " " * (width - cells(text)) for text, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def till_called(office: Office, name: str) -> DeviceState:
    """The one device that is meant: by its node, its fingerprint, STORE/NAME, or its name alone. Raises NoSuchTill."""
    by_fingerprint = overview.by_fingerprint(office, name)
    if by_fingerprint is not None:
        return by_fingerprint
    found = [
        one
        for one in overview.devices(office).devices
        if name in (one.node, one.till, f"{one.store}/{one.till}")
    ]
    if len(found) != 1:
        raise NoSuchTill(name, len(found))
    return found[0]


def card_called(transaction: Transaction, name: str) -> Card:
    """The one card that is meant: by its code or its id. Raises NoSuchCard."""
    found = cards.cards_by_code(transaction, name)
    by_id = cards.card(transaction, name)
    if by_id is not None:
        return by_id
    if len(found) != 1:
        raise NoSuchCard(name, len(found))
    return found[0]
