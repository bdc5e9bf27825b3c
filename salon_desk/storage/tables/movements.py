"""Movements: what every asset gained and lost, so that a statement is one look-up.

Value that changes hands between tills is none of it: the sum of an asset's movements is what was issued and not redeemed, its
balance wherever it lies (PROTOCOL 1). The rows of one asset lie together, in the order of the operations' clocks.
"""

from sqlalchemy import PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

movements = table(
    "movements",
    text("asset"),
    whole("at"),
    text("op_id"),
    whole("number"),
    whole("units"),
    PrimaryKeyConstraint("asset", "at", "op_id", "number"),
    rowid=False,
)
