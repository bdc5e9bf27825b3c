"""What a receipt needs besides its operation: the balance of a card just after it, tender names.

Names of people, cards and the shop are in their own nouns' files. The one rule: a balance on paper is that of its own
moment, reckoned back from today's purses, or it is not printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, exists, func, or_, select

from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.operations.move import ValueReceived, ValueSent
from salon_desk.operations.operation import Moving
from salon_desk.operations.registry import KINDS, decode
from salon_desk.storage import heads
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.cards import Card
from salon_desk.storage.queries.catalogue import custom_tender
from salon_desk.storage.queries.moves import everywhere
from salon_desk.storage.tables.chains import set_aside
from salon_desk.storage.tables.journal import journal

MOST_LATER = 5_000
"""So many later operations are looked through for a balance of before; an older copy carries none."""
_BETWEEN_HOLDERS = (ValueSent, ValueReceived)
"""What is under way is counted, so these change no balance."""
_CHANGING = sorted(
    kind
    for kind, operation in KINDS.items()
    if issubclass(operation, Moving) and not issubclass(operation, _BETWEEN_HOLDERS)
)

_POSITION = Statement(lambda: select(journal.c.position).where(journal.c.op_id == bindparam("op_id")))
_LATER = Statement(
    lambda: (
        select(journal.c.kind, journal.c.version, journal.c.body)
        .where(
            journal.c.position > bindparam("position"),
            or_(*(journal.c.kind == kind for kind in _CHANGING)),
            func.instr(journal.c.body, bindparam("needle")) > 0,
            # what could not be applied is in no purse
            ~exists().where(set_aside.c.op_id == journal.c.op_id),
        )
        .order_by(journal.c.position)
    )
)


@dataclass(frozen=True, slots=True)
class BalanceAfter:
    """What lay on a card right after an operation."""

    paid: Money
    bonus: Money


def balance_after(transaction: Transaction, op_id: str, card: Card) -> BalanceAfter | None:
    """A card's value right after an operation; None when that was more than MOST_LATER operations ago."""
    position = transaction.value(_POSITION, op_id=op_id)
    if position is None or transaction.value(heads.LAST_POSITION) - position > MOST_LATER:
        return None
    assets = card.assets
    units = {asset: everywhere(transaction, asset) for asset in (assets.paid, assets.bonus)}
    for row in transaction.all(_LATER, position=position, needle=f"/{card.card}/".encode()):
        operation = decode(row.kind, row.version, row.body)
        assert isinstance(operation, Moving)
        for change in operation.purse_changes:
            if change.asset in units:
                units[change.asset] -= change.units
    return BalanceAfter(Money(units[assets.paid], card.currency), Money(units[assets.bonus], card.currency))


def tender_names(transaction: Transaction, tender_ids: Iterable[str], day: str) -> dict[str, Names]:
    """What the shop's own tenders were called on a business day, those that are no longer offered too."""
    found = {one: custom_tender(transaction, one, day) for one in tender_ids if one}
    return {one: tender.names for one, tender in found.items() if tender is not None}
