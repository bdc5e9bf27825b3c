"""Stored value: what a till is besides a counter, who speaks for whom, how far a hub has relayed; where epochs ended.

The tables whose columns change are made anew and empty: `schema.py` fills every projection from the journal once this has run.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from salon_desk.storage.migrations.columns import columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make anew what changed, and what is new; mark the projections as stale."""
    op.drop_table("tills")
    op.create_table(
        "tills",
        *columns("id store name code retiring:whole hub:whole locked_out:whole key stamps extra"),
        sa.PrimaryKeyConstraint("id", name="pk_tills"),
        sqlite_strict=True,
    )
    _hubs()
    op.create_table(
        "epoch_ends",
        *columns("node epoch seq:whole hash heir closer closer_epoch said_by closed_by"),
        sa.PrimaryKeyConstraint("node", "epoch", name="pk_epoch_ends"),
        sqlite_strict=True,
    )
    _bookings()
    op.create_table(
        "card_codes",
        *columns("card code at:whole node"),
        sa.PrimaryKeyConstraint("card", "code", name="pk_card_codes"),
        sqlite_strict=True,
    )
    op.create_index("ix_card_codes_code", "card_codes", ["code"])
    op.execute("DELETE FROM local_settings WHERE name = 'projections-stale'")
    op.execute("INSERT INTO local_settings (name, value) VALUES ('projections-stale', '0003')")


def _hubs() -> None:
    op.create_table(
        "local_routes",
        *columns("node via"),
        sa.PrimaryKeyConstraint("via", "node", name="pk_local_routes"),
        sqlite_strict=True,
    )
    op.create_table(
        "local_relayed",
        *columns("node epoch applied:whole durable:whole"),
        sa.PrimaryKeyConstraint("node", "epoch", name="pk_local_relayed"),
        sqlite_strict=True,
    )


def _bookings() -> None:
    op.create_table(
        "bookings",
        *columns("id member store starts_at made_by cancelled:whole"),
        sa.PrimaryKeyConstraint("id", name="pk_bookings"),
        sqlite_strict=True,
    )
    op.create_index("ix_bookings_member", "bookings", ["member", "starts_at"])
    op.create_index("ix_bookings_store", "bookings", ["store", "starts_at"])
    op.create_table(
        "local_link_gaps",
        *columns("node from_at to_at"),
        sa.PrimaryKeyConstraint("node", "from_at", name="pk_local_link_gaps"),
        sqlite_strict=True,
    )
