"""What the top-up screen knows, as one frozen value. No Qt and no word lives here.

How it is paid is `counter/value_sale.py`'s; `choice` is an offer's id, or an amount of one's own, without a bonus.
"""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import override

from salon_desk.domain.catalog import TopUpOffer
from salon_desk.domain.member import Member
from salon_desk.domain.money import Money
from salon_desk.services.cards import CardView
from salon_desk.services.payment import TopUpAsk
from salon_desk.storage.queries.savings import Savings
from salon_desk.ui.counter.elsewhere import Place
from salon_desk.ui.counter.value_sale import OTHER, SoldValue, ValueSale


@dataclass(frozen=True, slots=True)
class OwnedCard:
    """The card that is topped up, whose it is, where value of it lies that is not here, what it saves for."""

    view: CardView
    member: Member | None
    places: tuple[Place, ...] = ()
    savings: tuple[Savings, ...] = ()


@dataclass(frozen=True, slots=True)
class ToppedUp(SoldValue):
    """A top-up that was sold: what was given besides, and the card as it is now."""

    bonus: Money
    after: CardView


@dataclass(frozen=True, slots=True)
class TopUpState(ValueSale):
    """One top-up from `begin` to the next."""

    card: OwnedCard | None = None
    done: ToppedUp | None = None

    @property
    def after(self) -> CardView | None:
        """The card once it is topped up."""
        return self.done.after if self.done else None

    @property
    @override
    def asks_whom(self) -> bool:
        """Whether the card is still to be found."""
        return self.card is None

    @property
    @override
    def guest(self) -> Member | None:
        """Whose card it is."""
        return self.card.member if self.card else None

    @property
    @override
    def currency(self) -> str:
        """The card's currency."""
        return self.card.view.card.currency if self.card else "USD"

    @property
    @override
    def pay(self) -> Money:
        """What the guest pays for it."""
        if self.choice == OTHER:
            return self.typed.money(self.currency)
        return self.offer.pay if self.offer else Money.zero(self.currency)

    @property
    def offers(self) -> tuple[TopUpOffer, ...]:
        """What may be sold today."""
        return self.catalogue.offers if self.catalogue else ()

    @property
    def offer(self) -> TopUpOffer | None:
        """The offer that is chosen."""
        return next((one for one in self.offers if one.offer_id == self.choice), None)

    @property
    def ask(self) -> TopUpAsk | None:
        """The top-up as the services take it."""
        if self.card is None or not self.pay:
            return None
        card = self.card.view.card.card
        if self.offer is not None:
            return TopUpAsk(card, offer=self.offer.offer_id, seller=self.seller)
        return TopUpAsk(card, pay=self.pay, seller=self.seller)
