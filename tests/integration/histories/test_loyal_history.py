"""A random history of coupons and points beside sales, refunds and voids: nothing is spent or put back twice, all of it verifies.

`SALON_DESK_LOYAL` says how many acts there are.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

from salon_desk.domain.errors import DomainError
from salon_desk.domain.points import points_asset, points_owed_asset
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.ticket import Wishes
from salon_desk.operations.coupon import CouponIssued
from salon_desk.operations.points import PointsGranted
from salon_desk.operations.registry import decode_known
from salon_desk.operations.sale import SaleCompleted, SaleRefunded
from salon_desk.services import refunds, tickets, voids
from salon_desk.services.checkout import Sold
from salon_desk.storage.journal import after
from salon_desk.storage.queries.moves import everywhere
from salon_desk.storage.verify import verify
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.loyal import give, grant, with_rules
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, open_shop

ACTS = int(os.environ.get("SALON_DESK_LOYAL", "60"))
ITEMS = (("gel", "lily"), ("pedicure", "kim"), ("cream", ""), ("six", "kim"))


def sale(shop: Shop, chance: random.Random) -> Sold:
    ticket = shop.ticket(*chance.choices(ITEMS, k=chance.randint(1, 4)))
    off = tuple(one for one in ("birthday", "gift-20") if chance.random() < 0.2)
    asked = Wishes(off=off, points=chance.choice((0, 0, 100, 350)))
    tickets.wish(shop.till, shop.command(), CASHIER, ticket, wishes=asked)
    return shop.sell(ticket, cash())


def act(shop: Shop, chance: random.Random, sold: list[Sold]) -> None:
    """One of what happens at a counter; what is refused is refused."""
    what = chance.random()
    if what < 0.45 or not sold:
        sold.append(sale(shop, chance))
    elif what < 0.6:
        give(shop)
    elif what < 0.7:
        grant(shop, chance.randint(1, 400))
    elif what < 0.78:
        voids.void(shop.till, shop.command(), MANAGER, chance.choice(sold).op_id, reason="wrong")
    else:
        one = chance.choice(sold)
        line = chance.choice(one.sale.lines)
        amount = chance.choice((None, dollars("3.33"), dollars("10.00")))
        ask = RefundAsk(line.line, amount)
        refunds.refund(shop.till, shop.command(), MANAGER, one.op_id, asked=(ask,), reason="unhappy")


def test_a_random_history_keeps_units_and_books(tmp_path: Path) -> None:
    shop, chance, sold = open_shop(tmp_path / "till"), random.Random(20261120), list[Sold]()
    shop.open_shift()
    with_rules(shop, "birthday", "member-day", "gift-20", "points", rate="1.5")
    for _act in range(ACTS):
        try:
            act(shop, chance, sold)
        except DomainError:
            continue
    assert_units(shop)
    assert sum(account_sums(shop.till).values()) == 0
    shop.till.store.close()
    assert verify(tmp_path / "till").problems == ()


def assert_units(shop: Shop) -> None:
    """What is left follows from what was issued, redeemed and put back."""
    with shop.till.read() as transaction:
        journal = [one for _position, one in after(transaction, 0)]
        done = [decode_known(one.header.kind, one.header.version, one.body) for one in journal]
        sales = [one for one in done if isinstance(one, SaleCompleted)]
        for one in sales:
            for part in one.redeemed:
                back = [
                    b.units
                    for refund in done
                    if isinstance(refund, SaleRefunded) and refund.ticket == one.ticket
                    for b in refund.put_back
                    if b.discount == part.discount
                ]
                assert sum(back) <= part.units
        for coupon in (one for one in done if isinstance(one, CouponIssued)):
            assert everywhere(transaction, f"coupon/{coupon.coupon}") in (0, 1)
        member = shop.member
        assert everywhere(transaction, points_asset(member)) >= 0
        assert everywhere(transaction, points_owed_asset(member)) >= 0
        assert any(isinstance(one, PointsGranted) for one in done)
        assert any(one.redeemed for one in sales)
