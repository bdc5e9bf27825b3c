"""The digest: one hash over what two nodes in step agree about.

It covers the shared tables named in `tables/kinds.py`, the heads of every chain among them, in the order of their keys; no
position, rowid or order of arrival goes into it, so that two nodes with the same operations print the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.kinds import SHARED


def digest(transaction: Transaction) -> str:
    """SHA-256 in hex over heads and shared tables, in the caller's snapshot.

    The connection may give text as str or, for byte-exact reading, as bytes: the result is the same.
    """
    whole = hashlib.sha256()
    for name, statement in _PARTS:
        whole.update(canonical((name,)))
        for row in transaction.stream(statement):
            whole.update(canonical(row))
    return whole.hexdigest()


def canonical(row: Iterable[Any]) -> bytes:
    """A row as bytes that no other row has: each value with its kind and length, then an end."""
    parts = []
    for value in row:
        if value is None:
            parts.append(b"n")
        elif isinstance(value, int):
            parts.append(b"i%d," % value)
        else:
            data = value.encode() if isinstance(value, str) else value
            parts.append(b"t%d," % len(data) + data)
    return b"".join(parts) + b"\n"


def _rows(table: Table) -> Statement:
    return Statement(lambda: select(table).order_by(*table.primary_key.columns))


_PARTS = tuple((table.name, _rows(table)) for table in SHARED)
