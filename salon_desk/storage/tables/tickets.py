"""Tickets that are in chairs or parked, each as its newest saved draft; and this till's running numbers.

A paid ticket keeps its row and the id of its sale, so that no older draft brings it back.
"""

from sqlalchemy import Index, PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

tickets = table(
    "tickets",
    text("id", primary_key=True),
    text("state"),
    whole("number"),
    text("member"),
    text("opened_at"),
    text("body"),
    whole("revision"),
    whole("at"),
    text("node"),
    text("sale", default=""),
    Index("ix_tickets_state", "state", "opened_at"),
)

counters = table(
    "counters",
    text("node"),
    text("name"),
    whole("value"),
    PrimaryKeyConstraint("node", "name"),
)
