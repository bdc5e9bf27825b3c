"""Where this node stands: its identity, the end of its own chain, the end of the whole journal.

Only the statements live here; `Store.load` reads them at start, `verify` and reports read them in their snapshot.
"""

from __future__ import annotations

from sqlalchemy import Select, bindparam, func, select

from salon_desk.storage.engine import Statement
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.local import identity

IDENTITY = Statement(lambda: select(identity.c.node, identity.c.epoch))
OWN_HEAD = Statement(
    lambda: (
        select(journal.c.seq, journal.c.hash)
        .where(journal.c.node == bindparam("node"), journal.c.epoch == bindparam("epoch"))
        .order_by(journal.c.seq.desc())
        .limit(1)
    )
)
LAST_POSITION = Statement(lambda: select(func.coalesce(func.max(journal.c.position), 0)))
HIGHEST_AT = Statement(lambda: _highest_at())
"""The highest clock reading of the whole journal: nothing before this node's own last operation is above it."""


def _highest_at() -> Select[tuple[int]]:
    own = journal.alias()
    last_own = (
        select(own.c.position)
        .where(
            own.c.node == select(identity.c.node).scalar_subquery(),
            own.c.epoch == select(identity.c.epoch).scalar_subquery(),
        )
        .order_by(own.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(func.coalesce(func.max(journal.c.at), 0)).where(
        journal.c.position >= func.coalesce(last_own, 0)
    )
