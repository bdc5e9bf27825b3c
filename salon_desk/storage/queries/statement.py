"""The statement of any asset: every movement with what came of it, where it was made, by whom, on which document.

What changes hands between tills is no movement (`tables/movements.py`). Of a long history the newest are read, and the balance
before them is what all the others came to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.movements import movements
from salon_desk.storage.tables.people import tills
from salon_desk.storage.tables.sales import sales

MOST = 200

_NEWEST = Statement(
    lambda: (
        select(
            movements.c.op_id,
            movements.c.at,
            movements.c.number,
            movements.c.units,
            journal.c.kind,
            journal.c.node,
            journal.c.actor,
            journal.c.business_day,
            sales.c.receipt,
            sales.c.kind.label("document"),
            func.coalesce(sales.c.store, tills.c.store, "").label("store"),
        )
        .join(journal, journal.c.op_id == movements.c.op_id)
        .outerjoin(sales, sales.c.op_id == movements.c.op_id)
        .outerjoin(tills, tills.c.id == journal.c.node)
        .where(movements.c.asset == bindparam("asset"))
        .order_by(movements.c.at.desc(), movements.c.op_id.desc(), movements.c.number.desc())
        .limit(bindparam("most"))
    )
)
_ALL = Statement(
    lambda: select(func.coalesce(func.sum(movements.c.units), 0)).where(
        movements.c.asset == bindparam("asset")
    )
)


@dataclass(frozen=True, slots=True)
class Movement:
    """What one operation did: `units` by purse in the order in which they were asked for, and `after` all of them together.

    `document`: the id of a sale, top-up, refund or void that can be opened; empty for what has no paper.
    """

    op_id: str
    at: int
    kind: str
    business_day: str
    store: str
    node: str
    actor: str
    receipt: str
    document: str
    units: tuple[int, ...]
    after: int

    @property
    def change(self) -> int:
        """All purses together."""
        return sum(self.units)


@dataclass(frozen=True, slots=True)
class AssetStatement:
    """The movements of some purses taken together, newest first, and the balance `before` the oldest of them."""

    movements: tuple[Movement, ...]
    before: int
    after: int


def statement(transaction: Transaction, assets: Sequence[str], most: int = MOST) -> AssetStatement:
    """The newest movements of the purses of one asset, as far as this node knows."""
    found: dict[tuple[int, str], tuple[object, list[int]]] = {}
    whole = 0
    for place, asset in enumerate(assets):
        whole += transaction.value(_ALL, asset=asset)
        for row in transaction.all(_NEWEST, asset=asset, most=most):
            _row, units = found.setdefault((row.at, row.op_id), (row, [0] * len(assets)))
            units[place] += row.units
    newest = sorted(found, reverse=True)[:most]
    made, after = [], whole
    for key in newest:
        row, units = found[key]
        made.append(_movement(row, tuple(units), after))
        after -= sum(units)
    return AssetStatement(tuple(made), before=after, after=whole)


def _movement(row: object, units: tuple[int, ...], after: int) -> Movement:
    values = row._asdict()  # type: ignore[attr-defined]
    return Movement(
        op_id=values["op_id"],
        at=values["at"],
        kind=values["document"] or values["kind"],
        business_day=values["business_day"],
        store=values["store"],
        node=values["node"],
        actor=values["actor"],
        receipt=values["receipt"] or "",
        document=values["op_id"] if values["receipt"] else "",
        units=units,
        after=after,
    )
