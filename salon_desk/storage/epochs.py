"""Opening a new epoch, and recording again what the anchor or the parent has and the database lacks (PROTOCOL 5).

When that has to be is found out in `guard.py` and by the sync. The one rule: the new epoch's id and its first operation
are recorded in one commit, before anything else, and it owns nothing. Its first operation says where the old one ended only
where this machine's own anchor proves it.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec

from salon_desk.operations.envelope import GENESIS, Envelope
from salon_desk.operations.node import EpochOpened, WhyAnew
from salon_desk.operations.registry import UnknownOperation, decode
from salon_desk.storage import heads, journal, parent
from salon_desk.storage.anchor import Anchor, keep_aside
from salon_desk.storage.anchor_entries import Mark, pack_mark
from salon_desk.storage.effects import effects_of
from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import NotYet, StoreDamaged
from salon_desk.storage.guard import Finding, Noted, Tail, follows, nothing_noted
from salon_desk.storage.store import CatchingUp, Store

_log = logging.getLogger(__name__)

NOBODY = ""
"""No node: what is recorded on its behalf prints nothing."""


def follow(
    store: Store, finding: Finding, folder: Path, noted: Callable[[], Noted | None] = nothing_noted
) -> None:
    """Do what the guard found at a start. Raises StoreDamaged, CannotRecord, OSError.

    Operations that stand on what an older database has not (a shift of the epoch before, a closing) cannot be recorded again by
    themselves: they come back from the parent, as those of an epoch that is over and whose end the anchor proves.
    """
    if finding.missing_upto is not None:
        mark = finding.missing_upto
        if finding.begun:
            _be_in(store, mark.epoch)
        with store.database.read() as transaction:
            link = parent.read(transaction)
        if link is not None:
            store.catching_up, store.restored = CatchingUp(mark.seq, mark.hash, finding.tail), True
            return
        _give_up(store, _end(CatchingUp(mark.seq, mark.hash, finding.tail)), noted())
        return
    try:
        if finding.begun:
            _enter_begun(store, finding.tail, folder)
        else:
            store.replayed = replay(store, finding.tail, folder)
            store.restored = len(finding.tail) > 1
    except NotYet as waits:
        _log.warning("what the anchor has cannot be recorded again here: %s", waits)
        _give_up(store, _end_of(finding.tail), noted())
        return
    if finding.anew is not None:
        open_anew(store, finding.anew)


def _give_up(store: Store, end: tuple[int, str], noted: Noted | None) -> None:
    """The anchor says where the epoch ended, and it cannot be gone on with: this is proof where the machine knows of nothing later."""
    known = noted is not None and noted.epoch == store.epoch and noted.seq <= end[0]
    open_anew(store, WhyAnew.UNCHAINED, end=end if known else None)


def replay(store: Store, tail: Tail, folder: Path) -> tuple[Envelope, ...]:
    """Record again what only the anchor has; oldest first. Raises StoreDamaged when it cannot be, CannotRecord.

    A crash loses one commit at most, and its papers were not printed; what a restored backup lost was printed long ago.
    """
    with contextlib.nullcontext() if len(tail) == 1 else quietly(store):
        for entry in tail:
            try:
                journal.append(store, entry)
            except (UnknownOperation, msgspec.MsgspecError, sqlite3.IntegrityError) as error:
                raise StoreDamaged(folder=str(folder), what=f"till.anchor: {error}") from error
    return tuple(one for entry in tail for one in entry)


def take_own(store: Store, given: Sequence[Envelope]) -> bool:
    """While catching up: record own operations that the parent gave back; whether everything is here now.

    What does not lead to the anchor's mark ends the epoch. Database worker. Raises CannotRecord, and StoreStopped when the
    tail cannot follow at once: it comes first at the next start.
    """
    waited = store.catching_up
    if waited is None:
        return True
    wanted = [one for one in given if store.head.seq < one.header.seq <= waited.seq]
    if wanted:
        epochs = {one.header.epoch for one in wanted}
        if epochs != {store.epoch} or not follows(wanted, store.node, store.head.seq, store.head.hash):
            open_anew(store, WhyAnew.UNCHAINED)
            return True
        try:
            _take(store, wanted)
        except NotYet as waits:
            _log.warning("own operations that came back cannot be recorded here: %s", waits)
            open_anew(store, WhyAnew.UNCHAINED, end=_end(waited))
            return True
    if store.head.seq < waited.seq:
        return False
    if store.head.hash != waited.hash:
        open_anew(store, WhyAnew.UNCHAINED)
        return True
    anchor = store.anchor
    folder = anchor.path.parent if isinstance(anchor, Anchor) else Path()
    try:
        with quietly(store):
            replay(store, waited.tail, folder)
    except NotYet:
        open_anew(store, WhyAnew.UNCHAINED, end=_end(waited))
    except Exception as error:
        store.stop(error)  # what the anchor still has comes first: a start finds it there
    store.catching_up = None
    return True


def _take(store: Store, wanted: Sequence[Envelope]) -> None:
    """Own operations that came back; with the first of an epoch the database enters it."""
    with quietly(store):
        if store.head.seq:
            journal.append(store, wanted)
        else:
            journal.append(store, wanted, partial(_enter, epoch=store.epoch))


def open_anew(store: Store, why: WhyAnew, *, end: tuple[int, str] | None = None) -> None:
    """End the present epoch and open a new one, which owns no purse; the old anchor is kept aside. Database worker.

    `end`: number and hash of the old epoch's last operation, where this machine's own anchor proves it. A till that was closed
    for good stays closed. Raises CannotRecord, StoreStopped, OSError; then a new start opens one.
    """
    old_epoch, old_head, anchor = store.epoch, store.head, store.anchor
    assert isinstance(anchor, Anchor)
    if store.closed:
        _stay_closed(store, anchor, why)
        return
    store.anchor = _Succession(anchor)
    store.epoch, store.catching_up = store.new_id(), None
    store.head = replace(old_head, seq=0, hash=GENESIS)

    def opened(transaction: Transaction) -> EpochOpened:
        _enter(transaction, store.epoch)
        seq, hash_ = end or (0, "")
        return EpochOpened(
            old_epoch=old_epoch,
            old_head=old_head.hash,
            old_seq=old_head.seq,
            reason=why.value,
            end_seq=seq,
            end_hash=hash_,
        )

    journal.record(store, journal.Command(f"{store.epoch}/open", actor="", business_day=""), opened)
    store.anchor, store.opened_anew = anchor, why
    store.on_anew()


def open_anew_now(store: Store, why: WhyAnew, *, proven: bool = False) -> None:
    """The same while the till runs: a failure in the middle stops it until it is started again. Raises StoreStopped.

    `proven`: own records are waited for up to the anchor's end, and nobody has contradicted it.
    """
    store.require_running()
    waited = store.catching_up if proven else None
    try:
        open_anew(store, why, end=_end(waited) if waited else None)
    except Exception as error:
        store.stop(error)


def _stay_closed(store: Store, anchor: Anchor, why: WhyAnew) -> None:
    """Nothing is recorded here any more, so that an anchor of no use is made anew to say how far the books go."""
    if why is not WhyAnew.FOLDER_COPIED:
        keep_aside(anchor.path)
        anchor.rewrite([pack_mark(Mark(store.node, store.epoch, store.head.seq, store.head.hash))])


class _Succession:
    """In the place of the anchor while an epoch is opened: its first entry takes the place of all that stands there, at once."""

    def __init__(self, anchor: Anchor) -> None:
        self._anchor = anchor
        self.end = 0

    def append(self, payload: bytes) -> None:
        """Keep the old entries aside and put this one in their place. Raises OSError, AnchorUnsettled."""
        keep_aside(self._anchor.path)
        self._anchor.rewrite([payload])
        self.end = 1

    def withdraw(self) -> None:
        """What was replaced does not come back: the till stops, and its next start goes on from the new epoch."""
        raise OSError("an epoch was begun")

    def close(self) -> None:
        """Close the anchor."""
        self._anchor.close()


def _be_in(store: Store, epoch: str) -> None:
    """Go on with an epoch that the database enters with its first operation, whoever has it."""
    store.epoch, store.head = epoch, replace(store.head, seq=0, hash=GENESIS)
    store.entered = True


def _enter(transaction: Transaction, epoch: str) -> None:
    transaction.run(heads.ENTER, new_epoch=epoch)
    parent.forget_held(transaction)


def _enter_begun(store: Store, tail: Tail, folder: Path) -> None:
    """Go on with an epoch that the database does not know: its operations stand in the anchor. Raises StoreDamaged, CannotRecord."""
    first = tail[0][0]
    opened = decode(first.header.kind, first.header.version, first.body or b"")
    assert isinstance(opened, EpochOpened)
    _be_in(store, first.header.epoch)
    journal.append(store, tail[0], also=partial(_enter, epoch=store.epoch))
    store.opened_anew = next((why for why in WhyAnew if why == opened.reason), WhyAnew.UNCHAINED)
    store.replayed = replay(store, tail[1:], folder)
    store.restored = len(tail) > 1


def _end(waited: CatchingUp) -> tuple[int, str]:
    """Where an anchor says that its epoch ended."""
    return _end_of(waited.tail) if waited.tail else (waited.seq, waited.hash)


def _end_of(tail: Tail) -> tuple[int, str]:
    last = tail[-1][-1]
    return last.header.seq, last.hash


@contextlib.contextmanager
def quietly(store: Store) -> Iterator[None]:
    """What is recorded meanwhile prints nothing: it was printed when it happened."""
    before, store.effects = store.effects, effects_of(NOBODY)
    try:
        yield
    finally:
        store.effects = before
