"""What a till can say of its own earlier epochs: what lies there, why, and what brings it back. For the screens; nothing is done.

What is done about it is in `ending.py` and, at head office, in `closings.py`. Figures are what this till's books show: `whole` says
whether they can still change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from salon_desk.domain.card import card_of
from salon_desk.domain.clock import instant_text
from salon_desk.domain.money import Money
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.operations.node import WhyAnew
from salon_desk.services.till import Till
from salon_desk.storage import earlier, parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import ends, openings
from salon_desk.storage.queries.openings import Opening


class Case(StrEnum):
    """What a till is in, the gravest first."""

    CLOSED = "closed"
    """It was closed for good."""
    CATCHING_UP = "catching-up"
    """Its own records have to come back from head office before anything is recorded."""
    COPIED = "copied"
    """Its folder is a copy: what lay there stays with the original."""
    SET_ASIDE = "set-aside"
    """Value lies in an epoch of which nobody knows how it ended."""
    COMING_BACK = "coming-back"
    """Value lies in an epoch whose end is proven, and comes back by itself."""
    WHOLE = "whole"
    """Nothing lies anywhere."""


class Back(StrEnum):
    """What brings the value of an old epoch back."""

    RECORDS = "records"
    """Head office, once it has given this till the rest of its records."""
    HEAD_OFFICE = "head-office"
    """Head office, at the next contact: it closes the epoch and sends the value on."""
    ON_ITS_WAY = "on-its-way"
    """It was closed: what is left goes on now."""
    OTHER_OFFICE = "other-office"
    """Only the head office, or hub, that was named when the end was claimed, should it ever be back in the epoch that it had then."""
    NOBODY = "nobody"
    """Nobody: the owner's cover stands in for it."""


@dataclass(frozen=True, slots=True)
class OldEpoch:
    """An earlier epoch in whose purses something lies. `value`: bonus and paid of `cards` cards together, one for each currency.

    `others`: purses of anything else than cards. `why`: a WhyAnew, or a newer program's word; `since`: an instant as operations
    keep it, empty where it is not known. `whole`: the till holds this epoch's records to their end.
    """

    epoch: str
    why: str
    since: str
    back: Back
    whole: bool
    value: tuple[Money, ...]
    cards: int
    others: int


@dataclass(frozen=True, slots=True)
class Facts:
    """How a till stands: which case, how many own records are missing, and the old epochs with value in them, oldest first."""

    case: Case
    missing: int = 0
    old: tuple[OldEpoch, ...] = ()

    @property
    def value(self) -> tuple[Money, ...]:
        """All of it together, by currency."""
        return _sums([(amount.currency, amount.cents) for one in self.old for amount in one.value])


NOTHING_LEFT = Facts(Case.WHOLE)


def facts(till: Till) -> Facts:
    """How this till stands now. Database worker, reads only."""
    store, waited = till.store, till.store.catching_up
    with till.read() as transaction:
        opened = openings.openings(transaction, store.node)
        left = {one.old_epoch: one for one in opened}
        epochs = earlier.epochs_before(transaction, store.node, store.epoch)
        told = (_old(till, transaction, epoch, left.get(epoch)) for epoch, _seq in epochs)
        old = [one for one in told if one is not None]
    copied = any(one.epoch == store.epoch and one.reason == WhyAnew.FOLDER_COPIED for one in opened)
    missing = waited.seq - store.head.seq if waited else 0
    return Facts(_case(till, old, copied=copied), missing, tuple(old))


def _case(till: Till, old: Sequence[OldEpoch], *, copied: bool) -> Case:
    if till.store.closed:
        return Case.CLOSED
    if till.store.catching_up is not None:
        return Case.CATCHING_UP
    if copied:
        return Case.COPIED
    if any(one.back in (Back.NOBODY, Back.OTHER_OFFICE) for one in old):
        return Case.SET_ASIDE
    return Case.COMING_BACK if old else Case.WHOLE


def _old(till: Till, transaction: Transaction, epoch: str, left: Opening | None) -> OldEpoch | None:
    """An epoch with what lies in its purses; None when nothing does."""
    node = till.store.node
    lying = ends.purses_of(transaction, node, epoch)
    if not lying:
        return None
    on_cards = [(asset, units) for asset, units in lying if card_of(asset)]
    proven = {one[0] for one in ends.proven_past(transaction, node, till.store.epoch)}
    return OldEpoch(
        epoch=epoch,
        why=left.reason if left else "",
        since=instant_text(instant_of(left.at)) if left else "",
        back=_back(transaction, node, epoch, left, proven=epoch in proven),
        whole=epoch in proven or ends.end(transaction, node, epoch) is not None,
        value=_sums([(asset.split("/")[-2], units) for asset, units in on_cards]),
        cards=len({card_of(asset) for asset, _units in on_cards}),
        others=len(lying) - len(on_cards),
    )


def _back(transaction: Transaction, node: str, epoch: str, left: Opening | None, *, proven: bool) -> Back:
    end, link = ends.end(transaction, node, epoch), parent.read(transaction)
    if end is not None and end.closed:
        return Back.ON_ITS_WAY
    if end is not None:
        named = link is not None and (end.closer, end.closer_epoch) == (link.node, link.epoch)
        return Back.HEAD_OFFICE if named else Back.OTHER_OFFICE
    if link is None or left is None or not left.end_hash:
        return Back.NOBODY
    return Back.HEAD_OFFICE if proven else Back.RECORDS


def _sums(parts: Sequence[tuple[str, int]]) -> tuple[Money, ...]:
    cents: dict[str, int] = {}
    for currency, units in parts:
        cents[currency] = cents.get(currency, 0) + units
    return tuple(Money(amount, currency) for currency, amount in sorted(cents.items()))
