"""What happens with gift cards and series at tills that know the same; for the tests of any order (`scenes.py` is the rest)."""

from __future__ import annotations

from salon_desk.domain.gift import gift_asset
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations.gift import GiftGreeted
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.services import gifts, payouts, voids
from salon_desk.services.gifts import GiftAsk
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


VALUE = (a_gift_card_sold_greeted_spent_and_paid_out, a_gift_card_voided_and_another_moved)
"""Of few operations, so that they can come in every order."""
