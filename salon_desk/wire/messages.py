"""The messages of PROTOCOL 3 as frozen structs, JSON on the wire. Bytes (salts, bodies) are base64.

No transport and no rule lives here. An envelope travels as it is kept: header, hash, salt and body as an array.
"""

from __future__ import annotations

import msgspec

from salon_desk.operations.envelope import Envelope


class EnrollAsk(msgspec.Struct, frozen=True, kw_only=True):
    """A device with a one-time code. `public_key`: its Ed25519 key, 64 hex digits; node and epoch as it made them.

    `proof`: `enrol_text` signed with that key, in hex, so that a device which others know is known again. `hub`: it will
    stand between others and this parent.
    """

    code: str
    public_key: str
    device_name: str
    node: str
    epoch: str
    program: str = ""
    proof: str = ""
    hub: bool = False


PURPOSE = b"enrol"
"""What the signature of a question to be let in is good for."""


def enrol_text(ask: EnrollAsk) -> bytes:
    """What a device signs when it enrols: its code, who it is, and that this is an enrolment."""
    return "\0".join(("salon-desk-enrol", ask.code.strip(), ask.node, ask.epoch)).encode()


class EnrollAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Who the device is from now on. Not `confirmed`: nothing but `GET /v1/me` until the owner has compared fingerprints."""

    node: str
    token: str
    store: str
    confirmed: bool
    fingerprint: str
    parent: str
    parent_epoch: str
    parent_key: str


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """What the parent knows of the device that asks."""

    node: str
    store: str
    confirmed: bool
    fingerprint: str


class JournalPush(msgspec.Struct, frozen=True, kw_only=True):
    """Operations of one chain in their order; the first has the number `from_seq`."""

    node: str
    epoch: str
    from_seq: int
    ops: list[Envelope]


class JournalAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How far the parent, and the root above it, hold this chain durably. `voucher`: proves later that it said `applied_seq`."""

    applied_seq: int
    durable_seq: int
    voucher: str = ""


class Disclosed(msgspec.Struct, frozen=True, kw_only=True):
    """A body that was withheld from this node when its header came."""

    op_id: str
    salt: bytes
    body: bytes


class Recall(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody above asks for units, down to `keep` of them. A request, never a seizure.

    `node`: who is asked, empty for the one who reads the feed; a hub tells its tills. `to_node` and `to_epoch`: whom the units
    are to be sent to, empty for the parent.
    """

    recall: str
    asset: str
    keep: int
    node: str = ""
    to_node: str = ""
    to_epoch: str = ""


class Root(msgspec.Struct, frozen=True, kw_only=True):
    """Head office as a hub knows it, so that a till of the hub's can ask it by a telephone. `in_reach`: of the hub itself."""

    node: str
    key: str
    address: str
    in_reach: bool


class FeedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Operations of others behind the cursor, in feed order, and what concerns this node alone.

    `cursor` is asked with next; `position` and `last` are whole numbers of the same count, for a progress bar.
    `acknowledged` and `acknowledged_at_root`: how far the asking node's epoch is held, the one that `epoch` names.
    `now`: the parent's instant, UTC. `began`: to a cursor of another epoch, the operation that opened the parent's present one.
    `root`: what a hub tells of head office; nothing from head office itself. `position_voucher` and `acknowledged_voucher`: are
    handed back with the next questions, and prove to the parent, should it be restored, that it has said these numbers.
    `head_voucher`: is handed back with `HeadsAsk`, and proves which operation of its own was the last one that is told here.
    """

    cursor: str
    position: int
    last: int
    ops: list[Envelope]
    bodies: list[Disclosed] = []
    recalls: list[Recall] = []
    acknowledged: int = 0
    acknowledged_at_root: int = 0
    epoch: str = ""
    began: Envelope | None = None
    now: str = ""
    root: Root | None = None
    position_voucher: str = ""
    acknowledged_voucher: str = ""
    head_voucher: str = ""


class Part(msgspec.Struct, frozen=True, array_like=True):
    """So many units of an asset."""

    asset: str
    units: int


class WantAsk(msgspec.Struct, frozen=True, kw_only=True):
    """Units that this node would like to have, first named first wanted. `reason`: now, booked, checked-in.

    `epoch`: the one that it is in; nothing is sent to it when the parent knows it in another. `node`: whose question a hub
    hands on, empty for one's own; `within`: how many seconds whoever asks can wait, 0 for as long as usual.
    """

    want_id: str
    parts: list[Part]
    reason: str = "now"
    epoch: str = ""
    node: str = ""
    within: float = 0.0


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """A move whose debit is committed, addressed to one holder."""

    move: str
    from_node: str
    from_epoch: str
    to_node: str
    to_epoch: str
    parts: list[Part]


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """Where the rest of an asset lies. `seen_at`: when the parent last heard of its holder, empty when it is in reach."""

    asset: str
    units: int
    node: str
    store: str
    seen_at: str = ""


class WantAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What was sent for a want, if anything; `asked_elsewhere`: others were asked for more, which will come by the feed.

    `more`: what else was sent for it and has not arrived as far as the parent knows, when others had to send it first.
    """

    want_id: str
    slip: Slip | None
    rest: list[Holding]
    asked_elsewhere: bool = False
    more: list[Slip] = []


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """The last operation of a chain that a node has seen."""

    node: str
    epoch: str
    seq: int
    hash: str


class HeadsAsk(msgspec.Struct, frozen=True, kw_only=True):
    """What a node has seen of its neighbours. `voucher`: what the parent gave with the last operation of its own that was seen."""

    heads: list[Seen]
    voucher: str = ""


class HeadsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The heads among them that contradict what the parent holds."""

    contradicted: list[Seen]


class OwnAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A node's own operations back, and how far the parent holds that epoch."""

    ops: list[Envelope]
    head_seq: int
    head_hash: str


class CodeAsk(msgspec.Struct, frozen=True, kw_only=True):
    """A device asks for a code for a further till of its own store; who enrols with it must be confirmed."""

    till_name: str


class CodeAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time code and when it lapses (instant, UTC)."""

    code: str
    lapses_at: str


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """Why a request was refused: a stable code, and for a technician a detail.

    `gap` and `fork` (409) carry the wanted seq; others: unauthorized, unconfirmed, code-unknown, code-used, code-lapsed,
    too-many, too-large, malformed, damaged, not-yours, restarted, locked-out.
    """

    error: str
    detail: str = ""
    wanted_seq: int = 0
