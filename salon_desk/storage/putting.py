"""Rows that are written without a look at the outcome, many with one statement where the database is a server.

No table lives here, and what becomes of a row that is there already is said by whoever puts it. The one rule: what is put keeps
its order within a table, but for a statement with a `fold`, whose rows may come before or behind those of others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    LargeBinary,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    column,
    func,
    insert,
    select,
    true,
)
from sqlalchemy.engine import Dialect

from salon_desk.storage.engine import Statement

Row = Mapping[str, Any]
Changes = Callable[[Any], Mapping[str, Any]]
"""New values of the columns of a row that is there, given the row that comes."""
Fold = Callable[[Row, Row], Row]
"""One row that does what two do, one after the other."""


class Rows(Statement):
    """Whole rows of a table; the parameters are all its columns.

    Without `changes` the primary key must be new; with them a row that has it already is changed where `only` holds, and
    stays as it is where there is nothing to change. `fold` spares a statement where rows of one key come often.
    """

    def __init__(
        self,
        table: Table,
        changes: Changes | None = None,
        *,
        only: Callable[[Any], Any] | None = None,
        fold: Fold | None = None,
    ) -> None:
        super().__init__(lambda: insert(table))
        self.table = table
        self._changes = changes
        self._only = only
        self._fold = fold
        self.in_any_order = fold is not None
        self._key = tuple(one.name for one in table.primary_key)
        self._bytes = tuple(one.name for one in table.columns if isinstance(one.type, LargeBinary))
        self.together = Statement(self._together)
        """The same for many rows in one parameter, `rows` (see `packed`); PostgreSQL's alone."""

    def element(self, dialect: Dialect) -> Any:
        """The statement for one row in the words of a database."""
        if self._changes is None:
            return super().element(dialect)
        return self._merging(import_module(f"sqlalchemy.dialects.{dialect.name}").insert(self.table))

    def rounds(self, rows: Sequence[Row]) -> Iterable[Sequence[Row]]:
        """The rows in their order, cut so that no statement comes to one row twice."""
        if self._changes is None:
            return [rows]
        found: list[dict[tuple[Any, ...], Row]] = [{}]
        turns: dict[tuple[Any, ...], int] = {}
        for row in rows:
            key = tuple(row[name] for name in self._key)
            if self._fold is not None:
                found[0][key] = self._fold(found[0][key], row) if key in found[0] else row
                continue
            turn = turns[key] = turns.get(key, -1) + 1
            if turn == len(found):
                found.append({})
            found[turn][key] = row
        return [list(part.values()) for part in found]

    def packed(self, rows: Sequence[Row]) -> str:
        """Rows as the parameter of `together`. Raises what the encoder says of a value that no column keeps."""
        if self._bytes:
            rows = [{**row, **dict(self._as_text(row))} for row in rows]
        return msgspec.json.encode(rows).decode()

    def _as_text(self, row: Row) -> Iterator[tuple[str, str | None]]:
        for name in self._bytes:
            value = row[name]
            yield name, None if value is None else f"\\x{value.hex()}"

    def _merging(self, new: Any) -> Any:
        if self._changes is None:
            return new
        changes = self._changes(new.excluded)
        if not changes:
            return new.on_conflict_do_nothing(index_elements=list(self._key))
        only = None if self._only is None else self._only(new.excluded)
        return new.on_conflict_do_update(index_elements=list(self._key), set_=changes, where=only)

    def _together(self) -> Any:
        postgresql = import_module("sqlalchemy.dialects.postgresql")
        of_rows = [column(name, kind) for name, kind in _types(self.table).items()]
        rows = func.json_to_recordset(cast(bindparam("rows", type_=Text()), JSON))
        given = rows.table_valued(*of_rows).render_derived("given", with_types=True)
        return self._from(postgresql.insert(self.table), given)

    def _from(self, new: Any, given: Any) -> Any:
        return self._merging(new.from_select(list(_types(self.table)), select(given)))


class Sums(Rows):
    """Rows of which some columns are amounts, added to those of the row that is there; the CHECKs look at what comes of it."""

    def __init__(self, table: Table, amounts: Sequence[str]) -> None:
        super().__init__(table, lambda new: {name: new[name] for name in amounts})
        self._amounts = frozenset(amounts)

    def element(self, dialect: Dialect) -> Any:
        """The statement for one row in the words of a database."""
        values = [bindparam(name, type_=kind).label(name) for name, kind in _types(self.table).items()]
        new = import_module(f"sqlalchemy.dialects.{dialect.name}").insert(self.table)
        return self._from(new, select(*values).subquery("given"))

    def _from(self, new: Any, given: Any) -> Any:
        there = self.table.alias("there")
        same = and_(*(there.c[name] == given.c[name] for name in self._key))
        sums = [
            func.coalesce(there.c[name], 0) + given.c[name] if name in self._amounts else given.c[name]
            for name in _types(self.table)
        ]
        # with a WHERE, for SQLite would take the ON that follows for another join's
        found = select(*sums).select_from(given.outerjoin(there, same)).where(true())
        return self._merging(new.from_select(list(_types(self.table)), found))


def _types(table: Table) -> dict[str, Any]:
    """By column its type, without the collation that only a column has."""
    return {one.name: Text() if isinstance(one.type, Text) else one.type for one in table.columns}
