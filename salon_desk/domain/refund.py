"""Refunds and voids: how much of which line goes back, and to which tender.

No permission and no purse storage lives here. Value goes back where it came from, the last tender
first, stored value in the reverse order of spending (see `card.put_back`); never more than is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from salon_desk.domain.card import Spend, put_back
from salon_desk.domain.errors import (
    AlreadyRefunded,
    AmountMissing,
    LineMissing,
    NegativeAmount,
    RefundExceedsTenders,
    VisitIsWhole,
)
from salon_desk.domain.money import Money, round_half_up, total
from salon_desk.domain.tender import CashRounding, SettledTender, TenderKind, round_cash


@dataclass(frozen=True, slots=True)
class RefundableLine:
    """A line as it was sold; `left` is what of net and tax together was not yet given back.

    `taxes` are the parts of `tax` by rate, so that each liability is lowered by its own share.
    """

    line_id: str
    net: Money
    tax: Money
    left: Money
    taxes: tuple[tuple[str, Money], ...] = ()


@dataclass(frozen=True, slots=True)
class RefundAsk:
    """What is asked back on a line, tax included; None = all that is left of it."""

    line_id: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class RefundableTender:
    """A tender of the sale with what went back to it before.

    `given_back` counts in the due it settled, `paid_back` in what really changed hands (cash rounding).
    `spent` is what a card spent and has not yet got back; needed for stored value.
    """

    tender: SettledTender
    given_back: Money
    paid_back: Money
    spent: Spend | None = None


@dataclass(frozen=True, slots=True)
class RefundedLine:
    """What goes back for a line: `amount` = `net` + `tax`, `taxes` by rate."""

    line_id: str
    amount: Money
    net: Money
    tax: Money
    taxes: tuple[tuple[str, Money], ...]


@dataclass(frozen=True, slots=True)
class RefundedTender:
    """What goes back to a tender (index into the sale's tenders).

    `amount` is its part of the refund, `paid` what changes hands, `rounding` = paid - amount;
    `put_back` says how stored value falls into the card's purses.
    """

    tender: int
    kind: TenderKind
    amount: Money
    paid: Money
    rounding: Money
    put_back: Spend | None = None


@dataclass(frozen=True, slots=True)
class RefundPlan:
    """A refund decided: the lines, the tenders in the order in which they get it, the sum, the tip in it."""

    lines: tuple[RefundedLine, ...]
    tenders: tuple[RefundedTender, ...]
    total: Money
    tip: Money


def plan_refund(
    lines: Sequence[RefundableLine],
    asked: Sequence[RefundAsk],
    tenders: Sequence[RefundableTender],
    *,
    rounding: CashRounding,
    tip: Money,
) -> RefundPlan:
    """Decide a refund of the `asked` lines (and of `tip`, zero unless a void gives tips back).

    Raises LineMissing, AlreadyRefunded, AmountMissing, NegativeAmount, and RefundExceedsTenders
    when the tenders have less left than the lines.
    """
    if tip.cents < 0:
        raise NegativeAmount("tip", tip.cents)
    refunded = _refunded_lines(lines, asked)
    own = _own_parts(lines, refunded, tenders)
    amount = tip + total((line.amount for line in refunded), tip.currency)
    if not amount and not refunded:
        raise AmountMissing("refund")
    return RefundPlan(refunded, _refunded_tenders(amount, tenders, rounding, own), amount, tip)


def give_back(
    amount: Money, tenders: Sequence[RefundableTender], rounding: CashRounding
) -> tuple[RefundedTender, ...]:
    """What goes back to which tender of an amount that is no line's; the last tender first. Raises RefundExceedsTenders."""
    return _refunded_tenders(amount, tenders, rounding)


def _refunded_lines(lines: Sequence[RefundableLine], asked: Sequence[RefundAsk]) -> tuple[RefundedLine, ...]:
    """Each asked line with its amount; a line may be asked for once, and one sold at $0 has nothing."""
    by_id = {line.line_id: line for line in lines}
    refunded: list[RefundedLine] = []
    for ask in asked:
        line = by_id.pop(ask.line_id, None)
        if line is None:
            raise LineMissing(ask.line_id)
        amount = line.left if ask.amount is None else ask.amount
        if amount.cents < 0:
            raise NegativeAmount("refund", amount.cents)
        was_sold_free = not line.net + line.tax
        if amount > line.left or not (line.left or was_sold_free):
            raise AlreadyRefunded(line.line_id, amount.cents, line.left.cents)
        if not amount and not was_sold_free:
            raise AmountMissing("refund")
        refunded.append(_refunded_line(line, amount))
    return tuple(refunded)


def _refunded_line(line: RefundableLine, amount: Money) -> RefundedLine:
    """Split an amount into net and taxes so that all refunds of the line add up to what was sold."""
    taxes = line.taxes or (("", line.tax),)
    parts = [tax.cents for _, tax in taxes] + [line.net.cents]
    before = (line.net + line.tax - line.left).cents
    done = _split_so_far(before, parts)
    upto = _split_so_far(before + amount.cents, parts)
    now = [Money(b - a, amount.currency) for a, b in zip(done, upto, strict=True)]
    by_rate = tuple((rate_id, part) for (rate_id, _), part in zip(taxes, now, strict=False) if rate_id)
    return RefundedLine(line.line_id, amount, now[-1], amount - now[-1], by_rate)


def _split_so_far(refunded: int, parts: Sequence[int]) -> list[int]:
    """How `refunded` cents in all fall on parts: by nested halves, so that no part ever shrinks.

    A plain largest remainder would do that now and then, and a part of a later refund be negative.
    """
    rest, whole = refunded, sum(parts)
    fallen: list[int] = []
    for part in parts[:-1]:
        share = round_half_up(Fraction(part * rest, whole)) if whole else 0
        fallen.append(share)
        rest, whole = rest - share, whole - part
    return [*fallen, rest]


def _own_parts(
    lines: Sequence[RefundableLine], refunded: Sequence[RefundedLine], tenders: Sequence[RefundableTender]
) -> dict[str, Money]:
    """By line, what goes back to the visit that paid it and to nothing else. Raises VisitIsWhole for a part of one."""
    left = {line.line_id: line.left for line in lines}
    by_visit = {held.tender.line: held.tender.amount for held in tenders if held.tender.line}
    own = {line.line_id: by_visit[line.line_id] for line in refunded if line.line_id in by_visit}
    for line in refunded:
        if line.line_id in own and line.amount != left[line.line_id]:
            raise VisitIsWhole(line.line_id)
    return own


def _refunded_tenders(
    amount: Money,
    tenders: Sequence[RefundableTender],
    rounding: CashRounding,
    own: Mapping[str, Money] = MappingProxyType({}),
) -> tuple[RefundedTender, ...]:
    """Give an amount back in the reverse order of taking, to each tender at most what is left of it; a visit gets its line's."""
    left = amount - total(own.values(), amount.currency)
    back: list[RefundedTender] = []
    for index in reversed(range(len(tenders))):
        held = tenders[index]
        if held.tender.line:
            if part := own.get(held.tender.line, amount * 0):
                back.append(_refunded_tender(index, held, part, rounding))
            continue
        part = min(left, held.tender.amount - held.given_back)
        if part.cents > 0:
            back.append(_refunded_tender(index, held, part, rounding))
            left = left - part
    if left:
        raise RefundExceedsTenders(amount.cents, (amount - left).cents)
    return tuple(back)


def _refunded_tender(
    index: int, held: RefundableTender, part: Money, rounding: CashRounding
) -> RefundedTender:
    """One tender's part, with the coins that change hands or the purses that are filled again."""
    paid = part
    if held.tender.kind is TenderKind.CASH:
        paid = _coins(held, part, rounding)
    purses = None
    if held.tender.kind in (TenderKind.STORED_VALUE, TenderKind.GIFT_CARD):
        zero = Money.zero(part.currency)
        purses = put_back(part, held.spent or Spend(bonus=zero, paid=zero))
    return RefundedTender(index, held.tender.kind, part, paid, paid - part, purses)


def _coins(held: RefundableTender, part: Money, rounding: CashRounding) -> Money:
    """The cash that goes out: the last part gives back exactly what came in, so that rounding cancels."""
    came_in = held.tender.taken - held.paid_back
    is_last = held.given_back + part == held.tender.amount
    owed = max(came_in if is_last else min(part, came_in), Money.zero(part.currency))
    return -round_cash(-owed, rounding)
