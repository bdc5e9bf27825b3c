"""Campaigns: who of an audience is held back, what an SMS costs, and what can honestly be said of what came of it.

Nobody is chosen here (`segment.py`) and nothing is read. Who is held back follows from the campaign and the member alone, so that
every node says the same and nobody can choose.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

from salon_desk.domain.campaign_errors import CampaignInvalid
from salon_desk.domain.limits import MAX_NAME, MAX_NOTE, MAX_REFERENCE, check_text
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names

MOST_IN_A_BATCH = 500
"""Members named in one operation."""
HELD_BACK_PERCENT = 10
MOST_HELD_BACK_PERCENT = 50
RESULT_DAYS = 30
LEAST_IN_A_GROUP = 30
"""In a smaller group chance says more than any campaign."""
DEAREST_SEGMENT = Decimal(1)
NO_OFFER = Names("")
_TEN_THOUSANDTHS = 10_000
_Z = Decimal("1.959964")
"""95 times of 100."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a campaign is written down: its name, who is asked for (`segment` empty: a list by hand), what they are sent.

    `offer`: what stands for {offer} in the template, in each language; empty where it has none.
    """

    name: str
    segment: str
    template: str
    store: str
    held_back_percent: int = HELD_BACK_PERCENT
    offer: Names = NO_OFFER


class Finding(StrEnum):
    """What may be said of a difference between those who were written to and those held back."""

    TOO_FEW = "too_few"
    BY_CHANCE = "by_chance"
    MORE = "more"
    FEWER = "fewer"


@dataclass(frozen=True, slots=True)
class Group:
    """Those written to, or those held back: how many, how many came back, what they spent, and the sum of the squares of it."""

    size: int = 0
    came_back: int = 0
    spent_cents: int = 0
    squares: int = 0


@dataclass(frozen=True, slots=True)
class Interval:
    """A difference, and between what it lies 95 times of 100; of shares in ten-thousandths, of money in cents a head."""

    difference: int
    low: int
    high: int

    @property
    def finding(self) -> Finding:
        """Whether nought lies within."""
        if self.low <= 0 <= self.high:
            return Finding.BY_CHANCE
        return Finding.MORE if self.low > 0 else Finding.FEWER


def check(terms: Terms) -> None:
    """Refuse a campaign that cannot be meant. Raises CampaignInvalid, TextTooLong."""
    check_text("name", terms.name, MAX_NAME)
    for field in ("segment", "template", "store"):
        check_text(field, getattr(terms, field), MAX_REFERENCE)
    for text in (terms.offer.en, terms.offer.zh_CN, terms.offer.zh_TW):
        check_text("offer", text, MAX_NOTE)
    for field in ("name", "template", "store"):
        if not getattr(terms, field).strip():
            raise CampaignInvalid(field)
    if not 0 <= terms.held_back_percent <= MOST_HELD_BACK_PERCENT:
        raise CampaignInvalid("held_back_percent")


def is_held_back(campaign: str, member: str, percent: int) -> bool:
    """Whether a member belongs to those who are not written to, so that there is somebody to compare with."""
    drawn = hashlib.sha256(f"held back\n{campaign}\n{member}".encode()).digest()[:8]
    return int.from_bytes(drawn, "big") % _TEN_THOUSANDTHS < percent * 100


def price_of(text: str) -> Decimal | None:
    """The price of one SMS segment in units of the currency; None where nobody said one that can be meant."""
    try:
        price = Decimal(text)
    except InvalidOperation:
        return None
    return price if price.is_finite() and 0 <= price <= DEAREST_SEGMENT else None


def cost(segments: int, price: Decimal, currency: str) -> Money:
    """What so many segments cost, half a cent upwards."""
    return Money(int((segments * price * 100).quantize(Decimal(1), ROUND_HALF_UP)), currency)


def more_came_back(written: Group, held_back: Group) -> Interval | None:
    """The difference of the shares that came back (Newcombe's score interval); None where a group is too small."""
    if not _can_tell(written, held_back):
        return None
    one, other = _share(written), _share(held_back)
    (low, high), (other_low, other_high) = _wilson(written), _wilson(held_back)
    difference = one - other
    below = ((one - low) ** 2 + (other_high - other) ** 2).sqrt()
    above = ((high - one) ** 2 + (other - other_low) ** 2).sqrt()
    parts = (difference, difference - below, difference + above)
    return Interval(*(_whole(part * _TEN_THOUSANDTHS) for part in parts))


def more_spent(written: Group, held_back: Group) -> Interval | None:
    """The difference of what was spent a head, in cents (Welch's interval); None where a group is too small."""
    if not _can_tell(written, held_back):
        return None
    (mean, error), (other, other_error) = _mean(written), _mean(held_back)
    difference, about = mean - other, _Z * (error + other_error).sqrt()
    return Interval(_whole(difference), _whole(difference - about), _whole(difference + about))


def _can_tell(written: Group, held_back: Group) -> bool:
    return min(written.size, held_back.size) >= LEAST_IN_A_GROUP


def _share(group: Group) -> Decimal:
    return Decimal(group.came_back) / group.size


def _wilson(group: Group) -> tuple[Decimal, Decimal]:
    """Between what the share really lies (Wilson's score interval)."""
    size, share, squared = Decimal(group.size), _share(group), _Z * _Z
    middle = (share + squared / (2 * size)) / (1 + squared / size)
    about = _Z / (1 + squared / size) * (share * (1 - share) / size + squared / (4 * size * size)).sqrt()
    return middle - about, middle + about


def _mean(group: Group) -> tuple[Decimal, Decimal]:
    """What was spent a head, and the square of its standard error."""
    size, total = Decimal(group.size), Decimal(group.spent_cents)
    mean = total / size
    variance = max(Decimal(group.squares) - size * mean * mean, Decimal(0)) / (size - 1)
    return mean, variance / size


def _whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))
