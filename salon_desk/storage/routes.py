"""Which child of this node let in which device of its own: a hub and its tills. Local rows, made from what hubs record.

A row is a right to hand on that device's operations and questions, and no more than that. It stays when the device goes to
another hub, for the first one may still have something of it. Each function runs inside its caller's transaction.
"""

from __future__ import annotations

from sqlalchemy import bindparam, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.network import routes

_ADD = Rows(routes, lambda _new: {})
_FIND = Statement(
    lambda: select(routes.c.node).where(routes.c.node == bindparam("node"), routes.c.via == bindparam("via"))
)
_BEHIND = Statement(
    lambda: select(routes.c.node).where(routes.c.via == bindparam("via")).order_by(routes.c.node)
)
_ALL = Statement(lambda: select(routes).order_by(routes.c.node, routes.c.via))


def add(transaction: Transaction, node: str, via: str) -> None:
    """A child has let in a device; nothing the second time."""
    transaction.put(_ADD, node=node, via=via)


def leads(transaction: Transaction, node: str, via: str) -> bool:
    """Whether a child may speak for this device."""
    return transaction.one(_FIND, node=node, via=via) is not None


def behind(transaction: Transaction, via: str) -> list[str]:
    """The devices that a child may speak for."""
    return [row.node for row in transaction.all(_BEHIND, via=via)]


def by_node(transaction: Transaction) -> dict[str, list[str]]:
    """By device, the children that may speak for it."""
    found: dict[str, list[str]] = {}
    for row in transaction.all(_ALL):
        found.setdefault(row.node, []).append(row.via)
    return found
