"""The least that finds anything: the product's own look-ups in the search index, by plain sqlite3.

The statements come from a trace of the product (`traced_sql`); what it reads besides, to paint a row for each hit, is
left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from salon_desk.bench.floors.traced_sql import Step, open_raw, run

_INDEX = "local_search_terms"


class RawIndex:
    """A second connection to a till's database, for reading the index alone."""

    def __init__(self, database: Path) -> None:
        self._connection = open_raw(database)
        self._cursor = self._connection.cursor()

    def find(self, steps: Sequence[Step]) -> None:
        """Run look-ups as they stand, in one snapshot."""
        self._cursor.execute("BEGIN")
        run(self._cursor, steps)
        self._cursor.execute("COMMIT")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def lookups(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Those of the traced statements that read the index."""
    return tuple(step for step in steps if _INDEX in step.text)
