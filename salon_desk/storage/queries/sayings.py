"""The words behind a name (`operations/said.py`): as they were typed, or nothing once their member was erased.

Whoever reads an operation reads it with its words (`journal.operation_of`). Nothing is written here.
"""

from __future__ import annotations

from typing import TypeVar

from msgspec import structs
from sqlalchemy import bindparam, select

from salon_desk.operations.operation import Operation
from salon_desk.operations.said import NAME
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.sayings import sayings

_WORDS = Statement(lambda: select(sayings.c.words).where(sayings.c.saying == bindparam("saying")))
_Kind = TypeVar("_Kind", bound=Operation)


def said(text: str | None, words: str | None) -> str:
    """The same where the row of the words was read along: None where there is none."""
    if not text or not text.startswith(NAME):
        return text or ""
    return words or ""


def words_of(transaction: Transaction, text: str) -> str:
    """What a text says: itself, unless it is a name for words."""
    if not text.startswith(NAME):
        return text
    row = transaction.one(_WORDS, saying=text)
    return "" if row is None else str(row.words)


def in_words(transaction: Transaction, operation: _Kind) -> _Kind:
    """An operation with the words of its reason in place of their name."""
    reason = getattr(operation, "reason", "")
    if not isinstance(reason, str) or not reason.startswith(NAME):
        return operation
    return structs.replace(operation, reason=words_of(transaction, reason))
