"""What the top-up screen knows, as one frozen value. No Qt and no word lives here.

While `fresh` is False the figures belong to an earlier draft, and nothing can be completed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.domain.catalog import TopUpOffer
from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member
from salon_desk.domain.money import Money
from salon_desk.domain.tender import Settlement
from salon_desk.services.cards import CardView, ToppedUp
from salon_desk.services.catalogue import CatalogueView
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.search import Found
from salon_desk.storage.print_jobs import JobState
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.counter.elsewhere import Place
from salon_desk.ui.counter.tender_plan import NOTHING_TYPED, TenderPlan, missing_field
from salon_desk.ui.digit_entry import DigitEntry

OTHER: Final = "other"
"""The choice of an amount of one's own, without a bonus."""
_NO_TENDERS: Final = TenderPlan()


@dataclass(frozen=True, slots=True)
class OwnedCard:
    """The card that is topped up, whose it is, and where value of it lies that is not here."""

    view: CardView
    member: Member | None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Worked:
    """What the tenders come to: how each settles, and what none of them covers yet."""

    due: Money
    settlement: Settlement
    open_due: Money


@dataclass(frozen=True, slots=True)
class TopUpState:
    """One top-up from `begin` to the next. `choice`: an offer's id, OTHER, or nothing yet."""

    card: OwnedCard | None = None
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
    done: ToppedUp | None = None
    after: CardView | None = None
    receipt: JobState | None = None

    @property
    def offers(self) -> tuple[TopUpOffer, ...]:
        """What may be sold today."""
        return self.catalogue.offers if self.catalogue else ()

    @property
    def offer(self) -> TopUpOffer | None:
        """The offer that is chosen."""
        return next((one for one in self.offers if one.offer_id == self.choice), None)

    @property
    def currency(self) -> str:
        """The card's currency."""
        return self.card.view.card.currency if self.card else "USD"

    @property
    def pay(self) -> Money:
        """What the guest pays for it."""
        if self.choice == OTHER:
            return self.typed.money(self.currency)
        return self.offer.pay if self.offer else Money.zero(self.currency)

    @property
    def bonus(self) -> Money:
        """What the guest gets on top."""
        return self.offer.bonus if self.offer else Money.zero(self.currency)

    @property
    def ask(self) -> TopUpAsk | None:
        """The top-up as the services take it."""
        if self.card is None or not self.pay:
            return None
        card = self.card.view.card.card
        if self.offer is not None:
            return TopUpAsk(card, offer=self.offer.offer_id, seller=self.seller)
        return TopUpAsk(card, pay=self.pay, seller=self.seller)

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
        if worked is None or not self.fresh or self.paying or self.done or self.problem or self.ask is None:
            return False
        return not worked.open_due and not self.lacks_detail
