"""What the link screen shows from the database, and the second try of what was set aside.

Whether the line is up is `sync`'s to know (`link_status.py`). Everything runs on the database worker.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.clock import instant_text
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.services.till import Till
from salon_desk.storage import local, parent, receiving, set_aside
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import stores
from salon_desk.storage.queries.imports_twice import Twice, taken_twice
from salon_desk.storage.queries.shop import shop

FINGERPRINT = "link-fingerprint"
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Aside:
    """An operation that was kept and passed on, but not applied. `reason`: "unknown" or "refused"; `why` for a technician.

    `at`: when, by the clock of the node that recorded it. `till`: that till's name, empty when it has none.
    """

    op_id: str
    kind: str
    version: int
    at: str
    node: str
    till: str
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """The link as the database knows it; `url` is empty for a till without a head office.

    `pending_parent` and `pending_root`: own operations that the parent, and head office itself, do not hold yet.
    """

    url: str
    store: str
    fingerprint: str
    confirmed: bool
    pending_parent: int
    pending_root: int
    aside_count: int
    aside: tuple[Aside, ...]
    twice: tuple[Twice, ...] = ()
    """Lists of the old system that two tills took over which had not heard of each other."""


def view(till: Till, most: int = MOST_SHOWN) -> LinkView:
    """The link, and the newest `most` of what was set aside."""
    with till.store.database.trial() as transaction:
        link = parent.read(transaction)
        here = shop(transaction, till.store.node)
        fingerprint = local.setting(transaction, FINGERPRINT)
        count = set_aside.count(transaction)
        aside = set_aside.waiting(transaction)[-most:] if count else []
        named = tuple(_aside(transaction, one) for one in reversed(aside))
        twice = taken_twice(transaction)
    seq = till.store.head.seq
    return LinkView(
        url=link.url if link else "",
        store=here.store if here else "",
        fingerprint=fingerprint if link else "",
        confirmed=link is not None and link.confirmed,
        pending_parent=max(0, seq - (link.acknowledged if link else 0)),
        pending_root=max(0, seq - (link.acknowledged_at_root if link else 0)),
        aside_count=count,
        aside=named,
        twice=twice,
    )


def retry(till: Till) -> int:
    """Try again what was set aside, because something may have been mended; how many operations landed."""
    return receiving.retry(till.store)


def _aside(transaction: Transaction, one: set_aside.Waiting) -> Aside:
    header = one.header
    return Aside(
        op_id=header.op_id,
        kind=header.kind,
        version=header.version,
        at=instant_text(instant_of(header.at)),
        node=header.node,
        till=stores.till_name(transaction, header.node),
        reason=one.reason,
        why=one.why,
    )
