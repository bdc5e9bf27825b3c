"""Tables of this machine alone: who it is, print jobs, devices, attempts, the search index.

They are outside `verify` and `digest`, and are no facts: losing one loses convenience, never money.
"""

from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint

from salon_desk.storage.tables.base import table, text, whole

identity = table(
    "local_identity",
    whole("only", primary_key=True),
    text("node"),
    text("epoch"),
)

settings = table(
    "local_settings",
    text("name", primary_key=True),
    text("value"),
)

print_jobs = table(
    "local_print_jobs",
    text("job_id", primary_key=True),
    whole("number", unique=True),
    text("kind"),
    text("op_id"),
    text("language"),
    whole("copy"),
    text("state"),
    whole("attempts"),
    text("problem"),
    text("queued_at"),
    text("detail"),
    Index("ix_local_print_jobs_state", "state", "number"),
)

sign_in_failures = table(
    "local_sign_in_failures",
    text("staff"),
    text("at"),
    whole("number"),
    PrimaryKeyConstraint("staff", "number"),
)

search_entries = table(
    "local_search_entries",
    whole("number", primary_key=True),
    text("subject"),
    text("id"),
    text("words"),
    UniqueConstraint("subject", "id"),
)

search_terms = table(
    "local_search_terms",
    whole("rank"),
    text("suffix"),
    whole("entry"),
    PrimaryKeyConstraint("rank", "suffix", "entry"),
    rowid=False,
)
