"""Head office and sync: chains, moves, planned changes, what was set aside, and the tables about other nodes.

The tables whose columns or constraints change are made anew and empty: `schema.py` fills every projection from the journal
once this has run.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from salon_desk.storage.migrations.columns import columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make anew what changed, and what is new; mark the projections as stale."""
    for name in ("cards", "sales", "staff", "tills", "members"):
        op.drop_table(name)
    with op.batch_alter_table("journal", table_kwargs={"sqlite_strict": True}) as journal:
        journal.drop_constraint("uq_journal_command_id", type_="unique")
        journal.create_unique_constraint("uq_journal_command_id", ["node", "command_id"])
    _remade()
    _journal_bookkeeping()
    _value_and_plans()
    _other_nodes()
    op.execute("INSERT INTO local_settings (name, value) VALUES ('projections-stale', '0002')")


def _remade() -> None:
    op.create_table(
        "cards",
        *columns("id code currency member"),
        sa.PrimaryKeyConstraint("id", name="pk_cards"),
        sqlite_strict=True,
    )
    op.create_index("ix_cards_code", "cards", ["code"])
    op.create_index("ix_cards_member", "cards", ["member"])
    op.create_table(
        "staff",
        *columns(
            "id name latin_name role sells_services:whole roster_order:whole skills stores active:whole "
            "stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sqlite_strict=True,
    )
    op.create_table(
        "tills",
        *columns("id store name code retiring:whole stamps extra"),
        sa.PrimaryKeyConstraint("id", name="pk_tills"),
        sqlite_strict=True,
    )
    op.create_table(
        "members",
        *columns(
            "id name latin_name phone language tier birthday preferred_technician home_store note "
            "active:whole stamps extra"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sqlite_strict=True,
    )
    op.create_index("ix_members_phone", "members", ["phone"])
    op.create_table(
        "sales",
        *columns(
            "op_id kind ticket of_sale receipt store node seq:whole shift sold_at business_day member "
            "cashier currency subtotal_cents:whole discount_cents:whole tax_cents:whole total_cents:whole "
            "tip_cents:whole funded_cents:whole bonus_cents:whole rounding_cents:whole voided_by"
        ),
        sa.PrimaryKeyConstraint("op_id", name="pk_sales"),
        sqlite_strict=True,
    )
    op.create_index("ix_sales_business_day", "sales", ["business_day", "sold_at"])
    op.create_index("ix_sales_member", "sales", ["member"])
    op.create_index("ix_sales_of_sale", "sales", ["of_sale"])
    op.create_index("ix_sales_receipt", "sales", ["receipt"])
    op.create_index("ix_sales_node", "sales", ["node", "seq"])
    op.create_index("ix_sales_shift", "sales", ["shift"])


def _journal_bookkeeping() -> None:
    op.create_table(
        "chains",
        *columns("node epoch seq:whole hash at:whole"),
        sa.PrimaryKeyConstraint("node", "epoch", name="pk_chains"),
        sqlite_strict=True,
    )
    op.create_table(
        "set_aside",
        *columns("op_id node epoch seq:whole kind version:whole reason"),
        sa.PrimaryKeyConstraint("op_id", name="pk_set_aside"),
        sqlite_strict=True,
    )
    op.create_table(
        "disclosures",
        *columns("op_id store"),
        sa.PrimaryKeyConstraint("op_id", "store", name="pk_disclosures"),
        sqlite_strict=True,
    )
    op.create_index("ix_disclosures_store", "disclosures", ["store"])


def _value_and_plans() -> None:
    op.create_table(
        "moves",
        *columns("move asset units:whole from_node from_epoch to_node to_epoch sent_by received_by"),
        sa.PrimaryKeyConstraint("move", "asset", name="pk_moves"),
        sqlite_strict=True,
    )
    op.create_index("ix_moves_asset", "moves", ["asset"])
    op.create_index("ix_moves_to_node", "moves", ["to_node", "to_epoch", "received_by"])
    op.create_table(
        "planned_changes",
        *columns("subject id field op_id from_day n:whole at:whole node value"),
        sa.PrimaryKeyConstraint("subject", "id", "field", "op_id", name="pk_planned_changes"),
        sqlite_strict=True,
    )
    op.create_index("ix_planned_changes_from_day", "planned_changes", ["from_day"])


def _other_nodes() -> None:
    op.create_table(
        "local_parent",
        *columns(
            "only:whole url certificate proxy code_hash node epoch public_key confirmed:whole cursor:whole "
            "target:whole acknowledged:whole acknowledged_at_root:whole"
        ),
        sa.PrimaryKeyConstraint("only", name="pk_local_parent"),
        sqlite_strict=True,
    )
    op.create_table(
        "local_children",
        *columns(
            "node epoch store name public_key token_hash confirmed:whole enrolled_at seen_at left_at cursor:whole "
            "program"
        ),
        sa.PrimaryKeyConstraint("node", name="pk_local_children"),
        sa.UniqueConstraint("token_hash", name="uq_local_children_token_hash"),
        sqlite_strict=True,
    )
    op.create_index("ix_local_children_store", "local_children", ["store"])
    op.create_table(
        "local_enrolment_codes",
        *columns("code_hash store till_name made_by made_at lapses_at confirmed:whole node public_key"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_local_enrolment_codes"),
        sqlite_strict=True,
    )
    op.create_table(
        "local_wants",
        *columns("want node epoch body asked_at move open:whole"),
        sa.PrimaryKeyConstraint("want", name="pk_local_wants"),
        sqlite_strict=True,
    )
    op.create_table(
        "local_recalls",
        *columns("recall node asset keep:whole asked_at want open:whole"),
        sa.PrimaryKeyConstraint("recall", name="pk_local_recalls"),
        sqlite_strict=True,
    )
    op.create_index("ix_local_recalls_node", "local_recalls", ["node", "open"])
    op.create_table(
        "local_forks",
        *columns("node epoch seq:whole hash noticed_at envelope:blob?"),
        sa.PrimaryKeyConstraint("node", "epoch", "seq", "hash", name="pk_local_forks"),
        sqlite_strict=True,
    )
    op.create_table(
        "local_witnesses",
        *columns("witness node epoch seq:whole hash told_at"),
        sa.PrimaryKeyConstraint("witness", "node", "epoch", name="pk_local_witnesses"),
        sqlite_strict=True,
    )
