"""When stores had no link, as far as this node noticed: local rows, for the placement of value alone.

A device that said goodbye was not cut off. Of several devices of a store the best link is the store's; where a device was not known
for long nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select

from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.storage.children import Child
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.network import link_gaps

WINDOW = timedelta(days=30)
KNOWN_FOR = timedelta(days=7)

_ADD = Statement(lambda: insert(link_gaps))
_FORGET = Statement(lambda: delete(link_gaps).where(link_gaps.c.to_at < bindparam("before")))
_SAME = Statement(
    lambda: delete(link_gaps).where(
        link_gaps.c.node == bindparam("of_node"), link_gaps.c.from_at == bindparam("since")
    )
)
_GAPS = Statement(lambda: select(link_gaps).where(link_gaps.c.to_at >= bindparam("since")))


def add(transaction: Transaction, node: str, from_at: str, to_at: str) -> None:
    """A device was not heard of between two instants. Older ones than anybody asks for are forgotten.

    Where a clock was set back a second gap may begin at the instant of another one, in whose place it is then kept.
    """
    transaction.run(_FORGET, before=instant_text(parse_instant(to_at) - 2 * WINDOW))
    transaction.run(_SAME, of_node=node, since=from_at)
    transaction.run(_ADD, node=node, from_at=from_at, to_at=to_at)


def down(transaction: Transaction, children: Iterable[Child], now: datetime) -> dict[str, float]:
    """By store, the part of the last thirty days for which its link was down. A read transaction will do."""
    since = now - WINDOW
    lost: dict[str, timedelta] = {}
    for row in transaction.all(_GAPS, since=instant_text(since)):
        gap = min(parse_instant(row.to_at), now) - max(parse_instant(row.from_at), since)
        lost[row.node] = lost.get(row.node, timedelta()) + max(gap, timedelta())
    found: dict[str, float] = {}
    for child in children:
        known_for = min(now - parse_instant(child.enrolled_at), WINDOW)
        if known_for >= KNOWN_FOR and child.store:
            part = lost.get(child.node, timedelta()) / known_for
            found[child.store] = min(part, found.get(child.store, part))
    return found
