"""Where value waits: at the home store of its card, with the till there that enrolled first and was confirmed.

What somebody asks for goes first (`wants.py`). Placing is for sales only, never for safety: a mistake here costs a sale. What
lies at another till stays there until somebody wants it (PROTOCOL 6).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from salon_desk.domain.card import card_of
from salon_desk.head_office import wants
from salon_desk.head_office.recording import business_day, record
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.move import ValueReceived, ValueSent, Why
from salon_desk.operations.registry import UnknownOperation, decode
from salon_desk.services.moves import Holder, by_card, receive_all, sending
from salon_desk.storage import journal
from salon_desk.storage import wants as local_wants
from salon_desk.storage.children import Child
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import holders, moves
from salon_desk.storage.queries.cards import units_here
from salon_desk.storage.queries.moves import Lying, MoveHere
from salon_desk.storage.store import Store

MOST_AT_ONCE = 200
"""Cards in one transaction."""

Group = list[tuple[str, int]]
"""(asset, units) of one card."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A move of an asset and why it was made; `why` is empty while its leaving is not here."""

    move: MoveHere
    why: str
    want: str
    recall: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where an asset lies, and the moves that brought it there."""

    asset: str
    lying: tuple[Lying, ...]
    moves: tuple[Sent, ...]


def receive_at_office(office: Store) -> int:
    """Record the arrival of every move to head office itself: how many. The thread that writes. Raises CannotRecord."""
    return len(_receive(office))


def after_push(office: Store, recorded: Sequence[Envelope]) -> int:
    """What follows once operations of tills were recorded: receive, serve who waits, place the rest; how many moves went.

    One look-up when nothing was sent here. The thread that writes. What a crash cut off, `catch_up` does at the next start.
    """
    with office.database.read() as transaction:
        if not moves.any_waiting(transaction, office.node, office.epoch):
            return 0
    arrived = _receive(office)
    gave_back = _note_answers(office, recorded)
    wanted = wants.settle(office)
    assets = {change.asset for one in arrived for change in one.purse_changes}
    return wanted + place(office, assets, but=gave_back)


def after_enrolment(office: Store, node: str) -> int:
    """Send the value that lies here to the store of a device that may now get it: how many moves.

    To be called when a device has enrolled confirmed, and when the owner confirms one. If the store has several tills, the
    first confirmed one keeps it. The thread that writes; thousands of cards take seconds.
    """
    with office.database.read() as transaction:
        child = holders.may_get(transaction, node)
    return place(office, store=child.store) if child and child.store else 0


def catch_up(office: Store) -> int:
    """At a start: receive what waits, serve who waits, place what lies here. The thread that writes."""
    _receive(office)
    return wants.settle(office) + place(office)


def place(
    office: Store, assets: Collection[str] | None = None, *, store: str = "", but: Collection[str] = ()
) -> int:
    """Send what lies here to the home stores of its cards: how many moves, one a card, bonus and paid together.

    `assets`: these alone; `store`: what belongs there alone; `but`: nodes that get nothing now. What has no home store, or
    one without a till that may get value, stays here. The thread that writes. Raises CannotRecord.
    """
    with office.database.read() as transaction:
        first = holders.first_by_store(transaction, but)
        goals = {name: to for name, to in first.items() if store in ("", name)}
        if not goals:
            return 0
        plan = _plan(transaction, _lying_here(office, transaction, assets), goals)
    placed = 0
    for start in range(0, len(plan), MOST_AT_ONCE):
        placed += _send_home(office, plan[start : start + MOST_AT_ONCE])
    return placed


def explain(transaction: Transaction, asset: str) -> Explanation:
    """Who holds what of an asset, and which moves brought it there, why. Any thread; a read transaction will do."""
    sent = []
    for one in moves.moves_of(transaction, asset):
        found = journal.operation_of(transaction, one.sent_by) if one.sent_by else None
        operation = found[1] if found else None
        if isinstance(operation, ValueSent):
            sent.append(Sent(one, operation.why.value, operation.want, operation.recall))
        else:
            sent.append(Sent(one, "", "", ""))
    return Explanation(asset, tuple(moves.lying(transaction, asset)), tuple(sent))


def _receive(office: Store) -> list[ValueReceived]:
    return receive_all(office, business_day(office))


def _note_answers(office: Store, recorded: Sequence[Envelope]) -> set[str]:
    """Nobody is asked again for what it has answered. The nodes that gave everything back: they get nothing now."""
    sent = [(one.header.node, operation) for one in recorded if (operation := _sent_to(office, one))]
    answered = [(node, one) for node, one in sent if one.recall]
    if answered:
        with office.local() as transaction:
            for node, one in answered:
                assets = [change.asset for change in one.purse_changes]
                local_wants.close_answered(transaction, one.recall, node, assets)
    return {node for node, one in sent if one.why is Why.RETURN}


def _sent_to(office: Store, one: Envelope) -> ValueSent | None:
    """What was sent to head office in this operation, if it is such a one."""
    if one.header.kind != ValueSent.KIND or one.body is None:
        return None
    try:
        operation = decode(one.header.kind, one.header.version, one.body)
    except (UnknownOperation, msgspec.MsgspecError):
        return None
    return operation if isinstance(operation, ValueSent) and operation.to_node == office.node else None


def _lying_here(office: Store, transaction: Transaction, assets: Collection[str] | None) -> Iterable[Group]:
    if assets is None:
        return by_card(moves.sendable(transaction, office.node, office.epoch))
    here = [(asset, units_here(transaction, asset, office.node, office.epoch)) for asset in sorted(assets)]
    return by_card((asset, units) for asset, units in here if units)


def _plan(
    transaction: Transaction, groups: Iterable[Group], goals: dict[str, Child]
) -> list[tuple[Child, Group]]:
    """Which card goes to whom: to its member's home store, else to the store of the till that issued it."""
    found: list[tuple[str, Group]] = []
    homeless: list[tuple[str, Group]] = []
    for group in groups:
        card = card_of(group[0][0])
        if home := holders.home_store(transaction, card):
            found.append((home, group))
        elif card:
            homeless.append((card, group))
    issuers = holders.issuers(transaction, {card for card, _group in homeless})
    found += [(moves.store_of(transaction, issuers.get(card, "")), group) for card, group in homeless]
    return [(goals[home], group) for home, group in found if home in goals]


def _send_home(office: Store, batch: Sequence[tuple[Child, Group]]) -> int:
    """One transaction: what was planned, as far as it still lies here and its till may still get it."""

    def decide(transaction: Transaction) -> list[ValueSent]:
        may_get = {
            node: holders.may_get(transaction, node) for node in {child.node for child, _group in batch}
        }
        made = []
        for child, group in batch:
            to = may_get[child.node]
            here = [
                (asset, units_here(transaction, asset, office.node, office.epoch)) for asset, _units in group
            ]
            parts = [(asset, units) for asset, units in here if units]
            if to is not None and to.store == child.store and parts:
                made.append(sending(office.new_id(), Holder(to.node, to.epoch), parts, Why.HOME))
        return made

    return len(record(office, f"place/{office.new_id()}", decide))
