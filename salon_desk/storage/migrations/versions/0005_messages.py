"""Messages, every attempt to send one, and what members wrote.

What is in the new tables comes from operations that no older journal has. Promotions say what gives their coupons by itself; those
of an older database are made again from its journal.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from salon_desk.storage.migrations.columns import columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what is new."""
    _messages()
    _attempts()
    _received()
    _campaigns()
    _follow_ups()
    _leaving()
    _promotions()
    _stores()
    _triggers()
    _templates()
    _carried()
    _sayings()
    _card_owners()


def _card_owners() -> None:
    op.create_table(
        "card_owners",
        *columns("card member at:whole node op_id"),
        sa.PrimaryKeyConstraint("card", name="pk_card_owners"),
        sqlite_strict=True,
    )


def _stores() -> None:
    op.drop_table("stores")
    op.create_table(
        "stores",
        *columns(
            "id name_en name_zh_cn name_zh_tw address phone jurisdiction time_zone day_cut_off currency cash_rounding "
            "cash_tips_stay:whole receipt_footer_en receipt_footer_zh_cn receipt_footer_zh_tw receipt_language "
            "return_policy_en return_policy_zh_cn return_policy_zh_tw unproven_limit_cents:whole family_spends:whole "
            "points_rate points_convert_at:whole points_convert_coupon points_convert_bonus_cents:whole "
            "overdraft_limit_cents:whole sms_price offers_most:whole offers_most_a_day:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stores"),
        sqlite_strict=True,
    )


def _templates() -> None:
    op.create_table(
        "message_templates",
        *columns(
            "id trigger purpose name_en name_zh_cn name_zh_tw text_en text_zh_cn text_zh_tw "
            "subject_en subject_zh_cn subject_zh_tw channels wechat_template wechat_fields active:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_message_templates"),
        sqlite_strict=True,
    )


def _triggers() -> None:
    op.create_table(
        "triggers",
        *columns(
            "id enabled:whole sends:whole template threshold:whole? days:whole? makes_task stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_triggers"),
        sqlite_strict=True,
    )
    op.create_table(
        "segments",
        *columns("id name_en name_zh_cn name_zh_tw conditions position:whole active:whole stamps extra"),
        sa.PrimaryKeyConstraint("id", name="pk_segments"),
        sqlite_strict=True,
    )
    op.create_table(
        "bonus_ends",
        *columns("op_id number:whole card until given_on"),
        sa.PrimaryKeyConstraint("op_id", "number", name="pk_bonus_ends"),
        sqlite_strict=True,
    )
    op.create_index("ix_bonus_ends_card", "bonus_ends", ["card", "until"])
    op.drop_index("ix_sales_member", "sales")
    op.create_index(
        "ix_sales_member",
        "sales",
        ["member", "business_day", "kind", "voided_by", "currency", "total_cents", "tax_cents"],
    )


def _sayings() -> None:
    op.create_table(
        "sayings",
        *columns("saying member words op_id"),
        sa.PrimaryKeyConstraint("saying", name="pk_sayings"),
        sqlite_strict=True,
    )
    op.create_index("ix_sayings_member", "sayings", ["member"])


def _carried() -> None:
    op.create_table(
        "carried",
        *columns("asset op_id node list_id step:whole member number:whole units:whole"),
        sa.PrimaryKeyConstraint("asset", "op_id", name="pk_carried"),
        sqlite_strict=True,
    )
    op.create_index("ix_carried_member", "carried", ["member"])
    op.create_index("ix_carried_list_id", "carried", ["list_id", "node"])


def _promotions() -> None:
    op.drop_table("promotions")
    op.create_table(
        "promotions",
        *columns(
            "id name_en name_zh_cn name_zh_tw terms_en terms_zh_cn terms_zh_tw amount_cents:whole? percent currency "
            "bearer scope items categories members_only:whole tiers birthday weekdays month_days from_day to_day "
            "min_spend_cents:whole first_visit:whole needs_coupon:whole quorum:whole valid_days:whole gives "
            "block:whole exclusive alone:whole most:whole position:whole active:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_promotions"),
        sqlite_strict=True,
    )
    op.execute("DELETE FROM local_settings WHERE name = 'projections-stale'")
    op.execute("INSERT INTO local_settings (name, value) VALUES ('projections-stale', '0005')")


def _messages() -> None:
    op.create_table(
        "messages",
        *columns(
            "message member trigger subject purpose template store campaign values_given due_at expires_at op_id "
            "intended_at:whole state progress:whole reason detail until decided_at:whole next_at changed_at:whole"
        ),
        sa.PrimaryKeyConstraint("message", name="pk_messages"),
        sqlite_strict=True,
    )
    op.create_index("ix_messages_next", "messages", ["state", "next_at"])
    op.create_index("ix_messages_member", "messages", ["member", "intended_at"])
    op.create_index("ix_messages_campaign", "messages", ["campaign"])
    op.create_index("ix_messages_intended", "messages", ["intended_at"])


def _attempts() -> None:
    op.create_table(
        "message_attempts",
        *columns(
            "reference message member attempt:whole channel address language title text template_id fields verdict "
            "attempted_at:whole state rank:whole provider_id code answered_at:whole"
        ),
        sa.PrimaryKeyConstraint("reference", name="pk_message_attempts"),
        sqlite_strict=True,
    )
    op.create_index("ix_message_attempts_message", "message_attempts", ["message"])
    op.create_index("ix_message_attempts_member", "message_attempts", ["member", "attempted_at"])
    op.create_index("ix_message_attempts_provider", "message_attempts", ["channel", "provider_id"])


def _received() -> None:
    op.create_table(
        "messages_received",
        *columns("op_id member received channel address text meaning at"),
        sa.PrimaryKeyConstraint("op_id", "member", name="pk_messages_received"),
        sqlite_strict=True,
    )
    op.create_index("ix_messages_received_address", "messages_received", ["channel", "address"])
    op.create_index("ix_messages_received_member", "messages_received", ["member"])


def _campaigns() -> None:
    op.create_table(
        "campaigns",
        *columns(
            "op_id campaign name segment conditions template store held_back_percent:whole audience:whole "
            "held_back:whole batches:whole launched_at due_at expires_at offer_en offer_zh_cn "
            "offer_zh_tw segments:whole currency cost_cents:whole actor node at:whole"
        ),
        sa.PrimaryKeyConstraint("op_id", name="pk_campaigns"),
        sqlite_strict=True,
    )
    op.create_index("ix_campaigns_campaign", "campaigns", ["campaign"])
    op.create_index("ix_campaigns_at", "campaigns", ["at"])
    op.create_table(
        "campaign_audiences",
        *columns("op_id campaign number:whole members"),
        sa.PrimaryKeyConstraint("op_id", name="pk_campaign_audiences"),
        sqlite_strict=True,
    )
    op.create_index("ix_campaign_audiences_campaign", "campaign_audiences", ["campaign", "number"])
    op.create_table(
        "campaign_stops",
        *columns("op_id campaign reason stopped_at actor at:whole"),
        sa.PrimaryKeyConstraint("op_id", name="pk_campaign_stops"),
        sqlite_strict=True,
    )
    op.create_index("ix_campaign_stops_campaign", "campaign_stops", ["campaign"])


def _follow_ups() -> None:
    op.create_table(
        "follow_ups",
        *columns(
            "follow_up member assignee why subject script store due_on op_id made_by made_at:whole result next_on "
            "answer answered_at:whole"
        ),
        sa.PrimaryKeyConstraint("follow_up", name="pk_follow_ups"),
        sqlite_strict=True,
    )
    op.create_index("ix_follow_ups_member", "follow_ups", ["member"])
    op.create_index("ix_follow_ups_next_on", "follow_ups", ["next_on", "answered_at"])
    op.create_table(
        "follow_up_results",
        *columns("op_id follow_up member result note next_on actor at:whole"),
        sa.PrimaryKeyConstraint("op_id", name="pk_follow_up_results"),
        sqlite_strict=True,
    )
    op.create_index("ix_follow_up_results_follow_up", "follow_up_results", ["follow_up"])
    op.create_index("ix_follow_up_results_member", "follow_up_results", ["member"])


def _leaving() -> None:
    op.create_table(
        "local_leaving_people",
        *columns(
            "list number:whole member visits:whole last_day since_days:whole usual_days:whole active_percent:whole "
            "expected_hundredths:whole"
        ),
        sa.PrimaryKeyConstraint("list", "number", name="pk_local_leaving_people"),
        sqlite_strict=True,
    )
    op.create_index("ix_local_leaving_people_member", "local_leaving_people", ["member"])
