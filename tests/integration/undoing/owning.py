"""What a history of everything owned does: short ways to sell, use, give back, freeze, hand on and lose every kind of asset.

Nothing is asserted here. Which of it is refused depends on what was done before; a refusal leaves everything as it was.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from salon_desk.domain.clock import instant_text
from salon_desk.domain.coupon import CouponReason, coupon_asset
from salon_desk.domain.money import Money
from salon_desk.domain.points import points_asset
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.domain.ticket import Wishes
from salon_desk.domain.undo import Rest
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.services import (
    captures,
    cards,
    chargebacks,
    coupons,
    gifts,
    lapses,
    moves,
    payouts,
    points,
    refunds,
    savings,
    series,
    series_payouts,
    series_sales,
    tickets,
    top_up_undo,
    visits,
    voids,
)
from salon_desk.services.chargebacks import Choice
from salon_desk.services.coupons import Gift
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.series_sales import SeriesAsk
from salon_desk.services.top_up_undo import How
from salon_desk.wire.messages import Part
from tests.integration.moves.chain import issue
from tests.integration.services.shop import CASHIER, MANAGER, cash, external
from tests.integration.undoing.two_stores import Store2, TwoStores

ITEMS = (("service-3000", "lily"), ("service-1000", "lily"), ("cream", ""))
CARDS = ("card-one", "card-two")
MEMBERS = ("may", "li")
OFFERS = ("100", "season")
SERIES = ("twelve", "ten-and-two")


def gift_tender(gift: str, amount: Money) -> PlannedTender:
    """So much of a gift card."""
    return PlannedTender(TenderKind.GIFT_CARD, amount, card_id=gift)


@dataclass
class History:
    """What was done so far, as far as the next step needs to know."""

    stores: TwoStores
    chance: random.Random
    gifts: list[str] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    sales: list[str] = field(default_factory=list)
    top_ups: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    payments: list[str] = field(default_factory=list)
    numbers: int = 0
    days: int = 0

    def some(self, cents: int) -> Money:
        """Any amount up to so many cents."""
        return Money(self.chance.randrange(1, cents), "USD")

    def any_of(self, names: list[str]) -> str:
        """One of them, the newer the likelier; a name that nobody has, when there is none."""
        return names[-1 - min(int(self.chance.expovariate(0.15)), len(names) - 1)] if names else "none"

    def number(self) -> int:
        """One that was not used yet."""
        self.numbers += 1
        return self.numbers

    # what is sold

    def top_up(self, shop: Store2) -> None:
        ask = (
            TopUpAsk(shop.card, offer=self.chance.choice(OFFERS))
            if self.chance.random() < 0.6
            else TopUpAsk(shop.card, pay=self.some(9000))
        )
        tender = self.chance.choice((cash(), external()))
        payment = f"pay-{self.number()}" if self.chance.random() < 0.2 else ""
        done = cards.top_up(
            shop.till, shop.command(), CASHIER, ask, tenders=(tender,), payment_id=payment
        ).op_id
        self.payments += [payment] if payment else []
        self.top_ups.append(done)
        self.documents.append(done)

    def sell_gift(self, shop: Store2) -> None:
        made = gifts.sell(shop.till, shop.command(), CASHIER, GiftAsk(self.some(9000)), tenders=(cash(),))
        self.gifts.append(made.gift.gift)
        self.documents.append(made.op_id)

    def sell_series(self, shop: Store2) -> None:
        ask = SeriesAsk(self.chance.choice(SERIES), shop.member)
        made = series_sales.sell(shop.till, shop.command(), CASHIER, ask, tenders=(external(),))
        self.series.append(made.sold.series)
        self.documents.append(made.op_id)

    def join(self, shop: Store2) -> None:
        savings.join(shop.till, shop.command(), CASHIER, shop.card, "plan")

    def carry_over(self, shop: Store2) -> None:
        issue(shop.till.store, self.chance.randrange(1, 3000), self.chance.randrange(500), shop.card)

    def give(self, shop: Store2) -> None:
        gift = Gift("gift-20", CouponReason.GIFT)
        coupons.give(shop.till, shop.command(), MANAGER, [shop.member], gift)

    def grant(self, shop: Store2) -> None:
        number = self.chance.randrange(1, 300)
        points.grant(shop.till, shop.command(), MANAGER, shop.member, points=number, reason="referral")

    # what is used

    def spend(self, shop: Store2) -> None:
        """A ticket with wishes, paid with whatever there is."""
        items = self.chance.choices(ITEMS, k=self.chance.randrange(1, 4))
        ticket = shop.ticket(*items, member=self.chance.random() < 0.8)
        off = tuple(one for one in ("gift-20", "member-day") if self.chance.random() < 0.2)
        asked = Wishes(off=off, points=self.chance.choice((0, 0, 100, 300)))
        tickets.wish(shop.till, shop.command(), CASHIER, ticket, wishes=asked)
        tenders = [cash()]
        if self.chance.random() < 0.7:
            tenders.insert(0, shop.stored(f"{self.some(1500).cents / 100:.2f}"))
        if self.chance.random() < 0.4:
            tenders.insert(0, gift_tender(self.any_of(self.gifts), self.some(900)))
        bought = (TopUpAsk(shop.card, offer="100"),) if self.chance.random() < 0.1 else ()
        self.sold(shop, ticket, *tenders, top_ups=bought)

    def pay_whole(self, shop: Store2) -> None:
        """All of it from the card."""
        self.sold(shop, shop.ticket(ITEMS[1]), shop.stored())

    def use(self, shop: Store2) -> None:
        ticket = shop.ticket(self.chance.choice(ITEMS[:2]), ITEMS[1])
        line = tickets.view(shop.till, ticket).ticket.lines[0].line_id
        visits.cover(
            shop.till, shop.command(), CASHIER, ticket, line=line, series_id=self.any_of(self.series)
        )
        self.sold(shop, ticket, cash())

    def sold(self, shop: Store2, ticket: str, *tenders: PlannedTender, **more: object) -> None:
        tip = self.chance.choice(("", "", "3.00"))
        sale = shop.sell(ticket, *tenders, tip=tip, **more)
        self.sales.append(sale.op_id)
        self.documents.append(sale.op_id)
        self.top_ups += [sale.op_id] if more.get("top_ups") else []

    def hold(self, shop: Store2) -> None:
        """Value is set aside while a machine charges the rest, which it does or does not."""
        ticket = shop.ticket(ITEMS[0])
        cards.hold(shop.till, shop.command(), CASHIER, ticket, card_id=shop.card, amount=self.some(2000))
        if self.chance.random() < 0.5:
            cards.release(shop.till, shop.command(), CASHIER, ticket)
        else:
            self.sold(shop, ticket, shop.stored("5.00"), external())

    # what goes back

    def give_back(self, shop: Store2) -> None:
        sale = self.any_of(self.sales)
        line = self.chance.choice(refunds.look_up(shop.till, sale).lines).line_id
        asked = (RefundAsk(line, self.some(1500) if self.chance.random() < 0.4 else None),)
        self.stores.fetch(shop, refunds.wanted(shop.till, sale, asked))
        refunds.refund(shop.till, shop.command(), MANAGER, sale, asked=asked, reason="unhappy")

    def void(self, shop: Store2) -> None:
        document = self.any_of(self.documents)
        voids.void(shop.till, shop.command(), MANAGER, document, reason="wrong")

    def undo_top_up(self, shop: Store2) -> None:
        document = self.any_of(self.top_ups)
        self.stores.fetch(shop, top_up_undo.wanted(shop.till, document))
        how = How(self.chance.choice(list(Rest)), used_bonus=self.chance.random() < 0.3)
        top_up_undo.undo(shop.till, shop.command(), MANAGER, document, reason="moves", how=how)

    def charge_back(self, shop: Store2) -> None:
        document = self.any_of(self.top_ups)
        self.stores.fetch(shop, top_up_undo.wanted(shop.till, document))
        choice = Choice(owe=self.chance.random() < 0.5, freeze=self.chance.random() < 0.3)
        chargebacks.charge_back(
            shop.till, shop.command(), MANAGER, document, reason="disputed", choice=choice
        )

    def capture(self, shop: Store2) -> None:
        payment = self.any_of(self.payments)
        self.stores.fetch(shop, captures.wanted(shop.till, payment))
        settle = captures.captured if self.chance.random() < 0.7 else captures.failed
        settle(shop.till, shop.command(), MANAGER, payment)

    def pay_out_card(self, shop: Store2) -> None:
        if self.chance.random() < 0.2:
            self.paid_out(shop, shop.card)

    def pay_out_gift(self, shop: Store2) -> None:
        self.paid_out(shop, self.any_of(self.gifts))

    def paid_out(self, shop: Store2, card: str) -> None:
        why = self.chance.choice(list(WhyPaidOut))
        done = payouts.pay_out(
            shop.till, shop.command(), MANAGER, card, why=why, tender=cash(), reason="moves"
        )
        self.documents.append(done.op_id)

    def pay_out_series(self, shop: Store2) -> None:
        if self.chance.random() < 0.3:
            name = self.any_of(self.series)
            done = series_payouts.pay_out(
                shop.till, shop.command(), MANAGER, name, tender=cash(), reason="moves"
            )
            self.documents.append(done.op_id)

    def withdraw(self, shop: Store2) -> None:
        found = [one.coupon for one in coupons.of_member(shop.till, shop.member)]
        coupons.withdraw(shop.till, shop.command(), MANAGER, self.any_of(found), reason="wrong")

    # what changes hands, stops, ends

    def freeze(self, shop: Store2) -> None:
        name = self.any_of([*self.gifts, *CARDS])
        cards.freeze(shop.till, shop.command(), MANAGER, name, reason="lost")
        series.freeze(shop.till, shop.command(), MANAGER, self.any_of(self.series), reason="lost")

    def thaw(self, shop: Store2) -> None:
        for name in (*CARDS, *self.gifts[-9:]):
            if cards.by_id(shop.till, name).card.frozen:
                cards.unfreeze(shop.till, shop.command(), MANAGER, name)
        for name in self.series[-9:]:
            if series.view(shop.till, name).series.frozen:
                series.unfreeze(shop.till, shop.command(), MANAGER, name)

    def transfer(self, shop: Store2) -> None:
        if self.chance.random() < 0.5:
            cards.transfer(shop.till, shop.command(), MANAGER, shop.card, member=shop.member)
        else:
            series.transfer(shop.till, shop.command(), MANAGER, self.any_of(self.series), member=shop.member)

    def recode(self, shop: Store2) -> None:
        card, code = self.any_of([*self.gifts, shop.card]), f"CODE-{self.number()}"
        cards.recode(shop.till, shop.command(), MANAGER, card, code=code, reason="lost")

    def lapse(self, shop: Store2) -> None:
        """The parent's time goes on, by weeks."""
        self.days += self.chance.randrange(15)
        instant = self.stores.chain.clock.now() + timedelta(days=self.days)
        done = lapses.lapse_due(shop.till, instant_text(instant))
        if done.made and self.chance.random() < 0.3:
            self.restore(shop)

    def restore(self, shop: Store2) -> None:
        lapses.restore(shop.till, shop.command(), MANAGER, shop.card, reason="closed")

    # what tills do between them

    def fetch(self, shop: Store2) -> None:
        """A guest stands here: what she could use is asked for."""
        parts = self.chance.choice((self._of_card, self._of_gift, self._of_series, self._of_loyalty))(shop)
        self.stores.fetch(shop, parts)

    def _of_card(self, shop: Store2) -> tuple[Part, ...]:
        view = cards.by_id(shop.till, shop.card)
        return (
            *moves.wanted(shop.till, view.card, view.value.balance),
            *savings.wanted(shop.till, shop.card),
        )

    def _of_gift(self, shop: Store2) -> tuple[Part, ...]:
        view = cards.by_id(shop.till, self.any_of(self.gifts))
        return moves.wanted(shop.till, view.card, view.value.balance)

    def _of_series(self, shop: Store2) -> tuple[Part, ...]:
        ticket = shop.ticket(ITEMS[0])
        line = tickets.view(shop.till, ticket).ticket.lines[0].line_id
        return tuple(
            part for fit in visits.fitting(shop.till, ticket, line)[:2] for part in visits.wanted(fit)
        )

    def _of_loyalty(self, shop: Store2) -> tuple[Part, ...]:
        held = [Part(coupon_asset(one.coupon), 1) for one in coupons.of_member(shop.till, shop.member)]
        return (Part(points_asset(shop.member), self.chance.randrange(1, 400)), *held[:2])

    def settle(self, _shop: Store2) -> None:
        self.stores.settle()
        for shop in (self.stores.first, self.stores.second):
            savings.grant_due(shop.till)

    def acts(self) -> dict[Callable[[Store2], None], int]:
        """Every act with its weight."""
        return {
            self.top_up: 8,
            self.sell_gift: 4,
            self.sell_series: 3,
            self.join: 2,
            self.carry_over: 1,
            self.give: 2,
            self.grant: 1,
            self.spend: 14,
            self.pay_whole: 3,
            self.use: 8,
            self.hold: 2,
            self.give_back: 6,
            self.void: 3,
            self.undo_top_up: 2,
            self.charge_back: 2,
            self.capture: 2,
            self.pay_out_card: 2,
            self.pay_out_gift: 1,
            self.pay_out_series: 1,
            self.withdraw: 1,
            self.freeze: 2,
            self.thaw: 3,
            self.transfer: 2,
            self.recode: 1,
            self.lapse: 3,
            self.restore: 1,
            self.fetch: 6,
            self.settle: 5,
        }
