"""Merged members: which description stands for which, and what tills have asked for.

An undone merge keeps its row, so that it may arrive behind its end; a proposal's answer as well.
"""

from salon_desk.storage.tables.base import table, text, whole

member_merges = table(
    "member_merges",
    text("merge", primary_key=True),
    text("member", index=True),
    text("duplicate", index=True),
    whole("at"),
    text("actor"),
    whole("undone", default=0),
)

merge_proposals = table(
    "merge_proposals",
    text("proposal", primary_key=True),
    text("member"),
    text("duplicate"),
    whole("apart"),
    text("node"),
    text("actor"),
    whole("at"),
    text("answer", default=""),
)
"""`answer`: empty while nobody has decided, then "merged", "parted" or "refused"."""
