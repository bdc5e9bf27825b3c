"""A member's points as they stood behind a command: what was issued and redeemed up to it, wherever.

What can be used here now is in `cards.py` (`purse`), as for every asset.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from salon_desk.domain.points import points_asset
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.merges import group
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.movements import movements

_OF_COMMAND = Statement(
    lambda: select(journal.c.at).where(
        journal.c.node == bindparam("node"), journal.c.command_id == bindparam("command_id")
    )
)
_SUM = Statement(
    lambda: select(func.coalesce(func.sum(movements.c.units), 0)).where(
        movements.c.asset == bindparam("asset"), movements.c.at <= bindparam("at")
    )
)


def points_after(transaction: Transaction, member: str, header: Header) -> int:
    """A person's balance of points behind an operation and all that its command recorded behind it, as this node knows it."""
    at = _last(transaction, header)
    return sum(
        int(transaction.value(_SUM, asset=points_asset(one), at=at)) for one in group(transaction, member)
    )


def _last(transaction: Transaction, header: Header) -> int:
    """The clock of the last operation of a command: those behind the first have its id with their number."""
    first, _slash, tail = header.command_id.rpartition("/")
    number = int(tail) if tail.isdecimal() and _at(transaction, header.node, first) else 0
    command = first if number else header.command_id
    at = header.at
    while later := _at(transaction, header.node, f"{command}/{number + 1}"):
        at, number = later, number + 1
    return at


def _at(transaction: Transaction, node: str, command_id: str) -> int:
    return int(transaction.value(_OF_COMMAND, node=node, command_id=command_id) or 0)
