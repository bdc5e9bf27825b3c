"""Devices that are in reach again, as long as what follows from it is not done: local rows, for the placement of value alone.

A mark is made in the transaction that notes the device as seen, so that no stop comes between. What follows is done in
`head_office/sweeping.py`. Losing a mark loses convenience, never money.
"""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select

from salon_desk.storage import local
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.local import settings

_NAME = "returned/"
_ALL = Statement(
    lambda: select(settings.c.name, settings.c.value).where(
        settings.c.name.startswith(_NAME, autoescape=True)
    )
)
_FORGET = Statement(lambda: delete(settings).where(settings.c.name == bindparam("of_name")))


def mark(transaction: Transaction, node: str, at: str) -> None:
    """A device is back since this instant; a later return takes the place of an earlier one."""
    local.put_setting(transaction, _NAME + node, at)


def marked(transaction: Transaction) -> dict[str, str]:
    """By node, since when it is back. A read transaction will do."""
    return {row.name.removeprefix(_NAME): row.value for row in transaction.all(_ALL)}


def forget(transaction: Transaction, node: str) -> None:
    """What follows from a return is done."""
    transaction.run(_FORGET, of_name=_NAME + node)
