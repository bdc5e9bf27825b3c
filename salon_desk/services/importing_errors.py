"""Refusals of an import, as typed errors with parameters.

Why a single row is not taken is a `domain.importing.Fault`; the sentences stand in `ui/error_sentences/importing.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class FileUnreadable(DomainError):
    """The file is no table that can be read. `fault`: size, encoding, csv, workbook, empty, rows, kind."""

    file: str
    fault: str


@dataclass
class ColumnMissing(DomainError):
    """A column that an import cannot do without was not mapped."""

    column: str


@dataclass
class TotalsDiffer(DomainError):
    """The figures of the old program and those of the list are not the same, and nobody said that they may differ."""

    figures: tuple[str, ...]


@dataclass
class NotSigned(DomainError):
    """Nothing is carried over before the owner has signed for the list."""

    list_id: str


@dataclass
class NameNotSigned(DomainError):
    """The name under the list is not that of the person whose PIN was given."""

    typed: str


@dataclass
class UnknownList(DomainError):
    """This till has taken over no such list."""

    list_id: str
