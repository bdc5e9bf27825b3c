"""Bonus before paid across stores: the right to a swap, the swap itself, and how an undo leaves both true.

A payment that spends paid value while bonus lies elsewhere issues a right, once for each tender; it travels like any asset, and
whoever holds it together with bonus swaps (PROTOCOL 1, RULES 3). The one rule: an undo that does not hold the right puts bonus
back in place of the paid value, so that the right stays true whether it was used or will be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from salon_desk.domain import ledger
from salon_desk.domain.card import card_assets
from salon_desk.domain.claim import Swap, swap_asset, swaps_of
from salon_desk.domain.gift import tender_assets
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.domain.refund import RefundedTender
from salon_desk.domain.tender import SettledTender
from salon_desk.operations.claim import ValueSwapped
from salon_desk.operations.operation import Cause, Moving, PurseChange
from salon_desk.operations.sale import SaleCompleted, SaleRefunded
from salon_desk.services import postings
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, claims, moves, sales


@dataclass(frozen=True, slots=True)
class PutBack:
    """What a refund does to cards; `swapped`: by tender, the paid value that goes back as bonus."""

    changes: tuple[PurseChange, ...]
    swapped: Mapping[int, Money]


def right(
    till: Till, transaction: Transaction, tender: SettledTender, paid: Money, *, ticket: str, number: int
) -> list[PurseChange]:
    """The right that comes of spending `paid`: as much as lies elsewhere of the card's bonus and no other right stands for."""
    if not ticket or not paid:
        return []
    bonus = card_assets(tender.card_id, paid.currency).bonus
    here = cards.purse(transaction, bonus, till.store.node, till.store.epoch).units
    elsewhere = moves.everywhere(transaction, bonus) - here
    if elsewhere <= 0:
        return []
    before = sum(one.units for one in claims.claims(transaction, swaps_of(tender.card_id)))
    units = min(paid.cents, elsewhere - before)
    asset = swap_asset(Swap(tender.card_id, paid.currency, ticket, number))
    return [PurseChange(asset, units, Cause.ISSUE)] if units > 0 else []


def swapped(transaction: Transaction, swap: Swap, units: int) -> ValueSwapped:
    """The operation that takes bonus and puts paid value in its place, by its right."""
    sold, amount = sales.of_ticket(transaction, swap.ticket), Money(units, swap.currency)
    names = card_assets(swap.card, swap.currency)
    return ValueSwapped(
        card=swap.card,
        store=sold.store if sold else "",
        sale=sold.op_id if sold else "",
        amount=amount,
        purse_changes=(
            PurseChange(swap_asset(swap), -units, Cause.REDEEM),
            PurseChange(names.bonus, -units, Cause.REDEEM),
            PurseChange(names.paid, units, Cause.UNDO),
        ),
        postings=postings.balanced(
            [Posting(ledger.STORED_VALUE_BONUS, amount), Posting(ledger.STORED_VALUE_PAID, -amount)]
        ),
    )


def put_back(
    till: Till,
    transaction: Transaction,
    sale: SaleCompleted,
    before: Sequence[SaleRefunded],
    parts: Iterable[RefundedTender],
) -> PutBack:
    """How stored value goes back to its cards: what no right stands for first, then by the right, the rest as bonus."""
    changes, as_bonus = list[PurseChange](), dict[int, Money]()
    for part in parts:
        if part.put_back is None:
            continue
        tender = sale.tenders[part.tender]
        assets = tender_assets(tender.kind, tender.card, part.amount.currency)
        swap = _of_tender(sale, part.tender)
        plain = min(part.put_back.paid.cents, _plain_left(sale, before, part.tender))
        here = cards.units_here(transaction, swap, till.store.node, till.store.epoch)
        by_right = min(part.put_back.paid.cents - plain, here)
        rest = part.put_back.paid.cents - plain - by_right
        if rest:
            as_bonus[part.tender] = Money(rest, part.amount.currency)
        changes += [
            PurseChange(assets.bonus, part.put_back.bonus.cents + rest, Cause.UNDO),
            PurseChange(assets.paid, plain + by_right, Cause.UNDO),
            PurseChange(swap, -by_right, Cause.REDEEM),
        ]
    return PutBack(tuple(one for one in changes if one.units), as_bonus)


def gone(till: Till, transaction: Transaction, document: Moving) -> dict[int, Money]:
    """By tender of a document that is undone as a whole, the paid value that goes back as bonus: its right is not here."""
    found = {}
    if isinstance(document, SaleCompleted):
        for number, tender in enumerate(document.tenders):
            swap = _of_tender(document, number)
            issued = _changed(document.purse_changes, swap)
            here = cards.units_here(transaction, swap, till.store.node, till.store.epoch) if issued else 0
            if issued > here:
                found[number] = Money(issued - here, tender.amount.currency)
    return found


def instead(document: Moving, as_bonus: Mapping[int, Money]) -> dict[str, int]:
    """By asset, what that is beside the document's changes turned round: the right stays, bonus for paid value."""
    units: dict[str, int] = {}
    for number, amount in as_bonus.items():
        assert isinstance(document, SaleCompleted)
        assets = card_assets(document.tenders[number].card, amount.currency)
        for asset, change in (
            (_of_tender(document, number), amount.cents),
            (assets.bonus, amount.cents),
            (assets.paid, -amount.cents),
        ):
            units[asset] = units.get(asset, 0) + change
    return units


def as_bonus(amounts: Iterable[Money]) -> list[Posting]:
    """What goes back as bonus, beside postings that say paid value."""
    made = []
    for amount in amounts:
        made += [Posting(ledger.STORED_VALUE_PAID, amount), Posting(ledger.STORED_VALUE_BONUS, -amount)]
    return made


def _of_tender(sale: SaleCompleted, number: int) -> str:
    tender = sale.tenders[number]
    return swap_asset(Swap(tender.card, tender.amount.currency, sale.ticket, number))


def _plain_left(sale: SaleCompleted, before: Sequence[SaleRefunded], number: int) -> int:
    """Of the paid value that a tender spent and no right stands for, what did not go back yet."""
    tender, swap = sale.tenders[number], _of_tender(sale, number)
    spent = tender.from_paid.cents if tender.from_paid else 0
    back = [(one, part) for one in before for part in one.tenders if part.of_tender == number]
    paid = sum(_cents(part.from_paid) for _one, part in back)
    as_rights = sum(_cents(part.swapped) for _one, part in back)
    as_rights += sum(_changed(one.purse_changes, swap) for one, _part in back)
    plain = spent - _changed(sale.purse_changes, swap)
    return max(plain + paid - as_rights, 0)


def _changed(changes: Iterable[PurseChange], asset: str) -> int:
    return sum(one.units for one in changes if one.asset == asset)


def _cents(amount: Money | None) -> int:
    return amount.cents if amount else 0
