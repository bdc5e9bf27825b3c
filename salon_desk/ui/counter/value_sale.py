"""What a screen that sells value alone knows (a top-up, a gift card, a series), as one frozen value. No Qt and no word lives here.

What is sold, to whom and for how much is each screen's own state. While `fresh` is False the figures belong to an earlier draft, and
nothing can be completed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Final

from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member
from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender
from salon_desk.operations.payment import TenderPart
from salon_desk.services.catalogue import CatalogueView
from salon_desk.services.search import Found
from salon_desk.storage.print_jobs import JobState
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.charging import ChargeNow, MeansNow
from salon_desk.ui.counter.captured import captured_tender
from salon_desk.ui.counter.charge_words import terminal_off
from salon_desk.ui.counter.tender_plan import CHARGED, NOTHING_TYPED, TenderPlan, missing_field
from salon_desk.ui.counter.worked import Worked
from salon_desk.ui.digit_entry import DigitEntry

OTHER: Final = "other"
"""The choice of an amount of one's own."""
_NO_TENDERS: Final = TenderPlan()


@dataclass(frozen=True, slots=True)
class SoldValue:
    """What was sold, durable: its paper, the language of that, and its tenders."""

    op_id: str
    receipt: str
    amount: Money
    tenders: tuple[TenderPart, ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSale(ABC):
    """One sale from `begin` to the next. `choice`: the key of a tile, OTHER, or nothing yet.

    `document`: the id that it will bear, for which a card is charged; `charges`: what was captured; `means`: what this till can charge with.
    """

    catalogue: CatalogueView | None = None
    sellers: tuple[StaffMember, ...] = ()
    query: str = ""
    found: tuple[Found, ...] | None = None
    choice: str = ""
    typed: DigitEntry = NOTHING_TYPED
    seller: str = ""
    tenders: TenderPlan = _NO_TENDERS
    worked: Worked | None = None
    fresh: bool = False
    problem: DomainError | None = None
    paying: bool = False
    done: SoldValue | None = None
    receipt: JobState | None = None
    document: str = ""
    charges: tuple[ChargeNow, ...] = ()
    means: tuple[MeansNow, ...] = ()

    @property
    @abstractmethod
    def asks_whom(self) -> bool:
        """Whether it has to be said first whose it will be."""

    @property
    @abstractmethod
    def guest(self) -> Member | None:
        """Who gets it, where that is known."""

    @property
    @abstractmethod
    def currency(self) -> str:
        """What it is sold in."""

    @property
    @abstractmethod
    def pay(self) -> Money:
        """What the guest pays for it."""

    @property
    def planned(self) -> tuple[PlannedTender, ...]:
        """The tenders as the services take them."""
        captured = (captured_tender(one) for one in self.charges)
        return (*captured, *(draft.planned(self.currency) for draft in self.tenders.drafts))

    @property
    def cash_only(self) -> bool:
        """Whether only cash may pay: what is bought with a payment that is not captured cannot be spent, and the terminal is off."""
        return terminal_off(self.means)

    @property
    def print_language(self) -> str:
        """The guest's language for the receipt, else the shop's; without one no paper is printed."""
        if self.guest is not None and self.guest.language:
            return self.guest.language
        return self.catalogue.shop.receipt_language if self.catalogue else ""

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
        plan = worked.settlement.tenders
        charged = any(one.kind in CHARGED and one.tender_id and not one.charge for one in plan)
        return (not worked.open_due or charged) and not self.lacks_detail and not self.asks_whom
