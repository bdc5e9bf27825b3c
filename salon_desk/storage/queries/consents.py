"""Everything that members said about being written to.

What holds of it is reckoned in `domain/consent.py`.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from salon_desk.domain.consent import Basis, Channel, Purpose, Said
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.merges import group
from salon_desk.storage.tables.members import consents

_OF_MEMBER = Statement(
    lambda: (
        select(consents)
        .where(consents.c.member == bindparam("member"))
        .order_by(consents.c.at.desc(), consents.c.op_id)
    )
)
_seen = msgspec.json.Decoder(tuple[str, ...])


def said_by(transaction: Transaction, member: str) -> list[Said]:
    """All that a person said, under whichever id, newest first."""
    ids = group(transaction, member)
    found = [_said(row) for one in ids for row in transaction.all(_OF_MEMBER, member=one)]
    return sorted(found, key=lambda one: one.at, reverse=True) if len(ids) > 1 else found


def _said(row: Any) -> Said:
    return Said(
        op_id=row.op_id,
        member=row.member,
        channel=Channel(row.channel),
        purpose=Purpose(row.purpose),
        given=bool(row.given),
        at=row.at,
        actor=row.actor,
        store=row.store,
        place=row.place,
        text=row.shown,
        language=row.language,
        basis=Basis(row.basis) if row.basis else Basis.EXPRESS,
        basis_day=row.basis_day,
        seen=_seen.decode(row.seen),
    )
