"""Shops, tills and staff.

PIN hashes stand in a table of their own, outside what nodes share.
"""

from salon_desk.storage.tables.base import table, text, whole

stores = table(
    "stores",
    text("id", primary_key=True),
    text("name_en", default=""),
    text("name_zh_cn", default=""),
    text("name_zh_tw", default=""),
    text("address", default=""),
    text("phone", default=""),
    text("jurisdiction", default=""),
    text("time_zone", default="UTC"),
    text("day_cut_off", default="04:00"),
    text("currency", default="USD"),
    text("cash_rounding", default=""),
    whole("cash_tips_stay", default=0),
    text("receipt_footer_en", default=""),
    text("receipt_footer_zh_cn", default=""),
    text("receipt_footer_zh_tw", default=""),
    text("receipt_language", default="zh_CN"),
    text("return_policy_en", default=""),
    text("return_policy_zh_cn", default=""),
    text("return_policy_zh_tw", default=""),
    whole("unproven_limit_cents", default=0),
    whole("family_spends", default=1),
    text("points_rate", default=""),
    whole("points_convert_at", default=0),
    text("points_convert_coupon", default=""),
    whole("points_convert_bonus_cents", default=0),
    whole("overdraft_limit_cents", default=10_000),
    text("sms_price", default=""),
    whole("offers_most", default=4),
    whole("offers_most_a_day", default=1),
    text("stamps"),
    text("extra", default="{}"),
    text("receipt_logo", default=""),
)

tills = table(
    "tills",
    text("id", primary_key=True),
    text("store", default=""),
    text("name", default=""),
    text("code", default=""),
    whole("retiring", default=0),
    whole("hub", default=0),
    whole("locked_out", default=0),
    text("key", default=""),
    text("stamps"),
    text("extra", default="{}"),
)
"""`hub`: a node that stands between the tills of its store and head office, and sells nothing. `locked_out`: whoever holds
the device may read nothing here any more, until the owner takes that back. `key`: the public half of its
device's key, so that whoever it enrols with next knows it again."""

staff = table(
    "staff",
    text("id", primary_key=True),
    text("name", default=""),
    text("latin_name", default=""),
    text("role", default="technician"),
    whole("sells_services", default=1),
    whole("roster_order", default=0),
    text("skills", default="[]"),
    text("stores", default="[]"),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
)

staff_pins = table(
    "staff_pins",
    text("staff", primary_key=True),
    text("pin_hash"),
    whole("at"),
)
