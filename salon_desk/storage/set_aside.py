"""Bringing recorded operations into the projections, or setting them aside: kept and relayed, not applied.

Operations come in their chain's order. One that was set aside is tried again when what it waits for was applied
(`awaited.py`), at the start of a program that may know more, and on demand: so the outcome follows from the set of
operations, however they were cut into messages. Why one waits is asked again whenever somebody wants to see it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, insert, select

from salon_desk.operations.envelope import Envelope, Header
from salon_desk.operations.operation import Operation
from salon_desk.operations.personal import PERSONAL
from salon_desk.operations.registry import KINDS, MAY_BE_WITHHELD, UnknownOperation, decode
from salon_desk.storage import ended
from salon_desk.storage.apply import apply
from salon_desk.storage.awaited import Key, given, wanted
from salon_desk.storage.ended import Ends
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.errors import NotYet
from salon_desk.storage.rows import envelope_of
from salon_desk.storage.store import Effects, nothing
from salon_desk.storage.tables.chains import set_aside
from salon_desk.storage.tables.journal import journal

UNKNOWN, REFUSED = "unknown", "refused"

_ADD = Statement(lambda: insert(set_aside))
_REMOVE = Statement(lambda: delete(set_aside).where(set_aside.c.op_id == bindparam("of_op")))
_COUNT = Statement(lambda: select(func.count()).select_from(set_aside))
_OF_REASON = Statement(
    lambda: select(journal).where(
        journal.c.op_id.in_(select(set_aside.c.op_id).where(set_aside.c.reason == bindparam("reason")))
    )
)
_ONE = Statement(lambda: select(set_aside.c.op_id).where(set_aside.c.op_id == bindparam("op_id")))
_ALL = Statement(lambda: select(journal).where(journal.c.op_id.in_(select(set_aside.c.op_id))))
"""Not in order: by the order of the journal, its planner would read all of it."""

_log = logging.getLogger(__name__)

Chain = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An operation that was set aside, and why it still cannot be applied; `why` is for a technician."""

    header: Header
    reason: str
    why: str


class Shelf:
    """What is set aside, for the length of one transaction that applies recorded operations."""

    def __init__(self, transaction: Transaction, effects: Effects, ends: Ends | None = None) -> None:
        """`ends`: those of closed epochs, where they are not to be read from this transaction's journal."""
        self._transaction = transaction
        self._effects = effects
        self._ends = ended.ends(transaction) if ends is None else ends
        self.more = 0
        """How many more operations are set aside than at first."""
        self._waiting: dict[str, Envelope] = {}
        self._by_key: dict[Key, set[str]] = {}
        # nothing that can happen here lets the program know what it did not know
        for row in transaction.all(_OF_REASON, reason=REFUSED):
            self._listen(envelope_of(row))
        self._reached: dict[Chain, int] = {}
        self._late: set[Chain] = set()

    @property
    def waiting(self) -> frozenset[str]:
        """The ids of the operations that wait and may be applied yet."""
        return frozenset(self._waiting)

    @property
    def out_of_order(self) -> bool:
        """Whether something waits in a chain of which an operation was applied after later ones.

        Had it come in its order, what waits might not; the projections of such a chain have to be made anew.
        """
        return any((one.header.node, one.header.epoch) in self._late for one in self._waiting.values())

    def take_all(self, envelopes: Sequence[Envelope]) -> None:
        """Apply operations in their order, or set them aside. Raises only for trouble of the disk."""
        if not self._is_waited_for(envelopes) and self._at_once(envelopes):
            return
        for one in envelopes:
            self.take(one)

    def take(self, envelope: Envelope) -> list[Envelope]:
        """Apply one: what was applied now, itself and what waited for it; nothing when it was set aside.

        What has no body here, because it is withheld or its person was erased, is neither applied nor set aside.
        """
        if _is_withheld(envelope):
            return [envelope]
        self._note_order(envelope.header)
        fault = self._try(envelope)
        if fault is not None:
            self._put(envelope, fault)
            return []
        return [envelope, *self._wake([envelope])]

    def retry(self) -> list[Envelope]:
        """Try everything again, as something may have been mended, until nothing more of it can be applied."""
        applied: list[Envelope] = []
        for one in _all(self._transaction):
            self._listen(one)
        for one in sorted(self._waiting.values(), key=_in_chain):
            if one.header.op_id in self._waiting and self._try(one) is None:
                self._forget([one])
                applied += [one, *self._wake([one])]
        self._late |= {(one.header.node, one.header.epoch) for one in applied}
        return applied

    def fault(self, envelope: Envelope) -> Exception | None:
        """Apply one operation and say what went wrong, if anything did."""
        return self._try(envelope)

    def _is_waited_for(self, envelopes: Sequence[Envelope]) -> bool:
        """Whether one of them may let something land that has to land right behind it."""
        if not self._by_key:
            return False
        return any(self._by_key.get(key) for one in envelopes for key in _keys(one, given))

    def _at_once(self, envelopes: Sequence[Envelope]) -> bool:
        """All of them, where none has to be set aside: spares each its savepoint."""
        try:
            with self._transaction.savepoint():
                for one in envelopes:
                    self._apply(one)
        except Exception as error:
            if self._transaction.trouble(error) is not None:
                raise
            return False
        return True

    def _try(self, envelope: Envelope) -> Exception | None:
        return _try(self._transaction, envelope, self._apply)

    def _apply(self, envelope: Envelope) -> None:
        """Raises whatever keeps it from being applied."""
        if ended.is_behind(self._ends, envelope.header):
            raise NotYet("it stands behind the end of its epoch")
        _apply(self._transaction, envelope, self._effects)

    def _put(self, envelope: Envelope, fault: Exception) -> None:
        header = envelope.header
        _log.warning(
            "set aside: %s %s version %s: %s", header.op_id, header.kind, header.version, type(fault).__name__
        )
        self._transaction.run(
            _ADD,
            op_id=header.op_id,
            node=header.node,
            epoch=header.epoch,
            seq=header.seq,
            kind=header.kind,
            version=header.version,
            reason=_reason(fault),
        )
        self.more += 1
        if not isinstance(fault, UnknownOperation):
            self._listen(envelope)

    def _listen(self, envelope: Envelope) -> None:
        self._waiting[envelope.header.op_id] = envelope
        for key in _keys(envelope, wanted):
            self._by_key.setdefault(key, set()).add(envelope.header.op_id)

    def _wake(self, applied: Sequence[Envelope]) -> list[Envelope]:
        """What waited for these, for what was applied thereby, and so on."""
        if not self._by_key:
            return []
        woken: list[Envelope] = []
        new = list(applied)
        while new:
            called: set[str] = set()
            for one in new:
                for key in _keys(one, given):
                    called |= self._by_key.get(key, set())
            candidates = sorted((self._waiting[op_id] for op_id in called), key=_in_chain)
            new = [one for one in candidates if self._try(one) is None]
            self._forget(new)
            woken += new
        return woken

    def _forget(self, applied: Iterable[Envelope]) -> None:
        for one in applied:
            op_id = one.header.op_id
            self._transaction.run(_REMOVE, of_op=op_id)
            self.more -= 1
            del self._waiting[op_id]
            for key in _keys(one, wanted):
                self._by_key[key].discard(op_id)

    def _note_order(self, header: Header) -> None:
        chain = (header.node, header.epoch)
        if header.seq < self._reached.get(chain, 0):
            self._late.add(chain)
        else:
            self._reached[chain] = header.seq


def count(transaction: Transaction) -> int:
    """How many operations are set aside."""
    return int(transaction.value(_COUNT))


def is_waiting(transaction: Transaction, op_id: str) -> bool:
    """Whether this operation is set aside."""
    return transaction.one(_ONE, op_id=op_id) is not None


def waiting(transaction: Transaction, ends: Ends | None = None) -> list[Waiting]:
    """What is set aside and why, in the order of recording: tried once more, in a transaction of `Database.trial`.

    `ends` as for a `Shelf`.
    """
    found = []
    shelf = Shelf(transaction, nothing, ends)
    for one in _all(transaction):
        fault = shelf.fault(one)
        found.append(Waiting(one.header, _reason(fault) if fault else "", f"{fault}" if fault else ""))
    return found


def _all(transaction: Transaction) -> list[Envelope]:
    rows = sorted(transaction.all(_ALL), key=lambda row: row.position)
    return [envelope_of(row) for row in rows]


def _try(transaction: Transaction, envelope: Envelope, work: Callable[[Envelope], None]) -> Exception | None:
    """Apply in a savepoint of its own; what went wrong, if anything did."""
    try:
        with transaction.savepoint():
            work(envelope)
    except Exception as error:
        # whatever a body makes apply do is a finding about that body
        if transaction.trouble(error) is not None:
            raise
        return error
    return None


def _apply(transaction: Transaction, envelope: Envelope, effects: Effects) -> None:
    if _is_withheld(envelope):
        return  # one that an older program did not know to be withheld
    operation = _operation(envelope)
    apply(transaction, envelope.header, operation)
    effects(transaction, envelope.header, operation)


def _operation(envelope: Envelope) -> Operation:
    if envelope.body is None:
        if envelope.header.kind not in KINDS:
            raise UnknownOperation(envelope.header.kind, envelope.header.version)
        raise ValueError("the body is missing")
    return decode(envelope.header.kind, envelope.header.version, envelope.body)


def _is_withheld(envelope: Envelope) -> bool:
    return envelope.body is None and envelope.header.kind in MAY_BE_WITHHELD | PERSONAL


def _keys(envelope: Envelope, of: Callable[[Header, Operation], Iterable[Key]]) -> set[Key]:
    """Keys of an operation; none where its body says nothing to this program."""
    try:
        return set(of(envelope.header, _operation(envelope)))
    except Exception:
        return set()


def _in_chain(envelope: Envelope) -> tuple[str, str, int]:
    return envelope.header.node, envelope.header.epoch, envelope.header.seq


def _reason(fault: Exception) -> str:
    return UNKNOWN if isinstance(fault, UnknownOperation) else REFUSED
