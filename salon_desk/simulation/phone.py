"""The telephone of a store that is cut off: the real codes of the bridge, carried by hand instead of over HTTP.

Whether a telephone has data is the replay's to say. Keys are drawn from a node's name, so that every run is the same and no
keyring of this machine's user is touched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache

from salon_desk.domain.money import Money
from salon_desk.head_office import wants
from salon_desk.secrets import NodeKeys
from salon_desk.services import bridge as phones
from salon_desk.services.bridge import Need
from salon_desk.services.bridge_errors import NothingToFetch
from salon_desk.services.till import Till
from salon_desk.storage import parent
from salon_desk.storage.children import Child
from salon_desk.storage.parent import ParentLink
from salon_desk.storage.store import Store
from salon_desk.wire import bridge
from salon_desk.wire.messages import WantAsk

ADDRESS = "https://head-office.example"


def introduce(office: Store, till: Store) -> None:
    """Let a till know its head office by its key."""
    link = ParentLink(ADDRESS, office.node, office.epoch, _keys(office.node).public_hex, "", confirmed=True)
    with till.local() as transaction:
        parent.write(transaction, link)


def carry(
    office: Store, till: Till, child: Child, need: tuple[str, Money], others: Callable[[], bool]
) -> None:
    """A link up, codes down. `others`: let those who were asked answer; whether any did."""
    keys, of_office = _keys(till.store.node), _keys(office.node)
    try:
        link = phones.link(till, keys, [Need(*need)])
    except NothingToFetch:
        return
    code = bridge.named(link.removeprefix(ADDRESS + bridge.PATH))
    want = bridge.read_want(code, office.node, of_office, keys.public_hex)
    ask = WantAsk(want_id=want.want_id, parts=list(want.parts), epoch=want.epoch)
    while wants.answer(office, child, ask).asked_elsewhere and others():
        pass
    wants.answer(office, child, ask)
    with office.database.read() as transaction:
        slips = wants.on_the_way(transaction, child, want.want_id)
    for answer in bridge.answers(slips, office.node, of_office, keys.public_hex):
        phones.receive(till, keys, answer)


@cache
def _keys(node: str) -> NodeKeys:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"simulated {node}".encode()).digest())
    return NodeKeys(private, private.public_key().public_bytes_raw().hex())
