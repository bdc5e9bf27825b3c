"""A refusal as the one line that goes to stderr, in the language of the machine.

The sentences of the shop's refusals are the screen's own (`ui/error_text.py`, which knows no Qt); only those of the
command line stand here.
"""

from __future__ import annotations

from typing import assert_never

from salon_desk.cli.errors import (
    BadColumn,
    BadStore,
    BadTill,
    CannotListen,
    NoAmount,
    NoDisplay,
    NoSuchCard,
    NoSuchMessage,
    NoSuchTill,
    NotInThisVersion,
    PlainHttp,
    TraceRefused,
    UnknownFingerprint,
    UsageRefused,
    WorkersNeedServer,
)
from salon_desk.domain.errors import DomainError
from salon_desk.i18n import Catalogue
from salon_desk.simulation.traces import Fault


def refusal_line(refusal: DomainError | UsageRefused, words: Catalogue) -> str:
    """What was refused and why, without a line break."""
    return " ".join(_sentence(refusal, words).split())


def _sentence(refusal: DomainError | UsageRefused, words: Catalogue) -> str:
    match refusal:
        case NotInThisVersion():
            return words.text("“{what}” is not in this version of Salon Desk.", what=refusal.what)
        case NoDisplay():
            return words.text("There is no display here. Start it where there is one, or add --demo.")
        case PlainHttp() | CannotListen() | WorkersNeedServer():
            return _about_serving(refusal, words)
        case BadStore() | BadTill() | UnknownFingerprint():
            return _about_devices(refusal, words)
        case NoSuchTill() | NoSuchCard() | NoAmount():
            return _about_value(refusal, words)
        case NoSuchMessage():
            return words.text("No message is known by the id {message}.", message=refusal.message)
        case TraceRefused():
            return _about_trace(refusal, words)
        case BadColumn():
            return words.text("“{said}” names no column or figure of this list.", said=refusal.said)
        case DomainError():
            from salon_desk.ui.error_text import error_text

            return error_text(refusal, words)
        case _:
            return words.text("This command is refused. Nothing was changed.")


def _about_serving(refusal: PlainHttp | CannotListen | WorkersNeedServer, words: Catalogue) -> str:
    match refusal:
        case PlainHttp():
            return words.text(
                "Plain HTTP is not served on {host}: others could read along. Add --certificate and --key, "
                "or --insecure where something else brings TLS.",
                host=refusal.host,
            )
        case CannotListen():
            return words.text("{address} is taken or not of this machine.", address=refusal.address)
        case WorkersNeedServer():
            return words.text(
                "Several workers need a PostgreSQL: add --database URL, or leave --workers out."
            )


def _about_devices(refusal: BadStore | BadTill | UnknownFingerprint, words: Catalogue) -> str:
    match refusal:
        case BadStore():
            return words.text(
                "A store's code is 1 to 20 letters, digits, dots, dashes or underscores, not “{code}”.",
                code=refusal.code,
            )
        case BadTill():
            return words.text("A till's name is 1 to 60 characters, not “{name}”.", name=refusal.name)
        case UnknownFingerprint():
            return words.text(
                "No device has the fingerprint {fingerprint}. See: head-office devices.",
                fingerprint=refusal.fingerprint,
            )


def _about_value(refusal: NoSuchTill | NoSuchCard | NoAmount, words: Catalogue) -> str:
    match refusal:
        case NoSuchTill(found=0):
            return words.text("No till is called {name}. See: head-office devices.", name=refusal.name)
        case NoSuchTill():
            return words.text(
                "{number} tills are called {name}. Say STORE/NAME, or the fingerprint.",
                number=refusal.found,
                name=refusal.name,
            )
        case NoSuchCard(found=0):
            return words.text("No card has the code {code}.", code=refusal.code)
        case NoSuchCard():
            return words.text(
                "{number} cards have the code {code}. Say the card's id.",
                number=refusal.found,
                code=refusal.code,
            )
        case NoAmount():
            return words.text("“{typed}” is no amount of money. Write it like 200.00.", typed=refusal.typed)


def _about_trace(refusal: TraceRefused, words: Catalogue) -> str:
    where = {"file": refusal.file, "line": refusal.line}
    match refusal.fault:
        case Fault.UNREADABLE:
            return words.text("{file} cannot be read: {reason}", file=refusal.file, reason=refusal.what)
        case Fault.EMPTY:
            return words.text("Nothing happens in {file}.", file=refusal.file)
        case Fault.COLUMNS:
            return words.text(
                "{file}, line {line}: the columns are {columns}.", columns=refusal.what, **where
            )
        case Fault.VALUE:
            return words.text("{file}, line {line}: no such {column}.", column=refusal.what, **where)
        case Fault.ORDER:
            return words.text("{file}, line {line}: a day before that of the line above.", **where)
        case Fault.OVERLAP:
            return words.text(
                "{file}, line {line}: store {store} has no link then already.", store=refusal.what, **where
            )
        case _:
            assert_never(refusal.fault)
