"""What the pay screen knows, as one frozen value. No Qt and no word lives here.

While `fresh` is False the figures belong to an earlier draft, and nothing can be completed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from salon_desk.domain.catalog import TopUpOffer
from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money, total
from salon_desk.domain.proof import Proof
from salon_desk.domain.tender import CustomTender
from salon_desk.services.catalogue import CatalogueView
from salon_desk.services.checkout import Sold
from salon_desk.services.overdraft import Allowance
from salon_desk.services.proof import Holder
from salon_desk.services.spend_codes import SpendCode
from salon_desk.storage.print_jobs import JobState
from salon_desk.storage.queries.cards import Card
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.charging import MeansNow
from salon_desk.ui.counter.tender_plan import CHARGED, missing_field
from salon_desk.ui.link_desk import Reach
from salon_desk.ui.phone_bridge import PhoneLink
from salon_desk.ui.screens.pay.draft import PayDraft
from salon_desk.ui.screens.pay.reckon import CardShare, Reckoned

_NOTHING: Final = PayDraft()
_IN_REACH: Final = Reach()


@dataclass(frozen=True, slots=True)
class Fetch:
    """Value is being fetched by a telephone: the link once it is made, and what was wrong with the last scan."""

    link: PhoneLink | None = None
    problem: DomainError | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A manager could let this card pay: within what."""

    card: Card
    allowance: Allowance


class Way(StrEnum):
    """How somebody proves that it is theirs."""

    PIN = "pin"
    SIGNATURE = "signature"
    MANAGER = "manager"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Proving:
    """Somebody is asked to prove that it is theirs. `setting`: a new PIN is chosen, `again`: for the second time.

    `offline`: no code can be sent now; `code`: the one that was.
    """

    holder: Holder
    way: Way
    setting: bool = False
    again: bool = False
    checking: bool = False
    refusal: DomainError | None = None
    offline: bool = False
    code: SpendCode | None = None


@dataclass(frozen=True, slots=True)
class PayState:
    """One payment from `begin` to the next. `held` is what is set aside on cards for this ticket.

    `by_phone`: the line is down and a telephone could fetch value; `fetch`: somebody is at it; `override`: what a
    manager may let a card pay is shown; `proving`: the screen is turned to the guest, `proofs`: what was proven so far;
    `reminded`: the reminder was sent to the printer; `means`: what this till can charge with.
    """

    ticket: str = ""
    catalogue: CatalogueView | None = None
    technicians: tuple[StaffMember, ...] = ()
    draft: PayDraft = _NOTHING
    reckoned: Reckoned | None = None
    fresh: bool = False
    problem: DomainError | None = None
    held: tuple[tuple[str, Money], ...] = ()
    paying: bool = False
    sold: Sold | None = None
    receipt: JobState | None = None
    reach: Reach = _IN_REACH
    by_phone: bool = False
    fetch: Fetch | None = None
    override: Override | None = None
    proving: Proving | None = None
    proofs: tuple[Proof, ...] = ()
    reminded: bool = False
    means: tuple[MeansNow, ...] = ()

    @property
    def can_remind(self) -> bool:
        """Whether a paper can say what is left: somebody with a card of their own has paid."""
        return self.sold is not None and bool(self.sold.sale.member) and self.own_card is not None

    @property
    def customs(self) -> tuple[CustomTender, ...]:
        """The shop's own tenders."""
        return self.catalogue.tenders if self.catalogue else ()

    @property
    def ready(self) -> bool:
        """Whether Complete may be tapped: nothing has to be typed, the figures are of now, and everything is covered or a part
        of it is to be charged."""
        reckoned = self.reckoned
        if reckoned is None or not self.fresh or self.paying or self.sold or self.problem:
            return False
        return (not reckoned.preview.open_due or self.charges) and not self.lacks_detail

    @property
    def charges(self) -> bool:
        """Whether a terminal or a wallet is to take a part of it first."""
        plan = self.reckoned.plan.tenders if self.reckoned else ()
        return any(one.kind in CHARGED and one.tender_id and not one.charge for one in plan)

    @property
    def lacks_detail(self) -> bool:
        """Whether digits or a reference are still to be typed for a tender that pays."""
        plan = self.reckoned.plan.tenders if self.reckoned else ()
        paying = {(one.kind, one.tender_id) for one in plan}
        asking = {one.tender_id for one in self.customs if one.needs_reference}
        return any(
            missing_field(draft, needs_reference=draft.tender_id in asking) is not None
            for draft in self.draft.tenders.drafts
            if (draft.kind, draft.tender_id) in paying
        )

    @property
    def late(self) -> Money | None:
        """What came to the cards after another tender was planned, and is not counted on; None for nothing."""
        shares = self.reckoned.shares if self.reckoned else ()
        came = [one.late for one in shares if one.late]
        return total(came, came[0].currency) if came else None

    @property
    def own_card(self) -> CardShare | None:
        """The card that a top-up inside this sale would go on: the first that is not frozen, and no gift card."""
        shares = self.reckoned.shares if self.reckoned else ()
        return next((one for one in shares if not one.card.frozen and not one.card.is_gift), None)

    @property
    def fitting_offer(self) -> TopUpOffer | None:
        """The smallest offer with which the card would pay for all of this sale, when it is short."""
        reckoned, share = self.reckoned, self.own_card
        offers = self.catalogue.offers if self.catalogue else ()
        if reckoned is None or share is None or self.draft.top_up or self.draft.charges or not reckoned.short:
            return None
        if self.draft.said(share.card.card).off:
            return None
        wanted = reckoned.short + share.taken
        fitting = [one for one in offers if share.usable + one.pay + one.bonus >= wanted]
        return min(fitting, key=lambda one: one.pay.cents, default=None)
