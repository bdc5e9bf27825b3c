"""Assets and purses: what a member or a gift card's bearer owns, and the part of it that each holder may spend.

`held` is set aside for payments in progress. The CHECKs are the last line of defence: no purse is ever below zero. A card's
code is not unique: two stores that cannot see each other may sell cards with the same number.
"""

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

cards = table(
    "cards",
    text("id", primary_key=True),
    text("code", index=True),
    text("currency"),
    text("member", index=True),
    text("kind"),
    text("issued_on"),
)
"""`kind`: a member's stored-value card ("card") or a gift card ("gift", of nobody). `issued_on`: the business day (RULES 8)."""

gift_greetings = table(
    "gift_greetings",
    text("gift", primary_key=True),
    text("member", index=True),
    text("recipient"),
    text("sender"),
    text("greeting"),
    whole("at"),
    text("node"),
    text("op_id"),
)
"""What stands on a gift card: personal, so that it lies outside what nodes compare."""

card_owners = table(
    "card_owners",
    text("card", primary_key=True),
    text("member"),
    whole("at"),
    text("node"),
    text("op_id"),
)
"""Of cards that were given to another member: the newest owner, who stands in `cards.member` as well."""

card_freezes = table(
    "card_freezes",
    text("card", primary_key=True),
    whole("frozen"),
    text("reason"),
    whole("at"),
    text("node"),
)

card_codes = table(
    "card_codes",
    text("card"),
    text("code", index=True),
    whole("at"),
    text("node"),
    PrimaryKeyConstraint("card", "code"),
)
"""Codes that a card got after its first: the newest by (at, node) is its code, the others and the first are over."""

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

moves = table(
    "moves",
    text("move"),
    text("asset"),
    whole("units"),
    text("from_node"),
    text("from_epoch"),
    text("to_node"),
    text("to_epoch"),
    text("sent_by", default=""),
    text("received_by", default=""),
    PrimaryKeyConstraint("move", "asset"),
    Index("ix_moves_asset", "asset"),
    Index("ix_moves_to_node", "to_node", "to_epoch", "received_by"),
)
"""Both halves of every move, whichever came first: the operation that sent it and the one that received it."""
