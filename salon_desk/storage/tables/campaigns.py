"""Campaigns as they were launched, whom they are for, and which were stopped.

Only opaque ids of members. What was sent for one is in `messages.py`.
"""

from sqlalchemy import Index

from salon_desk.storage.tables.base import table, text, whole

campaigns = table(
    "campaigns",
    text("op_id", primary_key=True),
    text("campaign", index=True),
    text("name"),
    text("segment"),
    text("conditions"),
    text("template"),
    text("store"),
    whole("held_back_percent"),
    whole("audience"),
    whole("held_back"),
    whole("batches"),
    text("launched_at"),
    text("due_at"),
    text("expires_at"),
    text("offer_en"),
    text("offer_zh_cn"),
    text("offer_zh_tw"),
    whole("segments"),
    text("currency"),
    whole("cost_cents"),
    text("actor"),
    text("node"),
    whole("at"),
    Index("ix_campaigns_at", "at"),
)
"""`currency` is empty where no price was known."""

campaign_audiences = table(
    "campaign_audiences",
    text("op_id", primary_key=True),
    text("campaign"),
    whole("number"),
    text("members"),
    Index("ix_campaign_audiences_campaign", "campaign", "number"),
)

campaign_stops = table(
    "campaign_stops",
    text("op_id", primary_key=True),
    text("campaign", index=True),
    text("reason"),
    text("stopped_at"),
    text("actor"),
    whole("at"),
)
