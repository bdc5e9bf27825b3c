"""Tiers as the owner describes them, and why members changed theirs.

Which tier a member has is a field of the member.
"""

from salon_desk.storage.tables.base import table, text, whole

tiers = table(
    "tiers",
    text("id", primary_key=True),
    text("name_en", default=""),
    text("name_zh_cn", default=""),
    text("name_zh_tw", default=""),
    whole("rank", default=0),
    text("measure", default="spend"),
    whole("least", default=0),
    whole("window_days", default=0),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
)

tier_changes = table(
    "tier_changes",
    text("op_id", primary_key=True),
    text("member", index=True),
    text("before"),
    text("tier"),
    text("measure"),
    whole("measured"),
    whole("least"),
    whole("window_days"),
    whole("at"),
)
