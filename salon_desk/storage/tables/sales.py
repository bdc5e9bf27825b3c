"""Completed sales, top-ups, refunds and voids, flattened for lists and reports.

One row a document; a refund or void has negative amounts and names what it undoes in `of_sale`.
"""

from sqlalchemy import Index, PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

sales = table(
    "sales",
    text("op_id", primary_key=True),
    text("kind"),
    text("ticket"),
    text("of_sale", default="", index=True),
    text("receipt", index=True),
    text("store"),
    text("node"),
    whole("seq"),
    text("shift", index=True),
    text("sold_at"),
    text("business_day"),
    text("member"),
    text("cashier"),
    text("currency"),
    whole("subtotal_cents"),
    whole("discount_cents"),
    whole("tax_cents"),
    whole("total_cents"),
    whole("tip_cents"),
    whole("funded_cents"),
    whole("bonus_cents"),
    whole("rounding_cents"),
    text("voided_by", default=""),
    Index("ix_sales_business_day", "business_day", "sold_at"),
    Index("ix_sales_node", "node", "seq"),
    Index(
        "ix_sales_member",
        "member",
        "business_day",
        "kind",
        "voided_by",
        "currency",
        "total_cents",
        "tax_cents",
    ),
)
"""By member with what a figure of everybody needs, so that no row of the table is read for it."""

sale_lines = table(
    "sale_lines",
    text("op_id"),
    whole("number"),
    text("line"),
    text("item"),
    text("item_kind"),
    text("name_en"),
    text("name_zh_cn"),
    text("name_zh_tw"),
    text("technician"),
    whole("requested"),
    whole("quantity"),
    whole("list_cents"),
    whole("discount_cents"),
    whole("net_cents"),
    whole("tax_cents"),
    PrimaryKeyConstraint("op_id", "number"),
    Index("ix_sale_lines_technician", "technician"),
)

sale_taxes = table(
    "sale_taxes",
    text("op_id"),
    text("rate_id"),
    text("name_en"),
    text("name_zh_cn"),
    text("name_zh_tw"),
    text("rate"),
    whole("base_cents"),
    whole("tax_cents"),
    PrimaryKeyConstraint("op_id", "rate_id"),
)

sale_tenders = table(
    "sale_tenders",
    text("op_id"),
    whole("number"),
    text("kind"),
    text("tender"),
    text("card"),
    whole("amount_cents"),
    whole("taken_cents"),
    whole("given_cents"),
    whole("change_cents"),
    whole("bonus_cents"),
    whole("paid_cents"),
    text("reference"),
    text("last_four"),
    text("proof", default=""),
    text("proven_by", default=""),
    PrimaryKeyConstraint("op_id", "number"),
)

sale_tips = table(
    "sale_tips",
    text("op_id"),
    whole("number"),
    text("technician"),
    whole("tender"),
    text("tender_kind"),
    whole("cents"),
    PrimaryKeyConstraint("op_id", "number"),
    Index("ix_sale_tips_technician", "technician"),
)
