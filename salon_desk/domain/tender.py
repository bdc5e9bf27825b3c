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
    NegativeAmount,
    ReferenceMissing,
    TenderOver,
    TenderShort,
    TextTooLong,
    UnknownTender,
)
from salon_desk.domain.money import Money, total
from salon_desk.domain.names import Names

MAX_REFERENCE = 64
"""Longest reference a tender keeps, in characters."""


class TenderKind(StrEnum):
    """What pays."""

    STORED_VALUE = "stored_value"
    CASH = "cash"
    EXTERNAL_CARD = "external_card"
    CUSTOM = "custom"


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
    `card_id` the stored-value card, `last_four` what the card machine printed.
    """

    kind: TenderKind
    amount: Money | None
    given: Money | None = None
    tender_id: str = ""
    card_id: str = ""
    reference: str = ""
    last_four: str = ""


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

    Raises TenderShort, TenderOver, BadLastFour (an external card needs four digits), ReferenceMissing,
    UnknownTender (a custom tender that is not in `customs`), CardMissing, CashTenderTwice,
    AmountMissing and NegativeAmount.
    """
    check_details(planned, customs)
    return plan_tenders(due, planned, rounding)


def plan_tenders(due: Money, planned: Sequence[PlannedTender], rounding: CashRounding) -> Settlement:
    """As `settle`, for a plan still being typed: no reference, card or last four is asked for yet.

    A tender for which nothing is left is left out. Errors as `settle` about the amounts.
    """
    raise NotImplementedError


def check_details(planned: Sequence[PlannedTender], customs: Sequence[CustomTender]) -> None:
    """Refuse a tender that lacks what its kind demands; errors as in `settle`."""
    rules = {custom.tender_id: custom for custom in customs}
    for tender in planned:
        if len(tender.reference) > MAX_REFERENCE:
            raise TextTooLong("reference", len(tender.reference), MAX_REFERENCE)
        match tender.kind:
            case TenderKind.STORED_VALUE:
                if not tender.card_id:
                    raise CardMissing(tender.amount.cents if tender.amount else 0)
            case TenderKind.EXTERNAL_CARD:
                four = tender.last_four
                if not (len(four) == 4 and four.isascii() and four.isdigit()):
                    raise BadLastFour(len(four))
            case TenderKind.CUSTOM:
                if tender.tender_id not in rules:
                    raise UnknownTender(tender.tender_id)
                if rules[tender.tender_id].needs_reference and not tender.reference.strip():
                    raise ReferenceMissing(tender.tender_id)
            case TenderKind.CASH:
                pass
            case _:
                assert_never(tender.kind)
