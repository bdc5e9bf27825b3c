"""A person asks a till to send value home, whatever placing thinks of it.

It is a request like every other (`wants.py`), and lapses with it after seconds; what comes of it does not go back to the same till
at once. Nothing is ever taken.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.card import card_of
from salon_desk.domain.claim import card_of_claim
from salon_desk.domain.clock import instant_text
from salon_desk.head_office.planning import is_in_reach
from salon_desk.storage import wants
from salon_desk.storage.queries import holders, moves
from salon_desk.storage.store import Store
from salon_desk.storage.wants import Recalled

BY_OWNER = "owner/"
"""What the id of such a request begins with."""


@dataclass(frozen=True, slots=True)
class Recall:
    """One asset that a till was asked for, and how much of it was free there as far as this node knows."""

    recall: str
    asset: str
    units: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What a till was asked for, and whether it was heard of lately."""

    recalls: tuple[Recall, ...]
    in_reach: bool


def recall(office: Store, node: str, *, card: str = "", asset: str = "") -> Asked:
    """Ask for one asset, or for all of a card. The thread that writes, or a command's own."""
    now = office.clock.now()
    with office.local() as transaction:
        child = holders.confirmed(transaction, node)
        if child is None:
            return Asked((), in_reach=False)
        found = [
            Recall(f"{BY_OWNER}{office.new_id()}", one, units)
            for one, units in moves.sendable(transaction, child.node, child.epoch)
            if (asset and one == asset) or (card and card in (card_of(one), card_of_claim(one)))
        ]
        for each in found:
            wants.add_recall(transaction, Recalled(each.recall, child.node, each.asset, 0, instant_text(now)))
    return Asked(tuple(found), is_in_reach(child, now))
