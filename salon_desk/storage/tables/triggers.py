"""Triggers and segments as the shop described them, and until when bonus counts that was given with an end.

Who belongs to a segment and what a trigger says of whom is in no table: both are asked of sales, purses and members.
"""

from sqlalchemy import Index, PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

triggers = table(
    "triggers",
    text("id", primary_key=True),
    whole("enabled", default=0),
    whole("sends", default=1),
    text("template", default=""),
    whole("threshold", nullable=True),
    whole("days", nullable=True),
    text("makes_task", default=""),
    text("stamps"),
    text("extra", default="{}"),
)
"""`id`: a trigger's name. An empty template, a threshold or days of NULL are the trigger's own defaults."""

segments = table(
    "segments",
    text("id", primary_key=True),
    text("name_en", default=""),
    text("name_zh_cn", default=""),
    text("name_zh_tw", default=""),
    text("conditions", default="[]"),
    whole("position", default=0),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
)

bonus_ends = table(
    "bonus_ends",
    text("op_id"),
    whole("number"),
    text("card"),
    text("until"),
    text("given_on"),
    PrimaryKeyConstraint("op_id", "number"),
    Index("ix_bonus_ends_card", "card", "until"),
)
"""By top-up, the last ISO day on which its bonus counts. What is left of it follows from the operations (`queries/lapses.py`)."""
