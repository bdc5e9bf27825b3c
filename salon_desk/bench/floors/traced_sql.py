"""SQL as SQLite saw it: a trace of a real connection, taken apart into statements and parameters, to be run again raw.

Nothing here knows a table. SQLite reports each statement with its values written in; every literal becomes a
parameter again, so that the raw side prepares a statement once and binds like anybody would.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

Value = int | str | bytes | None
_LITERAL = re.compile(r"[xX]'([0-9a-fA-F]*)'|'((?:[^']|'')*)'|\bNULL\b|(?<![\w\"])-?\d+\b")
_AROUND = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "--")
_WRITES = ("INSERT", "UPDATE", "DELETE")
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "wal_autocheckpoint=0",
    "foreign_keys=ON",
    "temp_store=MEMORY",
)
"""As the product opens its own database."""


@dataclass(frozen=True, slots=True)
class Step:
    """One statement for one row of parameters or for several in a row."""

    text: str
    rows: tuple[tuple[Value, ...], ...]

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return self.text.lstrip().upper().startswith(_WRITES)


class Trace:
    """Collects what a connection runs, transaction by transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._seen: list[str] = []

    def start(self) -> None:
        """Begin to listen."""
        self._seen.clear()
        self._connection.set_trace_callback(self._seen.append)

    def stop(self) -> tuple[Step, ...]:
        """Stop listening; gives everything that ran between BEGIN and COMMIT."""
        self._connection.set_trace_callback(None)
        return tuple(steps(self._seen))


def steps(traced: Iterable[str]) -> Iterator[Step]:
    """Traced statements as steps; neighbours with one text become one step, as `executemany` would run them."""
    apart = [parameterised(one) for one in traced if not one.startswith(_AROUND)]
    for text, group in groupby(apart, key=lambda one: one[0]):
        yield Step(text, tuple(values for _text, values in group))


def parameterised(statement: str) -> tuple[str, tuple[Value, ...]]:
    """The statement with a `?` for every literal, and the literals."""
    values: list[Value] = []

    def take(found: re.Match[str]) -> str:
        literal = found.group(0)
        if found.group(1) is not None:
            values.append(bytes.fromhex(found.group(1)))
        elif found.group(2) is not None:
            values.append(found.group(2).replace("''", "'"))
        else:
            values.append(None if literal == "NULL" else int(literal))
        return "?"

    return _LITERAL.sub(take, statement), tuple(values)


def open_raw(path: Path) -> sqlite3.Connection:
    """A plain connection with the product's own pragmas."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=512, check_same_thread=False)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def run(cursor: sqlite3.Cursor, todo: Sequence[Step]) -> None:
    """Run steps as they stand; rows of a question are fetched."""
    for step in todo:
        if not step.writes:
            for row in step.rows:
                cursor.execute(step.text, row).fetchall()
        elif len(step.rows) == 1:
            cursor.execute(step.text, step.rows[0])
        else:
            cursor.executemany(step.text, step.rows)
