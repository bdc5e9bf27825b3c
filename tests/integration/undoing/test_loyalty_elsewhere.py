"""A sale with a coupon and points is refunded at another till: what it redeemed comes back once, where its right lies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.domain.claim import redeemed_right, refund_right
from salon_desk.domain.coupon import coupon_asset
from salon_desk.domain.points import points_asset, points_owed_asset
from salon_desk.domain.refund import RefundAsk
from salon_desk.services import refunds
from salon_desk.services.checkout import Sold
from salon_desk.storage.queries.moves import everywhere
from salon_desk.wire.messages import Part
from tests.integration.services.loyal import give, grant, wish, with_rules
from tests.integration.services.shop import MANAGER, Shop, cash
from tests.integration.storage.neighbours import Neighbours, open_neighbours


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Neighbours]:
    """Two tills of a shop with promotions that know the same."""
    here = open_neighbours(tmp_path, 2)
    with_rules(here.shops[0], "gift-20", "points", rate="1")
    for shop in here.shops:
        shop.open_shift()
    here.share()
    yield here
    here.close()


def sold_for_a_coupon_and_points(here: Neighbours) -> tuple[Sold, str]:
    """A sale of $83.00 for a coupon of $20.00 and 100 points; it earns 58 on its $58.00."""
    shop = here.shops[0]
    coupon = give(shop)
    grant(shop, 100)
    ticket = shop.ticket(("gel", "lily"), ("pedicure", "kim"))
    wish(shop, ticket, points=100)
    sold = shop.sell(ticket, cash())
    assert sold.sale.points == 58
    here.share()
    return sold, coupon


def refund(shop: Shop, sold: Sold) -> refunds.GivenBack:
    asked = tuple(RefundAsk(line.line) for line in sold.sale.lines)
    return refunds.refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=asked, reason="unhappy")


def units(shop: Shop, asset: str) -> int:
    with shop.till.read() as transaction:
        return everywhere(transaction, asset)


def test_the_rights_and_the_points_are_asked_for_and_everything_comes_back(here: Neighbours) -> None:
    sold, coupon = sold_for_a_coupon_and_points(here)
    home, away = here.shops[:2]
    asked = tuple(RefundAsk(line.line) for line in sold.sale.lines)
    wanted = refunds.wanted(away.till, sold.op_id, asked)
    ticket, member = sold.sale.ticket, sold.sale.member
    rights = [
        Part(refund_right(ticket, line.line), (line.net.cents + sum(t.cents for _r, t in line.taxes)))
        for line in sold.sale.lines
    ]
    assert set(wanted) == {
        *rights,
        Part(redeemed_right(ticket, "promotion/gift-20"), 1),
        Part(redeemed_right(ticket, "promotion/points"), 100),
        Part(points_asset(member), 58),
    }
    here.move(home, away, [(one.asset, one.units) for one in wanted])
    here.receive(home, away)
    done = refund(away, sold).document
    assert (done.points, done.points_owed) == (58, 0)
    assert sorted(one.units for one in done.put_back) == [1, 100]
    here.share()
    for shop in here.shops:
        assert (units(shop, coupon_asset(coupon)), units(shop, points_asset(member))) == (1, 100)


def test_without_the_rights_money_goes_back_and_what_was_redeemed_does_not(here: Neighbours) -> None:
    sold, coupon = sold_for_a_coupon_and_points(here)
    home, away = here.shops[:2]
    lines = [
        (refund_right(sold.sale.ticket, line.line), (line.net.cents + sum(t.cents for _r, t in line.taxes)))
        for line in sold.sale.lines
    ]
    here.move(home, away, lines)
    here.receive(home, away)
    done = refund(away, sold).document
    assert (done.put_back, done.points, done.points_owed) == ((), 58, 58)
    here.share()
    member = sold.sale.member
    assert units(home, coupon_asset(coupon)) == 0
    assert (units(home, points_asset(member)), units(home, points_owed_asset(member))) == (58, 58)
