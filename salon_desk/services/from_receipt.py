"""What a receipt's QR code leads to: the statement of what the receipt moved, with that very movement.

The code names a store and a receipt and nobody (`documents/receipt_parts.reference`). Nothing is recorded here.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.documents.receipt_parts import PREFIX
from salon_desk.domain.gift import gift_of
from salon_desk.operations.operation import Moving
from salon_desk.services.errors import UnknownSale
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import operation_of
from salon_desk.storage.queries import cards, owned, sales
from salon_desk.storage.queries.merges import canonical
from salon_desk.storage.queries.owned import Named


@dataclass(frozen=True, slots=True)
class FromReceipt:
    """A receipt's document, whose it is, and what of theirs it moved: the first purse of it, and its card if it is one.

    Empty where there is none: `member` for a walk-in, `asset` where nothing of theirs moved.
    """

    document: str
    member: str
    asset: str
    card: str


def is_receipt(code: str) -> bool:
    """Whether a code that was read is a receipt's."""
    return code.strip().startswith(PREFIX)


def look_up(till: Till, code: str) -> FromReceipt:
    """What a receipt's code leads to. Database worker, reads only. Raises UnknownSale."""
    receipt = code.strip().rpartition(":")[2]
    with till.read() as transaction:
        found = sales.by_receipt(transaction, receipt)
        entry = operation_of(transaction, found.op_id) if found is not None else None
        if found is None or entry is None or not isinstance(entry[1], Moving):
            raise UnknownSale(code)
        moved = tuple(dict.fromkeys(change.asset for change in entry[1].purse_changes))
        member = canonical(transaction, found.member) if found.member else ""
        named = _named(transaction, member, moved)
        card = named.id if named is not None and named.kind is owned.OwnedKind.CARD else ""
        return FromReceipt(
            document=found.op_id,
            member=member,
            asset=named.assets[0] if named is not None else "",
            card=card or _gift(transaction, moved),
        )


def _named(transaction: Transaction, member: str, moved: tuple[str, ...]) -> Named | None:
    """What the member owns of that, a card before anything else."""
    mine = owned.assets_of(transaction, member) if member else []
    return next((one for one in mine if set(one.assets) & set(moved)), None)


def _gift(transaction: Transaction, moved: tuple[str, ...]) -> str:
    """The gift card among them, which is nobody's."""
    ids = (gift_of(asset) for asset in moved)
    found = (cards.card(transaction, one) for one in ids if one)
    return next((one.card for one in found if one is not None), "")
