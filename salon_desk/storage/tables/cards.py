"""Assets and purses: what a member owns, and the part of it that each holder may spend.

`held` is set aside for payments in progress. The CHECKs are the last line of defence: no purse is ever below zero.
"""

from sqlalchemy import CheckConstraint, PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

cards = table(
    "cards",
    text("id", primary_key=True),
    text("code", unique=True),
    text("currency"),
    text("member", index=True),
)

card_freezes = table(
    "card_freezes",
    text("card", primary_key=True),
    whole("frozen"),
    text("reason"),
    whole("at"),
    text("node"),
)

purses = table(
    "purses",
    text("asset"),
    text("node"),
    text("epoch"),
    whole("units"),
    whole("held", default=0),
    PrimaryKeyConstraint("asset", "node", "epoch"),
    CheckConstraint("units >= 0", name="units_not_negative"),
    CheckConstraint("held >= 0 AND held <= units", name="held_within_units"),
)

holds = table(
    "holds",
    text("hold", primary_key=True),
    text("asset"),
    text("node"),
    text("epoch"),
    whole("units"),
    text("ticket"),
)
