"""What the checkout screen keeps showing of a sale until the next ticket opens: handed over by the pay screen.

No sale is kept here; the receipt's number finds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.money import Money


@dataclass(frozen=True, slots=True)
class LastSale:
    """A sale that is durable. `paid`: everything that was taken for it; `change`: what the guest gets back."""

    receipt: str
    paid: Money
    change: Money
