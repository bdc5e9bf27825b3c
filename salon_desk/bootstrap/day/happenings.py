"""What happens between two sales: top-ups, refunds, voids, cash in and out, a lost card, somebody who asks.

Sales are in `trading_day.py`. Each happening records what the services record and nothing besides; one that does not
fit just now (no sale to give back, no cash for it) does not happen.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from salon_desk.bootstrap.day.counter import Counter
from salon_desk.bootstrap.day.deck import Deck
from salon_desk.bootstrap.day.guests import Guests
from salon_desk.bootstrap.day.payments import Payments
from salon_desk.bootstrap.day.tally import Tally
from salon_desk.domain.money import Money, total
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.tender import TenderKind
from salon_desk.operations.payment import TenderPart
from salon_desk.services import cards, members, refunds, shifts, tickets, voids
from salon_desk.services.payment import TopUpAsk

_MOST_IN_DRAWER_CENTS = 60_000
_KEPT_IN_DRAWER_CENTS = 30_000
_BOUGHT = ("棉片和酒精", "瓶装水", "Paper towels", "鲜花", "Cleaning supplies")
_ALLERGENS = ("乳胶 Latex", "花生 Peanut", "精油 Essential oils")


class Happening(Enum):
    """One thing that happens besides sales."""

    NOTHING = auto()
    TOP_UP = auto()
    REFUND = auto()
    VOID = auto()
    PAID_IN = auto()
    PAID_OUT = auto()
    NO_SALE = auto()
    DROP = auto()
    LOST_CARD = auto()
    ALLERGY = auto()
    WALKED_OUT = auto()
    X_REPORT = auto()


class Happenings:
    """Lets things happen."""

    def __init__(self, counter: Counter, guests: Guests, payments: Payments, tally: Tally) -> None:
        self._counter = counter
        self._guests = guests
        self._payments = payments
        self._tally = tally
        self._kinds = Deck(
            counter.dice,
            {
                Happening.NOTHING: 22,
                Happening.TOP_UP: 4,
                Happening.REFUND: 3,
                Happening.VOID: 1,
                Happening.PAID_IN: 1,
                Happening.PAID_OUT: 2,
                Happening.NO_SALE: 2,
                Happening.DROP: 1,
                Happening.LOST_CARD: 1,
                Happening.ALLERGY: 1,
                Happening.WALKED_OUT: 1,
                Happening.X_REPORT: 1,
            },
        )
        self._acts: dict[Happening, Callable[[], None]] = {
            Happening.NOTHING: lambda: None,
            Happening.TOP_UP: self._top_up,
            Happening.REFUND: self._refund,
            Happening.VOID: self._void,
            Happening.PAID_IN: self._paid_in,
            Happening.PAID_OUT: self._paid_out,
            Happening.NO_SALE: self._no_sale,
            Happening.DROP: self._drop,
            Happening.LOST_CARD: self._lost_card,
            Happening.ALLERGY: self._allergy,
            Happening.WALKED_OUT: self._walked_out,
            Happening.X_REPORT: self._x_report,
        }

    def one(self) -> None:
        """Let the next thing happen."""
        self._acts[self._kinds.draw()]()

    def _top_up(self) -> None:
        guest = self._guests.member(set(), with_card=True)
        offers = self._counter.view.offers
        if guest.card is None or guest.card.frozen or not offers:
            return
        offer = self._counter.dice.choice(offers[:3])
        ways = (self._payments.card_machine(), self._payments.cash(offer.pay), self._payments.custom())
        tender = self._counter.dice.choice(ways) or ways[0]
        done = self._counter.act(
            cards.top_up,
            TopUpAsk(guest.card.card, offer=offer.offer_id, seller=self._counter.cashier.staff),
            tenders=(tender,),
            print_language=guest.member.language if guest.member else "",
        )
        self._tally.topped_up(done)

    def _refund(self) -> None:
        """A line of an earlier sale is given back: a product, or a service that did not please."""
        sale = self._tally.refundable(self._counter.dice)
        if sale is None:
            return
        worth = [line for line in sale.sale.lines if line.net]
        if not worth:
            return
        asked = (RefundAsk(self._counter.dice.choice(worth).line),)
        plan = self._counter.ask(refunds.preview, sale.op_id, asked)
        coins = total((one.paid for one in plan.tenders if one.kind is TenderKind.CASH), plan.total.currency)
        if coins > self._counter.drawer():
            return
        done = self._counter.act_approved(
            refunds.refund,
            sale.op_id,
            asked=asked,
            reason="客人不满意 / not satisfied",
            print_language=sale.sale.print_language,
        )
        self._tally.gave_back(sale.op_id, done)

    def _void(self) -> None:
        sale = self._tally.last_whole()
        if sale is None or _coins(sale.sale.tenders, self._counter.money(0)) > self._counter.drawer():
            return
        done = self._counter.act_approved(
            voids.void, sale.op_id, reason="打错单 / rung up wrongly", print_language=sale.sale.print_language
        )
        self._tally.voided(sale.op_id, done)

    def _paid_in(self) -> None:
        self._counter.act(
            shifts.pay_in, amount=self._counter.money(5_000), reason="零钱 / change from the bank"
        )

    def _paid_out(self) -> None:
        amount = self._counter.money(self._counter.dice.randrange(400, 4_000))
        if amount < self._counter.drawer():
            self._counter.act_approved(
                shifts.pay_out, amount=amount, reason=self._counter.dice.choice(_BOUGHT)
            )

    def _no_sale(self) -> None:
        self._counter.act_approved(shifts.no_sale, reason="换零钱 / making change")

    def _drop(self) -> None:
        """What is too much goes to the safe in whole hundreds."""
        over = self._counter.drawer().cents - _KEPT_IN_DRAWER_CENTS
        if over >= _MOST_IN_DRAWER_CENTS - _KEPT_IN_DRAWER_CENTS:
            amount = self._counter.money(over // 10_000 * 10_000)
            self._counter.act_approved(shifts.drop, amount=amount, reason="存保险柜 / to the safe")

    def _lost_card(self) -> None:
        """A card is said to be lost, and turns up in a coat."""
        guest = self._guests.member(set(), with_card=True)
        if guest.card is not None and not guest.card.frozen:
            self._counter.act_approved(cards.freeze, guest.card.card, reason="挂失 / said to be lost")
            self._counter.act_approved(cards.unfreeze, guest.card.card, reason="找到了 / found again")

    def _allergy(self) -> None:
        guest = self._guests.member(set())
        allergen = self._counter.dice.choice(_ALLERGENS)
        if guest.member is not None and allergen not in guest.member.allergies:
            self._counter.act(members.note_allergy, guest.member_id, allergen)

    def _walked_out(self) -> None:
        """Somebody is checked in and leaves before anything was done."""
        opened = self._counter.act(tickets.open_ticket)
        self._counter.act(tickets.discard, opened.ticket.ticket_id, reason="客人走了 / left")

    def _x_report(self) -> None:
        self._counter.ask(shifts.print_x, self._counter.approved, self._counter.view.shop.receipt_language)


def _coins(tenders: tuple[TenderPart, ...], nothing: Money) -> Money:
    return total((one.taken for one in tenders if one.kind is TenderKind.CASH), nothing.currency)
