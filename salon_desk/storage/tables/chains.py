"""Where every chain stands on this node, what was set aside, what was disclosed: the bookkeeping of the journal itself.

Projections like any other: `verify` rebuilds them, and `digest` covers them, so that a node with an operation that it
could not apply does not print the digest of one that could.
"""

from sqlalchemy import Index, PrimaryKeyConstraint

from salon_desk.storage.tables.base import table, text, whole

chains = table(
    "chains",
    text("node"),
    text("epoch"),
    whole("seq"),
    text("hash"),
    whole("at"),
    PrimaryKeyConstraint("node", "epoch"),
)
"""The last operation of each chain; `at` is the highest clock reading in it."""

set_aside = table(
    "set_aside",
    text("op_id", primary_key=True),
    text("node"),
    text("epoch"),
    whole("seq"),
    text("kind"),
    whole("version"),
    text("reason"),
)
"""Operations that are kept and relayed but not applied: `reason` is "unknown" or "refused"."""

disclosures = table(
    "disclosures",
    text("op_id"),
    text("store"),
    PrimaryKeyConstraint("op_id", "store"),
    Index("ix_disclosures_store", "store"),
)
"""Which store may see the body of an operation that is otherwise withheld from it."""

epoch_ends = table(
    "epoch_ends",
    text("node"),
    text("epoch"),
    whole("seq"),
    text("hash"),
    text("heir"),
    text("closer"),
    text("closer_epoch"),
    text("said_by"),
    text("closed_by", default=""),
    PrimaryKeyConstraint("node", "epoch"),
)
"""Epochs of which it was said where they ended: by a later epoch of their node, the `heir`, or by themselves, then it is empty.

`said_by`: the operation that said it; `closed_by`: the closing by the one parent that it names, empty before.
"""
