"""Trimming a till's anchor in idle moments: what the root holds durably need not be kept a second time (PROTOCOL 5).

The file itself is `anchor.py`. The one rule: the last operation that goes leaves its number and hash behind, so that the
anchor is never empty. A till without a parent is a root, and trims nothing.
"""

from __future__ import annotations

import logging

from salon_desk.storage import parent, scrubbing
from salon_desk.storage.anchor import START, Anchor, AnchorDamaged, AnchorUnsettled
from salon_desk.storage.anchor_entries import Mark, pack_mark, read_entry
from salon_desk.storage.store import Store

WORTH_IT = 4 * 1024 * 1024
"""Bytes that a trimming must get rid of."""

_log = logging.getLogger(__name__)


def rest(store: Store) -> None:
    """What a till does when nobody waits for it. Database worker. Raises StoreStopped."""
    scrubbing.finish(store)
    store.idle()
    try:
        trim(store)
    except OSError as error:
        _log.warning("the anchor could not be trimmed: %s", error)


def trim(store: Store, worth_it: int = WORTH_IT) -> bool:
    """Take out of the anchor what the root holds, if that is worth it; whether it was. Raises OSError, StoreStopped."""
    anchor = store.anchor
    if not isinstance(anchor, Anchor) or anchor.end - START < worth_it or store.catching_up is not None:
        return False
    with store.database.read() as transaction:
        link = parent.read(transaction)
    if link is None or not link.acknowledged_at_root:
        return False
    upto = min(link.acknowledged_at_root, store.head.seq)
    try:
        mark, kept = _split(store, anchor, upto)
        if mark is None or sum(map(len, kept)) > anchor.end - START - worth_it:
            return False
        anchor.rewrite([pack_mark(mark), *kept])
    except AnchorDamaged:
        _log.exception("the anchor is not as it was written and is not trimmed")
        return False
    except AnchorUnsettled as error:
        store.stop(error)
    return True


def _split(store: Store, anchor: Anchor, upto: int) -> tuple[Mark | None, list[bytes]]:
    """The mark that stands for all entries up to a number, and the entries behind them. Raises AnchorDamaged."""
    mark: Mark | None = None
    kept: list[bytes] = []
    for payload in anchor.payloads():
        entry = read_entry(payload)
        if isinstance(entry, Mark):
            mark = entry
        elif not kept and entry[-1].header.seq <= upto:
            header = entry[-1].header
            mark = Mark(header.node, header.epoch, header.seq, entry[-1].hash)
        else:
            kept.append(payload)
    if mark is not None and (mark.node, mark.epoch) != (store.node, store.epoch):
        raise AnchorDamaged("it belongs to another till or epoch")
    return mark, kept
