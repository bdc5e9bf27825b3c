"""When the bonus of a card was given and until when it counts; which cards were given some that is over; what can go back.

Whether something lapses is decided above (`domain/lapse.py`). What is left of it is read from the operations.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import bindparam, select

from salon_desk.domain.card import card_of
from salon_desk.domain.claim import top_up_right
from salon_desk.domain.lapse import Lot, Step, lapsed_of, left_of
from salon_desk.operations.card import CardToppedUp, TopUpCaptured, ValueCarriedOver
from salon_desk.operations.claim import TopUpChargedBack
from salon_desk.operations.operation import Cause, Moving
from salon_desk.operations.payment import Funding
from salon_desk.operations.registry import decode_known
from salon_desk.operations.sale import SaleCompleted, SaleRefunded, SaleVoided
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.claims import claims_here
from salon_desk.storage.queries.moves import everywhere
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.movements import movements
from salon_desk.storage.tables.triggers import bonus_ends

_MOVED = Statement(
    lambda: (
        select(journal.c.op_id, journal.c.kind, journal.c.version, journal.c.body)
        .join(movements, movements.c.op_id == journal.c.op_id)
        .where(movements.c.asset == bindparam("asset"))
        .group_by(movements.c.at, journal.c.op_id, journal.c.kind, journal.c.version, journal.c.body)
        .order_by(movements.c.at, journal.c.op_id)
    )
)
_UNDOING = (SaleRefunded, SaleVoided, TopUpChargedBack)
"""What takes bonus off with the top-up that gave it."""
_OP = Statement(
    lambda: select(journal.c.kind, journal.c.version, journal.c.body).where(
        journal.c.op_id == bindparam("op_id")
    )
)
_OVER = Statement(
    lambda: (
        select(bonus_ends.c.card)
        .where(bonus_ends.c.card > bindparam("after"), bonus_ends.c.until < bindparam("day"))
        .group_by(bonus_ends.c.card)
        .order_by(bonus_ends.c.card)
        .limit(bindparam("most"))
    )
)


def lots(transaction: Transaction, asset: str) -> list[Lot]:
    """What is left of the bonus that was given on a card, as far as this node knows; a top-up that was undone never was."""
    return left_of(
        step for row in transaction.all(_MOVED, asset=asset) for step in _steps(transaction, row, asset)
    )


def cards_over(transaction: Transaction, after: str, day: str, most: int) -> list[str]:
    """The next cards behind `after` that were given bonus for days before this one, in the order of their ids."""
    return [row.card for row in transaction.all(_OVER, after=after, day=day, most=most)]


def restorable(transaction: Transaction, card: str, node: str, epoch: str) -> list[tuple[str, int]]:
    """(right, cents) of what was taken off a card and can be given back by this holder."""
    return claims_here(transaction, lapsed_of(card), node, epoch)


def _steps(transaction: Transaction, row: object, asset: str) -> Iterator[Step]:
    kind, version, body = row.kind, row.version, row.body  # type: ignore[attr-defined]
    operation = decode_known(kind, version, body)
    if not isinstance(operation, Moving):
        return
    changes = [one for one in operation.purse_changes if one.asset == asset]
    given = sum(one.units for one in changes if one.cause is Cause.ISSUE)
    for right, funding in _fundings(transaction, operation):
        if card_of(asset) == funding.card and funding.bonus:
            given -= funding.bonus.cents
            if not right or everywhere(transaction, right) > 0:
                yield Step(funding.bonus.cents, funding.bonus_expires)
    if given:
        yield Step(given)
    for one in changes:
        if one.cause is Cause.UNDO and one.units > 0:
            yield Step(one.units, back=str(getattr(operation, "sale", "")))
        elif one.cause is Cause.REDEEM or (one.units < 0 and not isinstance(operation, _UNDOING)):
            yield Step(one.units, by=row.op_id)  # type: ignore[attr-defined]


def _fundings(transaction: Transaction, operation: Moving) -> Iterator[tuple[str, Funding]]:
    """What top-ups put on cards, each with the right to undo it; none for bonus that came otherwise and has no end."""
    match operation:
        case SaleCompleted():
            for number, one in enumerate(operation.fundings):
                yield top_up_right(operation.ticket, number), one
        case CardToppedUp() if not operation.payment:
            yield top_up_right(operation.top_up), operation.funding
        case TopUpCaptured():
            row = transaction.one(_OP, op_id=operation.sale)
            found = decode_known(row.kind, row.version, row.body) if row is not None else None
            if isinstance(found, CardToppedUp):
                yield top_up_right(found.top_up), found.funding
        case ValueCarriedOver():
            yield "", operation.funding
        case _:
            return
