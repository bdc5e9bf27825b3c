"""Who could hold the value of a card, and where it belongs: its purses by holder, its issuer.

Which of them gets it is decided in `head_office/`; the devices themselves are in `storage/children.py`. A till that is
being closed, is closed or was locked out gets nothing more, and a hub keeps nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from salon_desk.domain.gift import money_card
from salon_desk.domain.names import Names
from salon_desk.operations.card import CardIssued
from salon_desk.operations.carried_over import AssetCarriedOver, Owned
from salon_desk.operations.gift import GiftSold
from salon_desk.operations.operation import Operation
from salon_desk.operations.registry import decode_known
from salon_desk.storage import children
from salon_desk.storage.children import Child
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.shop import names
from salon_desk.storage.tables import network
from salon_desk.storage.tables.cards import purses
from salon_desk.storage.tables.chains import epoch_ends
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.people import stores, tills

_PURSES = Statement(
    lambda: (
        select(purses)
        .where(purses.c.asset == bindparam("asset"), purses.c.units > 0)
        .order_by(purses.c.node, purses.c.epoch)
    )
)
_ISSUED = Statement(
    lambda: (
        select(journal.c.node, journal.c.kind, journal.c.version, journal.c.body)
        .where(journal.c.kind.in_((CardIssued.KIND, GiftSold.KIND, AssetCarriedOver.KIND)))
        .order_by(journal.c.position)
    )
)
_STORE = Statement(lambda: select(stores).where(stores.c.id == bindparam("store")))
_WITH_VALUE = Statement(lambda: select(purses.c.asset).where(purses.c.units > 0).distinct())
_NOT_FOR_VALUE = Statement(
    lambda: select(tills.c.id).where((tills.c.retiring != 0) | (tills.c.hub != 0) | (tills.c.locked_out != 0))
)
_DEVICE = network.children.c
_CLOSED = Statement(
    lambda: (
        select(epoch_ends.c.node)
        .join(network.children, (_DEVICE.node == epoch_ends.c.node) & (_DEVICE.epoch == epoch_ends.c.epoch))
        .where(epoch_ends.c.heir == "")
    )
)
_HUBS = Statement(lambda: select(tills.c.id).where(tills.c.hub != 0))


@dataclass(frozen=True, slots=True)
class Purse:
    """What one holder has of an asset."""

    node: str
    epoch: str
    units: int
    held: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A node that can be asked for units, and what it has `left` of them once it has sent what it was asked for before."""

    node: str
    left: int


def purses_of(transaction: Transaction, asset: str) -> list[Purse]:
    """The purses of an asset that are not empty."""
    return [Purse(row.node, row.epoch, row.units, row.held) for row in transaction.all(_PURSES, asset=asset)]


def confirmed(transaction: Transaction, node: str) -> Child | None:
    """The device of this node when the owner has confirmed it."""
    found = children.by_node(transaction, node)
    return found if found is not None and found.confirmed else None


def all_confirmed(transaction: Transaction) -> list[Child]:
    """Every device that the owner has confirmed, those that are being closed too."""
    return [child for child in children.all_children(transaction) if child.confirmed]


def may_get(transaction: Transaction, node: str) -> Child | None:
    """The device of this node when value may go to it: confirmed, not about to be closed, not locked out, no hub."""
    found = confirmed(transaction, node)
    return None if found is None or node in _not_for_value(transaction) else found


def first_by_store(transaction: Transaction, but: Collection[str] = ()) -> dict[str, Child]:
    """By store, the device that keeps its value: of those that may get any, without `but`, the one that enrolled first."""
    passed_over = _not_for_value(transaction) | set(but)
    first: dict[str, Child] = {}
    for child in children.all_children(transaction):
        if not child.confirmed or not child.store or child.node in passed_over:
            continue
        known = first.get(child.store)
        if known is None or (child.enrolled_at, child.node) < (known.enrolled_at, known.node):
            first[child.store] = child
    return first


def cards_with_value(transaction: Transaction) -> set[str]:
    """Every card of either kind with units in any purse that this node knows. Reads all purses."""
    return {card for row in transaction.all(_WITH_VALUE) if (card := money_card(row.asset))}


def names_of_store(transaction: Transaction, store: str) -> Names:
    """What a store is called; no words for one that nobody described."""
    row = transaction.one(_STORE, store=store)
    return Names("") if row is None else names(row)


def issuers(transaction: Transaction, wanted: Collection[str]) -> dict[str, str]:
    """By card of either kind, the node that issued it. Reads every issue in the journal until all of `wanted` are found."""
    left, found = set(wanted), dict[str, str]()
    if not left:
        return found
    for row in transaction.stream(_ISSUED):
        operation = decode_known(row.kind, row.version, row.body)
        card = _issued(operation)
        if card in left:
            found[card] = row.node
            left.discard(card)
            if not left:
                break
    return found


def _issued(operation: Operation | None) -> str:
    """The card or gift card that an operation issues; empty for none."""
    match operation:
        case CardIssued():
            return operation.card
        case GiftSold():
            return operation.gift
        case AssetCarriedOver(owned_kind=Owned.GIFT):
            return operation.owned
        case _:
            return ""


def hubs(transaction: Transaction) -> set[str]:
    """The nodes that were described as hubs."""
    return {row.id for row in transaction.all(_HUBS)}


def _not_for_value(transaction: Transaction) -> set[str]:
    over = {row.node for row in transaction.all(_CLOSED)}
    return over | {row.id for row in transaction.all(_NOT_FOR_VALUE)}
