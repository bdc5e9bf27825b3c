"""Shifts and every movement of cash in a drawer.

Expected cash of a shift is the sum of its movements; a closed shift's figures stand in its operation and here as a
copy for lists.
"""

from sqlalchemy import Index, PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

shifts = table(
    "shifts",
    text("id", primary_key=True),
    text("node"),
    text("epoch"),
    text("store"),
    text("state"),
    text("business_day", index=True),
    text("opened_at"),
    text("opened_by"),
    text("currency"),
    whole("float_cents"),
    text("closed_at", default=""),
    text("closed_by", default=""),
    text("close_op", default=""),
    whole("z_number", default=0),
    whole("from_seq", default=0),
    whole("to_seq", default=0),
    whole("expected_cents", default=0),
    whole("counted_cents", default=0),
    text("denominations", default="[]"),
    whole("over_short_cents", default=0),
    whole("card_batch_cents", nullable=True),
    Index("ix_shifts_node", "node", "state"),
)

cash_movements = table(
    "cash_movements",
    text("op_id"),
    whole("number"),
    text("shift"),
    text("kind"),
    whole("cents"),
    text("reason"),
    PrimaryKeyConstraint("op_id", "number"),
    Index("ix_cash_movements_shift", "shift"),
)

tip_payouts = table(
    "tip_payouts",
    text("op_id"),
    text("technician"),
    text("shift", index=True),
    whole("cents"),
    PrimaryKeyConstraint("op_id", "technician"),
)
