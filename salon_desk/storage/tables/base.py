"""The one MetaData and the few column shapes that all tables share.

No table lives here. SQLite tables are STRICT, so that a wrong type is an error and not a surprise; amounts are
whole cents, instants are text in UTC, booleans are 0 or 1.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.ext.compiler import compiles

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *parts: Any, rowid: bool = True) -> Table:
    """A STRICT table in the one MetaData; `rowid` False keeps its rows in the primary key itself, for narrow rows."""
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=rowid)


class SortedText(Text):
    """Text that sorts by its bytes, as SQLite's does, so that lists and digests have one order on both.

    Only the column says so: with a collation of its own a parameter could not stand in every place.
    """


@compiles(SortedText, "postgresql")
def _sorted_by_bytes(_type: Any, _compiler: Any, **_options: Any) -> str:
    return 'TEXT COLLATE "C"'


def text(name: str, *parts: Any, **options: Any) -> Column[str]:
    """A text column, NOT NULL unless said otherwise; empty text means none."""
    return Column(name, SortedText, *parts, nullable=options.pop("nullable", False), **options)


def whole(name: str, *parts: Any, **options: Any) -> Column[int]:
    """A whole number of up to 64 bits, NOT NULL unless said otherwise; no database counts it up by itself."""
    kind = BigInteger().with_variant(Integer, "sqlite")
    options = {"nullable": False, "autoincrement": False} | options
    return Column(name, kind, *parts, **options)


def blob(name: str, *parts: Any, **options: Any) -> Column[bytes]:
    """Bytes, may be missing."""
    return Column(name, LargeBinary, *parts, **options)
