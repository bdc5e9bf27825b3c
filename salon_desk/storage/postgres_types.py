"""Values on PostgreSQL as they are on SQLite: whole numbers as int, truth as 0 or 1, sums as int, text as str.

No connection is opened here. `text_as_bytes` is for `verify`, which compares byte by byte.
"""

from __future__ import annotations

from typing import Any

from psycopg import postgres
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import AdaptersMap, Dumper, Loader
from psycopg.types.string import StrDumper

_TEXT_TYPES = ("text", "varchar", "name", "bpchar")


class _TruthDumper(Dumper):
    """True is 1: no column holds a truth value."""

    oid = postgres.types["int2"].oid

    def dump(self, obj: Any) -> Buffer:
        return b"1" if obj else b"0"


class _TruthLoader(Loader):
    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


class _SumLoader(Loader):
    """The sum of whole numbers is `numeric` here, and whole."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


class _BytesLoader(Loader):
    def load(self, data: Buffer) -> bytes:
        return bytes(data)


def like_sqlite(adapters: AdaptersMap) -> None:
    """Let a connection give and take what SQLite gives and takes."""
    adapters.register_dumper(bool, _TruthDumper)
    # as text and not as "unknown", which is one type here and another there when a parameter stands twice
    adapters.register_dumper(str, StrDumper)
    adapters.register_loader("bool", _TruthLoader)
    adapters.register_loader("numeric", _SumLoader)


def text_as_bytes(context: AdaptContext) -> None:
    """From now on text comes as the bytes that it is."""
    adapters = context.adapters
    assert adapters is not None
    for name in _TEXT_TYPES:
        adapters.register_loader(name, _BytesLoader)
