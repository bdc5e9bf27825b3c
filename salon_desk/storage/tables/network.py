"""Tables about other nodes, of this machine alone: its parent, its children, codes, wants, recalls, evidence of forks.

They are outside `verify` and `digest`. Tokens and codes stand here only as hashes; keys are in the keyring
(`secrets.py`).
"""

from sqlalchemy import Index, PrimaryKeyConstraint

from salon_desk.storage.tables.base import blob, table, text, whole

parent = table(
    "local_parent",
    whole("only", primary_key=True),
    text("url"),
    text("certificate"),
    text("proxy"),
    text("code_hash"),
    text("node"),
    text("epoch"),
    text("public_key"),
    whole("confirmed"),
    whole("cursor"),
    whole("target"),
    whole("acknowledged"),
    whole("acknowledged_at_root"),
)
"""The one parent of a till or hub. `cursor`: feed position taken in; `target`: the parent's last position when last heard;
`acknowledged`: how far it holds this node's present epoch."""

children = table(
    "local_children",
    text("node", primary_key=True),
    text("epoch"),
    text("store"),
    text("name"),
    text("public_key"),
    text("token_hash", unique=True),
    whole("confirmed"),
    text("enrolled_at"),
    text("seen_at"),
    text("left_at"),
    whole("cursor"),
    text("program"),
    Index("ix_local_children_store", "store"),
)
"""The devices that speak to this node. One that is not confirmed may ask for nothing but its own state."""

enrolment_codes = table(
    "local_enrolment_codes",
    text("code_hash", primary_key=True),
    text("store"),
    text("till_name"),
    text("made_by"),
    text("made_at"),
    text("lapses_at"),
    whole("confirmed"),
    text("node"),
    text("public_key"),
)
"""One-time codes; `node` and `public_key` are those of the device that used it, empty before."""

wants = table(
    "local_wants",
    text("want", primary_key=True),
    text("node"),
    text("epoch"),
    text("body"),
    text("asked_at"),
    text("move"),
    whole("open"),
)
"""What a child asked for, by its want id, so that the same question gets the same answer."""

recalls = table(
    "local_recalls",
    text("recall", primary_key=True),
    text("node"),
    text("asset"),
    whole("keep"),
    text("asked_at"),
    text("want"),
    whole("open"),
    Index("ix_local_recalls_node", "node", "open"),
)
"""Units that a child was asked to send up. A request, never a seizure."""

forks = table(
    "local_forks",
    text("node"),
    text("epoch"),
    whole("seq"),
    text("hash"),
    text("noticed_at"),
    blob("envelope"),
    PrimaryKeyConstraint("node", "epoch", "seq", "hash"),
)
"""Operations with a number that is taken by another one: evidence that a disk was copied or rolled back."""

witnesses = table(
    "local_witnesses",
    text("witness"),
    text("node"),
    text("epoch"),
    whole("seq"),
    text("hash"),
    text("told_at"),
    PrimaryKeyConstraint("witness", "node", "epoch"),
)
"""How far a neighbour has seen the chains of others (`POST /v1/heads`)."""

routes = table(
    "local_routes",
    text("node"),
    text("via"),
    PrimaryKeyConstraint("via", "node"),
)
"""Which child of this node has let in which device of its own, and may speak for it: a hub and its tills."""

relayed = table(
    "local_relayed",
    text("node"),
    text("epoch"),
    whole("applied"),
    whole("durable"),
    PrimaryKeyConstraint("node", "epoch"),
)
"""On a hub, how far its parent, and the root above it, hold the chains of its children."""

link_gaps = table(
    "local_link_gaps",
    text("node"),
    text("from_at"),
    text("to_at"),
    PrimaryKeyConstraint("node", "from_at"),
)
"""Between which instants a child was not heard of although it had not said goodbye."""
