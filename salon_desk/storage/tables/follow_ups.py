"""Tasks for people (回访), each with the last that came of it, and everything that was said of it.

Own projections: they describe a member and go with them.
"""

from sqlalchemy import Index

from salon_desk.storage.tables.base import table, text, whole

follow_ups = table(
    "follow_ups",
    text("follow_up", primary_key=True),
    text("member", index=True),
    text("assignee", default=""),
    text("why", default=""),
    text("subject", default=""),
    text("script", default=""),
    text("store", default=""),
    text("due_on", default=""),
    text("op_id", default=""),
    text("made_by", default=""),
    whole("made_at", default=0),
    text("result", default=""),
    text("next_on", default=""),
    text("answer", default=""),
    whole("answered_at", default=0),
    Index("ix_follow_ups_next_on", "next_on", "answered_at"),
)
"""`made_at` 0: only what came of it has arrived. `answer`: the operation that says the last result."""

follow_up_results = table(
    "follow_up_results",
    text("op_id", primary_key=True),
    text("follow_up", index=True),
    text("member", index=True),
    text("result"),
    text("note"),
    text("next_on"),
    text("actor"),
    whole("at"),
)
