"""The days on which members came, of everybody, in slices of days; for whoever reckons with all of them in the background.

What is reckoned is in `services/leaving.py`. A visit is a day with a sale that was not voided; several sales of a day come
several times. A list that is kept is this machine's own (`storage/leaving.py`).
"""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.sales import sales

_FIRST = Statement(lambda: select(func.min(sales.c.business_day)))
_VISITED = Statement(
    lambda: select(sales.c.member, sales.c.business_day).where(
        sales.c.business_day >= bindparam("from_day"),
        sales.c.business_day < bindparam("to_day"),
        sales.c.kind == "sale",
        sales.c.voided_by == "",
        sales.c.member != "",
    )
)


def first_day(transaction: Transaction) -> str:
    """The business day of the first document there is, empty without one."""
    return str(transaction.value(_FIRST) or "")


def visited(transaction: Transaction, from_day: str, to_day: str) -> list[tuple[str, str]]:
    """Who came on which day (ISO dates, the last one excluded), as the documents lie."""
    return [
        (row.member, row.business_day) for row in transaction.all(_VISITED, from_day=from_day, to_day=to_day)
    ]
