"""What is sold, used and paid out of gift cards and series on the day that `trading.py` records. The shift is open, cash is taken.

No test lives here. Of each kind of operation there is one at least, and each leaves a row.
"""

from __future__ import annotations

from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.operations.series import SeriesOfferDescribed
from salon_desk.services import gifts, members, payouts, series, series_sales, tickets, visits
from salon_desk.services.describe import describe
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.members import NewMember
from salon_desk.services.series_sales import SeriesAsk
from salon_desk.storage.queries.gifts import Greeting
from tests.integration.services.shop import CASHIER, MANAGER, Shop, dollars, external


def gifts_and_series(shop: Shop) -> None:
    """A gift card for somebody, spent in part and paid out; a series of which a visit is used, shared, and given on."""
    till = shop.till
    ask = GiftAsk(dollars("60.00"), words=Greeting("小美", "May", "生日快乐"), member=shop.member)
    gift = gifts.sell(till, shop.command(), CASHIER, ask, tenders=(external(),)).gift.gift
    paid = PlannedTender(TenderKind.GIFT_CARD, dollars("20.00"), card_id=gift)
    shop.sell(shop.ticket(("gel", "lily")), paid, external())
    payouts.pay_out(
        till, shop.command(), MANAGER, gift, why=WhyPaidOut.REFUND, tender=external(), reason="moves away"
    )
    values = {"name_en": "Three", "price_cents": 10000, "parts": ["a;visit;3;1;gel;"]}
    describe(till, shop.command(), None, [(SeriesOfferDescribed, "three", values)])  # type: ignore[list-item]
    bought = series_sales.sell(
        till, shop.command(), CASHIER, SeriesAsk("three", shop.member), tenders=(external(),)
    ).sold
    ticket = shop.ticket(("gel", "lily"))
    line = tickets.view(till, ticket).ticket.lines[0].line_id
    visits.cover(till, shop.command(), CASHIER, ticket, line=line, series_id=bought.series)
    shop.sell(ticket)
    friend = members.add(till, shop.command(), CASHIER, NewMember("小丽")).member.member_id
    series.share(till, shop.command(), CASHIER, bought.series, member=friend, allowed=True)
    series.transfer(till, shop.command(), MANAGER, bought.series, member=friend)
