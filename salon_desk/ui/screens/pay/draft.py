"""What a cashier is planning on the pay screen, as one frozen value: tip, stored value, tenders, top-up.

Nothing is taken and nothing is reckoned here (`reckon`). Stored value takes part by itself, as far as it goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender
from salon_desk.services.payment import TopUpAsk
from salon_desk.ui.charging import ChargeNow
from salon_desk.ui.counter.captured import captured_tender
from salon_desk.ui.counter.tender_plan import CASH, NOTHING_TYPED, TenderPlan
from salon_desk.ui.digit_entry import DigitEntry

PERCENTS: Final = ("15", "18", "20")
"""The suggested tips, on list price before any coupon (DOMAIN 1)."""


class TipChoice(StrEnum):
    """Which tip is chosen; the suggestions are named by their percent."""

    FIFTEEN = "15"
    EIGHTEEN = "18"
    TWENTY = "20"
    CUSTOM = "custom"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TipDraft:
    """The tip as chosen: `typed` for a custom one, `split` when the cashier says who gets what; `by_guest`: the guest chose it."""

    choice: TipChoice = TipChoice.NONE
    typed: DigitEntry = NOTHING_TYPED
    split: tuple[tuple[str, Money], ...] = ()
    by_guest: bool = False


_NO_TIP: Final = TipDraft()
_NO_TENDERS: Final = TenderPlan()


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """What the cashier said about a card: not this time, or so much. Nothing said is as much as it can pay."""

    card: str
    off: bool = False
    amount: DigitEntry = NOTHING_TYPED


@dataclass(frozen=True, slots=True)
class PayDraft:
    """The whole plan. `cards`: cards scanned on this screen besides the member's own.

    `counted_on`: what each card could pay when another tender was planned beside it. Value that comes later waits for
    a tap: the card machine may have charged the rest already. `overdrafts`: what a manager lets cards pay although it does not
    lie here. `read`: the cards that a reader has read on this ticket, which proves who spends. `charges`: what was captured.
    """

    tip: TipDraft = _NO_TIP
    stored: tuple[StoredDraft, ...] = ()
    cards: tuple[str, ...] = ()
    tenders: TenderPlan = _NO_TENDERS
    top_up: TopUpAsk | None = None
    counted_on: tuple[tuple[str, Money], ...] = ()
    overdrafts: tuple[tuple[str, Money], ...] = ()
    read: tuple[str, ...] = ()
    charges: tuple[ChargeNow, ...] = ()

    def said(self, card: str) -> StoredDraft:
        """What was said about a card."""
        return next((one for one in self.stored if one.card == card), StoredDraft(card))

    def say(self, about: StoredDraft) -> PayDraft:
        """Say something about a card."""
        others = tuple(one for one in self.stored if one.card != about.card)
        return replace(self, stored=(*others, about))

    def with_top_up(self, ask: TopUpAsk | None) -> PayDraft:
        """Top the card up inside this sale, for cash only: value to be spent at once must be money in the drawer."""
        tenders = TenderPlan().choose(CASH) if ask is not None else self.tenders
        return replace(self, top_up=ask, tenders=tenders)

    def count_on(self, usable: Mapping[str, Money]) -> PayDraft:
        """Keep what the cards can pay now while another tender is planned beside them; without one count anew."""
        if not self.tenders.drafts:
            return replace(self, counted_on=()) if self.counted_on else self
        known = dict(usable) | dict(self.counted_on)
        return replace(self, counted_on=tuple(known.items()))

    def planned(self, currency: str) -> tuple[PlannedTender, ...]:
        """The tenders besides stored value, as the services take them."""
        captured = (captured_tender(one) for one in self.charges)
        return (*captured, *(draft.planned(currency) for draft in self.tenders.drafts))

    def found(self, charges: tuple[ChargeNow, ...], tip: Money | None) -> PayDraft:
        """The same with what an earlier try has charged, and the tip that it was charged with."""
        known = self.tip if tip is None else TipDraft(TipChoice.CUSTOM, DigitEntry(str(tip.cents)))
        return replace(self, charges=charges, tip=known)
