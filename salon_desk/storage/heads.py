"""Where this node stands: its identity, the end of its own chain, the end of the whole journal.

Only the statements live here; `Store.load` reads them at start, `verify` and reports read them in their snapshot, and whoever
opens an epoch enters it.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select, update

from salon_desk.storage.engine import Statement
from salon_desk.storage.tables.chains import chains
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.local import identity

IDENTITY = Statement(lambda: select(identity.c.node, identity.c.epoch))
ENTER = Statement(lambda: update(identity).values(epoch=bindparam("new_epoch")))
"""This node is in another epoch from now on."""
_OWN = select(journal.c.seq, journal.c.hash).where(
    journal.c.node == bindparam("node"), journal.c.epoch == bindparam("epoch")
)
_OWN_LAST = _OWN.order_by(journal.c.seq.desc()).limit(1)
OWN_HEAD = Statement(lambda: _OWN_LAST)
OWN_LAST_KIND = Statement(lambda: _OWN_LAST.with_only_columns(journal.c.kind))
HEAD = Statement(
    lambda: select(
        select(func.coalesce(func.max(journal.c.position), 0)).scalar_subquery().label("position"),
        select(func.coalesce(func.max(chains.c.at), 0)).scalar_subquery().label("at"),
        _OWN_LAST.with_only_columns(journal.c.seq).scalar_subquery().label("seq"),
        _OWN_LAST.with_only_columns(journal.c.hash).scalar_subquery().label("hash"),
    )
)
"""All that a recording stands on, in one question; nothing for `seq` and `hash` before the chain has begun."""
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
