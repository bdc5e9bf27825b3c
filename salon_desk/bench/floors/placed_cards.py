"""A chain's cards as plain rows, and the least that reading about one of them costs: the same seven looks, in plain sqlite3.

Nothing is recorded here: the rows are those that two hundred thousand members would have left behind, put there at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

_LOOKS = (
    "SELECT c.member, c.currency, m.home_store FROM cards c LEFT JOIN members m ON m.id = c.member WHERE c.id = ?1",
    "SELECT store, sold_at FROM sales WHERE member = 'm-' || ?1 AND kind = 'sale' AND voided_by = '' "
    "ORDER BY sold_at DESC, op_id LIMIT 24",
    "SELECT store, starts_at FROM bookings WHERE member = 'm-' || ?1 AND cancelled = 0 ORDER BY starts_at LIMIT 24",
    "SELECT * FROM purses WHERE asset = 'card/' || ?1 || '/USD/bonus' AND units > 0",
    "SELECT * FROM purses WHERE asset = 'card/' || ?1 || '/USD/paid' AND units > 0",
    "SELECT * FROM moves WHERE asset = 'card/' || ?1 || '/USD/bonus' AND received_by = ''",
    "SELECT * FROM moves WHERE asset = 'card/' || ?1 || '/USD/paid' AND received_by = ''",
)
_SALE = ("op_id", "kind", "ticket", "store", "sold_at", "member")


class PlacedCards:
    """The cards of a head office's database in SQLite."""

    def __init__(self, database: Path) -> None:
        self._connection = sqlite3.connect(database, isolation_level=None)

    def fill(self, number: int, holders: Sequence[tuple[str, str, str]], days: Sequence[str]) -> None:
        """So many cards, shared out over `holders` (store, node, epoch), with a visit on each of `days` at home."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._rows(
            "cards", dict.fromkeys(("id", "code", "kind", "currency", "member"), ""), self._cards(number)
        )
        members = ((f"m-{card(one)}", holders[one % len(holders)][0]) for one in range(number))
        self._rows("members", {"id": "", "home_store": ""}, members)
        purses = (
            (f"card/{card(one)}/USD/paid", *holders[one % len(holders)][1:], 10_000) for one in range(number)
        )
        self._rows("purses", {"asset": "", "node": "", "epoch": "", "units": 0}, purses)
        visits = (
            (f"{one}-{day}", "sale", f"{one}-{day}", holders[one % len(holders)][0], day, f"m-{card(one)}")
            for one in range(number)
            for day in days
        )
        self._rows("sales", dict.fromkeys(_SALE, ""), visits)
        self._connection.execute("COMMIT")

    def book(self, cards: Sequence[str], stores: Sequence[str], starts_at: str) -> None:
        """Their members are expected, each at a store."""
        booked = ((one, f"m-{one}", store, starts_at, one) for one, store in zip(cards, stores, strict=True))
        given: dict[str, object] = dict.fromkeys(("id", "member", "store", "starts_at", "made_by"), "")
        self._rows("bookings", given, booked)

    def look(self, cards: Sequence[str]) -> int:
        """Everything that is known of these cards, read plainly."""
        return sum(len(self._connection.execute(look, (one,)).fetchall()) for one in cards for look in _LOOKS)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _cards(self, number: int) -> Iterator[tuple[str, str, str, str, str]]:
        return ((card(one), card(one), "card", "USD", f"m-{card(one)}") for one in range(number))

    def _rows(self, table: str, given: dict[str, object], rows: Iterator[tuple[object, ...]]) -> None:
        """Rows with these columns; the others are empty."""
        blank = {
            name: (0 if kind == "INTEGER" else "")
            for _at, name, kind, needed, default, _key in self._connection.execute(
                f"PRAGMA table_info({table})"
            )
            if needed and default is None and name not in given
        }
        names = ", ".join((*given, *blank))
        marks = ", ".join("?" * (len(given) + len(blank)))
        rest = tuple(blank.values())
        self._connection.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", ((*row, *rest) for row in rows)
        )


def card(number: int) -> str:
    """The id of a card."""
    return f"placed-{number:07d}"
