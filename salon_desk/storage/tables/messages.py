"""Messages: each with how far it is, every attempt with what came of it, and what members wrote.

Own projections: they say what a person was sent, go with them, and no value stands on them.
"""

from sqlalchemy import Index, PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

messages = table(
    "messages",
    text("message", primary_key=True),
    text("member"),
    text("trigger"),
    text("subject"),
    text("purpose"),
    text("template"),
    text("store"),
    text("campaign"),
    text("values_given"),
    text("due_at"),
    text("expires_at"),
    text("op_id"),
    whole("intended_at"),
    text("state"),
    whole("progress"),
    text("reason"),
    text("detail"),
    text("until"),
    whole("decided_at"),
    text("next_at"),
    whole("changed_at"),
    Index("ix_messages_next", "state", "next_at"),
    Index("ix_messages_member", "member", "intended_at"),
    Index("ix_messages_campaign", "campaign"),
    Index("ix_messages_intended", "intended_at"),
)
"""`progress` only ever rises and says the state: how many attempts, and how far the last one came (`apply/messages.py`).

`reason`, `detail`, `until`: the last verdict that kept it back, `decided_at` when (hybrid clock). `next_at`: the instant from which
the sender looks at it, said last at `changed_at`; empty for never. A message that is only known by what came of it has no member.
"""

message_attempts = table(
    "message_attempts",
    text("reference", primary_key=True),
    text("message", index=True),
    text("member"),
    whole("attempt"),
    text("channel"),
    text("address"),
    text("language"),
    text("title"),
    text("text"),
    text("template_id"),
    text("fields"),
    text("verdict"),
    whole("attempted_at"),
    text("state"),
    whole("rank"),
    text("provider_id"),
    text("code"),
    whole("answered_at"),
    Index("ix_message_attempts_member", "member", "attempted_at"),
    Index("ix_message_attempts_provider", "channel", "provider_id"),
)
"""`state` is a Delivered, or "sending" while nobody has answered; `rank` only ever rises and says it."""

messages_received = table(
    "messages_received",
    text("op_id"),
    text("member"),
    text("received"),
    text("channel"),
    text("address"),
    text("text"),
    text("meaning"),
    text("at"),
    PrimaryKeyConstraint("op_id", "member"),
    Index("ix_messages_received_address", "channel", "address"),
    Index("ix_messages_received_member", "member"),
)
"""A row for each member whose address it is; one with an empty member where nobody's."""
