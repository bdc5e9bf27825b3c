"""Who is about to leave, as this machine reckoned it last: a local list, made anew from time to time.

How it was made stands in a setting (`storage/leaving.py`).
"""

from sqlalchemy import Index, PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

leaving_people = table(
    "local_leaving_people",
    text("list"),
    whole("number"),
    text("member"),
    whole("visits"),
    text("last_day"),
    whole("since_days"),
    whole("usual_days"),
    whole("active_percent"),
    whole("expected_hundredths"),
    PrimaryKeyConstraint("list", "number"),
    Index("ix_local_leaving_people_member", "member"),
)
"""`active_percent` and `expected_hundredths` are -1 where there was no model."""
