"""The journal's rows: an envelope as a row, a row as an envelope.

Recording lives in `journal.py`, receiving in `receiving.py`. Nobody else writes into the journal's table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salon_desk.operations.envelope import Envelope, Header
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.journal import journal

_ADD = Rows(journal)


def write_rows(transaction: Transaction, sealed: Sequence[Envelope], position: int) -> None:
    """Insert journal rows at the positions after `position`."""
    rows = [journal_row(one, position + index) for index, one in enumerate(sealed, start=1)]
    transaction.put_many(_ADD, rows)


def journal_row(sealed: Envelope, position: int) -> dict[str, Any]:
    """An envelope as a row of the journal table."""
    header = sealed.header
    return {
        "position": position,
        "op_id": header.op_id,
        "kind": header.kind,
        "version": header.version,
        "node": header.node,
        "epoch": header.epoch,
        "seq": header.seq,
        "at": header.at,
        "business_day": header.business_day,
        "actor": header.actor,
        "command_id": header.command_id,
        "body_hash": header.body_hash,
        "prev_hash": header.prev_hash,
        "hash": sealed.hash,
        "salt": sealed.salt,
        "body": sealed.body,
    }


def envelope_of(row: Any) -> Envelope:
    """The envelope in a row of the journal table."""
    header = Header(
        op_id=row.op_id,
        kind=row.kind,
        version=row.version,
        node=row.node,
        epoch=row.epoch,
        seq=row.seq,
        at=row.at,
        business_day=row.business_day,
        actor=row.actor,
        command_id=row.command_id,
        body_hash=row.body_hash,
        prev_hash=row.prev_hash,
    )
    return Envelope(header=header, hash=row.hash, salt=row.salt, body=row.body)
