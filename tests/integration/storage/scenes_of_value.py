"""What happens with gift cards and series at tills that know the same; for the tests of any order (`scenes.py` is the rest)."""

from __future__ import annotations

from salon_desk.domain.gift import gift_asset
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.series import Visit, visit_asset
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations.gift import GiftGreeted
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.operations.series import SeriesOfferDescribed, SeriesShared, SeriesTransferred
from salon_desk.services import gifts, payouts, refunds, series_payouts, series_sales, tickets, visits, voids
from salon_desk.services.describe import describe
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.series_sales import SeriesAsk
from salon_desk.storage.queries.gifts import Greeting
from tests.integration.services.shop import CASHIER, MANAGER, cash, dollars
from tests.integration.storage.neighbours import Neighbours, record


def a_gift_card_sold_greeted_spent_and_paid_out(here: Neighbours) -> None:
    """The other till says other words without knowing of the card: the newest stand, whatever arrives first."""
    shop, other = here.shops[:2]
    ask = GiftAsk(dollars("20.00"), words=Greeting("小美", "May", "生日快乐"))
    gift = gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),)).gift.gift
    record(other, GiftGreeted(gift=gift, recipient="小丽"))
    paid = PlannedTender(TenderKind.GIFT_CARD, dollars("10.00"), card_id=gift)
    shop.sell(shop.ticket(("gel", "lily")), paid, cash())
    payouts.pay_out(
        shop.till, shop.command(), MANAGER, gift, why=WhyPaidOut.REFUND, tender=cash(), reason="moves away"
    )


def a_gift_card_voided_and_another_moved(here: Neighbours) -> None:
    shop, other = here.shops[:2]
    made = [
        gifts.sell(shop.till, shop.command(), CASHIER, GiftAsk(dollars("30.00")), tenders=(cash(),))
        for _time in range(2)
    ]
    voids.void(shop.till, shop.command(), MANAGER, made[0].op_id, reason="wrong")
    here.move(shop, other, [(gift_asset(made[1].gift.gift, "USD"), 1200)])
    here.receive(shop, other)


def a_series_sold_used_and_given_on(here: Neighbours) -> None:
    """Both tills say whose it is and who may use it; the other one knows of the sale or does not."""
    shop, other = here.shops[:2]
    described = {"name_en": "Three", "price_cents": 10000, "parts": ["a;visit;3;1;gel;"]}
    describe(shop.till, shop.command(), None, [(SeriesOfferDescribed, "three", described)])
    ask = SeriesAsk("three", shop.member)
    made = series_sales.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),)).sold
    ticket = shop.ticket(("gel", "lily"))
    line = tickets.view(shop.till, ticket).ticket.lines[0].line_id
    visits.cover(shop.till, shop.command(), CASHIER, ticket, line=line, series_id=made.series)
    sold = shop.sell(ticket)
    refund = (RefundAsk(sold.sale.lines[0].line),)
    refunds.refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=refund, reason="redone")
    record(other, SeriesShared(series=made.series, member="may", allowed=True))
    record(other, SeriesTransferred(series=made.series, member="may"))


def a_series_moved_and_paid_out(here: Neighbours) -> None:
    shop, other = here.shops[:2]
    described = {"name_en": "Three", "price_cents": 10000, "parts": ["a;visit;3;0;gel;"]}
    describe(shop.till, shop.command(), None, [(SeriesOfferDescribed, "three", described)])
    ask = SeriesAsk("three", shop.member)
    made = series_sales.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),)).sold
    here.move(shop, other, [(visit_asset(Visit(made.series, "a", dollars("33.34"))), 1)])
    here.receive(shop, other)
    series_payouts.pay_out(
        shop.till, shop.command(), MANAGER, made.series, tender=cash(), reason="moves away"
    )


VALUE = (
    a_gift_card_sold_greeted_spent_and_paid_out,
    a_gift_card_voided_and_another_moved,
    a_series_sold_used_and_given_on,
    a_series_moved_and_paid_out,
)
"""Of few operations, so that they can come in every order."""
