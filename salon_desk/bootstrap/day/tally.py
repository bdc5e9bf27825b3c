"""What the scripted day has done so far: the sales it may still undo, and the sums of its summary.

The books are the journal's; nothing here is read by the product. Sums are those of this run, not of the shift.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from salon_desk.operations.payment import TenderPart
from salon_desk.services.cards import ToppedUp
from salon_desk.services.checkout import Sold
from salon_desk.services.refunds import GivenBack
from salon_desk.services.voids import Voided

_LOOKED_BACK = 40


@dataclass(slots=True)
class Tally:
    """Counts and sums of a run, and its newest sales."""

    sales: int = 0
    top_ups: int = 0
    refunds: int = 0
    voids: int = 0
    total_cents: int = 0
    tips_cents: int = 0
    tenders: dict[str, int] = field(default_factory=dict)
    _whole: list[Sold] = field(default_factory=list)

    def sold(self, done: Sold) -> None:
        """A sale; top-ups inside it count as well."""
        self.sales += 1
        self.top_ups += len(done.sale.fundings)
        self.total_cents += done.sale.total.cents
        self.tips_cents += sum(tip.amount.cents for tip in done.sale.tips)
        self._take(done.sale.tenders)
        self._whole = [*self._whole[-_LOOKED_BACK:], done]

    def topped_up(self, done: ToppedUp) -> None:
        """A top-up on its own."""
        self.top_ups += 1
        self._take(done.top_up.tenders)

    def gave_back(self, sale: str, done: GivenBack) -> None:
        """A refund of part of a sale."""
        self.refunds += 1
        self._forget(sale)
        self._take(done.document.tenders)

    def voided(self, sale: str, done: Voided) -> None:
        """A sale undone."""
        self.voids += 1
        self._forget(sale)
        self._take(done.document.tenders)

    def refundable(self, dice: Random) -> Sold | None:
        """A sale of this run of which nothing was undone."""
        return dice.choice(self._whole) if self._whole else None

    def last_whole(self) -> Sold | None:
        """The newest of them that sold no value: such value may have been spent since."""
        return next((one for one in reversed(self._whole) if not one.sale.fundings), None)

    def _forget(self, sale: str) -> None:
        self._whole = [one for one in self._whole if one.op_id != sale]

    def _take(self, tenders: tuple[TenderPart, ...]) -> None:
        for tender in tenders:
            name = tender.tender or tender.kind.value
            self.tenders[name] = self.tenders.get(name, 0) + tender.amount.cents
