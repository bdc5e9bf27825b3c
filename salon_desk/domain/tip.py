"""Tips: what is suggested, whose they are, and which tender pays each of them.

No payroll lives here. A tip belongs to people, is suggested on the services' list price before any
coupon (DOMAIN 1), and names its tender.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from salon_desk.domain.errors import NegativeAmount, TipsExceedTenders, TipWithoutTechnician
from salon_desk.domain.money import Money
from salon_desk.domain.tender import SettledTender


@dataclass(frozen=True, slots=True)
class TipPart:
    """A part of a technician's tip with the tender that pays it (index into the sale's tenders)."""

    technician: str
    amount: Money
    tender: int


def suggested_tips(service_list: Money, percents: Sequence[str]) -> tuple[Money, ...]:
    """The tip for each percent ("18" = 18 %) of the services' list price, half up to the cent."""
    return tuple(service_list.times(Fraction(percent) / 100) for percent in percents)


def split_tip(amount: Money, by: Sequence[tuple[str, Money]]) -> tuple[tuple[str, Money], ...]:
    """Split a tip among technicians by the list price each served; parts add up, first seen first.

    Raises NegativeAmount below zero, TipWithoutTechnician when there is nobody.
    """
    if amount.cents < 0:
        raise NegativeAmount("tip", amount.cents)
    served: dict[str, int] = {}
    for technician, price in by:
        if price.cents < 0:
            raise NegativeAmount("list_price", price.cents)
        served[technician] = served.get(technician, 0) + price.cents
    if not served and amount:
        raise TipWithoutTechnician(amount.cents)
    if not served:
        return ()
    return tuple(zip(served, amount.allocate(list(served.values())), strict=True))


def name_tenders(tips: Sequence[tuple[str, Money]], settled: Sequence[SettledTender]) -> tuple[TipPart, ...]:
    """Say which tender pays each tip: the last tender carries tips first, then the one before.

    Raises TipsExceedTenders when the tenders settle less than the tips, NegativeAmount below zero.
    """
    room = [tender.amount.cents for tender in settled]
    index = len(room) - 1
    parts: list[TipPart] = []
    for technician, tip in tips:
        if tip.cents < 0:
            raise NegativeAmount("tip", tip.cents)
        left = tip.cents
        while left:
            while index >= 0 and room[index] == 0:
                index -= 1
            if index < 0:
                raise TipsExceedTenders(sum(t.cents for _, t in tips), sum(t.amount.cents for t in settled))
            part = min(left, room[index])
            parts.append(TipPart(technician, Money(part, tip.currency), index))
            room[index] -= part
            left -= part
    return tuple(parts)
