"""What a child has not seen yet: pages of the journal behind a position, without the child's own operations.

Which bodies it may see is decided in `head_office/visibility.py`. Positions are gapless and given in commit order
(PITFALLS 12), so that a page's end is all that a cursor needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, bindparam, func, select

from salon_desk.storage import heads
from salon_desk.storage.apply.chains import FIND
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.chains import chains
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.network import recalls

_OF_OTHERS = (journal.c.node != bindparam("but")) | (
    (journal.c.epoch != bindparam("in_epoch")) & (bindparam("in_epoch", type_=Text) != "")
)
_SIZES = Statement(
    lambda: (
        select(journal.c.position, func.coalesce(func.length(journal.c.body), 0).label("size"))
        .where(journal.c.position > bindparam("after"), _OF_OTHERS)
        .order_by(journal.c.position)
        .limit(bindparam("most"))
    )
)
_ROWS = Statement(
    lambda: (
        select(journal)
        .where(
            journal.c.position > bindparam("after"),
            journal.c.position <= bindparam("upto"),
            _OF_OTHERS,
        )
        .order_by(journal.c.position)
    )
)
_OWN_SIZES = Statement(
    lambda: (
        select(journal.c.seq, func.coalesce(func.length(journal.c.body), 0).label("size"))
        .where(
            journal.c.node == bindparam("node"),
            journal.c.epoch == bindparam("epoch"),
            journal.c.seq > bindparam("after"),
            journal.c.seq <= bindparam("upto"),
        )
        .order_by(journal.c.seq)
        .limit(bindparam("most"))
    )
)
_OWN = Statement(
    lambda: (
        select(journal)
        .where(
            journal.c.node == bindparam("node"),
            journal.c.epoch == bindparam("epoch"),
            journal.c.seq > bindparam("after"),
            journal.c.seq <= bindparam("upto"),
        )
        .order_by(journal.c.seq)
    )
)

_HASH_AT = Statement(lambda: select(journal.c.hash).where(journal.c.position == bindparam("position")))
_NEWEST_RECALL = Statement(lambda: select(func.max(recalls.c.asked_at)).where(recalls.c.open == 1))
_ANY_CHAIN = Statement(lambda: select(chains.c.epoch).where(chains.c.node == bindparam("node")).limit(1))

HEADER_BYTES = 700
"""What an operation costs on the wire besides its body, for the size of a page."""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Journal rows in feed order; `position`: everything up to it is in this page or not for this node."""

    rows: Sequence[Any]
    position: int
    last: int


def last_position(transaction: Transaction) -> int:
    """The last position of the journal, 0 when it is empty."""
    return int(transaction.value(heads.LAST_POSITION))


def hash_at(transaction: Transaction, position: int) -> str:
    """The hash of the operation at a position, empty where there is none."""
    return str(transaction.value(_HASH_AT, position=position) or "")


def newest(transaction: Transaction) -> tuple[int, str]:
    """What changes when there is something new for anybody: the last position, and when somebody was last asked for value."""
    return last_position(transaction), str(transaction.value(_NEWEST_RECALL) or "")


def chain_end(transaction: Transaction, node: str, epoch: str) -> tuple[int, str]:
    """Number and hash of the last operation of a chain here; (0, "") when there is none."""
    found = transaction.one(FIND, node=node, epoch=epoch)
    return (found.seq, found.hash) if found else (0, "")


def knows_node(transaction: Transaction, node: str) -> bool:
    """Whether any operation of this node is here."""
    return transaction.one(_ANY_CHAIN, node=node) is not None


def feed_page(
    transaction: Transaction, *, node: str, after: int, most: int, most_bytes: int, epoch: str = ""
) -> FeedPage:
    """Operations of others behind a position: at most so many, and so many bytes unless the first is larger.

    `epoch`: the one that the node is in, when it said so. What it recorded in others comes too, for its disk may be a copy or
    may have been put back since.
    """
    last = last_position(transaction)
    sizes = transaction.all(_SIZES, after=after, but=node, in_epoch=epoch, most=most)
    upto = _within([(row.position, row.size) for row in sizes], most_bytes)
    if upto is None:
        return FeedPage((), max(after, last), last)
    rows = transaction.all(_ROWS, after=after, upto=upto, but=node, in_epoch=epoch)
    complete = len(rows) == len(sizes) < most
    return FeedPage(rows, last if complete else upto, last)


def own_page(
    transaction: Transaction, node: str, epoch: str, *, after: int, upto: int, most: int, most_bytes: int
) -> Sequence[Any]:
    """Journal rows of one chain behind a number, in their order, within the same limits as a page of the feed."""
    chain = {"node": node, "epoch": epoch, "after": after}
    sizes = transaction.all(_OWN_SIZES, **chain, upto=upto, most=most)
    end = _within([(row.seq, row.size) for row in sizes], most_bytes)
    return () if end is None else transaction.all(_OWN, **chain, upto=end)


def _within(sizes: Sequence[tuple[int, int]], most_bytes: int) -> int | None:
    """How far a page may go: the last place whose operations still fit, at least the first."""
    end, total = None, 0
    for place, size in sizes:
        total += HEADER_BYTES + size * 4 // 3
        if end is not None and total > most_bytes:
            break
        end = place
    return end
