"""The double-entry ledger: every operation that moves money, balanced to zero in each currency.

Nothing is summed here. The first index covers the sums of an account over a range of days.
"""

from sqlalchemy import Index, PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

ledger = table(
    "ledger",
    text("op_id"),
    whole("line"),
    text("account"),
    text("currency"),
    whole("cents"),
    text("node"),
    text("business_day"),
    PrimaryKeyConstraint("op_id", "line"),
    Index("ix_ledger_account", "account", "currency", "business_day", "cents"),
    Index("ix_ledger_business_day", "business_day"),
)
