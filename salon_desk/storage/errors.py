"""What storage refuses or cannot do, as typed errors with parameters and no prose.

Rules of the trade are refused in `domain/errors.py`. All of these leave the data as it was.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class CannotRecord(DomainError):
    """The disk refused; nothing was recorded. `reason` is "disk-full" or "disk-error"."""

    reason: str


@dataclass
class StoreStopped(DomainError):
    """A write failed in a way that could not be settled; the till must be started again."""

    reason: str


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
