"""What storage refuses or cannot do, as typed errors with parameters and no prose.

Rules of the trade are refused in `domain/errors.py`. All of these leave the data as it was.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError
from salon_desk.operations.envelope import Envelope


@dataclass
class CannotRecord(DomainError):
    """The disk refused; nothing was recorded. `reason` is "disk-full" or "disk-error"."""

    reason: str


@dataclass
class StoreStopped(DomainError):
    """A write failed in a way that could not be settled; the till must be started again."""

    reason: str


@dataclass
class OwnRecordsMissing(DomainError):
    """The database was restored: so many of this till's own operations have to come back from head office first."""

    missing: int


@dataclass
class TillClosed(DomainError):
    """This till was closed for good: everything was sent home, and nothing more is recorded on it."""


@dataclass
class StoreInUse(DomainError):
    """Another process records on this folder."""

    folder: str


@dataclass
class StoreMissing(DomainError):
    """There is no till's data in this folder."""

    folder: str


@dataclass
class StoreNewer(DomainError):
    """The data was written by a newer version of the program (`found` is its schema revision)."""

    folder: str
    found: str


@dataclass
class StoreDamaged(DomainError):
    """The database or anchor cannot be read, or they contradict each other. `what` names the file or rule."""

    folder: str
    what: str


@dataclass
class FolderUnusable(DomainError):
    """The folder cannot be made or written."""

    folder: str
    reason: str


@dataclass
class DatabaseUnreachable(DomainError):
    """The database server cannot be reached, or was lost on the way; the same command may be given again.

    `database`: its URL without user and password; `reason`: the driver's words, for a technician.
    """

    database: str
    reason: str


@dataclass
class DatabaseUnusable(DomainError):
    """The database server answers and refuses, or what is there is no database for this program."""

    database: str
    reason: str


@dataclass
class PersonErased(DomainError):
    """The member was erased: nothing is kept that describes them, nor which member that was where it is empty."""

    member: str


class NotYet(Exception):
    """An operation that stands on another one, which is not here: it is set aside until that one is."""


class ChainBroken(Exception):
    """What another node sent does not follow its chain as this node holds it; nothing of it was recorded.

    `wanted`: the seq that would follow. `known`: the hash that stands here under the seq that was sent, empty when the
    seq is beyond the chain's end (a gap); a known hash other than the sent one is a fork.
    """

    def __init__(self, envelope: Envelope, *, wanted: int, known: str = "") -> None:
        header = envelope.header
        super().__init__(
            f"{header.node} {header.epoch} {header.seq}: wanted {wanted}, known {known or 'nothing'}"
        )
        self.envelope = envelope
        self.wanted = wanted
        self.known = known

    @property
    def is_fork(self) -> bool:
        """Whether two operations carry the same number."""
        return bool(self.known)


class EnvelopeDamaged(Exception):
    """What another node sent is not what was hashed, or says things that no header may say."""
