"""What triggers look at besides visits, for very many members: birthdays, bookings, coupons, bonus with an end, and a day's sales.

Written straight into a till's tables like the visits (`visits.py`), so that the folder is good for looking alone. The triggers are
switched on by operations, and the mark is set as if everything up to yesterday had been looked at.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from salon_desk.bench.floors.traced_sql import open_raw
from salon_desk.bootstrap.machine import Uuid7
from salon_desk.domain.trigger import KINDS
from salon_desk.operations.trigger import TriggerDescribed
from salon_desk.services import trigger_marks, trigger_rounds
from salon_desk.services.describe import described
from salon_desk.services.trigger_marks import Marks, On
from salon_desk.storage import journal
from salon_desk.storage.journal import Command
from salon_desk.storage.opening import DATABASE, open_store
from salon_desk.storage.store import Store

NOW = datetime(2026, 8, 9, 16, 0, tzinfo=UTC)
"""The last day of the visits, or nearly."""
TODAY = NOW.date().toordinal()
_SAID = {"day": NOW.date().isoformat(), "sold_at": "2026-08-09T15:00:00.000Z"}
_MEMBERS = """
UPDATE members SET birthday = strftime('%m-%d', '2026-01-01', (abs(random()) % 365) || ' days'),
                   home_store = (SELECT id FROM stores LIMIT 1)
WHERE name <> ''
"""
_BOOKINGS = """
INSERT INTO bookings (id, member, store, starts_at, made_by, cancelled)
SELECT 'booking-' || s.op_id, s.member, s.store, :day || 'T' || '20:00:00.000Z', s.op_id, 0 FROM sales s
WHERE s.rowid % 400 = 0 AND s.member <> ''
"""
_SOON = "UPDATE bookings SET starts_at = date(:day, (1 + rowid % 30) || ' days') || 'T15:00:00.000Z'"
_COUPONS = """
INSERT INTO coupons (id, promotion, member, store, reason, from_day, to_day, terms, source, pool, issued_on, op_id)
SELECT 'coupon-' || rowid, 'spring', id, '', 'gift', '2026-01-01', date(:day, (rowid % 60) || ' days'), '', '', '',
       '2026-01-01', ''
FROM members WHERE name <> '' AND rowid % 4 = 0
"""
_UNITS = """
INSERT INTO purses (asset, node, epoch, units, held)
SELECT 'coupon/' || c.id, i.node, i.epoch, 1, 0 FROM coupons c JOIN local_identity i WHERE c.promotion = 'spring'
"""
_ENDS = """
INSERT INTO bonus_ends (op_id, number, card, until, given_on)
SELECT 'bench-' || rowid, 0, id, date(:day, (rowid % 90) || ' days'), '2026-01-01' FROM cards WHERE rowid % 10 = 0
"""
_SALES = "UPDATE sales SET sold_at = :sold_at WHERE rowid > (SELECT max(rowid) FROM sales) - :sales"
_TENDERS = """
INSERT INTO sale_tenders (op_id, number, kind, tender, card, amount_cents, taken_cents, given_cents, change_cents,
                          bonus_cents, paid_cents, reference, last_four, proof, proven_by)
SELECT s.op_id, 0, 'stored_value', '', c.id, 4703, 4703, 4703, 0, 0, 4703, '', '', '', ''
FROM sales s JOIN cards c ON c.member = s.member AND c.id LIKE 'card-%'
WHERE s.rowid > (SELECT max(rowid) FROM sales) - :sales
"""


@dataclass(frozen=True, slots=True)
class StandingClock:
    """Always the same instant."""

    def now(self) -> datetime:
        """That instant."""
        return NOW


def fill(folder: Path, sales: int) -> None:
    """Write it all; `sales` of the visits are of today and were paid with value. The till is closed."""
    connection = open_raw(folder / DATABASE)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-600000")
        connection.execute("BEGIN")
        _fill(connection, {**_SAID, "sales": sales})
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, said: dict[str, object]) -> None:
    for statement in (_MEMBERS, _BOOKINGS, _SOON, _COUPONS, _UNITS, _ENDS, _SALES, _TENDERS):
        connection.execute(statement, said)


def opened(folder: Path) -> Store:
    """The till's store on that day."""
    return open_store(folder, StandingClock(), Uuid7())


def switch_on(store: Store) -> None:
    """Let the shop use every trigger. The thread that writes."""
    journal.record(
        store,
        Command(store.new_id(), "", NOW.date().isoformat()),
        lambda transaction: [
            described(transaction, TriggerDescribed, one.value, {"enabled": True}) for one in KINDS
        ],
    )


def set_back(store: Store, seen: int) -> None:
    """As if a day had begun of which nothing was looked at, nor any sale behind a position of the journal."""
    with store.database.read() as transaction:
        places = trigger_rounds.places(transaction, NOW)
    on = {one.value: On(seen, TODAY - 1) for one in KINDS}
    days = {name: place.today - 1 for name, place in places.items()}
    trigger_marks.save(store, Marks(seen, on, days))
