"""What the command line itself refuses: words that are no command of this version, words that cannot be meant.

Refusals of the shop are `DomainError`s from below. Parameters only; the sentence is in `error_text.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.simulation.traces import Fault


class UsageRefused(Exception):
    """The command was understood and is refused; nothing was done."""


@dataclass
class NotInThisVersion(UsageRefused):
    """A command or option of the contract that a later version brings."""

    what: str


@dataclass
class NoDisplay(UsageRefused):
    """There is no screen to draw on, and it is not the demo that should be shown."""


@dataclass
class PlainHttp(UsageRefused):
    """Plain HTTP was asked for on an address that others can reach."""

    host: str


@dataclass
class CannotListen(UsageRefused):
    """Another program listens there, or this machine has no such address."""

    address: str


@dataclass
class BadStore(UsageRefused):
    """No store can have this code."""

    code: str


@dataclass
class BadTill(UsageRefused):
    """No till can be called this."""

    name: str


@dataclass
class BadColumn(UsageRefused):
    """What was said of a column or figure names none that there is."""

    said: str


@dataclass
class WorkersNeedServer(UsageRefused):
    """Several processes were asked for on SQLite."""

    workers: int


@dataclass
class UnknownFingerprint(UsageRefused):
    """No device, or more than one, has this fingerprint."""

    fingerprint: str


@dataclass
class NoSuchTill(UsageRefused):
    """No device, or more than one, is called this."""

    name: str
    found: int


@dataclass
class NoSuchCard(UsageRefused):
    """No card, or more than one, has this code."""

    code: str
    found: int


@dataclass
class NoSuchMessage(UsageRefused):
    """No message has this id, or it is gone with the person it was for."""

    message: str


@dataclass
class NoAmount(UsageRefused):
    """What was typed is no amount of money from nothing upwards."""

    typed: str


@dataclass
class TraceRefused(UsageRefused):
    """A file is no trace. `line` is 0 for the whole file; `what`: the column, the columns, the store or the reason."""

    file: str
    line: int
    fault: Fault
    what: str
