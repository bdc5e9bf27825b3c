"""What an operation stands on and what it makes possible, as keys: who waits for a key is tried again when it comes.

No table is read here, and whether an operation can be applied is decided by applying it (`apply/`). A key too many costs a
try in vain; a key too few, and an operation stays set aside although what it waited for is there.
"""

from __future__ import annotations

from collections.abc import Iterator

from salon_desk.operations.card import CardToppedUp, HoldReleased, ValueHeld
from salon_desk.operations.envelope import Header
from salon_desk.operations.move import ValueSent, ValueTakenBack
from salon_desk.operations.node import EpochClaimed, EpochClosed, EpochClosedByParent, EpochPurseSent
from salon_desk.operations.operation import Moving, Operation
from salon_desk.operations.sale import SaleCompleted, SaleVoided
from salon_desk.operations.shift import CardBatchClosed, ShiftClosed, ShiftCounted, ShiftOpened
from salon_desk.operations.value_document import ValueDocument

Key = tuple[str, ...]


def wanted(header: Header, operation: Operation) -> Iterator[Key]:
    """The sale that a void undoes, the shift that is closed, the hold that is posted, units in the purses it takes from.

    Of an epoch that is over: that its end was said, its closing.
    """
    match operation:
        case SaleVoided():
            yield ("sale", operation.sale)
        case ShiftCounted() | ShiftClosed() | CardBatchClosed():
            yield ("shift", operation.shift)
        case HoldReleased():
            yield ("hold", operation.hold)
        case ValueHeld():
            yield from _units(header, operation.asset)
        case EpochClosedByParent():
            yield ("ended", operation.node, operation.epoch)
            yield from (("hold", hold) for hold in operation.holds)
        case EpochPurseSent():
            yield ("ended", operation.from_node, operation.from_epoch)
            for asset, _number in operation.parts:
                yield ("units", operation.from_node, operation.from_epoch, asset)
        case ValueTakenBack():
            yield ("sent", operation.move)
            yield ("ended", operation.to_node, operation.to_epoch)
        case _:
            pass
    if isinstance(operation, Moving):
        for change in operation.purse_changes:
            if change.hold:
                yield ("hold", change.hold)
            if change.units < 0:
                yield from _units(header, change.asset)


def given(header: Header, operation: Operation) -> Iterator[Key]:
    """What is there once the operation was applied, for those who may have waited for it."""
    match operation:
        case SaleCompleted() | CardToppedUp() | ValueDocument():
            yield ("sale", header.op_id)
        case ShiftOpened():
            yield ("shift", operation.shift)
        case ValueHeld():
            yield ("hold", operation.hold)
        case HoldReleased():
            yield ("freed", header.node, header.epoch)
        case EpochClaimed():
            yield ("ended", header.node, operation.old_epoch)
        case EpochClosed():
            yield ("ended", header.node, header.epoch)
        case EpochClosedByParent():
            yield ("ended", operation.node, operation.epoch)
        case ValueSent() | EpochPurseSent():
            yield ("sent", operation.move)
        case _:
            pass
    if isinstance(operation, Moving):
        for change in operation.purse_changes:
            if change.units > 0 or change.hold:
                yield ("units", header.node, header.epoch, change.asset)


def _units(header: Header, asset: str) -> Iterator[Key]:
    yield ("units", header.node, header.epoch, asset)
    # a release names its hold alone, so it is heard by all who want units of the holder
    yield ("freed", header.node, header.epoch)
