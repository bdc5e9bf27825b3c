"""What lists of the old system brought, thing by thing, so that one that was taken over twice is found when its tills have met.

A row without an asset says that a list described its member. What was taken back is said by the commands of the journal.
"""

from sqlalchemy import Index, PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

carried = table(
    "carried",
    text("asset"),
    text("op_id"),
    text("node"),
    text("list_id"),
    whole("step"),
    text("member", index=True),
    whole("number"),
    whole("units"),
    PrimaryKeyConstraint("asset", "op_id"),
    Index("ix_carried_list_id", "list_id", "node"),
)
"""`step`: the batch in which it came; `number`: the row of the list that says so, 0 where nobody knows."""
