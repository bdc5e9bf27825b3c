"""`messages {list,explain}`: what was sent, to whom, why and what came of it; and of one message in a sentence why it is as it is.

It only reads, in one snapshot, also while the till or head office sends. Who a message was for is said by id: names stand in the journal
of the shop and not in what a command prints.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

from salon_desk.cli.errors import NoSuchMessage
from salon_desk.cli.head_office.parts import columns, say
from salon_desk.cli.place import add_place, place_of
from salon_desk.domain.message import MessageState, Trigger
from salon_desk.i18n import LANGUAGES, Catalogue
from salon_desk.services import message_log
from salon_desk.services.message_log import Entry, Wanted
from salon_desk.settings import language_of
from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import StoreDamaged
from salon_desk.storage.queries.stores import all_stores
from salon_desk.storage.reading import open_place
from salon_desk.ui.message_sentences import sentence

T = TypeVar("T")

MOST = 200
_UTC = "UTC"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command with its parts and what runs them."""
    top = subparsers.add_parser("messages", help="what was sent, to whom and why", description=__doc__)
    parts = top.add_subparsers(metavar="PART", required=True)
    listing = parts.add_parser("list", help="messages, the newest first, one a line")
    listing.add_argument("--member", default="", metavar="ID", help="of this member")
    listing.add_argument("--campaign", default="", metavar="ID", help="of this campaign")
    listing.add_argument("--state", default="", choices=[one.value for one in MessageState])
    listing.add_argument("--trigger", default="", choices=[one.value for one in Trigger])
    listing.add_argument("--most", type=int, default=MOST, metavar="N", help=f"so many at most ({MOST})")
    explaining = parts.add_parser("explain", help="why one message was sent, waits or is not sent")
    explaining.add_argument("message", help="the message's id")
    for part, run in ((listing, run_list), (explaining, run_explain)):
        add_place(part)
        part.add_argument("--json", action="store_true", help="one JSON object a line")
        part.add_argument("--language", choices=LANGUAGES, default=language_of())
        part.set_defaults(func=run)


def run_list(arguments: argparse.Namespace) -> int:
    """Write the messages. Raises DomainError (no such folder, a newer till's, a damaged file)."""
    wanted = Wanted(
        member=arguments.member,
        campaign=arguments.campaign,
        state=arguments.state,
        trigger=arguments.trigger,
        most=max(arguments.most, 0),
    )
    entries, zone = _read(
        arguments, lambda transaction: (message_log.entries(transaction, wanted), _zone(transaction))
    )
    words = Catalogue.load(arguments.language)
    told = [_told(one, words, zone) for one in entries]
    if arguments.json:
        for one in told:
            say(_json(one))
        return 0
    rows = [(one["intended_at"], one["state"], one["trigger"], one["member"], one["why"]) for one in told]
    for line in columns(rows) if rows else [words.text("There is nothing to show.")]:
        say(line)
    return 0


def run_explain(arguments: argparse.Namespace) -> int:
    """Write one sentence. Raises NoSuchMessage, DomainError."""
    found, zone = _read(
        arguments,
        lambda transaction: (message_log.entry(transaction, arguments.message), _zone(transaction)),
    )
    if found is None:
        raise NoSuchMessage(arguments.message)
    told = _told(found, Catalogue.load(arguments.language), zone)
    say(_json(told) if arguments.json else told["why"])
    return 0


def _told(entry: Entry, words: Catalogue, zone: str) -> dict[str, Any]:
    """One message as it is printed."""
    message, last = entry.message, entry.last
    return {
        "message": message.message,
        "intended_at": message.intended_at,
        "trigger": message.trigger.value,
        "purpose": message.purpose.value,
        "member": message.member,
        "store": message.store,
        "campaign": message.campaign,
        "template": message.template,
        "state": message.state.value,
        "reason": message.reason,
        "detail": message.detail,
        "until": message.until,
        "attempts": len(entry.attempts),
        "repeated": entry.repeated,
        "channel": last.outgoing.channel.value if last else "",
        "language": last.outgoing.language if last else "",
        "sent_at": last.attempted_at if last else "",
        "code": last.code if last else "",
        "why": sentence(entry, words, zone),
    }


def _zone(transaction: Transaction) -> str:
    """The clock of the first shop there is."""
    return next((one.time_zone for one in all_stores(transaction)), _UTC)


def _read(arguments: argparse.Namespace, work: Callable[[Transaction], T]) -> T:
    place = place_of(arguments)
    reader = open_place(place)
    try:
        with reader.read() as transaction:
            return work(transaction)
    except sqlite3.Error as error:
        raise StoreDamaged(folder=str(place), what=str(error)) from error
    finally:
        reader.close()


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False)
