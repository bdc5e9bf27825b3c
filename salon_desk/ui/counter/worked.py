"""How the tenders of a sale of value alone settle what is due, while they are still being typed. No Qt, and no rule here.

What a tender settles is `domain/tender.py`'s; the pay screen reckons its own plan.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import TenderShort
from salon_desk.domain.money import Money
from salon_desk.domain.tender import CashRounding, PlannedTender, Settlement, plan_tenders


@dataclass(frozen=True, slots=True)
class Worked:
    """What the tenders come to: how each settles, and what none of them covers yet."""

    due: Money
    settlement: Settlement
    open_due: Money


def worked(due: Money, planned: tuple[PlannedTender, ...], rounding: CashRounding) -> Worked:
    """As far as the tenders go; what they do not cover is still open. Raises TenderOver and the like."""
    zero = Money.zero(due.currency)
    try:
        return Worked(due, plan_tenders(due, planned, rounding), zero)
    except TenderShort as short:
        covered = Money(short.planned, due.currency)
        part = plan_tenders(covered, planned, rounding) if covered else Settlement((), zero, zero)
        return Worked(due, part, due - covered)
