"""What the screen that sells gift cards and series knows, as one frozen value. No Qt and no word lives here.

While `fresh` is False the figures belong to an earlier draft, and nothing can be completed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member
from salon_desk.domain.money import Money
from salon_desk.operations.payment import TenderPart
from salon_desk.services.catalogue import CatalogueView
from salon_desk.services.search import Found
from salon_desk.services.series_sales import Price
from salon_desk.storage.print_jobs import JobState
from salon_desk.storage.queries.gifts import Greeting
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.counter.tender_plan import NOTHING_TYPED, TenderPlan, missing_field
from salon_desk.ui.counter.worked import Worked
from salon_desk.ui.digit_entry import DigitEntry

OTHER: Final = "other"
"""The choice of an amount of one's own."""
AMOUNTS: Final = (2500, 5000, 10000, 20000)
"""What a gift card is sold for at one tap, in cents; any other amount is typed."""
_NO_TENDERS: Final = TenderPlan()
_NO_WORDS: Final = Greeting()


class Ware(StrEnum):
    """What is sold."""

    GIFT = "gift"
    SERIES = "series"


@dataclass(frozen=True, slots=True)
class Sold:
    """What was sold, durable: its paper, its tenders, and the code of a gift card."""

    op_id: str
    receipt: str
    amount: Money
    tenders: tuple[TenderPart, ...]
    language: str
    code: str = ""
    visits: int = 0


@dataclass(frozen=True, slots=True)
class SellState:
    """One sale from `begin` to the next. `choice`: cents, an offer's id, OTHER, or nothing yet. `code`: empty to have one made."""

    ware: Ware = Ware.GIFT
    member: Member | None = None
    catalogue: CatalogueView | None = None
    sellers: tuple[StaffMember, ...] = ()
    prices: tuple[Price, ...] = ()
    query: str = ""
    found: tuple[Found, ...] | None = None
    choice: str = ""
    typed: DigitEntry = NOTHING_TYPED
    code: str = ""
    words: Greeting = _NO_WORDS
    seller: str = ""
    tenders: TenderPlan = _NO_TENDERS
    worked: Worked | None = None
    fresh: bool = False
    problem: DomainError | None = None
    paying: bool = False
    done: Sold | None = None
    receipt: JobState | None = None

    @property
    def asks_member(self) -> bool:
        """Whether it has to be said first whose it will be: a gift card is nobody's."""
        return self.ware is Ware.SERIES and self.member is None

    @property
    def currency(self) -> str:
        """The shop's currency."""
        return self.catalogue.shop.currency if self.catalogue else "USD"

    @property
    def price(self) -> Price | None:
        """The series that is chosen."""
        return next((one for one in self.prices if one.offer.offer_id == self.choice), None)

    @property
    def pay(self) -> Money:
        """What the guest pays for it, tax included where it is taxed now."""
        if self.ware is Ware.SERIES:
            return self.price.due if self.price else Money.zero(self.currency)
        if self.choice == OTHER:
            return self.typed.money(self.currency)
        return Money(int(self.choice or "0"), self.currency)

    @property
    def lacks_detail(self) -> bool:
        """Whether digits or a reference are still to be typed for a planned tender."""
        customs = self.catalogue.tenders if self.catalogue else ()
        asking = {one.tender_id for one in customs if one.needs_reference}
        return any(
            missing_field(draft, needs_reference=draft.tender_id in asking) is not None
            for draft in self.tenders.drafts
        )

    @property
    def ready(self) -> bool:
        """Whether Complete may be tapped."""
        worked = self.worked
        if worked is None or not self.fresh or self.paying or self.done or self.problem or not self.pay:
            return False
        return not worked.open_due and not self.lacks_detail and not self.asks_member
