"""The journal: one row an operation, in the order in which this node recorded or received it.

Nothing here is ever updated or deleted, but for `salt` and `body` when a person is erased.
"""

from sqlalchemy import Index, UniqueConstraint

from salon_desk.storage.tables.base import blob, table, text, whole

journal = table(
    "journal",
    whole("position", primary_key=True, autoincrement=False),
    text("op_id", unique=True),
    text("kind"),
    whole("version"),
    text("node"),
    text("epoch"),
    whole("seq"),
    whole("at"),
    text("business_day"),
    text("actor"),
    text("command_id"),
    text("body_hash"),
    text("prev_hash"),
    text("hash"),
    blob("salt"),
    blob("body"),
    UniqueConstraint("node", "epoch", "seq", name="uq_journal_node"),
    UniqueConstraint("node", "command_id", name="uq_journal_command_id"),
    Index("ix_journal_kind", "kind", "position"),
)
