"""Members, and what may be withheld about their health.

`members` is shared; allergies are kept apart, because a store without a booking may not see them (RULES 22).
"""

from sqlalchemy import Index

from salon_desk.storage.tables.base import table, text, whole

members = table(
    "members",
    text("id", primary_key=True),
    text("name", default=""),
    text("latin_name", default=""),
    text("phone", default=""),
    text("language", default=""),
    text("tier", default=""),
    text("birthday", default=""),
    text("preferred_technician", default=""),
    text("home_store", default=""),
    text("note", default=""),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
    Index("ix_members_phone", "phone"),
)

allergies = table(
    "allergies",
    text("allergy_id", primary_key=True),
    text("member", index=True),
    text("substance"),
    whole("removed", default=0),
)
