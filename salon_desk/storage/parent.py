"""The one row about this node's parent, and what is sent to it: the own chain, the ends of the others.

No connection and no rule lives here. The row is local: a cursor that is lost costs a second reading, never a fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

from sqlalchemy import bindparam, delete, func, insert, select, update

from salon_desk.operations.envelope import Envelope
from salon_desk.storage import local
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.rows import envelope_of
from salon_desk.storage.tables.cards import moves
from salon_desk.storage.tables.chains import chains
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.network import parent

_FED_VOUCHER, _HELD_VOUCHER, _HEAD_VOUCHER = "voucher-fed", "voucher-held", "voucher-head"
_READ = Statement(lambda: select(parent))
_REMOVE = Statement(lambda: delete(parent))
_ADD = Statement(lambda: insert(parent))
_CONFIRM = Statement(lambda: update(parent).values(confirmed=1))
_FED = Statement(lambda: update(parent).values(cursor=bindparam("position"), target=bindparam("last")))
_HELD = Statement(
    lambda: update(parent).values(
        acknowledged=bindparam("applied"), acknowledged_at_root=bindparam("durable")
    )
)
_BEGUN = Statement(
    lambda: update(parent).values(
        epoch=bindparam("new_epoch"),
        cursor=0,
        target=0,
        acknowledged=bindparam("held"),
        acknowledged_at_root=bindparam("durable"),
    )
)
_FORGET_HELD = Statement(lambda: update(parent).values(acknowledged=0, acknowledged_at_root=0))
_OWN = Statement(
    lambda: (
        select(journal)
        .where(
            journal.c.node == bindparam("node"),
            journal.c.epoch == bindparam("epoch"),
            journal.c.seq > bindparam("after"),
        )
        .order_by(journal.c.seq)
        .limit(bindparam("most"))
    )
)
_CHAINS = Statement(
    lambda: (
        select(chains.c.node, chains.c.epoch, chains.c.seq, chains.c.hash)
        .where(chains.c.node != bindparam("node"))
        .order_by(chains.c.node, chains.c.epoch)
    )
)
_ON_THE_WAY = Statement(
    lambda: (
        select(func.count())
        .select_from(moves)
        .where(
            moves.c.to_node == bindparam("node"),
            moves.c.to_epoch == bindparam("epoch"),
            moves.c.received_by == "",
            moves.c.units > 0,
        )
    )
)


@dataclass(frozen=True, slots=True)
class ParentLink:
    """The parent: where it is, what it is trusted by, and how far either side is.

    `cursor` and `target` are feed positions: taken in, and the parent's last when it was last heard. `acknowledged` and
    `acknowledged_at_root`: seq of this node's present epoch that the parent, and the root above it, hold.
    """

    url: str
    node: str
    epoch: str
    public_key: str
    code_hash: str
    confirmed: bool
    certificate: str = ""
    proxy: str = ""
    cursor: int = 0
    target: int = 0
    acknowledged: int = 0
    acknowledged_at_root: int = 0

    @property
    def cursor_text(self) -> str:
        """The cursor as the parent is asked with it."""
        return f"{self.node}:{self.epoch}:{self.cursor}"


def read(transaction: Transaction) -> ParentLink | None:
    """The parent, None for a node without one."""
    row = transaction.one(_READ)
    if row is None:
        return None
    kept = {field.name: getattr(row, field.name) for field in fields(ParentLink)}
    return ParentLink(**{**kept, "confirmed": bool(row.confirmed)})


def write(transaction: Transaction, link: ParentLink) -> None:
    """Keep this parent in the place of whatever stood there."""
    transaction.run(_REMOVE)
    transaction.run(_ADD, only=1, **{**asdict(link), "confirmed": int(link.confirmed)})


def confirm(transaction: Transaction) -> None:
    """The owner has confirmed this device."""
    transaction.run(_CONFIRM)


def fed(transaction: Transaction, position: int, last: int) -> None:
    """The feed was taken in up to `position`; the parent's last one is `last`."""
    transaction.run(_FED, position=position, last=last)


def held(transaction: Transaction, applied: int, durable: int) -> None:
    """The parent, and the root, hold this node's epoch up to these numbers. Lower ones than before change nothing."""
    known = read(transaction)
    if known is None:
        return
    now = max(known.acknowledged, applied), max(known.acknowledged_at_root, durable)
    if now != (known.acknowledged, known.acknowledged_at_root):
        transaction.run(_HELD, applied=now[0], durable=now[1])


def vouchers(transaction: Transaction) -> tuple[str, str]:
    """What the parent gave with the position taken in, and with the number of this node's epoch that it holds."""
    return local.setting(transaction, _FED_VOUCHER), local.setting(transaction, _HELD_VOUCHER)


def head_voucher(transaction: Transaction) -> str:
    """What the parent gave with the last operation of its own that was taken in."""
    return local.setting(transaction, _HEAD_VOUCHER)


def vouched(transaction: Transaction, *, position: str = "", acknowledged: str = "", head: str = "") -> None:
    """Keep what the parent gave with these; they are handed back (`head_office/vouchers.py`). Lower ones change nothing."""
    for name, voucher in ((_FED_VOUCHER, position), (_HELD_VOUCHER, acknowledged), (_HEAD_VOUCHER, head)):
        if _number(voucher) > _number(local.setting(transaction, name)):
            local.put_setting(transaction, name, voucher)


def forget_vouchers(transaction: Transaction) -> None:
    """They were of another parent, or of another epoch of this one."""
    for name in (_FED_VOUCHER, _HELD_VOUCHER, _HEAD_VOUCHER):
        local.put_setting(transaction, name, "")


def _number(voucher: str) -> int:
    """The number that a voucher is for, -1 for none."""
    text = voucher.partition(".")[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else -1


def begun_anew(transaction: Transaction, epoch: str, acknowledged: int, at_root: int) -> None:
    """The parent has opened a new epoch: its feed is read from the beginning, and it, and the root, hold this much of this
    node's epoch.
    """
    transaction.run(_BEGUN, new_epoch=epoch, held=acknowledged, durable=at_root)
    forget_vouchers(transaction)


def forget_held(transaction: Transaction) -> None:
    """A new epoch has begun, of which nobody holds anything."""
    transaction.run(_FORGET_HELD)
    local.put_setting(transaction, _HELD_VOUCHER, "")


def own_after(
    transaction: Transaction, node: str, epoch: str, after: int, *, most: int
) -> Iterator[Envelope]:
    """A node's own operations behind a seq, one by one; nothing else may run on the transaction meanwhile."""
    for row in transaction.stream(_OWN, node=node, epoch=epoch, after=after, most=most):
        yield envelope_of(row)


def ends_of_others(transaction: Transaction, node: str) -> list[tuple[str, str, int, str]]:
    """Node, epoch, seq and hash of the last operation of every other node's chains."""
    return [(row.node, row.epoch, row.seq, row.hash) for row in transaction.all(_CHAINS, node=node)]


def on_the_way(transaction: Transaction, node: str, epoch: str) -> int:
    """How many assets of moves to this holder have not been received by it."""
    return int(transaction.value(_ON_THE_WAY, node=node, epoch=epoch))
