"""Members and everything they own: what is known of a member, consents, family; what every asset gained and lost.

The tables whose columns change are made anew and empty: `schema.py` fills every projection from the journal once this has run.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from salon_desk.storage.migrations.columns import columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make anew what changed, and what is new; mark the projections as stale."""
    _members()
    _said_of_members()
    _proofs()
    _merges()
    _tiers()
    _movements()
    _promotions()
    _cards()
    _series()
    _savings()
    _erasures()
    op.execute("DELETE FROM local_settings WHERE name = 'projections-stale'")
    op.execute("INSERT INTO local_settings (name, value) VALUES ('projections-stale', '0004')")


def _members() -> None:
    op.drop_table("members")
    op.create_table(
        "members",
        *columns(
            "id name latin_name phone language tier birthday preferred_technician home_store note "
            "email wechat tags consultant colours pressure preferences referred_by active:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sqlite_strict=True,
    )
    op.create_index("ix_members_phone", "members", ["phone"])
    op.create_index("ix_members_referred_by", "members", ["referred_by"])


def _said_of_members() -> None:
    op.create_table(
        "family_links",
        *columns("link member other relation removed:whole"),
        sa.PrimaryKeyConstraint("link", name="pk_family_links"),
        sqlite_strict=True,
    )
    op.create_index("ix_family_links_member", "family_links", ["member"])
    op.create_index("ix_family_links_other", "family_links", ["other"])
    op.create_table(
        "consents",
        *columns(
            "op_id member channel purpose given:whole basis basis_day shown language store place at actor seen"
        ),
        sa.PrimaryKeyConstraint("op_id", name="pk_consents"),
        sqlite_strict=True,
    )
    op.create_index("ix_consents_member", "consents", ["member", "channel", "purpose"])
    op.create_table(
        "allergy_acknowledgements",
        *columns("op_id ticket member substances item actor at:whole"),
        sa.PrimaryKeyConstraint("op_id", name="pk_allergy_acknowledgements"),
        sqlite_strict=True,
    )
    op.create_index("ix_allergy_acknowledgements_member", "allergy_acknowledgements", ["member"])
    op.create_index("ix_allergy_acknowledgements_ticket", "allergy_acknowledgements", ["ticket"])


def _proofs() -> None:
    op.create_table(
        "member_pins",
        *columns("member pin_hash at:whole"),
        sa.PrimaryKeyConstraint("member", name="pk_member_pins"),
        sqlite_strict=True,
    )
    op.drop_table("sale_tenders")
    op.create_table(
        "sale_tenders",
        *columns(
            "op_id number:whole kind tender card amount_cents:whole taken_cents:whole given_cents:whole "
            "change_cents:whole bonus_cents:whole paid_cents:whole reference last_four proof proven_by"
        ),
        sa.PrimaryKeyConstraint("op_id", "number", name="pk_sale_tenders"),
        sqlite_strict=True,
    )


def _series() -> None:
    op.create_table(
        "series",
        *columns(
            "id offer buyer name_en name_zh_cn name_zh_tw parts price_cents:whole currency tax_point op_id store issued_on"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
        sqlite_strict=True,
    )
    op.create_index("ix_series_buyer", "series", ["buyer"])
    op.create_table(
        "series_owners",
        *columns("series member at:whole node op_id"),
        sa.PrimaryKeyConstraint("series", name="pk_series_owners"),
        sqlite_strict=True,
    )
    op.create_index("ix_series_owners_member", "series_owners", ["member"])
    op.create_table(
        "series_sharers",
        *columns("series member allowed:whole at:whole node op_id"),
        sa.PrimaryKeyConstraint("series", "member", name="pk_series_sharers"),
        sqlite_strict=True,
    )
    op.create_index("ix_series_sharers_member", "series_sharers", ["member"])
    op.create_table(
        "series_offers",
        *columns(
            "id name_en name_zh_cn name_zh_tw price_cents:whole currency parts from_day to_day position:whole active:whole "
            "stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_series_offers"),
        sqlite_strict=True,
    )


def _savings() -> None:
    op.create_table(
        "savings_plans",
        *columns(
            "id name_en name_zh_cn name_zh_tw target_cents:whole bonus_cents:whole currency coupon "
            "terms_en terms_zh_cn terms_zh_tw from_day to_day position:whole active:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_savings_plans"),
        sqlite_strict=True,
    )
    op.create_table(
        "savings",
        *columns("id card plan target_cents:whole bonus_cents:whole currency coupon terms joined_on op_id"),
        sa.PrimaryKeyConstraint("id", name="pk_savings"),
        sqlite_strict=True,
    )
    op.create_index("ix_savings_card", "savings", ["card"])
    op.create_table(
        "savings_deposits",
        *columns("top_up savings cents:whole pending op_id"),
        sa.PrimaryKeyConstraint("top_up", name="pk_savings_deposits"),
        sqlite_strict=True,
    )
    op.create_index("ix_savings_deposits_savings", "savings_deposits", ["savings"])


def _cards() -> None:
    op.drop_table("cards")
    op.create_table(
        "cards",
        *columns("id code currency member kind issued_on"),
        sa.PrimaryKeyConstraint("id", name="pk_cards"),
        sqlite_strict=True,
    )
    op.create_index("ix_cards_code", "cards", ["code"])
    op.create_index("ix_cards_member", "cards", ["member"])
    op.create_table(
        "gift_greetings",
        *columns("gift member recipient sender greeting at:whole node op_id"),
        sa.PrimaryKeyConstraint("gift", name="pk_gift_greetings"),
        sqlite_strict=True,
    )
    op.create_index("ix_gift_greetings_member", "gift_greetings", ["member"])


def _merges() -> None:
    op.create_table(
        "member_merges",
        *columns("merge member duplicate at:whole actor undone:whole"),
        sa.PrimaryKeyConstraint("merge", name="pk_member_merges"),
        sqlite_strict=True,
    )
    op.create_index("ix_member_merges_member", "member_merges", ["member"])
    op.create_index("ix_member_merges_duplicate", "member_merges", ["duplicate"])
    op.create_table(
        "merge_proposals",
        *columns("proposal member duplicate apart:whole node actor at:whole answer"),
        sa.PrimaryKeyConstraint("proposal", name="pk_merge_proposals"),
        sqlite_strict=True,
    )


def _promotions() -> None:
    op.create_table(
        "promotions",
        *columns(
            "id name_en name_zh_cn name_zh_tw terms_en terms_zh_cn terms_zh_tw amount_cents:whole? percent currency "
            "bearer scope items categories members_only:whole tiers birthday weekdays month_days from_day to_day "
            "min_spend_cents:whole first_visit:whole needs_coupon:whole quorum:whole valid_days:whole block:whole "
            "exclusive alone:whole most:whole position:whole active:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_promotions"),
        sqlite_strict=True,
    )
    op.create_table(
        "coupons",
        *columns("id promotion member store reason from_day to_day terms source pool issued_on op_id"),
        sa.PrimaryKeyConstraint("id", name="pk_coupons"),
        sqlite_strict=True,
    )
    op.create_index("ix_coupons_member", "coupons", ["member"])
    op.create_index("ix_coupons_source", "coupons", ["source"])
    op.create_index("ix_coupons_pool", "coupons", ["pool"])
    op.drop_table("offers")
    op.create_table(
        "offers",
        *columns(
            "id name_en name_zh_cn name_zh_tw pay_cents:whole bonus_cents:whole currency from_day to_day "
            "bonus_expires_days:whole terms_en terms_zh_cn terms_zh_tw coupon coupon_count:whole "
            "position:whole active:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
        sqlite_strict=True,
    )
    op.drop_table("stores")
    op.create_table(
        "stores",
        *columns(
            "id name_en name_zh_cn name_zh_tw address phone jurisdiction time_zone day_cut_off currency cash_rounding "
            "cash_tips_stay:whole receipt_footer_en receipt_footer_zh_cn receipt_footer_zh_tw receipt_language "
            "return_policy_en return_policy_zh_cn return_policy_zh_tw unproven_limit_cents:whole family_spends:whole "
            "points_rate points_convert_at:whole points_convert_coupon points_convert_bonus_cents:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stores"),
        sqlite_strict=True,
    )


def _tiers() -> None:
    op.create_table(
        "tiers",
        *columns(
            "id name_en name_zh_cn name_zh_tw rank:whole measure least:whole window_days:whole active:whole "
            "stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_tiers"),
        sqlite_strict=True,
    )
    op.create_table(
        "tier_changes",
        *columns("op_id member before tier measure measured:whole least:whole window_days:whole at:whole"),
        sa.PrimaryKeyConstraint("op_id", name="pk_tier_changes"),
        sqlite_strict=True,
    )
    op.create_index("ix_tier_changes_member", "tier_changes", ["member"])


def _movements() -> None:
    op.create_table(
        "movements",
        *columns("asset at:whole op_id number:whole units:whole"),
        sa.PrimaryKeyConstraint("asset", "at", "op_id", "number", name="pk_movements"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _erasures() -> None:
    for name, key in (
        ("erased_members", "member"),
        ("erased_bodies", "op_id"),
        ("local_bodies_gone", "op_id"),
    ):
        op.create_table(
            name, *columns(key), sa.PrimaryKeyConstraint(key, name=f"pk_{name}"), sqlite_strict=True
        )
