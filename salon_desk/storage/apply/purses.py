"""Purses: the units that the recording node may spend of each asset, and what is held for payments in progress.

Cards, visits and points are all the same here. Only the holder's own operations change its purse, until its epoch was closed
(`ends.py`); the table's CHECK refuses a purse below zero, whatever a service decided (PROTOCOL 1). Posting or releasing waits
for what was held.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from salon_desk.operations.card import HoldReleased, ValueHeld
from salon_desk.operations.envelope import Header
from salon_desk.operations.operation import PurseChange
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.errors import NotYet
from salon_desk.storage.putting import Rows, Sums
from salon_desk.storage.tables.cards import holds, purses

_CHANGE = Sums(purses, ("units", "held"))
_ADD_HOLD = Rows(holds)
_HOLD = Statement(lambda: select(holds).where(holds.c.hold == bindparam("hold")))
_ALL_HOLDS = Statement(
    lambda: (
        select(holds.c.hold, holds.c.ticket)
        .where(holds.c.node == bindparam("node"), holds.c.epoch == bindparam("epoch"))
        .order_by(holds.c.hold)
    )
)
_END_HOLD = Statement(lambda: delete(holds).where(holds.c.hold == bindparam("hold")))


def change(transaction: Transaction, header: Header, changes: Sequence[PurseChange]) -> None:
    """Change the recording node's purses; IntegrityError when one would fall below zero, NotYet without its hold."""
    for one in changes:
        if one.hold:
            release(transaction, (header.node, header.epoch), one.hold)
        _move(transaction, header, one.asset, units=one.units, held=0)


def value_held(transaction: Transaction, header: Header, operation: ValueHeld) -> None:
    """Set units aside."""
    _move(transaction, header, operation.asset, units=0, held=operation.units)
    transaction.put(
        _ADD_HOLD,
        hold=operation.hold,
        asset=operation.asset,
        node=header.node,
        epoch=header.epoch,
        units=operation.units,
        ticket=operation.ticket,
    )


def hold_released(transaction: Transaction, header: Header, operation: HoldReleased) -> None:
    """Set units free again. Raises NotYet while they are not held."""
    release(transaction, (header.node, header.epoch), operation.hold)


def release(transaction: Transaction, holder: tuple[str, str], hold: str) -> None:
    """Set free what is held in a holder's purse. Raises NotYet while it is not held there."""
    row = transaction.one(_HOLD, hold=hold)
    if row is None or (row.node, row.epoch) != holder:
        raise NotYet(f"hold {hold}")
    transaction.put(_CHANGE, asset=row.asset, node=row.node, epoch=row.epoch, units=0, held=-row.units)
    transaction.put(_END_HOLD, hold=hold)


def take(transaction: Transaction, holder: tuple[str, str], asset: str, units: int) -> None:
    """Take units out of the purse of a holder whose epoch was closed; IntegrityError when they are not there."""
    transaction.put(_CHANGE, asset=asset, node=holder[0], epoch=holder[1], units=-units, held=0)


def holds_by_ticket(transaction: Transaction, node: str, epoch: str) -> dict[str, list[str]]:
    """By ticket, the holds on this holder's purses that were neither posted nor released."""
    found: dict[str, list[str]] = {}
    for row in transaction.all(_ALL_HOLDS, node=node, epoch=epoch):
        found.setdefault(row.ticket, []).append(row.hold)
    return found


def _move(transaction: Transaction, header: Header, asset: str, *, units: int, held: int) -> None:
    transaction.put(_CHANGE, asset=asset, node=header.node, epoch=header.epoch, units=units, held=held)
