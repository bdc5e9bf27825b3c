"""Bookings: who is expected where and when, of the whole chain.

A cancelled one keeps its row, so that the booking may arrive behind its end.
"""

from sqlalchemy import Index

from salon_desk.storage.tables.base import table, text, whole

bookings = table(
    "bookings",
    text("id", primary_key=True),
    text("member"),
    text("store"),
    text("starts_at"),
    text("made_by"),
    whole("cancelled"),
    Index("ix_bookings_member", "member", "starts_at"),
    Index("ix_bookings_store", "store", "starts_at"),
)
"""`made_by`: the operation that made it, empty while that is not here."""
