"""Very many visits of very many members, written straight into a till's tables: recording each would take an hour.

No operation stands behind these rows, so that the folder is good for reading alone. Each member has a card; each visit a sale, its
journal row and the movement of the card that paid it, spread over three years.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from salon_desk.bench.floors.traced_sql import open_raw
from salon_desk.storage.opening import DATABASE

PAID = "card/card-' || w.number || '/USD/paid"
_DAY_MS = 86_400_000
_FIRST_MS = 1_700_000_000_000
_DAYS = 1_000

_WHO = """
CREATE TEMP TABLE who AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS number FROM members WHERE name <> ''
"""
_TURNS = "WITH RECURSIVE turn(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM turn WHERE i + 1 < :visits)"
_WHEN = f"({_FIRST_MS} + (i % {_DAYS}) * {_DAY_MS} + i % 36000000)"
_DAY = f"date(({_FIRST_MS} + (i % {_DAYS}) * {_DAY_MS}) / 1000, 'unixepoch')"
_CARDS = """
INSERT INTO cards (id, code, currency, member, kind, issued_on)
SELECT 'card-' || number, '77' || (10000000 + number), 'USD', id, 'card', '2023-11-14' FROM who
"""
_PURSES = """
INSERT INTO purses (asset, node, epoch, units, held)
SELECT 'card/card-' || number || '/USD/paid', :node, :epoch, 10000, 0 FROM who
"""
_JOURNAL = f"""
{_TURNS}
INSERT INTO journal (position, op_id, kind, version, node, epoch, seq, at, business_day, actor, command_id,
                     body_hash, prev_hash, hash)
SELECT :position + i + 1, 'visit-' || i, 'sale.completed', 1, 'bench', 'bench', i + 1, {_WHEN} << 16, {_DAY}, 'amy',
       'visit/' || i, '', '', 'hash-' || i
FROM turn
"""
_SALES = f"""
{_TURNS}
INSERT INTO sales (op_id, kind, ticket, of_sale, receipt, store, node, seq, shift, sold_at, business_day, member,
                   cashier, currency, subtotal_cents, discount_cents, tax_cents, total_cents, tip_cents, funded_cents,
                   bonus_cents, rounding_cents, voided_by)
SELECT 'visit-' || i, 'sale', 'ticket-' || i, '', 'B-' || i, :store, :node, 1000000 + i, 'shift',
       strftime('%Y-%m-%dT%H:%M:%S.000Z', {_WHEN} / 1000, 'unixepoch'), {_DAY}, w.id, 'amy', 'USD',
       4500, 0, 203, 4703, 800, 0, 0, 0, ''
FROM turn JOIN who w ON w.number = (i * 7919) % :members
"""
_MOVEMENTS = f"""
{_TURNS}
INSERT INTO movements (asset, at, op_id, number, units)
SELECT '{PAID}', {_WHEN} << 16, 'visit-' || i, 0, -4703
FROM turn JOIN who w ON w.number = (i * 7919) % :members
"""


def fill_visits(folder: Path, visits: int) -> list[str]:
    """Write so many visits of everybody on the list; gives the members' ids. The till is closed."""
    connection = open_raw(folder / DATABASE)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-600000")
        connection.execute("BEGIN")
        found = _fill(connection, visits)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    return found


def _fill(connection: sqlite3.Connection, visits: int) -> list[str]:
    connection.execute(_WHO)
    connection.execute("CREATE INDEX temp.ix_who ON who (number)")
    members = [row[0] for row in connection.execute("SELECT id FROM who ORDER BY number")]
    (node, epoch) = connection.execute("SELECT node, epoch FROM local_identity").fetchone()
    (position,) = connection.execute("SELECT max(position) FROM journal").fetchone()
    (store,) = connection.execute("SELECT store FROM tills WHERE id = ?", (node,)).fetchone()
    said = {"visits": visits, "members": len(members), "position": position}
    said |= {"node": node, "epoch": epoch, "store": store}
    for statement in (_CARDS, _PURSES, _JOURNAL, _SALES, _MOVEMENTS):
        connection.execute(statement, said)
    return members
