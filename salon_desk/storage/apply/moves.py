"""Moves: the two halves of each, whichever arrives first, and those that come back because their holder's epoch is over.

The purses themselves are changed by the operations' own lists (`purses.py`): the sender's by the one half, the receiver's
by the other. No check on value in flight: a third node may see a move arrive before it left (PROTOCOL 1).
"""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from salon_desk.operations.envelope import Header
from salon_desk.operations.move import ValueReceived, ValueSent
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.errors import NotYet
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.cards import moves

_FIND = Statement(
    lambda: select(moves).where(moves.c.move == bindparam("move"), moves.c.asset == bindparam("asset"))
)
_ADD = Rows(moves)


def _setting(half: str) -> Statement:
    return Statement(
        lambda: (
            update(moves)
            .where(moves.c.move == bindparam("of_move"), moves.c.asset == bindparam("of_asset"))
            .values({half: bindparam("op_id")})
        )
    )


_SET = {half: _setting(half) for half in ("sent_by", "received_by")}


def value_sent(transaction: Transaction, header: Header, operation: ValueSent) -> None:
    """The half that left."""
    ends = (header.node, header.epoch, operation.to_node, operation.to_epoch)
    for change in operation.purse_changes:
        left(transaction, operation.move, change.asset, -change.units, ends=ends, op_id=header.op_id)


def left(
    transaction: Transaction,
    move: str,
    asset: str,
    units: int,
    *,
    ends: tuple[str, str, str, str],
    op_id: str,
) -> None:
    """Units of a move left a purse; `ends`: from whom and to whom, node and epoch of each."""
    _half(transaction, move, asset, units, ends=ends, half="sent_by", op_id=op_id)


def value_received(transaction: Transaction, header: Header, operation: ValueReceived) -> None:
    """The half that arrived."""
    ends = (operation.from_node, operation.from_epoch, header.node, header.epoch)
    for change in operation.purse_changes:
        _half(
            transaction,
            operation.move,
            change.asset,
            change.units,
            ends=ends,
            half="received_by",
            op_id=header.op_id,
        )


def came_back(transaction: Transaction, move: str, asset: str, units: int, *, op_id: str) -> tuple[str, str]:
    """Units of a move are at its sender again; who that was, node and epoch. Raises NotYet unless they are under way."""
    row = transaction.one(_FIND, move=move, asset=asset)
    if row is None or row.units != units or not row.sent_by or row.received_by:
        raise NotYet(f"move {move} is not under way")
    transaction.put(_SET["received_by"], of_move=move, of_asset=asset, op_id=op_id)
    return row.from_node, row.from_epoch


def _half(
    transaction: Transaction,
    move: str,
    asset: str,
    units: int,
    *,
    ends: tuple[str, str, str, str],
    half: str,
    op_id: str,
) -> None:
    """Write one half beside the other. Raises NotYet when it does not belong to the other half, or is there twice."""
    row = transaction.one(_FIND, move=move, asset=asset)
    if row is None:
        named = dict(zip(("from_node", "from_epoch", "to_node", "to_epoch"), ends, strict=True))
        both = {"sent_by": "", "received_by": "", half: op_id}
        transaction.put(_ADD, move=move, asset=asset, units=units, **named, **both)
        return
    same = (row.units, row.from_node, row.from_epoch, row.to_node, row.to_epoch) == (units, *ends)
    if not same or getattr(row, half):
        raise NotYet(f"move {move}: the halves do not agree")
    transaction.put(_SET[half], of_move=move, of_asset=asset, op_id=op_id)
