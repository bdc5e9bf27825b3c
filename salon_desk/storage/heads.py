"""Where this node stands: its identity, the end of its own chain, the end of the whole journal.

Only the statements live here; `Store.load` reads them at start, `verify` and reports read them in their snapshot.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from salon_desk.storage.engine import Statement
from salon_desk.storage.tables.chains import chains
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
HASH_AT = Statement(
    lambda: select(journal.c.hash).where(
        journal.c.node == bindparam("node"),
        journal.c.epoch == bindparam("epoch"),
        journal.c.seq == bindparam("seq"),
    )
)
LAST_POSITION = Statement(lambda: select(func.coalesce(func.max(journal.c.position), 0)))
HIGHEST_AT = Statement(lambda: select(func.coalesce(func.max(chains.c.at), 0)))
"""The highest clock reading that this node has seen, of whatever chain."""
