"""Pure folds over the operations, beside the projections and independent of them: purses, holds, double entry.

No table is read here. A fold that disagrees with what `apply` wrote shows a mistake in one of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from salon_desk.domain.ledger import Posting
from salon_desk.operations.card import HoldReleased, ValueHeld
from salon_desk.operations.envelope import Header
from salon_desk.operations.node import EpochClosedByParent, EpochPurseSent
from salon_desk.operations.operation import Moving, Operation

Holder = tuple[str, str, str]
"""Asset, node, epoch."""


@dataclass(slots=True)
class Purse:
    """Units that a holder may spend, and how many of them are set aside."""

    units: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """Units of one purse set aside for a ticket."""

    holder: Holder
    units: int
    ticket: str


class PurseFold:
    """The purses that the operations make, one after the other."""

    def __init__(self) -> None:
        self.purses: dict[Holder, Purse] = {}
        self.holds: dict[str, Hold] = {}

    def take(self, header: Header, operation: Operation) -> Iterator[str]:
        """Bring in one operation; gives what is wrong with it."""
        if isinstance(operation, Moving):
            for change in operation.purse_changes:
                holder = (change.asset, header.node, header.epoch)
                if change.hold:
                    yield from self._free(change.hold, holder)
                yield from self._change(holder, change.units, 0)
        elif isinstance(operation, ValueHeld):
            holder = (operation.asset, header.node, header.epoch)
            if operation.hold in self.holds or operation.units <= 0:
                yield f"hold {operation.hold} of {operation.units} units cannot be"
            self.holds[operation.hold] = Hold(holder, operation.units, operation.ticket)
            yield from self._change(holder, 0, operation.units)
        elif isinstance(operation, HoldReleased):
            yield from self._free(operation.hold, None)
        elif isinstance(operation, EpochClosedByParent):
            for hold in operation.holds:
                yield from self._free(hold, None)
        elif isinstance(operation, EpochPurseSent):
            for asset, units in operation.parts:
                yield from self._change((asset, operation.from_node, operation.from_epoch), -units, 0)

    def _free(self, name: str, holder: Holder | None) -> Iterator[str]:
        hold = self.holds.pop(name, None)
        if hold is None:
            yield f"hold {name} is not held"
            return
        if holder is not None and holder != hold.holder:
            yield f"hold {name} is on another purse than {holder[0]}"
        yield from self._change(hold.holder, 0, -hold.units)

    def _change(self, holder: Holder, units: int, held: int) -> Iterator[str]:
        purse = self.purses.setdefault(holder, Purse())
        purse.units += units
        purse.held += held
        if purse.units < 0:
            yield f"purse {holder[0]} falls to {purse.units}"
        if not 0 <= purse.held <= max(purse.units, 0):
            yield f"purse {holder[0]} has {purse.held} of {purse.units} units set aside"


def unbalanced(postings: Iterable[Posting]) -> Iterator[str]:
    """What the postings of one operation are off zero by, in each currency."""
    sums: dict[str, int] = {}
    for posting in postings:
        sums[posting.amount.currency] = sums.get(posting.amount.currency, 0) + posting.amount.cents
    for currency, cents in sums.items():
        if cents:
            yield f"postings are {cents} cents {currency} off zero"
