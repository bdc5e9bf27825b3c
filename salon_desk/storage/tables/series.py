"""Series: what was sold, whose it is, who else may use it; and the offers that the shop sells.

Its visits lie in purses (`cards.py`), each with what was paid for it in its name.
"""

from sqlalchemy import Index, PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

series = table(
    "series",
    text("id", primary_key=True),
    text("offer"),
    text("buyer", index=True),
    text("name_en"),
    text("name_zh_cn"),
    text("name_zh_tw"),
    text("parts"),
    whole("price_cents"),
    text("currency"),
    text("tax_point"),
    text("op_id"),
    text("store"),
    text("issued_on"),
)
"""`parts` as the operation says them; `buyer` owns it until it is transferred; `op_id` is the sale."""

series_owners = table(
    "series_owners",
    text("series", primary_key=True),
    text("member", index=True),
    whole("at"),
    text("node"),
    text("op_id"),
)
"""Of series that were transferred: the newest owner."""

series_sharers = table(
    "series_sharers",
    text("series"),
    text("member"),
    whole("allowed"),
    whole("at"),
    text("node"),
    text("op_id"),
    PrimaryKeyConstraint("series", "member"),
    Index("ix_series_sharers_member", "member"),
)

series_offers = table(
    "series_offers",
    text("id", primary_key=True),
    text("name_en", default=""),
    text("name_zh_cn", default=""),
    text("name_zh_tw", default=""),
    whole("price_cents", default=0),
    text("currency", default="USD"),
    text("parts", default="[]"),
    text("from_day", default=""),
    text("to_day", default=""),
    whole("position", default=0),
    whole("active", default=1),
    text("stamps"),
    text("extra", default="{}"),
)
