"""Gift cards: the name of a gift card's purse, and which purses a card of either kind, or a tender, stands for.

No storage and no posting lives here. A gift card is money that was paid: it has no bonus, and there is no field by which it
could lapse or bear a fee (RULES 1).
"""

from __future__ import annotations

from enum import StrEnum

from salon_desk.domain.card import CardAssets, card_assets, card_of
from salon_desk.domain.tender import TenderKind

GIFT = "gift/"
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a made code is written with: nothing that is mistaken for something else on paper."""
CODE_LENGTH = 12


class CardKind(StrEnum):
    """What a card with a code on it is."""

    STORED_VALUE = "card"
    GIFT = "gift"


def gift_asset(gift: str, currency: str) -> str:
    """The asset `gift/<id>/<currency>`, in cents (PROTOCOL 1)."""
    return f"{GIFT}{gift}/{currency}"


def gift_of(asset: str) -> str:
    """The gift card that an asset belongs to, empty for any other asset."""
    head, _, rest = asset.partition("/")
    gift, _, currency = rest.rpartition("/")
    return gift if head == "gift" and gift and currency else ""


def money_card(asset: str) -> str:
    """The card of either kind whose money an asset is, empty for any other asset."""
    return card_of(asset) or gift_of(asset)


def assets_of(kind: CardKind, card: str, currency: str) -> CardAssets:
    """The purses of a card of either kind; a gift card's bonus has no name, because there is none."""
    return (
        CardAssets(gift_asset(card, currency), "") if kind is CardKind.GIFT else card_assets(card, currency)
    )


def tender_assets(kind: TenderKind, card: str, currency: str) -> CardAssets:
    """The purses that a tender of stored value or of a gift card takes from."""
    return assets_of(CardKind.GIFT if kind is TenderKind.GIFT_CARD else CardKind.STORED_VALUE, card, currency)


def made_code(numbers: bytes) -> str:
    """A code of twelve letters from so many random `numbers`."""
    return "".join(CODE_LETTERS[one % len(CODE_LETTERS)] for one in numbers[:CODE_LENGTH])


def is_made(code: str) -> bool:
    """Whether a code is one of those that are made here, for a gift card that is no piece of plastic."""
    return len(code) == CODE_LENGTH and all(one in CODE_LETTERS for one in code)


def plain_code(code: str) -> str:
    """A code as it is kept: one in groups without its dashes, any other as it was scanned or typed."""
    bare = code.strip().upper().replace("-", "").replace(" ", "")
    return bare if is_made(bare) else code.strip()


def written_code(code: str) -> str:
    """A made code in groups of four, as paper and screens show it; any other as it is."""
    groups = [code[at : at + 4] for at in range(0, CODE_LENGTH, 4)]
    return "-".join(groups) if is_made(code) else code
