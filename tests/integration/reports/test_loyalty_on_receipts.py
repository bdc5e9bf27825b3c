"""Receipts say which coupons and points were used, earned, given and taken back, and what the member has of them then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.documents.layout import as_text
from salon_desk.operations.description import OfferDescribed
from salon_desk.services.describe import describe
from salon_desk.services.receipts import receipt_document
from tests.integration.services.loyal import give, give_back, grant, wish, with_rules
from tests.integration.services.shop import Shop, cash, open_shop

_CHINESE = re.compile("[\u4e00-\u9fff]+")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """The small shop with an open shift."""
    shop = open_shop(tmp_path / "till")
    shop.open_shift()
    yield shop
    shop.till.store.close()


def paper(shop: Shop, op_id: str, language: str = "en") -> list[str]:
    """The English words and figures of a receipt's lines, with single spaces."""
    with shop.till.read() as transaction:
        text = as_text(receipt_document(transaction, op_id, language))
    return [" ".join(_CHINESE.sub("", line).split()) for line in text.splitlines()]


def test_a_sale_says_what_it_used_and_earned_and_the_balance_behind_it(shop: Shop) -> None:
    with_rules(shop, "gift-20", "points", rate="1")
    give(shop)
    grant(shop, 350)
    ticket = shop.ticket(("gel", "lily"), ("pedicure", "kim"))
    wish(shop, ticket, points=200)
    sold = shop.sell(ticket, cash())
    lines = paper(shop, sold.op_id)
    assert [one for one in lines if one.split(" ")[0] in ("Coupons", "Points")] == [
        "Coupons used 1",
        "Points used −200",
        "Points earned 53",
        "Points balance 203",
    ]
    grant(shop, 1000)
    assert "Points balance 203" in paper(shop, sold.op_id)  # of its own moment
    back = give_back(shop, sold, 0, 1)
    lines = paper(shop, back.op_id)
    assert [one for one in lines if one.split(" ")[0] in ("Coupons", "Points")] == [
        "Coupons given back 1",
        "Points given back 200",
        "Points taken back −53",
        "Points balance 1,350",
    ]


def test_a_top_up_prints_the_coupon_that_it_grants_with_its_day_and_text(shop: Shop) -> None:
    with_rules(shop, "gift-20")
    describe(shop.till, shop.command(), None, [(OfferDescribed, "100", {"coupon": "gift-20"})])
    lines = paper(shop, shop.top_up("", offer="100").op_id)
    assert any(one.startswith("gift-20 Coupon") for one in lines)
    assert any(one.startswith("Good until") and one.endswith("Wed, Feb 17, 2027") for one in lines)
    assert "gift-20: valid until the day printed here" in lines


def test_points_that_turned_into_a_coupon_are_gone_from_the_balance_and_the_coupon_is_printed(
    shop: Shop,
) -> None:
    with_rules(shop, "gift-20", rate="2", points_convert_at=100, points_convert_coupon="gift-20")
    sold = shop.sell(shop.ticket(("gel", "lily"), ("pedicure", "kim")), cash())
    lines = paper(shop, sold.op_id)
    assert "Points balance 66" in lines
    assert any(one.startswith("gift-20 Coupon") for one in lines)


def test_a_receipt_without_points_says_nothing_of_them(shop: Shop) -> None:
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    assert not [one for one in paper(shop, sold.op_id) if one.startswith(("Points", "Coupon"))]
