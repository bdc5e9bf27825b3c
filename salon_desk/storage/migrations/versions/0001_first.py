"""The first schema: every table as it was when the product was first released.

Frozen since; it does not read the tables of the program.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from salon_desk.storage.migrations.columns import columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table in an empty database."""
    _cards()
    _catalogue()
    _journal()
    _local()
    _members()
    _money()
    _people()
    _sales()
    _shifts()
    _tickets()


def _cards() -> None:
    op.create_table(
        "cards",
        *columns("id code currency member"),
        sa.PrimaryKeyConstraint("id", name="pk_cards"),
        sa.UniqueConstraint("code", name="uq_cards_code"),
        sqlite_strict=True,
    )
    op.create_index("ix_cards_member", "cards", ["member"])
    op.create_table(
        "card_freezes",
        *columns("card frozen:whole reason at:whole node"),
        sa.PrimaryKeyConstraint("card", name="pk_card_freezes"),
        sqlite_strict=True,
    )
    op.create_table(
        "purses",
        *columns("asset node epoch units:whole held:whole"),
        sa.PrimaryKeyConstraint("asset", "node", "epoch", name="pk_purses"),
        sa.CheckConstraint("units >= 0", name="ck_purses_units_not_negative"),
        sa.CheckConstraint("held >= 0 AND held <= units", name="ck_purses_held_within_units"),
        sqlite_strict=True,
    )
    op.create_table(
        "holds",
        *columns("hold asset node epoch units:whole ticket"),
        sa.PrimaryKeyConstraint("hold", name="pk_holds"),
        sqlite_strict=True,
    )


def _catalogue() -> None:
    op.create_table(
        "categories",
        *columns("id name_en name_zh_cn name_zh_tw hue position:whole active:whole stamps extra"),
        sa.PrimaryKeyConstraint("id", name="pk_categories"),
        sqlite_strict=True,
    )
    op.create_table(
        "items",
        *columns(
            "id kind name_en name_zh_cn name_zh_tw category price_cents:whole? currency minutes:whole "
            "tax_class code position:whole active:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sqlite_strict=True,
    )
    op.create_index("ix_items_category", "items", ["category", "position"])
    op.create_index("ix_items_code", "items", ["code"])
    op.create_table(
        "offers",
        *columns(
            "id name_en name_zh_cn name_zh_tw pay_cents:whole bonus_cents:whole currency from_day to_day "
            "bonus_expires_days:whole terms_en terms_zh_cn terms_zh_tw position:whole active:whole stamps "
            "extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
        sqlite_strict=True,
    )
    op.create_table(
        "discounts",
        *columns(
            "id name_en name_zh_cn name_zh_tw amount_cents:whole? percent currency bearer scope "
            "position:whole active:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_discounts"),
        sqlite_strict=True,
    )
    op.create_table(
        "tenders",
        *columns(
            "id name_en name_zh_cn name_zh_tw needs_reference:whole opens_drawer:whole position:whole "
            "active:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_tenders"),
        sqlite_strict=True,
    )


def _journal() -> None:
    op.create_table(
        "journal",
        *columns(
            "position:whole op_id kind version:whole node epoch seq:whole at:whole business_day actor "
            "command_id body_hash prev_hash hash salt:blob? body:blob?"
        ),
        sa.UniqueConstraint("node", "epoch", "seq", name="uq_journal_node"),
        sa.PrimaryKeyConstraint("position", name="pk_journal"),
        sa.UniqueConstraint("op_id", name="uq_journal_op_id"),
        sa.UniqueConstraint("command_id", name="uq_journal_command_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_journal_kind", "journal", ["kind", "position"])


def _local() -> None:
    op.create_table(
        "local_identity",
        *columns("only:whole node epoch"),
        sa.PrimaryKeyConstraint("only", name="pk_local_identity"),
        sqlite_strict=True,
    )
    op.create_table(
        "local_settings",
        *columns("name value"),
        sa.PrimaryKeyConstraint("name", name="pk_local_settings"),
        sqlite_strict=True,
    )
    op.create_table(
        "local_print_jobs",
        *columns(
            "job_id number:whole kind op_id language copy:whole state attempts:whole problem queued_at detail"
        ),
        sa.PrimaryKeyConstraint("job_id", name="pk_local_print_jobs"),
        sa.UniqueConstraint("number", name="uq_local_print_jobs_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_local_print_jobs_state", "local_print_jobs", ["state", "number"])
    op.create_table(
        "local_sign_in_failures",
        *columns("staff at number:whole"),
        sa.PrimaryKeyConstraint("staff", "number", name="pk_local_sign_in_failures"),
        sqlite_strict=True,
    )
    op.create_table(
        "local_search_entries",
        *columns("number:whole subject id words"),
        sa.UniqueConstraint("subject", "id", name="uq_local_search_entries_subject"),
        sa.PrimaryKeyConstraint("number", name="pk_local_search_entries"),
        sqlite_strict=True,
    )
    op.create_table(
        "local_search_terms",
        *columns("rank:whole suffix entry:whole"),
        sa.PrimaryKeyConstraint("rank", "suffix", "entry", name="pk_local_search_terms"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _members() -> None:
    op.create_table(
        "members",
        *columns(
            "id name latin_name phone language tier birthday preferred_technician note active:whole stamps "
            "extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sqlite_strict=True,
    )
    op.create_index("ix_members_phone", "members", ["phone"])
    op.create_table(
        "allergies",
        *columns("allergy_id member substance removed:whole"),
        sa.PrimaryKeyConstraint("allergy_id", name="pk_allergies"),
        sqlite_strict=True,
    )
    op.create_index("ix_allergies_member", "allergies", ["member"])


def _money() -> None:
    op.create_table(
        "ledger",
        *columns("op_id line:whole account currency cents:whole node business_day"),
        sa.PrimaryKeyConstraint("op_id", "line", name="pk_ledger"),
        sqlite_strict=True,
    )
    op.create_index("ix_ledger_account", "ledger", ["account", "currency", "business_day", "cents"])
    op.create_index("ix_ledger_business_day", "ledger", ["business_day"])


def _people() -> None:
    op.create_table(
        "stores",
        *columns(
            "id name_en name_zh_cn name_zh_tw address phone jurisdiction time_zone day_cut_off currency "
            "cash_rounding cash_tips_stay:whole receipt_footer_en receipt_footer_zh_cn receipt_footer_zh_tw "
            "receipt_language return_policy_en return_policy_zh_cn return_policy_zh_tw "
            "unproven_limit_cents:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stores"),
        sqlite_strict=True,
    )
    op.create_table(
        "tills",
        *columns("id store name code stamps extra"),
        sa.PrimaryKeyConstraint("id", name="pk_tills"),
        sqlite_strict=True,
    )
    op.create_table(
        "staff",
        *columns(
            "id name latin_name role sells_services:whole roster_order:whole skills active:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sqlite_strict=True,
    )
    op.create_table(
        "staff_pins",
        *columns("staff pin_hash at:whole"),
        sa.PrimaryKeyConstraint("staff", name="pk_staff_pins"),
        sqlite_strict=True,
    )


def _sales() -> None:
    op.create_table(
        "sales",
        *columns(
            "op_id kind ticket of_sale receipt store node seq:whole shift sold_at business_day member "
            "cashier currency subtotal_cents:whole discount_cents:whole tax_cents:whole total_cents:whole "
            "tip_cents:whole funded_cents:whole bonus_cents:whole rounding_cents:whole voided_by"
        ),
        sa.PrimaryKeyConstraint("op_id", name="pk_sales"),
        sa.UniqueConstraint("receipt", name="uq_sales_receipt"),
        sqlite_strict=True,
    )
    op.create_index("ix_sales_business_day", "sales", ["business_day", "sold_at"])
    op.create_index("ix_sales_member", "sales", ["member"])
    op.create_index("ix_sales_of_sale", "sales", ["of_sale"])
    op.create_index("ix_sales_seq", "sales", ["seq"])
    op.create_index("ix_sales_shift", "sales", ["shift"])
    op.create_table(
        "sale_lines",
        *columns(
            "op_id number:whole line item item_kind name_en name_zh_cn name_zh_tw technician requested:whole "
            "quantity:whole list_cents:whole discount_cents:whole net_cents:whole tax_cents:whole"
        ),
        sa.PrimaryKeyConstraint("op_id", "number", name="pk_sale_lines"),
        sqlite_strict=True,
    )
    op.create_index("ix_sale_lines_technician", "sale_lines", ["technician"])
    op.create_table(
        "sale_taxes",
        *columns("op_id rate_id name_en name_zh_cn name_zh_tw rate base_cents:whole tax_cents:whole"),
        sa.PrimaryKeyConstraint("op_id", "rate_id", name="pk_sale_taxes"),
        sqlite_strict=True,
    )
    op.create_table(
        "sale_tenders",
        *columns(
            "op_id number:whole kind tender card amount_cents:whole taken_cents:whole given_cents:whole "
            "change_cents:whole bonus_cents:whole paid_cents:whole reference last_four"
        ),
        sa.PrimaryKeyConstraint("op_id", "number", name="pk_sale_tenders"),
        sqlite_strict=True,
    )
    op.create_table(
        "sale_tips",
        *columns("op_id number:whole technician tender:whole tender_kind cents:whole"),
        sa.PrimaryKeyConstraint("op_id", "number", name="pk_sale_tips"),
        sqlite_strict=True,
    )
    op.create_index("ix_sale_tips_technician", "sale_tips", ["technician"])


def _shifts() -> None:
    op.create_table(
        "shifts",
        *columns(
            "id node epoch store state business_day opened_at opened_by currency float_cents:whole closed_at "
            "closed_by close_op z_number:whole from_seq:whole to_seq:whole expected_cents:whole "
            "counted_cents:whole denominations over_short_cents:whole card_batch_cents:whole?"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_shifts"),
        sqlite_strict=True,
    )
    op.create_index("ix_shifts_business_day", "shifts", ["business_day"])
    op.create_index("ix_shifts_node", "shifts", ["node", "state"])
    op.create_table(
        "cash_movements",
        *columns("op_id number:whole shift kind cents:whole reason"),
        sa.PrimaryKeyConstraint("op_id", "number", name="pk_cash_movements"),
        sqlite_strict=True,
    )
    op.create_index("ix_cash_movements_shift", "cash_movements", ["shift"])
    op.create_table(
        "tip_payouts",
        *columns("op_id technician shift cents:whole"),
        sa.PrimaryKeyConstraint("op_id", "technician", name="pk_tip_payouts"),
        sqlite_strict=True,
    )
    op.create_index("ix_tip_payouts_shift", "tip_payouts", ["shift"])


def _tickets() -> None:
    op.create_table(
        "tickets",
        *columns("id state number:whole member opened_at body revision:whole at:whole node sale"),
        sa.PrimaryKeyConstraint("id", name="pk_tickets"),
        sqlite_strict=True,
    )
    op.create_index("ix_tickets_state", "tickets", ["state", "opened_at"])
    op.create_table(
        "counters",
        *columns("node name value:whole"),
        sa.PrimaryKeyConstraint("node", "name", name="pk_counters"),
        sqlite_strict=True,
    )
