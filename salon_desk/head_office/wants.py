"""Answering what tills ask for: send what lies here, ask the others for the rest, and pass on what they send.

Who keeps value overnight is in `placement.py`. The one rule: a move goes to a child that is confirmed, in the epoch that it
has now, and is decided inside the transaction that records it. Local rows make the same question give the same answer.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.coupon import coupon_of
from salon_desk.head_office.allotting import Parts, allot, of_same_card, tidy
from salon_desk.head_office.planning import is_in_reach
from salon_desk.head_office.recording import record
from salon_desk.head_office.restored import may_send
from salon_desk.operations.move import ValueSent, Why
from salon_desk.services import occasions
from salon_desk.services.moves import Holder, sending
from salon_desk.storage import routes, wants
from salon_desk.storage.children import Child
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import holders, moves
from salon_desk.storage.queries.cards import purse, units_here
from salon_desk.storage.queries.moves import MoveHere
from salon_desk.storage.store import Store
from salon_desk.storage.wants import Recalled, Want
from salon_desk.wire.messages import Holding, Part, Recall, Slip, WantAnswer, WantAsk

OPEN_FOR = timedelta(seconds=10)
"""How long value that arrives is sent on to who asked for it; later the customer has gone, and it had better lie at home."""
KEPT_FOR = timedelta(days=1)
"""How long the same question gives the same answer."""
MOST_TEXT = 400
MOST_PARTS = 64


def answer(office: Store, child: Child, ask: WantAsk, *, beyond: bool = False) -> WantAnswer:
    """Send what lies here of what a child wants, ask others for the rest, say who has it. The thread that writes.

    The same `want_id` again sends nothing twice: it gives the same move, or a later one once that was received. Nothing
    moves for a child that is not confirmed, is about to be closed, or asks under another's id. `beyond`: what nobody here has
    will be asked for above, so that bonus is not made up in paid value. Raises CannotRecord.
    """
    told = WantAnswer(want_id=ask.want_id, slip=None, rest=[])
    _give(office, child, ask)
    asked = tidy([(part.asset, part.units) for part in ask.parts[:MOST_PARTS]])
    if not ask.want_id or len(ask.want_id) > MOST_TEXT or "\0" in ask.want_id or not asked:
        return told

    def decide(transaction: Transaction) -> list[ValueSent]:
        nonlocal told
        now = office.clock.now()
        want = _find(transaction, child, ask, asked, now)
        if want is None:
            return []
        beside = _beside(transaction, child.node) if ask.node else frozenset()
        sent, want = _serve(office, transaction, want, now, beside=beside, beyond=beyond)
        told = _told(office, transaction, want, sent, now)
        return [sent] if sent else []

    record(office, f"want/{ask.want_id}/{office.new_id()}", decide)
    return told


def on_the_way(transaction: Transaction, child: Child, want_id: str) -> list[Slip]:
    """What was sent to a child for a want and has not arrived as far as this node knows. A read transaction will do."""
    known = wants.want(transaction, want_id)
    if known is None or known.node != child.node:
        return []
    return _on_the_way(transaction, known)


def settle(office: Store) -> int:
    """Send what lies here now on to those who still want it, the longest waiting first: how many moves.

    Wants that nobody waits for any more are closed. The thread that writes; nothing is written when nobody wants anything.
    Raises CannotRecord.
    """
    with office.database.read() as transaction:
        if not wants.open_wants(transaction):
            return 0

    def decide(transaction: Transaction) -> list[ValueSent]:
        now = office.clock.now()
        made: list[ValueSent] = []
        for want in wants.open_wants(transaction):
            to = holders.may_get(transaction, want.node)
            if to is None or to.epoch != want.epoch or _lapsed(want, now):
                wants.change(transaction, replace(want, open=False))
                continue
            sent, _want = _pass_on(office, transaction, want, made)
            made += [sent] if sent else []
        return made

    return len(record(office, f"settle/{office.new_id()}", decide))


def recalls_for(transaction: Transaction, node: str, now: datetime) -> list[Recall]:
    """What a child is asked to send up, for its feed, at the instant `now`. Any thread; a read transaction will do.

    Left out is what it has no more of beyond `keep`, as far as this node has seen.
    """
    child = holders.confirmed(transaction, node)
    if child is None:
        return []
    return [
        Recall(recall=one.recall, asset=one.asset, keep=one.keep)
        for one in wants.open_recalls(transaction, node, instant_text(now - OPEN_FOR))
        if purse(transaction, one.asset, child.node, child.epoch).units > one.keep
    ]


def _give(office: Store, child: Child, ask: WantAsk) -> None:
    """Coupons that give themselves are given when they are asked for, here alone (`services/occasions.py`)."""
    assets = [part.asset for part in ask.parts[:MOST_PARTS] if coupon_of(part.asset)]
    if not assets:
        return
    with office.database.read() as transaction:
        to = holders.may_get(transaction, child.node)
        may = to is not None and ask.epoch in ("", to.epoch) and may_send(transaction, office.epoch)
    if may:
        occasions.give_asked(office, child.node, assets)


def _find(transaction: Transaction, child: Child, ask: WantAsk, asked: Parts, now: datetime) -> Want | None:
    """The want of this id, kept from now on if it is new; None when nothing may be sent for it."""
    to = holders.may_get(transaction, child.node)
    if to is None or ask.epoch not in ("", to.epoch):
        return None
    known = wants.want(transaction, ask.want_id)
    if known is not None:
        return known if (known.node, known.epoch) == (to.node, to.epoch) else None
    wants.forget(transaction, instant_text(now - KEPT_FOR))
    new = Want(ask.want_id, to.node, to.epoch, asked, missing=(), asked_at=instant_text(now))
    wants.add(transaction, new)
    return new


def _serve(
    office: Store,
    transaction: Transaction,
    want: Want,
    now: datetime,
    *,
    beside: Collection[str] = (),
    beyond: bool = False,
) -> tuple[ValueSent | None, Want]:
    """Send what is here and ask others for what is missing, but those `beside`; the want as it stands then."""
    but = {want.node, *beside}
    if not want.open or _lapsed(want, now):
        return None, want
    if want.move or want.missing:
        sent, want = _pass_on(office, transaction, want)
    else:
        spare = {asset: _spare(transaction, asset, but, now) for asset, _units in want.asked}
        reach = {asset: sum(units for _holder, units in found) for asset, found in spare.items()}
        fresh = replace(want, missing=want.asked)
        sent, want = _pass_on(office, transaction, fresh, reach=None if beyond else reach)
    for asset, units in want.missing:
        if not wants.was_asked_for(transaction, want.want, asset):
            _ask_others(office, transaction, want, (asset, units), but=but, now=now)
    return sent, want


def _pass_on(
    office: Store,
    transaction: Transaction,
    want: Want,
    before: Sequence[ValueSent] = (),
    *,
    reach: dict[str, int] | None = None,
) -> tuple[ValueSent | None, Want]:
    """Send what lies here, less what was sent `before` in this transaction, and keep what is missing then."""
    own = _at_hand(office, transaction, want.missing, before)
    shares = allot(want.missing, own, reach)
    sent = None
    if shares.sent:
        to = Holder(want.node, want.epoch)
        sent = sending(office.new_id(), to, shares.sent, Why.WANT, want=want.want)
    answered = moves.move(transaction, want.move) if want.move else None
    move = want.move
    if sent is not None and (answered is None or answered.received_by):
        move = sent.move
    all_moves = (*want.moves, sent.move) if sent is not None else want.moves
    want = replace(want, missing=shares.missing, move=move, open=bool(shares.missing), moves=all_moves)
    wants.change(transaction, want)
    return sent, want


def _at_hand(
    office: Store, transaction: Transaction, parts: Parts, before: Sequence[ValueSent]
) -> dict[str, int]:
    """What head office may send of these assets, and of the other purse of the same cards."""
    assets = dict.fromkeys(one for asset, _units in parts for one in of_same_card(asset))
    own = {asset: units_here(transaction, asset, office.node, office.epoch) for asset in assets}
    for sent in before:
        for change in sent.purse_changes:
            if change.asset in own:
                own[change.asset] += change.units
    return own


def _ask_others(
    office: Store,
    transaction: Transaction,
    want: Want,
    part: tuple[str, int],
    *,
    but: Collection[str],
    now: datetime,
) -> None:
    """Ask who can spare most first, each for no more than is missing then."""
    asset, units = part
    for holder, spare in sorted(_spare(transaction, asset, but, now), key=lambda one: -one[1]):
        if units <= 0:
            return
        asked = min(units, spare)
        units -= asked
        wants.add_recall(
            transaction,
            Recalled(
                recall=office.new_id(),
                node=holder.node,
                asset=asset,
                keep=holder.left - asked,
                asked_at=instant_text(now),
                want=want.want,
            ),
        )


def _beside(transaction: Transaction, node: str) -> frozenset[str]:
    """Who stands behind the same hub as a node whose question that hub has handed on: the hub has asked them itself."""
    hubs = routes.by_node(transaction).get(node, [])
    return frozenset(one for hub in hubs for one in (hub, *routes.behind(transaction, hub)))


def uncovered(transaction: Transaction, want_id: str, now: datetime) -> Parts:
    """What of a want was neither sent nor asked of anybody here: for a hub to ask above. A read transaction will do."""
    known = wants.want(transaction, want_id)
    if known is None or not known.open:
        return ()
    found = []
    for asset, units in known.missing:
        asked = sum(
            max(one.units - lowest, 0)
            for one in holders.purses_of(transaction, asset)
            if one.node != known.node
            and (lowest := wants.lowest_keep(transaction, one.node, asset, instant_text(now - OPEN_FOR)))
            is not None
        )
        if units > asked:
            found.append((asset, units - asked))
    return tuple(found)


def _spare(
    transaction: Transaction, asset: str, but: Collection[str], now: datetime
) -> list[tuple[holders.Asked, int]]:
    """Who is in reach and could send units: each with what it will have left once it has sent what it was asked for."""
    found = []
    for one in holders.purses_of(transaction, asset):
        child = holders.confirmed(transaction, one.node) if one.node not in but else None
        if child is None or child.epoch != one.epoch or not is_in_reach(child, now):
            continue
        lowest = wants.lowest_keep(transaction, one.node, asset, instant_text(now - OPEN_FOR))
        left = one.units if lowest is None else min(one.units, lowest)
        if left > one.held:
            found.append((holders.Asked(one.node, left), left - one.held))
    return found


def _told(
    office: Store, transaction: Transaction, want: Want, sent: ValueSent | None, now: datetime
) -> WantAnswer:
    asked_elsewhere = not _lapsed(want, now) and any(
        wants.was_asked_for(transaction, want.want, asset) for asset, _units in want.missing
    )
    return WantAnswer(
        want_id=want.want,
        slip=_slip(office, transaction, want, sent),
        rest=_rest(office, transaction, want, now) if want.missing else [],
        asked_elsewhere=asked_elsewhere,
        more=_on_the_way(transaction, want, _fresh_slip(office, sent) if sent else None, but=want.move),
    )


def _slip(office: Store, transaction: Transaction, want: Want, sent: ValueSent | None) -> Slip | None:
    if sent is not None and sent.move == want.move:
        return _fresh_slip(office, sent)
    known = moves.move(transaction, want.move) if want.move else None
    return None if known is None else _slip_of(known)


def _on_the_way(
    transaction: Transaction, want: Want, fresh: Slip | None = None, *, but: str = ""
) -> list[Slip]:
    """What was sent for a want and has not arrived as far as this node knows, in the order of sending; `fresh`: just now."""
    known = [moves.move(transaction, name) for name in want.moves if name != but]
    found = [_slip_of(one) for one in known if one is not None and not one.received_by]
    return [*found, fresh] if fresh is not None and fresh.move != but else found


def _fresh_slip(office: Store, sent: ValueSent) -> Slip:
    """Of a move that is being recorded in this very transaction."""
    return Slip(
        move=sent.move,
        from_node=office.node,
        from_epoch=office.epoch,
        to_node=sent.to_node,
        to_epoch=sent.to_epoch,
        parts=[Part(change.asset, -change.units) for change in sent.purse_changes],
    )


def _slip_of(known: MoveHere) -> Slip:
    return Slip(
        move=known.move,
        from_node=known.from_node,
        from_epoch=known.from_epoch,
        to_node=known.to_node,
        to_epoch=known.to_epoch,
        parts=[Part(asset, units) for asset, units in known.parts],
    )


def _rest(office: Store, transaction: Transaction, want: Want, now: datetime) -> list[Holding]:
    """Who has more of what was asked for, besides the one who asks and head office itself."""
    found = []
    for asset in dict.fromkeys(asset for asset, _units in (*want.asked, *want.missing)):
        for one in holders.purses_of(transaction, asset):
            if one.node in (office.node, want.node):
                continue
            child = holders.confirmed(transaction, one.node)
            in_reach = child is not None and child.epoch == one.epoch and is_in_reach(child, now)
            store = child.store if child else moves.store_of(transaction, one.node)
            seen = "" if in_reach or child is None else child.seen_at
            found.append(Holding(asset=asset, units=one.units, node=one.node, store=store, seen_at=seen))
    return found


def _lapsed(want: Want, now: datetime) -> bool:
    return now - parse_instant(want.asked_at) > OPEN_FOR
