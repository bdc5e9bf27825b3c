"""Charges of terminals and wallets, batches of terminals, inspections.

What is in the new tables comes from operations that no older journal has.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from salon_desk.storage.migrations.columns import columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what is new."""
    _charges()
    _batches()
    _inspections()
    _stores()


def _stores() -> None:
    """A logo, which no older journal describes: what stands in the table stays. It comes last, as PostgreSQL puts it."""
    logo = sa.Column("receipt_logo", columns("text")[0].type, nullable=False, server_default="")
    if op.get_bind().dialect.name == "sqlite":
        strict = {"sqlite_strict": True}
        with op.batch_alter_table("stores", recreate="always", table_kwargs=strict) as table:
            table.add_column(logo)
        with op.batch_alter_table("stores", table_kwargs=strict) as table:
            table.alter_column("receipt_logo", server_default=None)
    else:
        op.add_column("stores", logo)
        op.alter_column("stores", "receipt_logo", server_default=None)


def _charges() -> None:
    op.create_table(
        "charges",
        *columns(
            "reference node store subject kind means of_reference terminal currency asked_cents:whole attempt:whole "
            "state progress:whole problem approved_cents:whole tip_cents:whole last_four brand entry host_reference "
            "authorization_code transaction_id code said decided:whole decided_by evidence begun_by begun_at:whole "
            "changed_at:whole used_by undone_by batch settled:whole"
        ),
        sa.PrimaryKeyConstraint("reference", name="pk_charges"),
        sqlite_strict=True,
    )
    op.create_index("ix_charges_subject", "charges", ["subject"])
    op.create_index("ix_charges_of_reference", "charges", ["of_reference"])
    op.create_index("ix_charges_node", "charges", ["node", "settled"])
    op.create_index("ix_charges_terminal", "charges", ["terminal", "batch"])


def _batches() -> None:
    op.create_table(
        "charge_batches",
        *columns(
            "op_id node store terminal batch currency sales:whole sold_cents:whole returns:whole returned_cents:whole "
            "our_sales:whole our_sold_cents:whole our_returns:whole our_returned_cents:whole actor at:whole"
        ),
        sa.PrimaryKeyConstraint("op_id", name="pk_charge_batches"),
        sqlite_strict=True,
    )
    op.create_index("ix_charge_batches_terminal", "charge_batches", ["terminal", "at"])


def _inspections() -> None:
    op.create_table(
        "terminal_inspections",
        *columns(
            "op_id node store terminal serial seal_intact:whole photo signer note inspected_on actor at:whole"
        ),
        sa.PrimaryKeyConstraint("op_id", name="pk_terminal_inspections"),
        sqlite_strict=True,
    )
    op.create_index("ix_terminal_inspections_terminal", "terminal_inspections", ["terminal", "inspected_on"])
