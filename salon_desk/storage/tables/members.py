"""Members: their description, family and consents; and what may be withheld about their health.

All are shared but allergies and what was acknowledged of them, because a store without a booking may not see those (RULES 22).
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
    text("email", default=""),
    text("wechat", default=""),
    text("tags", default="[]"),
    text("consultant", default=""),
    text("colours", default=""),
    text("pressure", default=""),
    text("preferences", default=""),
    text("referred_by", default=""),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
    Index("ix_members_phone", "phone"),
    Index("ix_members_referred_by", "referred_by"),
)

family_links = table(
    "family_links",
    text("link", primary_key=True),
    text("member", index=True),
    text("other", index=True),
    text("relation"),
    whole("removed", default=0),
)
"""`relation` is what `other` is to `member`. A link that was taken back before it arrived has no members."""

consents = table(
    "consents",
    text("op_id", primary_key=True),
    text("member"),
    text("channel"),
    text("purpose"),
    whole("given"),
    text("basis", default=""),
    text("basis_day", default=""),
    text("shown"),
    text("language", default=""),
    text("store"),
    text("place"),
    text("at"),
    text("actor"),
    text("seen", default="[]"),
    Index("ix_consents_member", "member", "channel", "purpose"),
)
"""Everything that was said, a consent or its withdrawal; what holds is reckoned from all of it (`domain/consent.py`)."""

allergy_acknowledgements = table(
    "allergy_acknowledgements",
    text("op_id", primary_key=True),
    text("ticket", index=True),
    text("member", index=True),
    text("substances"),
    text("item", default=""),
    text("actor"),
    whole("at"),
)

member_pins = table(
    "member_pins",
    text("member", primary_key=True),
    text("pin_hash"),
    whole("at"),
)
"""The hash of the PIN with which a member spends; empty where it was taken away. Own, because stores elsewhere get none."""

allergies = table(
    "allergies",
    text("allergy_id", primary_key=True),
    text("member", index=True),
    text("substance"),
    whole("removed", default=0),
)
