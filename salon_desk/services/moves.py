"""Value that comes to this node and value that it sends: receives, answers to recalls, what to ask for, the way home.

No transport lives here (`sync` carries slips and recalls), and no choice of who gets what (`head_office`). A move is received
once, whatever way it came; what is held for a payment never leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from salon_desk.domain.card import card_of
from salon_desk.domain.claim import PENDING, top_up_of
from salon_desk.domain.clock import instant_text
from salon_desk.domain.money import Money
from salon_desk.operations.move import ValueReceived, ValueSent, Why
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.services.errors import SlipDamaged, SlipForAnother
from salon_desk.services.held_again import held_again
from salon_desk.services.till import Till
from salon_desk.storage import journal, wants
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import cards, moves
from salon_desk.storage.queries.cards import Card
from salon_desk.storage.queries.moves import MoveHere
from salon_desk.storage.store import Store
from salon_desk.storage.wants import Recalled
from salon_desk.wire.messages import Part, Recall, Slip

MOST_AT_ONCE = 100
"""Moves in one transaction, so that a cashier's commit does not wait for them (DESIGN 4)."""
MOST_TEXT = 400
KEPT_FOR = timedelta(days=1)
"""How long an answered recall is remembered; head office tells it for seconds."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a move is addressed to: a node in one epoch."""

    node: str
    epoch: str


def receive_waiting(till: Till, most: int | None = None) -> int:
    """Record the arrival of every move to this till that has left: how many. Database worker.

    With `most` at most so many, so that the worker gets to others in between; fewer than `most` means that none is left.
    """
    return len(receive_all(till.store, till.business_day, most))


def receive_slip(till: Till, slip: Slip) -> bool:
    """Record the arrival of a move by its slip; False when it had arrived already, by whatever way. Database worker.

    Raises SlipForAnother when it is not addressed to this till in its present epoch, SlipDamaged.
    """
    _check(till, slip)

    def decide(transaction: Transaction) -> list[Operation]:
        known = moves.move(transaction, slip.move)
        if known is None:
            return [_received(_move_of(slip))]
        if (known.to_node, known.to_epoch) != (till.store.node, till.store.epoch):
            raise SlipForAnother(slip.move, known.to_node, known.to_epoch)
        if any(units <= 0 for _asset, units in known.parts):
            raise SlipDamaged(slip.move)
        return [] if known.received_by else [_received(known), *held_again(till.store, transaction, [known])]

    recorded = till.record(f"receive/{slip.move}", None, decide)
    return bool(recorded.operations) and not recorded.repeated


def answer_recalls(till: Till, parent_node: str, parent_epoch: str, recalls: Sequence[Recall]) -> int:
    """Send the parent, or whom it names, what was asked for and what is free of it: how many moves. Database worker.

    Of each asset `keep` units stay, and whatever is held. What cannot be spared now may be asked for again; a recall
    that was answered once, even in part, is passed over. All that is recalled of one card goes in one move.
    """
    by_card: dict[tuple[Holder, str], list[Recall]] = {}
    for one in recalls:
        to = Holder(one.to_node, one.to_epoch) if one.to_node else Holder(parent_node, parent_epoch)
        by_card.setdefault((to, _together(one.asset)), []).append(one)
    return sum(_answer(till, to, group) for (to, _card), group in by_card.items())


def wanted(till: Till, card: Card, amount: Money) -> tuple[Part, ...]:
    """What to ask for before `amount` is paid with a card: bonus first, then paid. Empty when nothing would help.

    Only what is missing here and is known to lie elsewhere. Bonus that lies elsewhere is missing although paid value
    would do, because it is spent first (RULES 3). Database worker, reads only.
    """
    assets = card.assets
    with till.read() as transaction:
        left, parts = amount.cents, []
        for asset in (assets.bonus, assets.paid):
            here = cards.purse(transaction, asset, till.store.node, till.store.epoch)
            elsewhere = max(moves.everywhere(transaction, asset) - here.units, 0)
            taken = min(left, here.usable + elsewhere)
            if taken > here.usable:
                parts.append(Part(asset, taken - here.usable))
            left -= taken
    return tuple(parts)


def missing_here(till: Till, transaction: Transaction, asset: str, needed: int) -> int:
    """How much of what is needed is not here and is known to lie elsewhere."""
    here = cards.purse(transaction, asset, till.store.node, till.store.epoch)
    elsewhere = max(moves.everywhere(transaction, asset) - here.units, 0)
    return min(max(needed - here.usable, 0), elsewhere)


def return_all(till: Till, parent_node: str, parent_epoch: str) -> int:
    """Send every free unit to the parent, for a till that is to be closed: how many moves. Database worker.

    What is held stays; free it first. Batches keep each transaction small; nobody sells at such a till any more.
    """
    parent, sent = Holder(parent_node, parent_epoch), 0

    def decide(transaction: Transaction) -> list[ValueSent]:
        free = moves.sendable(transaction, till.store.node, till.store.epoch)
        batch = list(by_card(free))[:MOST_AT_ONCE]
        return [sending(till.new_id(), parent, parts, Why.RETURN) for parts in batch]

    while batch := till.record(f"return/{till.new_id()}", None, decide).operations:
        sent += len(batch)
    return sent


def receive_all(
    store: Store, business_day: str | Callable[[Transaction], str], most: int | None = None
) -> list[ValueReceived]:
    """Record the arrival of moves to this store's node and epoch, in batches; what arrived. A till's or a head office's.

    At a till that is closed nothing arrives: what was sent there stays with its sender, who takes it back (PROTOCOL 4).
    """
    arrived: list[ValueReceived] = []
    named = ""
    while not store.closed and (most is None or len(arrived) < most):
        batch = MOST_AT_ONCE if most is None else min(MOST_AT_ONCE, most - len(arrived))
        with store.database.read() as transaction:
            first = moves.waiting(transaction, store.node, store.epoch, most=1)
        if not first or first[0].move == named:
            break
        named = first[0].move
        command = Command(f"receive/{named}", actor="", business_day=business_day)
        recorded = journal.record(store, command, partial(_arrivals, store, most=batch))
        if not recorded.repeated:
            arrived += [one for one in recorded.operations if isinstance(one, ValueReceived)]
    return arrived


def sending(
    move: str, to: Holder, parts: Iterable[tuple[str, int]], why: Why, *, want: str = "", recall: str = ""
) -> ValueSent:
    """The operation that sends (asset, units) from the recording node's purses, bonus before paid."""
    return ValueSent(
        move=move,
        to_node=to.node,
        to_epoch=to.epoch,
        why=why,
        want=want,
        recall=recall,
        purse_changes=tuple(PurseChange(asset, -units, Cause.SEND) for asset, units in sorted(parts)),
    )


def by_card(parts: Iterable[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """Parts grouped so that all of one card go together, and all of one top-up that waits for its payment."""
    groups: dict[str, list[tuple[str, int]]] = {}
    for asset, units in parts:
        groups.setdefault(_together(asset), []).append((asset, units))
    yield from groups.values()


def _arrivals(store: Store, transaction: Transaction, most: int) -> list[Operation]:
    came = moves.waiting(transaction, store.node, store.epoch, most=most)
    return [*(_received(one) for one in came), *held_again(store, transaction, came)]


def _answer(till: Till, to: Holder, group: Sequence[Recall]) -> int:
    with till.read() as transaction:
        answered = _answerable(till, transaction, group)
    if not answered:
        return 0

    def decide(transaction: Transaction) -> list[ValueSent]:
        spared = _spared(till, transaction, answered)
        if not spared:
            return []
        _note(till, transaction, answered)
        return [sending(till.new_id(), to, spared.items(), Why.RECALL, recall=answered[0].recall)]

    # of this epoch: a folder that was put back may have answered it before, and does not know
    recorded = till.record(f"recall/{answered[0].recall}/{till.store.epoch}", None, decide)
    return 0 if recorded.repeated else len(recorded.operations)


def _answerable(till: Till, transaction: Transaction, group: Sequence[Recall]) -> list[Recall]:
    """The recalls, each once, that were never answered and for which something can be spared now."""
    fresh = {one.recall: one for one in group if not wants.is_known(transaction, one.recall)}
    return [one for one in fresh.values() if _spared(till, transaction, (one,))]


def _spared(till: Till, transaction: Transaction, asked: Iterable[Recall]) -> dict[str, int]:
    """By asset, the units that can go: beyond what is to be kept, and beyond what is held."""
    spared: dict[str, int] = {}
    for one in asked:
        here = cards.purse(transaction, one.asset, till.store.node, till.store.epoch)
        units = max(here.units - max(one.keep, here.held), spared.get(one.asset, 0))
        if units > 0:
            spared[one.asset] = units
    return spared


def _note(till: Till, transaction: Transaction, answered: Sequence[Recall]) -> None:
    """Remember what was answered, each recall of a card although one move answers them all."""
    now = till.store.clock.now()
    wants.forget(transaction, instant_text(now - KEPT_FOR))
    for one in answered:
        kept = Recalled(one.recall, till.store.node, one.asset, one.keep, instant_text(now))
        wants.add_recall(transaction, kept, is_open=False)


def _together(asset: str) -> str:
    """What goes in one move: a card, a top-up that waits for its payment and the right to undo it, or else the asset itself."""
    if top_up := top_up_of(asset):
        return f"{PENDING}{top_up}"
    return asset.rpartition("/")[0] if card_of(asset) else asset


def _received(move: MoveHere) -> ValueReceived:
    return ValueReceived(
        move=move.move,
        from_node=move.from_node,
        from_epoch=move.from_epoch,
        purse_changes=tuple(PurseChange(asset, units, Cause.RECEIVE) for asset, units in move.parts),
    )


def _move_of(slip: Slip) -> MoveHere:
    return MoveHere(
        move=slip.move,
        from_node=slip.from_node,
        from_epoch=slip.from_epoch,
        to_node=slip.to_node,
        to_epoch=slip.to_epoch,
        parts=tuple((part.asset, part.units) for part in slip.parts),
        sent_by="",
        received_by="",
    )


def _check(till: Till, slip: Slip) -> None:
    if (slip.to_node, slip.to_epoch) != (till.store.node, till.store.epoch):
        raise SlipForAnother(slip.move, slip.to_node, slip.to_epoch)
    assets = {part.asset for part in slip.parts}
    texts = (slip.move, slip.from_node, slip.from_epoch, *assets)
    if (
        len(assets) != len(slip.parts)
        or not slip.parts
        or any(part.units <= 0 or part.units >= 1 << 62 for part in slip.parts)
        or any(not text or len(text) > MOST_TEXT or "\0" in text for text in texts)
    ):
        raise SlipDamaged(slip.move)
