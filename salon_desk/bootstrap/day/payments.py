"""How a guest pays: the plan of tenders for a ticket, as the pay screen would put it together.

No purse is decided here (`services/payment.py`): a plan says what is tendered, the services say whether it may be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from salon_desk.bootstrap.day import network
from salon_desk.bootstrap.day.counter import Counter
from salon_desk.bootstrap.day.deck import Deck
from salon_desk.domain.catalog import TopUpOffer
from salon_desk.domain.money import Money
from salon_desk.domain.proof import DEFAULT_LIMIT_CENTS, Proof, ProofKind
from salon_desk.domain.tender import CustomTender, PlannedTender, TenderKind
from salon_desk.domain.tip import suggested_tips
from salon_desk.services import cards, checkout, moves
from salon_desk.services.checkout import PaymentPlan
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.tickets import TicketView
from salon_desk.storage.queries.cards import Card, CardValue

_VOUCHER_CENTS = 3_000


class Way(Enum):
    """How somebody wants to pay."""

    CASH = auto()
    EXTERNAL_CARD = auto()
    CUSTOM = auto()
    CASH_AND_CARD = auto()
    STORED = auto()
    STORED_TIP_IN_CASH = auto()
    PART_AND_CASH = auto()
    PART_AND_CARD = auto()
    TOP_UP_NOW = auto()


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be paid: the ticket, the tip in it, and the stored-value card that may pay, if any."""

    ticket: str
    total: Money
    tip: Money
    language: str
    card: Card | None
    usable: Money


class Payments:
    """Makes plans."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        dice = counter.dice
        self._ways = Deck(dice, {Way.CASH: 7, Way.EXTERNAL_CARD: 6, Way.CUSTOM: 4, Way.CASH_AND_CARD: 2})
        self._card_ways = Deck(
            dice,
            {
                Way.STORED: 6,
                Way.STORED_TIP_IN_CASH: 3,
                Way.PART_AND_CASH: 2,
                Way.PART_AND_CARD: 2,
                Way.TOP_UP_NOW: 2,
                Way.EXTERNAL_CARD: 1,
            },
        )
        self._customs: Deck[CustomTender] = Deck(dice, dict.fromkeys(counter.view.tenders, 1))
        self._references = 0

    def plan(self, view: TicketView) -> PaymentPlan:
        """How this ticket is paid. A hold that a plan needs is made here."""
        due = self._due(view)
        if not due.total:
            return PaymentPlan(print_language=due.language)
        way = self._card_ways.draw() if due.card else self._ways.draw()
        if due.card is None:
            return self._planned(due, self._without_card(way, due))
        if way is Way.TOP_UP_NOW and self._counter.view.offers:
            return self._with_top_up(due, due.card)
        return self._planned(due, self._with_card(way, due, due.card))

    def plain(self, view: TicketView) -> PaymentPlan:
        """The same ticket by the card machine and without a tip: what always goes."""
        language = self._language(view)
        return PaymentPlan(tenders=(self.card_machine(),), print_language=language)

    def card_machine(self, amount: Money | None = None) -> PlannedTender:
        """A payment on the external card machine."""
        last_four = f"{self._counter.dice.randrange(10_000):04d}"
        return PlannedTender(TenderKind.EXTERNAL_CARD, amount, last_four=last_four)

    def cash(self, share: Money) -> PlannedTender:
        """All that is left in cash, handed over exactly or in notes."""
        note = self._counter.dice.choice((1, 500, 1_000, 2_000, 2_000, 5_000))
        given = Money((share.cents + note - 1) // note * note, share.currency)
        return PlannedTender(TenderKind.CASH, None, given=given if note > 1 else None)

    def custom(self, amount: Money | None = None) -> PlannedTender | None:
        """One of the shop's own tenders with a reference; None where there is none."""
        if not self._counter.view.tenders:
            return None
        tender = self._customs.draw()
        self._references += 1
        reference = f"{tender.tender_id[:3].upper()}-{self._references:04d}" if tender.needs_reference else ""
        return PlannedTender(TenderKind.CUSTOM, amount, tender_id=tender.tender_id, reference=reference)

    def _due(self, view: TicketView) -> Due:
        tip = self._tip(view)
        language = self._language(view)
        preview = self._counter.ask(checkout.preview, view.ticket.ticket_id, PaymentPlan(tip=tip))
        card, value = self._card_of(view)
        if card is not None and value is not None and value.elsewhere:
            value = self._fetched(card, preview.due)
        usable = value.usable if value else self._counter.money(0)
        return Due(view.ticket.ticket_id, preview.due, tip, language, card, usable)

    def _tip(self, view: TicketView) -> Money:
        """Nothing, a suggested share of the services, or whole dollars."""
        served = any(line.technician for line in view.ticket.lines)
        services = view.priced.service_list
        if not served or not services or not view.priced.total or self._counter.chance(30):
            return self._counter.money(0)
        suggested = self._counter.dice.choice(suggested_tips(services, ("15", "18", "20")))
        return suggested if self._counter.chance(60) else self._counter.money(suggested.cents // 100 * 100)

    def _language(self, view: TicketView) -> str:
        if view.member is not None:
            return view.member.member.language
        return "en" if self._counter.chance(50) else self._counter.view.shop.receipt_language

    def _card_of(self, view: TicketView) -> tuple[Card | None, CardValue | None]:
        for card, value in view.member.cards if view.member else ():
            if not card.frozen:
                return card, value
        return None, None

    def _fetched(self, card: Card, due: Money) -> CardValue:
        """The card's value after head office was asked for what lies elsewhere and is needed; what is here has to do."""
        network.reach(self._counter.running, self._counter.ask(moves.wanted, card, due))
        return self._counter.ask(cards.by_id, card.card).value

    def _without_card(self, way: Way, due: Due) -> tuple[PlannedTender, ...]:
        half = Money(due.total.cents // 200 * 100, due.total.currency)
        match way:
            case Way.CASH:
                return (self.cash(due.total),)
            case Way.CUSTOM:
                return self._custom_and_rest(due)
            case Way.CASH_AND_CARD if half:
                return (self.card_machine(half), self.cash(due.total - half))
            case _:
                return (self.card_machine(),)

    def _custom_and_rest(self, due: Due) -> tuple[PlannedTender, ...]:
        """A voucher pays its worth and the rest is cash; Zelle and its like pay everything."""
        worth = min(self._counter.money(_VOUCHER_CENTS), due.total)
        tender = self.custom()
        if tender is None:
            return (self.card_machine(),)
        if not tender.reference or worth == due.total:
            return (tender,)
        voucher = PlannedTender(
            TenderKind.CUSTOM, worth, tender_id=tender.tender_id, reference=tender.reference
        )
        return (voucher, self.cash(due.total - worth))

    def _with_card(self, way: Way, due: Due, card: Card) -> tuple[PlannedTender, ...]:
        in_cash = due.tip if way is Way.STORED_TIP_IN_CASH else self._counter.money(0)
        wanted = due.total - in_cash
        match way:
            case Way.EXTERNAL_CARD:
                return (self.card_machine(),)
            case Way.PART_AND_CASH | Way.PART_AND_CARD:
                wanted = Money(max(1, due.total.cents // 2), due.total.currency)
            case _:
                pass
        stored = min(wanted, due.usable)
        if not stored:
            return (self.card_machine(),)
        rest = due.total - stored
        tender = PlannedTender(TenderKind.STORED_VALUE, stored, card_id=card.card)
        if not rest:
            return (tender,)
        if way is Way.PART_AND_CARD:
            self._counter.act(cards.hold, due.ticket, card_id=card.card, amount=stored)
            return (tender, self.card_machine())
        return (tender, self.cash(rest))

    def _with_top_up(self, due: Due, card: Card) -> PaymentPlan:
        """The smallest offer that makes the card suffice, paid on the card machine; the card pays what it can."""
        offer = self._fitting_offer(due)
        stored = min(due.total, due.usable + offer.pay + offer.bonus)
        tenders = (
            self.card_machine(),
            PlannedTender(TenderKind.STORED_VALUE, stored, card_id=card.card),
        )
        ask = TopUpAsk(card.card, offer=offer.offer_id, seller=self._counter.cashier.staff)
        return replace(self._planned(due, tenders), top_ups=(ask,))

    def _fitting_offer(self, due: Due) -> TopUpOffer:
        offers = sorted(self._counter.view.offers, key=lambda offer: (offer.pay.cents, offer.offer_id))
        for offer in offers:
            if due.usable + offer.pay + offer.bonus >= due.total:
                return offer
        return offers[-1]

    def _planned(self, due: Due, tenders: tuple[PlannedTender, ...]) -> PaymentPlan:
        return PaymentPlan(tenders=tenders, tip=due.tip, proofs=_shown(tenders), print_language=due.language)


def _shown(tenders: tuple[PlannedTender, ...]) -> tuple[Proof, ...]:
    """Who pays much shows the card; for less nobody looks for it in a bag."""
    return tuple(
        Proof(ProofKind.PRESENT, one.card_id)
        for one in tenders
        if one.card_id and one.amount is not None and one.amount.cents > DEFAULT_LIMIT_CENTS
    )
