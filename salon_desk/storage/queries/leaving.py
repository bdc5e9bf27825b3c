"""The days on which members came, of everybody, by ranges of members; for whoever reckons with all of them in the background.

What is reckoned is in `services/leaving.py`. A visit is a day with a sale that was not voided; several sales of a day come
several times. All of it stands in an index, so that no document is looked at.
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.members import members
from salon_desk.storage.tables.sales import sales

_MEMBERS = Statement(lambda: select(func.count()).select_from(members).where(members.c.active == 1))
_VISITED = Statement(
    lambda: select(sales.c.member, sales.c.business_day).where(
        sales.c.member > bindparam("after"),
        sales.c.member <= bindparam("upto"),
        sales.c.business_day <= bindparam("day"),
        sales.c.kind == "sale",
        sales.c.voided_by == "",
    )
)


def members_now(transaction: Transaction) -> int:
    """How many members there are."""
    return int(transaction.value(_MEMBERS))


def visited(transaction: Transaction, after: str, upto: str, day: str) -> list[tuple[str, str]]:
    """Who came on which day (ISO dates) up to one, of the ids behind one and up to another, in no order."""
    rows = transaction.all(_VISITED, after=after, upto=upto, day=day)
    return [(row.member, row.business_day) for row in rows]
