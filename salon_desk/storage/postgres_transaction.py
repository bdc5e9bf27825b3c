"""One open transaction on PostgreSQL: what nobody looks at goes to the server together, in one round trip.

Connections live in `postgres.py`. What was put waits here until something is read, its savepoint ends or the commit comes, so
that an error is raised inside the savepoint that it belongs to.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.putting import Rows

ROWS_AT_ONCE = 500
_TABLES: dict[Statement, object] = {}
_BEGIN, _UNDO, _END = "SAVEPOINT part", "ROLLBACK TO SAVEPOINT part", "RELEASE SAVEPOINT part"


class PostgresTransaction(Transaction):
    """A transaction that streams through a cursor of the server's and saves round trips."""

    def __init__(
        self, connection: Any, cursor: Any, dialect: Any, trouble: Callable[..., str | None]
    ) -> None:
        super().__init__(cursor, dialect, trouble)
        self._connection = connection
        self._blind = connection.cursor()
        self._put: dict[object, list[tuple[Statement, list[Mapping[str, Any]]]]] = {}
        """By table, or by statement where its order does not matter: statements in their order, and the rows of each."""
        self._marks: list[str] = []
        """Beginnings and ends of savepoints that the server has not heard of; they come before what was put."""

    def put(self, statement: Statement, **parameters: Any) -> None:
        """Write without looking: sent with what else is put."""
        self.put_many(statement, (parameters,))

    def put_many(self, statement: Statement, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write all these without looking."""
        lane = self._put.setdefault(self._lane(statement), [])
        if not lane or lane[-1][0] is not statement:
            lane.append((statement, []))
        lane[-1][1].extend(rows)

    def flush(self) -> None:
        """Write what was put now, and raise what goes wrong with it."""
        if self._put or self._marks:
            with self._ahead():
                pass

    def stream(self, statement: Statement, **parameters: Any) -> Iterator[Any]:
        """Rows one by one; no other statement may run on this transaction meanwhile."""
        self.flush()
        text, bind = statement.compiled(self._dialect)
        with self._connection.cursor(name="rows") as cursor:
            cursor.itersize = ROWS_AT_ONCE
            cursor.execute(text, bind(parameters))
            make = statement.row(cursor.description)
            for row in cursor:
                yield make(row)

    def run_many(self, statement: Statement, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run an insert for every row of parameters (executemany)."""
        self.flush()
        super().run_many(statement, rows)

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that can fail alone: what the block did is undone when it raises, what was before stays."""
        if self._put:
            self.flush()
        self._marks.append(_BEGIN)
        try:
            yield
            if self._put:
                self.flush()
        except BaseException:
            self._put.clear()
            if not self._unheard():
                # at once: in a pipeline the driver would drop statements that are prepared behind it
                self._cursor.execute(_UNDO, prepare=False)
                self._marks.append(_END)
            raise
        if not self._unheard():
            self._marks.append(_END)

    def _unheard(self) -> bool:
        """Whether the savepoint that ends here has never been: the server was not told, nor need it be."""
        unheard = bool(self._marks) and self._marks[-1] == _BEGIN
        if unheard:
            self._marks.pop()
        return unheard

    def _execute(self, statement: Statement, parameters: Mapping[str, Any]) -> None:
        if self._put or self._marks:
            with self._ahead():
                super()._execute(statement, parameters)
        else:
            super()._execute(statement, parameters)

    @contextlib.contextmanager
    def _ahead(self) -> Iterator[None]:
        """What was put, and behind it the statement of the block, in one round trip; the first error is raised."""
        work = [one for lane in self._put.values() for part in lane for one in self._written(*part)]
        marks, self._marks = self._marks, []
        self._put = {}
        with self._connection.pipeline():
            for mark in marks:
                self._blind.execute(mark, prepare=False)
            for text, parameters in work:
                self._blind.execute(text, parameters, prepare=True)
            yield

    def _lane(self, statement: Statement) -> object:
        """Within what a statement keeps its order."""
        if isinstance(statement, Rows):
            return statement if statement.in_any_order else statement.table
        if statement not in _TABLES:
            _TABLES[statement] = statement.element(self._dialect).table
        return _TABLES[statement]

    def _written(self, statement: Statement, rows: list[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
        """The fewest statements that write these rows."""
        alone, bind = statement.compiled(self._dialect)
        if not isinstance(statement, Rows) or len(rows) == 1:
            yield from ((alone, bind(row)) for row in rows)
            return
        for part in statement.rounds(rows):
            if len(part) == 1:
                yield alone, bind(part[0])
            else:
                text, of_rows = statement.together.compiled(self._dialect)
                yield text, of_rows({"rows": statement.packed(part)})
