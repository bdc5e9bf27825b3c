"""What a sale's discounts spent of the member's purses, as the sale and its refunds keep it.

No operation of its own lives here. Which purse it was stands in the asset: a coupon's, or the member's points.
"""

from __future__ import annotations

import msgspec


class RedeemedPart(msgspec.Struct, frozen=True, kw_only=True):
    """One discount of a ticket and the `units` it spent of an asset; in a refund, those that were put back."""

    discount: str
    asset: str
    units: int
