"""Where value waits: what lies here goes where `planning.py` wants it, and stores with value out of its place are asked for it.

What somebody asks for goes first (`wants.py`). Placing is for sales only, never for safety: a mistake here costs a sale. The
first confirmed till of a store keeps what is the store's (PROTOCOL 6).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from salon_desk.domain.claim import card_of_claim
from salon_desk.domain.clock import instant_text
from salon_desk.domain.gift import money_card
from salon_desk.head_office import planning, recovering, wants
from salon_desk.head_office.owner_recalls import BY_OWNER
from salon_desk.head_office.planning import Bookings, Plan, Reach
from salon_desk.head_office.recording import business_day, record
from salon_desk.head_office.weighing import Signal, Weighed
from salon_desk.operations.booking import BookingCancelled, BookingMade
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.move import ValueReceived, ValueSent, Why
from salon_desk.operations.operation import Moving, Operation
from salon_desk.operations.registry import KINDS, decode_known
from salon_desk.operations.sale import SaleCompleted
from salon_desk.operations.ticket import TicketSaved
from salon_desk.services.moves import Holder, receive_all, sending
from salon_desk.storage import journal
from salon_desk.storage import wants as local_wants
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import holders, moves, visits
from salon_desk.storage.queries.cards import cards_of, units_here
from salon_desk.storage.queries.moves import Lying, MoveHere
from salon_desk.storage.store import Store
from salon_desk.storage.wants import Recalled

MOST_AT_ONCE = 200
"""Cards in one transaction."""

_WHY = {Signal.CHECKED_IN: Why.CHECKED_IN, Signal.BOOKED: Why.BOOKED, Signal.HOME: Why.HOME}


_CONCERNING = frozenset(
    kind
    for kind, made in KINDS.items()
    if made in (TicketSaved, BookingMade, BookingCancelled)
    or (issubclass(made, Moving) and made not in (ValueSent, ValueReceived))
)
"""Kinds after which a card's value may lie in the wrong place."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A move of an asset and why it was made; `why` is empty while its leaving is not here."""

    move: MoveHere
    why: str
    want: str
    recall: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where an asset lies, the moves that brought it there, and what speaks for which store now, the best first."""

    asset: str
    lying: tuple[Lying, ...]
    moves: tuple[Sent, ...]
    ranked: tuple[Weighed, ...] = ()


def receive_at_office(office: Store) -> int:
    """Record the arrival of every move to head office itself: how many. The thread that writes. Raises CannotRecord."""
    return len(_receive(office))


def after_push(office: Store, recorded: Sequence[Envelope], bookings: Bookings | None = None) -> int:
    """What follows once operations of tills were recorded: receive, recover, serve who waits, place the rest: how many moves.

    One look-up when nothing was sent here. The thread that writes. What a crash cut off, `catch_up` does at the next start.
    """
    with office.database.read() as transaction:
        if not moves.any_waiting(transaction, office.node, office.epoch):
            return 0
    arrived = _receive(office)
    gave_back = note_answers(office, recorded)
    assets = {change.asset for one in arrived for change in one.purse_changes}
    owing = {card for asset in assets if (card := card_of_claim(asset))}
    recovery = recovering.recover(office, owing | {money_card(asset) for asset in assets})
    wanted = wants.settle(office)
    wanted += place(office, assets, but=gave_back, bookings=bookings)
    return wanted + rearrange(office, owing | set(recovery.recovered), bookings)


def concerned(office: Store, recorded: Sequence[Envelope]) -> set[str]:
    """The cards whose value may lie in the wrong place after these operations: spent, bought, or their member was here.

    Value that arrived where it was sent concerns nobody, unless something is owed on its card.
    """
    found: set[str] = set()
    known = [
        operation for one in recorded if one.header.kind in _CONCERNING and (operation := _operation(one))
    ]
    for operation in known:
        if isinstance(operation, Moving):
            assets = [change.asset for change in operation.purse_changes]
            found |= {money_card(asset) or card_of_claim(asset) for asset in assets}
    came = {
        one.member for one in known if isinstance(one, (SaleCompleted, BookingMade, BookingCancelled))
    } | {one.ticket.member or "" for one in known if isinstance(one, TicketSaved)}
    came -= {""}
    if came:
        with office.database.read() as transaction:
            found |= {card.card for member in came for card in cards_of(transaction, member)}
    arrived = _arrived(recorded) - found
    if arrived:
        with office.database.read() as transaction:
            found |= recovering.owing(transaction, arrived)
    return found - {""}


def rearrange(office: Store, cards: Collection[str], bookings: Bookings | None = None) -> int:
    """Let the value of these cards find its place while links are up: send what lies here, ask for what lies elsewhere.

    What is owed on a card is recovered first.

    What is asked for comes with a push and is placed then. How many moves went. The thread that writes. Raises CannotRecord.
    """
    recovery = recovering.recover(office, cards)
    if recovery.asks:
        _carry_out(office, recovery.asks)
    ordered, sent = sorted(set(cards) - {one.card for one in recovery.asks}), 0
    for start in range(0, len(ordered), MOST_AT_ONCE):
        with office.database.read() as transaction:
            reach = planning.reach_of(transaction, office.clock.now())
            batch = ordered[start : start + MOST_AT_ONCE]
            plans = _plans(office, transaction, batch, bookings, reach=reach)
        if plans:
            sent += _carry_out(office, plans)
    return sent


def after_return(office: Store, nodes: Collection[str], bookings: Bookings | None = None) -> int:
    """Devices are in reach again that were not: rearrange what concerns them. How many moves went.

    The thread that writes; thousands of cards take seconds. Where others wait, `sweeping.py` does it in pieces.
    """
    with office.database.read() as transaction:
        cards = concerned_by_return(transaction, nodes, bookings or planning.recorded(office.clock.now()))
    return rearrange(office, cards, bookings)


def concerned_by_return(transaction: Transaction, nodes: Collection[str], bookings: Bookings) -> set[str]:
    """The cards with value that lie with these devices, belong to their stores, or are expected there.

    Any thread; a read transaction will do. Reads all purses.
    """
    cards: set[str] = set()
    for node in nodes:
        child = holders.confirmed(transaction, node)
        if child is not None:
            there = moves.sendable(transaction, child.node, child.epoch)
            cards |= {money_card(asset) for asset, _units in there}
            cards |= visits.cards_of_store(transaction, child.store)
            cards |= set(bookings.at(transaction, child.store))
    return cards & holders.cards_with_value(transaction) if cards else cards


def after_enrolment(office: Store, node: str) -> int:
    """Send the value that lies here to the store of a device that may now get it: how many moves.

    To be called when a device has enrolled confirmed, and when the owner confirms one. If the store has several tills, the
    first confirmed one keeps it. The thread that writes; thousands of cards take seconds.
    """
    with office.database.read() as transaction:
        child = holders.may_get(transaction, node)
    return place(office, store=child.store) if child and child.store else 0


def catch_up(office: Store) -> int:
    """At a start: receive what waits, serve who waits, recover what is owed, place what lies here. The thread that writes."""
    return settle(office) + place(office)


def settle(office: Store) -> int:
    """The same without placing what lies here."""
    _receive(office)
    settled = wants.settle(office)
    with office.database.read() as transaction:
        owing = recovering.owing(transaction)
    return settled + rearrange(office, owing)


def place(
    office: Store,
    assets: Collection[str] | None = None,
    *,
    store: str = "",
    but: Collection[str] = (),
    bookings: Bookings | None = None,
) -> int:
    """Send what lies here where it should lie: how many moves, one a card and store, bonus and paid together.

    `assets`: their cards alone; `store`: what belongs there alone, in reach or not; `but`: nodes that get nothing now. What
    has no place in reach stays here. The thread that writes. Raises CannotRecord.
    """
    with office.database.read() as transaction:
        if assets is None:
            cards = lying_here(transaction, office)
        else:
            cards = sorted({money_card(asset) for asset in assets} - {""})
    return place_cards(office, cards, store=store, but=but, bookings=bookings)


def place_cards(
    office: Store,
    cards: Sequence[str],
    *,
    store: str = "",
    but: Collection[str] = (),
    bookings: Bookings | None = None,
    issued_at: Mapping[str, str] | None = None,
) -> int:
    """As `place`. `issued_at`: by card without a home, the store that issued it; None: looked up in the journal."""
    with office.database.read() as transaction:
        reach = planning.reach_of(transaction, office.clock.now(), but, (store,) if store else ())
        if issued_at is None:
            issued_at = issuing_stores(transaction, cards if reach.keepers else ())
        plans = _plans(office, transaction, cards, bookings, reach=reach, issued_at=issued_at)
    sends = [
        Plan(one.card, [to for to in one.sends if store in ("", to[0].store)], (), one.ranked)
        for one in plans
    ]
    sends = [one for one in sends if one.sends]
    return sum(
        _carry_out(office, sends[start : start + MOST_AT_ONCE])
        for start in range(0, len(sends), MOST_AT_ONCE)
    )


def lying_here(transaction: Transaction, office: Store) -> list[str]:
    """The cards of which something lies here that may be sent. Any thread; a read transaction will do."""
    return sorted(
        {money_card(asset) for asset, _units in moves.sendable(transaction, office.node, office.epoch)} - {""}
    )


def issuing_stores(transaction: Transaction, cards: Collection[str]) -> dict[str, str]:
    """Of cards without a home, the store of the till that issued it: where they belong. Reads the journal. Any thread."""
    homeless = {card for card in cards if not planning.has_home(transaction, card)}
    found = holders.issuers(transaction, homeless)
    return {card: moves.store_of(transaction, node) for card, node in found.items()}


def explain(
    transaction: Transaction, asset: str, office: Store | None = None, bookings: Bookings | None = None
) -> Explanation:
    """Who holds what of an asset, and which moves brought it there, why. Any thread; a read transaction will do.

    With the `office` also what speaks for which store in reach now.
    """
    sent = []
    for one in moves.moves_of(transaction, asset):
        found = journal.operation_of(transaction, one.sent_by) if one.sent_by else None
        operation = found[1] if found else None
        if isinstance(operation, ValueSent):
            sent.append(Sent(one, operation.why.value, operation.want, operation.recall))
        else:
            sent.append(Sent(one, "", "", ""))
    ranked: list[Weighed] = []
    if office is not None and money_card(asset):
        reach = planning.reach_of(transaction, office.clock.now())
        ranked = planning.ranking(transaction, office, money_card(asset), reach, bookings)
    return Explanation(asset, tuple(moves.lying(transaction, asset)), tuple(sent), tuple(ranked))


def _receive(office: Store) -> list[ValueReceived]:
    return receive_all(office, business_day(office))


def note_answers(office: Store, recorded: Sequence[Envelope]) -> set[str]:
    """Nobody is asked again for what it has answered. The nodes that gave back what they shall not have: nothing goes there now."""
    sent = [(one.header.node, operation) for one in recorded if (operation := _sent_to(office, one))]
    answered = [(node, one) for node, one in sent if one.recall]
    if answered:
        with office.local() as transaction:
            for node, one in answered:
                assets = [change.asset for change in one.purse_changes]
                local_wants.close_answered(transaction, one.recall, node, assets)
    return {node for node, one in sent if one.why is Why.RETURN or one.recall.startswith(BY_OWNER)}


def _arrived(recorded: Sequence[Envelope]) -> set[str]:
    """The cards of which value has arrived at a till."""
    found = [_operation(one) for one in recorded if one.header.kind == ValueReceived.KIND]
    return {
        money_card(change.asset)
        for one in found
        if isinstance(one, ValueReceived)
        for change in one.purse_changes
    }


def _sent_to(office: Store, one: Envelope) -> ValueSent | None:
    """What was sent to head office in this operation, if it is such a one."""
    operation = _operation(one) if one.header.kind == ValueSent.KIND else None
    return operation if isinstance(operation, ValueSent) and operation.to_node == office.node else None


def _operation(one: Envelope) -> Operation | None:
    return decode_known(one.header.kind, one.header.version, one.body)


def _plans(
    office: Store,
    transaction: Transaction,
    cards: Sequence[str],
    bookings: Bookings | None,
    *,
    reach: Reach,
    issued_at: Mapping[str, str] | None = None,
) -> list[Plan]:
    """Plans with something to do in them. `issued_at`: by card, the store that stands for a home that nobody named."""
    if not reach.keepers or not cards:
        return []
    found = []
    for card in cards:
        issuer = issued_at.get(card, "") if issued_at else ""
        ranked = planning.ranking(transaction, office, card, reach, bookings, issuer=issuer)
        one = planning.plan(transaction, office, card, reach, ranked)
        if one.sends or one.asks:
            found.append(one)
    return found


def _carry_out(office: Store, plans: Sequence[Plan]) -> int:
    """One transaction: what was planned, as far as it still lies here and its till may still get it; how many moves."""

    def decide(transaction: Transaction) -> list[ValueSent]:
        nodes = {child.node for one in plans for child, _group in one.sends}
        may_get = {node: holders.may_get(transaction, node) for node in nodes}
        made, left = [], dict[str, int]()
        for one in plans:
            _ask(office, transaction, one)
            for child, group in one.sends:
                for asset, _units in group:
                    left.setdefault(asset, units_here(transaction, asset, office.node, office.epoch))
                to = may_get[child.node]
                parts = [(asset, min(units, left[asset])) for asset, units in group if left[asset]]
                if to is not None and to.store == child.store and parts:
                    left |= {asset: left[asset] - units for asset, units in parts}
                    made.append(
                        sending(office.new_id(), Holder(to.node, to.epoch), parts, _why(one, to.store))
                    )
        return made

    return len(record(office, f"place/{office.new_id()}", decide))


def _why(plan: Plan, store: str) -> Why:
    """The strongest of what speaks for a store."""
    for one in plan.ranked:
        if one.store == store:
            strongest = max(
                (why for why in one.why if why.signal is not Signal.LINK), key=lambda why: why.weight
            )
            return _WHY.get(strongest.signal, Why.HABIT)
    return Why.HOME


def _ask(office: Store, transaction: Transaction, plan: Plan) -> None:
    """Ask for what lies elsewhere, unless it was just asked for."""
    now = office.clock.now()
    since = instant_text(now - wants.OPEN_FOR)
    for one in plan.asks:
        lowest = local_wants.lowest_keep(transaction, one.node, one.asset, since)
        if lowest is None or lowest > one.keep:
            asked = Recalled(office.new_id(), one.node, one.asset, one.keep, instant_text(now))
            local_wants.add_recall(transaction, asked)
