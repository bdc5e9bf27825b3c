"""Claims on a card that are assets of their own: what its member owes, and the once-only rights that bound what may follow.

Whoever holds a claim's units may use them, once, so that the law of purses holds for claims as well (PROTOCOL 1). What is owed
for overdraft and cover has modules of its own; nothing is decided here but the names.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from salon_desk.domain.overdraft import card_of_overdraft

RECEIVABLE = "receivable/"
SWAP = "swap/"
FUNDED_REFUND = "refund-funded/"
PENDING = "pending/"
REFUND_RIGHT = "refund/"
TOP_UP_RIGHT = "top-up/"


@dataclass(frozen=True, slots=True)
class Receivable:
    """What a card's member owes the merchant, booked by a store."""

    card: str
    currency: str
    store: str


@dataclass(frozen=True, slots=True)
class Swap:
    """The right to take bonus for paid value that was spent, while bonus lay out of reach, by one tender of one ticket."""

    card: str
    currency: str
    ticket: str
    tender: int


def receivable_asset(owed: Receivable) -> str:
    """The asset `receivable/<card>/<currency>/<store>`, in cents."""
    return f"{receivables_of(owed.card)}{owed.currency}/{quote(owed.store, safe='')}"


def receivables_of(card: str) -> str:
    """What the receivables of a card begin with."""
    return f"{RECEIVABLE}{card}/"


def receivable_of(asset: str) -> Receivable | None:
    """The receivable that an asset is; None for any other asset."""
    parts = asset.removeprefix(RECEIVABLE).rsplit("/", 2)
    if not asset.startswith(RECEIVABLE) or len(parts) != 3:
        return None
    return Receivable(parts[0], parts[1], unquote(parts[2]))


def swap_asset(right: Swap) -> str:
    """The asset `swap/<card>/<currency>/<ticket>/<tender>`, in cents of paid value spent before bonus."""
    return f"{swaps_of(right.card)}{right.currency}/{quote(right.ticket, safe='')}/{right.tender}"


def swaps_of(card: str) -> str:
    """What the swap rights of a card begin with."""
    return f"{SWAP}{card}/"


def swap_of(asset: str) -> Swap | None:
    """The swap right that an asset is; None for any other asset."""
    parts = asset.removeprefix(SWAP).rsplit("/", 3)
    if not asset.startswith(SWAP) or len(parts) != 4 or not parts[3].isdecimal():
        return None
    return Swap(parts[0], parts[1], unquote(parts[2]), int(parts[3]))


def top_up_right(document: str, number: int = 0) -> str:
    """The right to undo a top-up, once, whoever does it: refunded, voided or charged back. One unit."""
    return f"{TOP_UP_RIGHT}{quote(document, safe='')}/{number}"


def pending_asset(top_up: str, asset: str) -> str:
    """Units of `asset` that are bought and not to be spent: nobody knows yet whether the payment will be captured."""
    return f"{PENDING}{quote(top_up, safe='')}/{asset}"


def asset_of_pending(asset: str) -> tuple[str, str]:
    """(top-up, asset) of what waits for its payment; empty for any other asset."""
    top_up, _, rest = asset.removeprefix(PENDING).partition("/")
    return (unquote(top_up), rest) if asset.startswith(PENDING) else ("", "")


def top_up_of(asset: str) -> str:
    """The top-up that an asset is of no use without the rest of: what waits for its payment, the right to undo it; else empty."""
    for kind in (PENDING, TOP_UP_RIGHT):
        if asset.startswith(kind):
            return asset.removeprefix(kind).partition("/")[0]
    return ""


def refund_right(ticket: str, line: str) -> str:
    """The asset that bounds what can be given back on a line, in cents of net and tax (PROTOCOL 1)."""
    return f"{REFUND_RIGHT}{ticket}/{line}"


def redeemed_right(ticket: str, discount: str) -> str:
    """The asset that bounds what a refund may put back of what a discount spent, in units of that."""
    return f"{REFUND_RIGHT}{ticket}/={quote(discount, safe='')}"


def visit_right(ticket: str, line: str) -> str:
    """The right to give the visit that paid a line back, once. One unit."""
    return f"visit/{ticket}/{line}"


def funded_refund(right: str) -> str:
    """What the merchant gave back without holding the refund right `right`, in cents."""
    return FUNDED_REFUND + right.removeprefix(REFUND_RIGHT)


def right_of_funded(asset: str) -> str:
    """The refund right that a merchant's refund stands for; empty for any other asset."""
    if not asset.startswith(FUNDED_REFUND):
        return ""
    return REFUND_RIGHT + asset.removeprefix(FUNDED_REFUND)


def card_of_claim(asset: str) -> str:
    """The card on which an asset is a claim, overdraft included; empty for any other asset."""
    found = receivable_of(asset) or swap_of(asset)
    return found.card if found else card_of_overdraft(asset)
