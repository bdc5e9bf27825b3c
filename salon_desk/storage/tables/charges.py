"""Charges of terminals and wallets, each with what is known of it; batches that were closed, and inspections of terminals.

Own projections: they say what was paid with whose card, and no value stands on them.
"""

from sqlalchemy import Index

from salon_desk.storage.tables.base import table, text, whole

charges = table(
    "charges",
    text("reference", primary_key=True),
    text("node"),
    text("store"),
    text("subject", index=True),
    text("kind"),
    text("means"),
    text("of_reference", index=True),
    text("terminal"),
    text("currency"),
    whole("asked_cents"),
    whole("attempt"),
    text("state"),
    whole("progress"),
    text("problem"),
    whole("approved_cents"),
    whole("tip_cents"),
    text("last_four"),
    text("brand"),
    text("entry"),
    text("host_reference"),
    text("authorization_code"),
    text("transaction_id"),
    text("code"),
    text("said"),
    whole("decided"),
    text("decided_by"),
    text("evidence"),
    text("begun_by"),
    whole("begun_at"),
    whole("changed_at"),
    text("used_by"),
    text("undone_by"),
    text("batch"),
    whole("settled"),
    Index("ix_charges_node", "node", "settled"),
    Index("ix_charges_terminal", "terminal", "batch"),
)
"""`progress` only ever rises and says the state (`domain/charge_state.py`). `begun_at` is 0 while its attempt is not here. `used_by`: the document whose tender names it; `undone_by`: the void or return that undid it before any document did.

`settled`: nothing is to be done about it any more. `batch`: the operation that compared it with the terminal's own figures.
"""

charge_batches = table(
    "charge_batches",
    text("op_id", primary_key=True),
    text("node"),
    text("store"),
    text("terminal"),
    text("batch"),
    text("currency"),
    whole("sales"),
    whole("sold_cents"),
    whole("returns"),
    whole("returned_cents"),
    whole("our_sales"),
    whole("our_sold_cents"),
    whole("our_returns"),
    whole("our_returned_cents"),
    text("actor"),
    whole("at"),
    Index("ix_charge_batches_terminal", "terminal", "at"),
)

terminal_inspections = table(
    "terminal_inspections",
    text("op_id", primary_key=True),
    text("node"),
    text("store"),
    text("terminal"),
    text("serial"),
    whole("seal_intact"),
    text("photo"),
    text("signer"),
    text("note"),
    text("inspected_on"),
    text("actor"),
    whole("at"),
    Index("ix_terminal_inspections_terminal", "terminal", "inspected_on"),
)
