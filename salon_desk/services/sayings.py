"""Reasons that are typed beside acts about a member ride in operations of their own, so that erasing the member erases them too.

Every recording of the services passes here (`till.py`). The one rule: an act that names nobody keeps its words, for nobody could
say whose they are; `erasing.consequences` counts those that have a person's name in them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import structs

from salon_desk.operations.card import CardFrozen, CardRecoded, CardTransferred, CardUnfrozen
from salon_desk.operations.claim import TopUpChargedBack
from salon_desk.operations.coupon import CouponWithdrawn
from salon_desk.operations.lapse import BonusRestored
from salon_desk.operations.operation import Operation
from salon_desk.operations.payout import ValuePaidOut
from salon_desk.operations.points import PointsGranted
from salon_desk.operations.said import NAME, ReasonSaid
from salon_desk.operations.sale import SaleRefunded, SaleVoided
from salon_desk.operations.series import SeriesTransferred
from salon_desk.operations.ticket import TicketSaved
from salon_desk.storage.apply.erasures import is_erased
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Recorded
from salon_desk.storage.queries import cards, coupons, series


def apart(
    transaction: Transaction, operations: Sequence[Operation], new_id: Callable[[], str]
) -> list[Operation]:
    """The operations with their typed reasons behind them, each in one of its own. Inside the recording transaction."""
    made, said = list[Operation](), list[Operation]()
    for one in operations:
        reason = getattr(one, "reason", "")
        member = _member(transaction, one) if isinstance(reason, str) and reason else ""
        if not member:
            made.append(one)
            continue
        name = f"{NAME}{new_id()}"
        made.append(structs.replace(one, reason=name))
        if not is_erased(transaction, member):
            said.append(ReasonSaid(saying=name, member=member, words=reason))
    return [*made, *said]


def together(recorded: Recorded) -> Recorded:
    """What was recorded, as it was decided: with the words in their places."""
    words = {one.saying: one.words for one in recorded.operations if isinstance(one, ReasonSaid)}
    kept = [
        (envelope, structs.replace(one, reason=words.get(name, "")) if (name := _name(one)) else one)
        for envelope, one in zip(recorded.envelopes, recorded.operations, strict=True)
        if not isinstance(one, ReasonSaid)
    ]
    if len(kept) == len(recorded.operations) and not words:
        return recorded
    return Recorded(
        tuple(envelope for envelope, _one in kept), tuple(one for _envelope, one in kept), recorded.repeated
    )


def _name(operation: Operation) -> str:
    """The name that an operation has for its words; empty for none."""
    reason = getattr(operation, "reason", "")
    return reason if isinstance(reason, str) and reason.startswith(NAME) else ""


def _member(transaction: Transaction, operation: Operation) -> str:
    """Whom the typed reason of an act is about; empty where it has none, or names nobody."""
    match operation:
        case SaleVoided() | SaleRefunded() | ValuePaidOut() | PointsGranted() | CardTransferred():
            return operation.member
        case SeriesTransferred():
            return operation.member
        case TicketSaved():
            return operation.ticket.member or ""
        case CardFrozen() | CardUnfrozen() | CardRecoded() | TopUpChargedBack() | BonusRestored():
            return _owner(transaction, operation.card)
        case CouponWithdrawn():
            return coupons.owner(transaction, operation.coupon)
        case _:
            return ""


def _owner(transaction: Transaction, card: str) -> str:
    """Of a card, or of a series, which is frozen like one."""
    found = cards.card(transaction, card)
    if found is not None:
        return found.member
    held = series.one(transaction, card)
    return held.owner if held is not None else ""
