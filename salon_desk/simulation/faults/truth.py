"""What really happened: every operation that ever stood on any disk, and what may never be (PROTOCOL 1, 4).

A fold of its own over the bodies, which no step may use to decide, and no code of the product's that moves units. A purse counts
all that was ever recorded in its epoch, on whatever copy of the disk, so that value spent twice by two copies shows at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from salon_desk.domain.card import card_of
from salon_desk.domain.points import POINTS_OWED
from salon_desk.operations.card import HoldReleased, ValueHeld
from salon_desk.operations.envelope import Envelope, Header
from salon_desk.operations.move import ValueReceived, ValueSent, ValueTakenBack
from salon_desk.operations.node import EpochClosedByParent, EpochPurseSent
from salon_desk.operations.operation import Cause, Moving, Operation, PurseChange
from salon_desk.operations.registry import decode
from salon_desk.operations.sale import SaleCompleted, SaleRefunded, SaleVoided

Holder = tuple[str, str]
Parts = tuple[tuple[str, int], ...]


class Violation(Exception):
    """What may never be was seen."""

    def __init__(self, rule: str, detail: str) -> None:
        super().__init__(f"{rule}: {detail}")
        self.rule, self.detail = rule, detail


@dataclass
class Purse:
    """What all operations of one holder add up to."""

    units: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Leaving:
    """A move's first half."""

    holder: Holder
    to: Holder
    parts: Parts
    op_id: str


@dataclass
class Truth:
    """All that was ever recorded, by operation."""

    purses: dict[tuple[str, Holder], Purse] = field(default_factory=lambda: defaultdict(Purse))
    out: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """By asset, what was issued less what was redeemed: what the merchant owes."""
    issued: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    log: list[Envelope] = field(default_factory=list)
    forgiven: dict[tuple[str, Holder], int] = field(default_factory=lambda: defaultdict(int))
    """What an impossible case (PROTOCOL 5) may cost: debits that a rolled-back image forgot and nobody else had seen."""
    may_fork: set[Holder] = field(default_factory=set)
    unproven: set[Holder] = field(default_factory=set)
    """Epochs of which nobody can prove how they ended: the anchor is gone, or an old one was put back."""
    may_be_lost: set[str] = field(default_factory=set)
    """Operations that only a destroyed disk held."""
    acknowledged: dict[str, Header] = field(default_factory=dict)
    _hashes: dict[Holder, dict[int, set[str]]] = field(default_factory=lambda: defaultdict(dict))
    _headers: dict[str, Header] = field(default_factory=dict)
    _commands: dict[tuple[str, str], str] = field(default_factory=dict)
    _sent: dict[str, Leaving] = field(default_factory=dict)
    _received: dict[str, tuple[Holder, Parts]] = field(default_factory=dict)
    _unmatched: set[str] = field(default_factory=set)
    _redeemed_by: dict[str, dict[str, int]] = field(default_factory=dict)
    _holds: dict[str, tuple[str, int]] = field(default_factory=dict)
    _touched: set[str] = field(default_factory=set)
    _unproven: set[str] = field(default_factory=set)

    def knows(self, one: Envelope) -> bool:
        """Whether this very operation was seen before."""
        found = self._hashes.get((one.header.node, one.header.epoch), {})
        return one.hash in found.get(one.header.seq, ())

    def recorded(self, one: Envelope) -> None:
        """An operation stands on a disk. Raises Violation."""
        if self.knows(one):
            return
        header = one.header
        holder = (header.node, header.epoch)
        beside = self._hashes[holder].setdefault(header.seq, set())
        if beside and holder not in self.may_fork:
            raise Violation("fork", f"{header.node} {header.epoch} {header.seq} {header.kind}")
        beside.add(one.hash)
        self.log.append(one)
        self._headers[header.op_id] = header
        self._once(header)
        assert one.body is not None
        self._fold(header, holder, decode(header.kind, header.version, one.body))

    def done(self, op_id: str) -> None:
        """Somebody was told that this operation is done. Raises Violation when it stands nowhere."""
        if op_id not in self._headers:
            raise Violation("acknowledged and not recorded", op_id)
        self.acknowledged[op_id] = self._headers[op_id]

    def header_of(self, op_id: str) -> Header:
        """Of an operation that was recorded."""
        return self._headers[op_id]

    def end_step(self, *, all_up: bool) -> set[str]:
        """After a step, when everything that was recorded in it was seen: the assets that changed. Raises Violation.

        What a machine recorded in the step in which it crashed is seen when it is up again; until then units may seem to come
        from nowhere.
        """
        touched, self._touched = self._touched, set()
        self._unproven |= touched
        if all_up:
            for move in self._unmatched:
                self._match(move)
            self._unmatched.clear()
            unproven, self._unproven = self._unproven, set()
            for asset in sorted(unproven):
                allowed = sum(units for (name, _holder), units in self.forgiven.items() if name == asset)
                if self.out[asset] + allowed < 0:
                    raise Violation("redeemed beyond issued", f"{asset}: {self.out[asset]}")
        return touched

    def cannot_be_proven(self, node: str) -> None:
        """Whatever epochs a node had until now, their anchors are gone."""
        self.unproven |= {holder for holder in self._hashes if holder[0] == node}

    def parted(self) -> set[str]:
        """Nodes with two histories of one epoch: what they have of it is another thing than what the others have, for good."""
        return {
            node
            for (node, _epoch), numbers in self._hashes.items()
            if any(len(one) > 1 for one in numbers.values())
        }

    def under_way(self) -> dict[str, Leaving]:
        """Moves that left and were not received."""
        return {move: leaving for move, leaving in self._sent.items() if move not in self._received}

    def of_holder(self, holder: Holder) -> dict[str, Purse]:
        """By asset."""
        return {asset: purse for (asset, whose), purse in self.purses.items() if whose == holder}

    def forgive(self, lost: Iterable[Envelope]) -> None:
        """These operations were rolled back with everything that knew of them: what they took may be taken again."""
        for one in lost:
            header = one.header
            holder = (header.node, header.epoch)
            self.may_fork.add(holder)
            self.may_be_lost.add(header.op_id)
            assert one.body is not None
            operation = decode(header.kind, header.version, one.body)
            if isinstance(operation, ValueHeld):
                self.forgiven[operation.asset, holder] += operation.units
            for change in operation.purse_changes if isinstance(operation, Moving) else ():
                if change.units < 0:
                    self.forgiven[change.asset, holder] -= change.units

    def _once(self, header: Header) -> None:
        command = (header.node, header.command_id)
        before = self._commands.setdefault(command, header.op_id)
        if before != header.op_id:
            first = self._headers[before]
            if (first.node, first.epoch) not in self.may_fork:
                raise Violation("an operation twice", f"{command}: {before}, {header.op_id}")

    def _fold(self, header: Header, holder: Holder, operation: Operation) -> None:
        match operation:
            case ValueHeld():
                self.purses[operation.asset, holder].held += operation.units
                self._holds[operation.hold] = (operation.asset, operation.units)
                self._check(operation.asset, holder, header)
            case HoldReleased():
                self._release(holder, operation.hold)
            case ValueSent():
                parts = _parts(operation.purse_changes, -1)
                to = (operation.to_node, operation.to_epoch)
                self._sent[operation.move] = Leaving(holder, to, parts, header.op_id)
            case ValueReceived():
                self._arrived(operation.move, holder, operation.purse_changes)
            case ValueTakenBack():
                self._taken_back(holder, operation)
            case EpochClosedByParent():
                for hold in operation.holds:
                    self._release((operation.node, operation.epoch), hold)
            case EpochPurseSent():
                self._sent_on(header, operation)
            case SaleCompleted():
                taken: dict[str, int] = defaultdict(int)
                for change in operation.purse_changes:
                    taken[card_of(change.asset) or change.asset] -= change.units
                self._redeemed_by[header.op_id] = taken
            case SaleRefunded() | SaleVoided():
                self._undone(header, operation)
            case _:
                pass
        if isinstance(operation, Moving):
            for change in operation.purse_changes:
                self._change(header, holder, change)

    def _change(self, header: Header, holder: Holder, change: PurseChange) -> None:
        if change.hold:
            self._release(holder, change.hold)
        self.purses[change.asset, holder].units += change.units
        self._check(change.asset, holder, header)
        if change.cause not in (Cause.SEND, Cause.RECEIVE, Cause.TAKE_BACK):
            self.out[change.asset] += change.units
            if change.units > 0:
                self.issued[change.asset] += change.units
        self._touched.add(change.asset)

    def _release(self, holder: Holder, hold: str) -> None:
        asset, units = self._holds.pop(hold, ("", 0))
        self.purses[asset, holder].held -= units

    def _check(self, asset: str, holder: Holder, header: Header) -> None:
        purse = self.purses[asset, holder]
        if purse.units - purse.held + self.forgiven.get((asset, holder), 0) < 0:
            what = f"{asset} at {holder}: {purse} after {header.op_id} {header.kind}"
            raise Violation("a purse below zero over all that was recorded", what)

    def _arrived(self, move: str, holder: Holder, changes: Iterable[PurseChange]) -> None:
        before = self._received.get(move)
        if before is not None and before[0] not in self.may_fork:
            raise Violation("a move received twice", f"{move}: {before[0]}, {holder}")
        self._received[move] = (holder, _parts(changes, 1))
        self._unmatched.add(move)

    def _taken_back(self, holder: Holder, operation: ValueTakenBack) -> None:
        """As if it had arrived where it was sent to, and had come back at once."""
        self._arrived(operation.move, (operation.to_node, operation.to_epoch), operation.purse_changes)
        leaving = self._sent.get(operation.move)
        if leaving is not None and leaving.holder[0] != holder[0]:
            raise Violation("a move taken back by another node", f"{operation.move}: {leaving}, {holder}")

    def _sent_on(self, header: Header, operation: EpochPurseSent) -> None:
        """A parent empties a closed purse."""
        old = (operation.from_node, operation.from_epoch)
        to = (operation.to_node, operation.to_epoch)
        self._sent[operation.move] = Leaving(old, to, tuple(sorted(operation.parts)), header.op_id)
        for asset, units in operation.parts:
            self.purses[asset, old].units -= units
            self._check(asset, old, header)
            self._touched.add(asset)

    def _match(self, move: str) -> None:
        holder, parts = self._received[move]
        leaving = self._sent.get(move)
        if leaving is None:
            raise Violation("a move received that nobody sent", f"{move} at {holder}")
        if leaving.to != holder:
            raise Violation("a move received by another holder", f"{move}: to {leaving.to}, at {holder}")
        if leaving.parts != parts:
            raise Violation("a move arrived with other units", f"{move}: {leaving.parts}, {parts}")

    def _undone(self, header: Header, operation: SaleRefunded | SaleVoided) -> None:
        """No more is put back than a sale took."""
        taken = self._redeemed_by.get(operation.sale)
        if taken is None:
            return  # a top-up: what it takes back is bounded by its purse
        for change in operation.purse_changes:
            if change.cause is Cause.UNDO and change.units > 0 and not change.asset.startswith(POINTS_OWED):
                # bonus may come back in place of paid value, when its swap may have been made
                of = card_of(change.asset) or change.asset
                taken[of] -= change.units
                if taken[of] < 0 and (header.node, header.epoch) not in self.may_fork:
                    raise Violation("undone twice", f"{operation.sale} {change.asset} by {header.op_id}")


def _parts(changes: Iterable[PurseChange], sign: int) -> Parts:
    return tuple(sorted((one.asset, sign * one.units) for one in changes))
