"""Columns as the revisions write them, by name and kind.

No table lives here. What a word means is frozen like the revisions themselves: a new kind gets a new word.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

_KINDS: dict[str, Any] = {
    "text": sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
    "whole": sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
    "blob": sa.LargeBinary(),
}


def columns(words: str) -> list[sa.Column[Any]]:
    """Columns by name and kind; one without a kind is text, one with a question mark may be NULL."""
    found = []
    for word in words.split():
        name, _colon, kind = word.rstrip("?").partition(":")
        nullable = word.endswith("?")
        found.append(sa.Column(name, _KINDS[kind or "text"], nullable=nullable, autoincrement=False))
    return found
