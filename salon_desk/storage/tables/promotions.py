"""Promotions: the shop's rules for discounts, described like everything else, and the coupons that were given for them.

A coupon's unit lies in a purse; here stands whose it is and until when. What is not used any more is found by its balance.
"""

from sqlalchemy import Index

from salon_desk.storage.tables.base import table, text, whole

promotions = table(
    "promotions",
    text("id", primary_key=True),
    text("name_en", default=""),
    text("name_zh_cn", default=""),
    text("name_zh_tw", default=""),
    text("terms_en", default=""),
    text("terms_zh_cn", default=""),
    text("terms_zh_tw", default=""),
    whole("amount_cents", nullable=True),
    text("percent", default=""),
    text("currency", default="USD"),
    text("bearer", default="salon"),
    text("scope", default="all"),
    text("items", default="[]"),
    text("categories", default="[]"),
    whole("members_only", default=0),
    text("tiers", default="[]"),
    text("birthday", default=""),
    text("weekdays", default="[]"),
    text("month_days", default="[]"),
    text("from_day", default=""),
    text("to_day", default=""),
    whole("min_spend_cents", default=0),
    whole("first_visit", default=0),
    whole("needs_coupon", default=0),
    whole("quorum", default=0),
    whole("valid_days", default=0),
    text("gives", default=""),
    whole("block", default=0),
    text("exclusive", default=""),
    whole("alone", default=0),
    whole("most", default=1),
    whole("position", default=0),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
)
"""`valid_days`: how long a coupon for it is good once it is given, 0 = without an end; `gives`: what gives it by itself."""

coupons = table(
    "coupons",
    text("id", primary_key=True),
    text("promotion"),
    text("member"),
    text("store"),
    text("reason"),
    text("from_day"),
    text("to_day"),
    text("terms"),
    text("source"),
    text("pool"),
    text("issued_on"),
    text("op_id"),
    Index("ix_coupons_member", "member"),
    Index("ix_coupons_source", "source"),
    Index("ix_coupons_pool", "pool"),
)
