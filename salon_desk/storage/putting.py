"""Rows that are written without a look at the outcome, many with one statement where the database is a server.

No table lives here, and what becomes of a row that is there already is said by whoever puts it. The one rule: among rows that
are put before anything is read, only those of one statement keep their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

import msgspec
from sqlalchemy import JSON, LargeBinary, Table, Text, bindparam, cast, column, func, insert, select
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
        self._table = table
        self._changes = changes
        self._only = only
        self._fold = fold
        self._key = tuple(one.name for one in table.primary_key)
        self._bytes = tuple(one.name for one in table.columns if isinstance(one.type, LargeBinary))
        self.together = Statement(self._together)
        """The same for many rows in one parameter, `rows` (see `packed`); PostgreSQL's alone."""

    def element(self, dialect: Dialect) -> Any:
        """The statement for one row in the words of a database."""
        if self._changes is None:
            return super().element(dialect)
        return self._merging(import_module(f"sqlalchemy.dialects.{dialect.name}").insert(self._table))

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
        names = [one.name for one in self._table.columns]
        # the column's own type names a collation, which the rows of a function have no use for
        types = [Text() if isinstance(one.type, Text) else one.type for one in self._table.columns]
        of_rows = [column(name, kind) for name, kind in zip(names, types, strict=True)]
        rows = func.json_to_recordset(cast(bindparam("rows", type_=Text()), JSON))
        given = rows.table_valued(*of_rows).render_derived("given", with_types=True)
        return self._merging(postgresql.insert(self._table).from_select(names, select(given)))
