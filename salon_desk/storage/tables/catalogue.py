"""What is sold and how it may be discounted, funded and paid: items, categories, offers, discounts, tenders.

All of them are descriptions, merged field by field (`storage/apply/descriptions.py`). A change planned for a day stands
in `planned_changes` and is laid over the row by whoever reads for that day or a later one.
"""

from sqlalchemy import Index, PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

categories = table(
    "categories",
    text("id", primary_key=True),
    text("name_en", default=""),
    text("name_zh_cn", default=""),
    text("name_zh_tw", default=""),
    text("hue", default="rose"),
    whole("position", default=0),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
)

items = table(
    "items",
    text("id", primary_key=True),
    text("kind", default="service"),
    text("name_en", default=""),
    text("name_zh_cn", default=""),
    text("name_zh_tw", default=""),
    text("category", default=""),
    whole("price_cents", nullable=True),
    text("currency", default="USD"),
    whole("minutes", default=0),
    text("tax_class", default=""),
    text("code", default=""),
    whole("position", default=0),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
    Index("ix_items_category", "category", "position"),
    Index("ix_items_code", "code"),
)

offers = table(
    "offers",
    text("id", primary_key=True),
    text("name_en", default=""),
    text("name_zh_cn", default=""),
    text("name_zh_tw", default=""),
    whole("pay_cents", default=0),
    whole("bonus_cents", default=0),
    text("currency", default="USD"),
    text("from_day", default=""),
    text("to_day", default=""),
    whole("bonus_expires_days", default=0),
    text("terms_en", default=""),
    text("terms_zh_cn", default=""),
    text("terms_zh_tw", default=""),
    text("coupon", default=""),
    whole("coupon_count", default=0),
    whole("position", default=0),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
)

discounts = table(
    "discounts",
    text("id", primary_key=True),
    text("name_en", default=""),
    text("name_zh_cn", default=""),
    text("name_zh_tw", default=""),
    whole("amount_cents", nullable=True),
    text("percent", default=""),
    text("currency", default="USD"),
    text("bearer", default="salon"),
    text("scope", default="all"),
    whole("position", default=0),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
)

tenders = table(
    "tenders",
    text("id", primary_key=True),
    text("name_en", default=""),
    text("name_zh_cn", default=""),
    text("name_zh_tw", default=""),
    whole("needs_reference", default=0),
    whole("opens_drawer", default=0),
    whole("position", default=0),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
)

planned_changes = table(
    "planned_changes",
    text("subject"),
    text("id"),
    text("field"),
    text("op_id"),
    text("from_day"),
    whole("n"),
    whole("at"),
    text("node"),
    text("value"),
    PrimaryKeyConstraint("subject", "id", "field", "op_id"),
    Index("ix_planned_changes_from_day", "from_day"),
)
