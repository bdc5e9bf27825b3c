"""How a due amount is paid: the planned tenders, cash rounding, change, and what each tender settles.

No price (see `pricing`) and no purse (see `card`) lives here. Only the cash leg is rounded, after tax
(RULES 9); only cash may exceed what is due, and gives change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from salon_desk.domain.errors import (
    AmountMissing,
    BadLastFour,
    CardMissing,
    CashTenderTwice,
    ReferenceMissing,
    TenderOver,
    TenderShort,
    UnknownTender,
)
from salon_desk.domain.limits import MAX_REFERENCE, check_amount, check_text
from salon_desk.domain.money import Money, total
from salon_desk.domain.names import Names


class TenderKind(StrEnum):
    """What pays."""

    STORED_VALUE = "stored_value"
    GIFT_CARD = "gift_card"
    SERIES = "series"
    CASH = "cash"
    EXTERNAL_CARD = "external_card"
    WALLET = "wallet"
    CUSTOM = "custom"


VALUE = frozenset((TenderKind.STORED_VALUE, TenderKind.GIFT_CARD, TenderKind.SERIES))
"""What was paid for before: it buys no other value."""


class CashRounding(StrEnum):
    """How the cash leg meets a drawer without pennies (RULES 9)."""

    EXACT = "exact"
    NEAREST_FIVE = "nearest_five"
    CUSTOMER_FAVOUR = "customer_favour"


@dataclass(frozen=True, slots=True)
class CustomTender:
    """A tender of the shop's own (Zelle, Venmo, Groupon) and its rules."""

    tender_id: str
    names: Names
    needs_reference: bool
    opens_drawer: bool


@dataclass(frozen=True, slots=True)
class PlannedTender:
    """What the cashier plans to take. `amount` None = all that is left; `given` = cash handed over.

    For cash an `amount` above what is due counts as handed over. `tender_id` names a custom tender,
    `card_id` the stored-value card, gift card or series, `line` the line that a visit of a series pays, `last_four` what the
    card machine printed. `charge`: the charge of a terminal or a wallet that took it; a wallet's `tender_id` is its Means.
    """

    kind: TenderKind
    amount: Money | None
    given: Money | None = None
    tender_id: str = ""
    card_id: str = ""
    reference: str = ""
    last_four: str = ""
    line: str = ""
    charge: str = ""


@dataclass(frozen=True, slots=True)
class SettledTender:
    """What a tender does: `amount` of the due it settles, `taken` what comes in (amount + rounding)."""

    kind: TenderKind
    amount: Money
    taken: Money
    given: Money
    change: Money
    rounding: Money
    tender_id: str = ""
    card_id: str = ""
    reference: str = ""
    last_four: str = ""
    line: str = ""
    charge: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """The tenders in the order planned; their amounts add up to what was due."""

    tenders: tuple[SettledTender, ...]
    rounding: Money
    change: Money


def round_cash(amount: Money, rounding: CashRounding) -> Money:
    """What changes hands in coins for `amount`; negative is cash going out to the customer.

    Nearest five is symmetric (1, 2 down; 3, 4 up); the customer's favour is always down, so up in a refund.
    """
    match rounding:
        case CashRounding.EXACT:
            return amount
        case CashRounding.NEAREST_FIVE:
            sign = -1 if amount.cents < 0 else 1
            return Money(sign * ((abs(amount.cents) + 2) // 5 * 5), amount.currency)
        case CashRounding.CUSTOMER_FAVOUR:
            return Money(amount.cents // 5 * 5, amount.currency)
        case _:
            assert_never(rounding)


def settle(
    due: Money,
    planned: Sequence[PlannedTender],
    rounding: CashRounding,
    *,
    customs: Sequence[CustomTender] = (),
) -> Settlement:
    """Decide what each planned tender settles of `due` >= 0, with rounding and change.

    Raises TenderShort, TenderOver, BadLastFour (an external card without a charge needs four digits), ReferenceMissing,
    UnknownTender (a custom tender that is not in `customs`), CardMissing, CashTenderTwice,
    AmountMissing and NegativeAmount.
    """
    check_details(planned, customs)
    return plan_tenders(due, planned, rounding)


def plan_tenders(due: Money, planned: Sequence[PlannedTender], rounding: CashRounding) -> Settlement:
    """As `settle`, for a plan still being typed: no reference, card or last four is asked for yet.

    Fixed amounts are served first, cash after the others; then the first tender without an amount gets
    all that is left. A tender for which nothing is left is left out. Errors as `settle` about amounts.
    """
    check_amount("due", due, due.currency)
    _check_amounts(planned, due.currency)
    zero = Money.zero(due.currency)
    fixed = total((t.amount for t in planned if t.amount and t.kind is not TenderKind.CASH), due.currency)
    if fixed > due:
        raise TenderOver(due.cents, fixed.cents)
    left = due - fixed
    shares = [zero if tender.amount is None else tender.amount for tender in planned]
    for index, tender in enumerate(planned):
        if tender.kind is TenderKind.CASH and tender.amount is not None:
            shares[index] = _cash_share(tender.amount, left, rounding)
            left = left - shares[index]
    for index, tender in enumerate(planned):
        if tender.amount is None:
            shares[index], left = left, zero
    if left:
        raise TenderShort(due.cents, (due - left).cents)
    tenders = tuple(_settled(t, share, rounding) for t, share in zip(planned, shares, strict=True) if share)
    return Settlement(
        tenders,
        rounding=total((tender.rounding for tender in tenders), due.currency),
        change=total((tender.change for tender in tenders), due.currency),
    )


def check_details(planned: Sequence[PlannedTender], customs: Sequence[CustomTender]) -> None:
    """Refuse a tender that lacks what its kind demands; errors as in `settle`."""
    rules = {custom.tender_id: custom for custom in customs}
    for tender in planned:
        check_text("reference", tender.reference, MAX_REFERENCE)
        match tender.kind:
            case TenderKind.STORED_VALUE | TenderKind.GIFT_CARD | TenderKind.SERIES:
                if not tender.card_id:
                    raise CardMissing(tender.amount.cents if tender.amount else 0)
            case TenderKind.EXTERNAL_CARD:
                four = tender.last_four
                typed = len(four) == 4 and four.isascii() and four.isdigit()
                if not (typed or tender.charge):
                    raise BadLastFour(len(four))
            case TenderKind.WALLET:
                if not tender.charge:
                    raise ReferenceMissing(tender.tender_id)
            case TenderKind.CUSTOM:
                if tender.tender_id not in rules:
                    raise UnknownTender(tender.tender_id)
                if rules[tender.tender_id].needs_reference and not tender.reference.strip():
                    raise ReferenceMissing(tender.tender_id)
            case TenderKind.CASH:
                pass
            case _:
                assert_never(tender.kind)


def _check_amounts(planned: Sequence[PlannedTender], currency: str) -> None:
    """Refuse amounts that are no payment, and cash that stands twice."""
    for tender in planned:
        if tender.given is not None:
            check_amount("given", tender.given, currency)
        if tender.amount is not None:
            check_amount("amount", tender.amount, currency)
            if not tender.amount:
                raise AmountMissing("amount")
    cash = sum(tender.kind is TenderKind.CASH for tender in planned)
    if cash > 1:
        raise CashTenderTwice(cash)


def _cash_share(amount: Money, left: Money, rounding: CashRounding) -> Money:
    """The part of `left` that cash of `amount` settles: all of it when the coins for all of it are there."""
    return left if amount >= min(left, round_cash(left, rounding)) else amount


def _settled(tender: PlannedTender, share: Money, rounding: CashRounding) -> SettledTender:
    """The planned tender with the share of the due that falls to it; only cash is rounded."""
    is_cash = tender.kind is TenderKind.CASH
    taken = round_cash(share, rounding) if is_cash else share
    given = taken
    if is_cash:
        given = max(taken, tender.amount or taken) if tender.given is None else tender.given
        if given < taken:
            raise TenderShort(taken.cents, given.cents)
    return SettledTender(
        kind=tender.kind,
        amount=share,
        taken=taken,
        given=given,
        change=given - taken,
        rounding=taken - share,
        tender_id=tender.tender_id,
        card_id=tender.card_id,
        reference=tender.reference.strip(),
        last_four=tender.last_four,
        line=tender.line,
        charge=tender.charge,
    )
