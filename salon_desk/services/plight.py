"""How a till stands after whatever befell it or those above it: one frozen value for its first screen and the link screen.

Nothing is done here. Old epochs are `old_epochs.facts`, closing is `closing.py`; this adds what lies at the till itself, whether
head office closes it, and what is known of whoever is above. Figures are what this till's books show.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.card import card_of
from salon_desk.domain.clock import instant_text
from salon_desk.domain.money import Money
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.operations.node import WhyAnew
from salon_desk.services.old_epochs import NOTHING_LEFT, Case, Facts, facts
from salon_desk.services.till import Till
from salon_desk.storage import parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.parent import ParentLink
from salon_desk.storage.queries import closing, ends, holders, openings, stranded


@dataclass(frozen=True, slots=True)
class Plight:
    """`anew`: why the present epoch was opened (a WhyAnew), empty for a till's first. `lying`: what its own cards' purses hold now.

    `closing`: head office closes this till for good; `shift_open`: that waits for the shift. `lost`: the owner had declared it
    lost. `linked`: it has a parent; `by_hub`: that is a hub of the shop. `office_anew`: since when whoever is above goes on from
    an older backup, an instant, empty where it does not.
    """

    facts: Facts = NOTHING_LEFT
    anew: str = ""
    lying: tuple[Money, ...] = ()
    closing: bool = False
    shift_open: bool = False
    lost: bool = False
    linked: bool = False
    by_hub: bool = False
    office_anew: str = ""

    @property
    def case(self) -> Case:
        """The gravest thing that a till is in by itself."""
        return self.facts.case

    @property
    def worth_telling(self) -> bool:
        """Whether a person should read it before anything else, at every start."""
        return self.closing or self.case in (Case.CLOSED, Case.CATCHING_UP)


UNTOUCHED = Plight()


def plight(till: Till) -> Plight:
    """How this till stands now. Database worker, reads only."""
    store, old = till.store, facts(till)
    with till.read() as transaction:
        link = parent.read(transaction)
        opened = openings.openings(transaction, store.node)
        ending = store.closed or closing.is_retiring(transaction, store.node)
        return Plight(
            facts=old,
            anew=next((one.reason for one in opened if one.epoch == store.epoch), ""),
            lying=_lying(transaction, store.node, store.epoch),
            closing=ending,
            shift_open=ending and till.shift(transaction) is not None,
            lost=ending and any(node == store.node for node, _epoch in stranded.declared_dead(transaction)),
            linked=link is not None,
            by_hub=link is not None and link.node in holders.hubs(transaction),
            office_anew=_office_anew(transaction, link),
        )


def _lying(transaction: Transaction, node: str, epoch: str) -> tuple[Money, ...]:
    cents: dict[str, int] = {}
    for asset, units in ends.purses_of(transaction, node, epoch):
        if card_of(asset):
            currency = asset.split("/")[-2]
            cents[currency] = cents.get(currency, 0) + units
    return tuple(Money(amount, currency) for currency, amount in sorted(cents.items()))


def _office_anew(transaction: Transaction, link: ParentLink | None) -> str:
    """A parent opens a new epoch of its own where its disk was put back, and says so in its chain."""
    if link is None:
        return ""
    begun = [one for one in openings.openings(transaction, link.node) if one.epoch == link.epoch]
    told = (instant_text(instant_of(one.at)) for one in begun if one.reason == WhyAnew.CHILD_KNOWS_MORE)
    return next(told, "")
