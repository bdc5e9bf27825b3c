"""Some days of trade by chance, through the services: sales of all sorts, top-ups, refunds, voids, cash in and out.

Nothing is asserted here. The same seed trades the same.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from salon_desk.domain.money import Money
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.shift import Denomination
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations import description as described
from salon_desk.services import refunds, shifts, tickets, voids
from salon_desk.services.checkout import Sold
from salon_desk.services.describe import describe
from salon_desk.services.payment import TopUpAsk
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, external

ITEMS = (("gel", "lily"), ("pedicure", "kim"), ("six", "kim"), ("cream", ""), ("gel", "kim"))


def trade_days(shop: Shop, *, seed: int, days: int = 3, each: int = 12) -> None:
    """So many business days of `each` documents; every shift but the last is closed."""
    chance = Random(seed)
    describe(shop.till, shop.command(), None, _settings(chance))
    for day in range(days):
        shop.open_shift()
        _day(shop, chance, each)
        if day < days - 1:
            close(shop, short=chance.choice((0, 0, 25, -10)))
            shop.clock.instant += timedelta(days=1)


def close(shop: Shop, *, short: int = 0) -> None:
    """Count and close; `short` cents are missing."""
    with shop.till.read() as transaction:
        shift = shop.till.shift(transaction)
        assert shift is not None
        due = shifts.stored.expected(transaction, shift)
    pieces = (Denomination(1, 0), *_pieces(due - Money(short, due.currency)))
    shifts.count(shop.till, shop.command(), CASHIER, denominations=pieces)
    shifts.close(shop.till, shop.command(), CASHIER, print_language="en")


def _pieces(amount: Money) -> tuple[Denomination, ...]:
    return (Denomination(100, amount.cents // 100), Denomination(1, amount.cents % 100))


def _settings(chance: Random) -> list[tuple[type[described.Described], str, dict[str, described.FieldValue]]]:
    return [
        (
            described.StoreDescribed,
            "s1",
            {"cash_rounding": "nearest_five", "cash_tips_stay": chance.random() < 0.5},
        ),
        (described.CategoryDescribed, "nails", {"name_en": "Nails", "name_zh_cn": "美甲"}),
        (described.ItemDescribed, "cream", {"category": "gone"}),
    ]


def _day(shop: Shop, chance: Random, each: int) -> None:
    sold: list[Sold] = []
    for _ in range(each):
        shop.clock.instant += timedelta(minutes=chance.randrange(1, 50))
        match chance.choice(("sale", "sale", "sale", "sale", "top_up", "refund", "void", "cash")):
            case "sale":
                sold.append(_sell(shop, chance))
            case "top_up":
                shop.top_up("60.00", offer=chance.choice(("", "100", "300")))
            case "refund" if sold:
                one = sold.pop(chance.randrange(len(sold)))
                lines = chance.sample(one.sale.lines, 1)
                asked = tuple(RefundAsk(line.line) for line in lines)
                refunds.refund(shop.till, shop.command(), MANAGER, one.op_id, asked=asked, reason="unhappy")
            case "void" if sold:
                one = sold.pop(chance.randrange(len(sold)))
                if not one.sale.fundings:
                    voids.void(shop.till, shop.command(), MANAGER, one.op_id, reason="wrong guest")
            case _:
                _move_cash(shop, chance)


def _sell(shop: Shop, chance: Random) -> Sold:
    items = chance.choices(ITEMS, k=chance.randrange(1, 4))
    served = any(technician for _item, technician in items)
    ticket = shop.ticket(*items, member=chance.random() < 0.7)
    if chance.random() < 0.3:
        tickets.discount(shop.till, shop.command(), MANAGER, ticket, discount_id="birthday")
    tip = f"{chance.randrange(1, 3000) / 100:.2f}" if served and chance.random() < 0.6 else ""
    top_ups = (TopUpAsk(shop.card, offer="100"),) if chance.random() < 0.1 else ()
    planned = [chance.choice((cash(), external(), zelle()))]
    paid, bonus = shop.value()
    if not top_ups and (paid + bonus).cents > 200 and chance.random() < 0.5:
        planned.insert(0, shop.stored("2.00"))
    return shop.sell(ticket, *planned, tip=tip, top_ups=top_ups)


def _move_cash(shop: Shop, chance: Random) -> None:
    till, amount = shop.till, Money(chance.randrange(1, 2000), "USD")
    match chance.randrange(5):
        case 0:
            shifts.pay_in(till, shop.command(), CASHIER, amount=amount, reason="change")
        case 1:
            shifts.pay_out(till, shop.command(), MANAGER, amount=amount, reason="towels")
        case 2:
            shifts.drop(till, shop.command(), MANAGER, amount=amount)
        case 3:
            shifts.no_sale(till, shop.command(), MANAGER, reason="change for a guest")
        case _:
            due = tuple((who, tip) for who, tip in shifts.status(till).tips_due if tip.cents > 0)
            if due:
                shifts.pay_tips(till, shop.command(), CASHIER, tips=due)


def zelle() -> PlannedTender:
    """All that is left by Zelle."""
    return PlannedTender(TenderKind.CUSTOM, None, tender_id="zelle", reference="83921")
