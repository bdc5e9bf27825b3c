"""What a till remembers of its head office: who it is, which code was used, how far each is.

No connection lives here. Everything runs on the database worker, each function in a small transaction of its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from salon_desk.operations.envelope import Envelope, faults
from salon_desk.operations.node import EpochOpened
from salon_desk.operations.registry import decode
from salon_desk.services.link import FINGERPRINT
from salon_desk.services.till import Till
from salon_desk.storage import local, relaying
from salon_desk.storage import parent as rows
from salon_desk.storage.engine import Transaction
from salon_desk.storage.parent import ParentLink
from salon_desk.storage.queries.feed import chain_end
from salon_desk.wire import one_time_code
from salon_desk.wire.messages import EnrollAnswer, FeedAnswer, Seen

__all__ = [
    "ParentLink",
    "began_anew",
    "code_used",
    "confirmed",
    "ends_seen",
    "enrolled",
    "head_voucher",
    "link",
    "moved_to",
    "vouchers",
]

MOST_ENDS = 500


def link(till: Till) -> ParentLink | None:
    """The parent of this till, None when it has none."""
    with till.read() as transaction:
        return rows.read(transaction)


def vouchers(till: Till) -> tuple[str, str]:
    """What the parent gave with the numbers that it is asked with: of its feed, of this till's chain."""
    with till.read() as transaction:
        return rows.vouchers(transaction)


def head_voucher(till: Till) -> str:
    """What the parent gave with the last operation of its own that was taken in here."""
    with till.read() as transaction:
        return rows.head_voucher(transaction)


def code_used(till: Till, code: str) -> bool:
    """Whether this till has enrolled with this very code, so that it may be given again and changes nothing."""
    known = link(till)
    return known is not None and known.code_hash == _hashed(code)


def enrolled(
    till: Till, url: str, code: str, answer: EnrollAnswer, *, certificate: str = "", proxy: str = ""
) -> ParentLink:
    """Keep the parent that took this till in. The same parent and epoch as before: both sides stay where they are.

    Raises CannotRecord, StoreStopped.
    """
    made = ParentLink(
        url=url,
        node=answer.parent,
        epoch=answer.parent_epoch,
        public_key=answer.parent_key,
        code_hash=_hashed(code),
        confirmed=answer.confirmed,
        certificate=certificate,
        proxy=proxy,
    )
    # first, so that there is never a parent without the fingerprint that its owner compares
    local.save_setting(till.store, FINGERPRINT, answer.fingerprint)
    with till.store.local() as transaction:
        before = rows.read(transaction)
        if before is not None and (before.node, before.epoch) == (made.node, made.epoch):
            made = replace(
                made,
                cursor=before.cursor,
                target=before.target,
                acknowledged=before.acknowledged,
                acknowledged_at_root=before.acknowledged_at_root,
            )
        else:
            rows.forget_vouchers(transaction)
            relaying.forget(transaction)
        rows.write(transaction, made)
    return made


def confirmed(till: Till) -> None:
    """The owner has confirmed this till. Raises CannotRecord, StoreStopped."""
    with till.store.local() as transaction:
        rows.confirm(transaction)


def began_anew(till: Till, answer: FeedAnswer) -> ParentLink | None:
    """The same parent goes on in a new epoch that names the one before: it is followed there. None for anything else.

    A parent that was put back to before the epoch known here names another one. It has seen then by its own vouchers that it
    forgot that one, else it would not have answered, and it is followed to an epoch that was never heard of here.

    Raises CannotRecord, StoreStopped.
    """
    node, _, epoch = answer.cursor.rpartition(":")[0].partition(":")
    with till.store.local() as transaction:
        known = rows.read(transaction)
        opened = _opening(answer.began, node, epoch) if known is not None else None
        if known is None or opened is None or node != known.node:
            return None
        if opened.old_epoch != known.epoch and not _has_forgotten(transaction, opened, node, epoch):
            return None
        of_now, end = answer.epoch == till.store.epoch, till.store.head.seq
        held, at_root = (answer.acknowledged, answer.acknowledged_at_root) if of_now else (0, 0)
        rows.begun_anew(transaction, epoch, min(held, end), min(at_root, end))
        rows.vouched(transaction, acknowledged=answer.acknowledged_voucher if of_now else "")
        relaying.forget(transaction)
        return rows.read(transaction)


def moved_to(till: Till, url: str, *, certificate: str = "", proxy: str = "") -> ParentLink | None:
    """The same head office is reached by another way from now on; None for a till without one.

    Raises CannotRecord, StoreStopped.
    """
    with till.store.local() as transaction:
        known = rows.read(transaction)
        if known is None:
            return None
        made = replace(known, url=url, certificate=certificate, proxy=proxy)
        if made != known:
            rows.write(transaction, made)
    return made


def ends_seen(till: Till) -> list[Seen]:
    """The ends of the other nodes' chains as this till has seen them: a witness against rollback (PROTOCOL 3).

    The parent's own come first: there are more chains than are told.
    """
    with till.read() as transaction:
        known = rows.read(transaction)
        ends = rows.ends_of_others(transaction, till.store.node)
    ends.sort(key=lambda end: known is None or end[0] != known.node)
    return [Seen(*end) for end in ends[:MOST_ENDS]]


def _opening(began: Envelope | None, node: str, epoch: str) -> EpochOpened | None:
    """What opened this epoch of this node, if that is what the operation is."""
    if began is None or faults(began) or began.header.kind != EpochOpened.KIND or began.body is None:
        return None
    if (began.header.node, began.header.epoch) != (node, epoch):
        return None
    opened = decode(began.header.kind, began.header.version, began.body)
    return opened if isinstance(opened, EpochOpened) else None


def _has_forgotten(transaction: Transaction, opened: EpochOpened, node: str, epoch: str) -> bool:
    """Whether a parent that was shown its vouchers of the epoch known here goes on in one that is new here."""
    is_new = chain_end(transaction, node, epoch)[0] == 0
    return bool(opened.old_epoch) and is_new and any(rows.vouchers(transaction))


def _hashed(code: str) -> str:
    """SHA-256 of a code as people mean it, whatever they typed."""
    return hashlib.sha256(one_time_code.plain(code).encode()).hexdigest()
