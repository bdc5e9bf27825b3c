"""What this node vouches for when it hands out a number, so that a device that hands it back proves that it was so (PROTOCOL 5).

A number without its voucher proves nothing: it may be a till's bug. The secret lies where keys are, not in the database, so that
it survives a restore; a voucher names this node's epoch and the device, and is worth nothing in another or to another. One for a
position names what stands there besides, for an old copy may have recorded other things up to the same number.
"""

from __future__ import annotations

import hmac

from salon_desk.head_office.context import Identity
from salon_desk.head_office.limits import HIGHEST_NUMBER
from salon_desk.wire.messages import Seen

FEED = "feed"
"""A position of this node's journal."""
HELD = "held"
"""A number of the device's own chain, which this node holds."""
_HEAD = "head"
"""An operation of this node's own chain. It names no device, for it is as true from another one's mouth."""


def given(identity: Identity, what: str, node: str, epoch: str, number: int, *, mark: str = "") -> str:
    """The voucher for a number that a device is told. `epoch`: the device's own one, empty for FEED; `mark`: what stands there."""
    said = f"{number}.{mark}" if mark else str(number)
    return f"{said}.{_code(identity, what, node, epoch, said)}"


def proven(identity: Identity, what: str, node: str, epoch: str, voucher: str) -> int:
    """The number that this node once told this device; 0 when the voucher is none of this node's present epoch."""
    said, _, code = voucher.rpartition(".")
    text = said.partition(".")[0]
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or not voucher.isascii():
        return 0
    number = int(text)
    if number > HIGHEST_NUMBER or not hmac.compare_digest(code, _code(identity, what, node, epoch, said)):
        return 0
    return number


def given_head(identity: Identity, seq: int, hash_: str) -> str:
    """The voucher for an operation of this node's present epoch that a device is told."""
    return f"{seq}.{hash_}.{_code(identity, _HEAD, hash_, '', str(seq))}"


def proven_head(identity: Identity, voucher: str) -> Seen | None:
    """The operation that this node once told somebody; None when the voucher is none of its present epoch."""
    number, _, rest = voucher.partition(".")
    hash_, _, code = rest.partition(".")
    if not (number.isascii() and number.isdigit()) or len(number) > 19 or not rest.isascii():
        return None
    seq = int(number)
    if seq > HIGHEST_NUMBER or not hmac.compare_digest(code, _code(identity, _HEAD, hash_, "", number)):
        return None
    return Seen(identity.node, identity.epoch, seq, hash_)


def mark_of(voucher: str) -> str:
    """What stood at the number of a voucher when it was given; empty where that was not said."""
    return voucher.rpartition(".")[0].partition(".")[2]


def _code(identity: Identity, what: str, node: str, epoch: str, said: str) -> str:
    whole = "\0".join(("voucher", what, identity.node, identity.epoch, node, epoch, said))
    return hmac.new(identity.token_secret, whole.encode(), "sha256").hexdigest()
