"""Savings: the plans of the shop, the cards that joined one, the top-ups that are deposits.

Whether a deposit still counts and whether the bonus was granted is said by purses: a right to undo each, a right to grant.
"""

from salon_desk.storage.tables.base import table, text, whole

savings_plans = table(
    "savings_plans",
    text("id", primary_key=True),
    text("name_en", default=""),
    text("name_zh_cn", default=""),
    text("name_zh_tw", default=""),
    whole("target_cents", default=0),
    whole("bonus_cents", default=0),
    text("currency", default="USD"),
    text("coupon", default=""),
    text("terms_en", default=""),
    text("terms_zh_cn", default=""),
    text("terms_zh_tw", default=""),
    text("from_day", default=""),
    text("to_day", default=""),
    whole("position", default=0),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
)

savings = table(
    "savings",
    text("id", primary_key=True),
    text("card", index=True),
    text("plan"),
    whole("target_cents"),
    whole("bonus_cents"),
    text("currency"),
    text("coupon"),
    text("terms"),
    text("joined_on"),
    text("op_id"),
)

savings_deposits = table(
    "savings_deposits",
    text("top_up", primary_key=True),
    text("savings", index=True),
    whole("cents"),
    text("pending"),
    text("op_id"),
)
"""`top_up`: the right to undo it; `pending`: the asset in which it waits for its payment, if it was taken so."""
