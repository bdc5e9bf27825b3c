"""A sale of one store given back in another: by its right, else by the merchant's money, and never twice without a word."""

from __future__ import annotations

import json

import pytest

from salon_desk.cli.main import main
from salon_desk.domain.claim import FUNDED_REFUND, REFUND_RIGHT
from salon_desk.domain.errors import AlreadyRefunded, PermissionNeeded
from salon_desk.domain.money import Money
from salon_desk.domain.refund import RefundAsk
from salon_desk.services import refunds, voids
from salon_desk.services.checkout import Sold
from salon_desk.services.errors import FundedRefundTooLarge, RightElsewhere
from salon_desk.services.refund_rights import GivenTwice, given_twice
from salon_desk.services.refunds import GivenBack
from salon_desk.storage.store import Store
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars
from tests.integration.undoing.two_stores import TwoStores, value_of

LIMIT = dollars("50.00")


def sell(stores: TwoStores) -> Sold:
    """A sale of $30 at the first store that both know of."""
    sold = stores.first.sell(stores.first.ticket(("service-3000", "lily")), cash())
    stores.settle()
    return sold


def refund(shop: Shop, sold: Sold, amount: str = "30.00", funded: Money | None = None) -> GivenBack:
    """By the manager."""
    return refunds.refund(
        shop.till, shop.command(), MANAGER, sold.op_id, asked=_asked(sold, amount), reason="x", funded=funded
    )


def _asked(sold: Sold, amount: str) -> tuple[RefundAsk, ...]:
    return (RefundAsk(sold.sale.lines[0].line, dollars(amount)),)


def twice(store: Store) -> list[GivenTwice]:
    """What a node knows to have been given back twice."""
    with store.database.read() as transaction:
        return given_twice(transaction)


def test_a_sale_of_one_store_is_given_back_in_another_by_its_right(stores: TwoStores) -> None:
    sold = sell(stores)
    asked = _asked(sold, "30.00")
    with pytest.raises(RightElsewhere):
        refund(stores.second, sold)
    stores.fetch(stores.second, refunds.wanted(stores.second.till, sold.op_id, asked))
    assert refunds.wanted(stores.second.till, sold.op_id, asked) == ()
    refund(stores.second, sold)
    with pytest.raises(RightElsewhere):
        refund(stores.first, sold)  # has not heard of it
    with pytest.raises(RightElsewhere):
        voids.void(stores.first.till, "v", MANAGER, sold.op_id, reason="x")
    stores.settle()
    with pytest.raises(AlreadyRefunded):
        refund(stores.first, sold)
    assert stores.lying(REFUND_RIGHT) == 0
    stores.check()


def test_a_part_goes_back_here_and_a_part_there(stores: TwoStores) -> None:
    sold = sell(stores)
    stores.fetch(stores.second, refunds.wanted(stores.second.till, sold.op_id, _asked(sold, "10.00")))
    refund(stores.second, sold, "10.00")
    refund(stores.first, sold, "20.00")
    stores.settle()
    assert stores.lying(REFUND_RIGHT) == 0
    stores.check()


def test_stored_value_goes_back_to_its_card_in_the_other_store(stores: TwoStores) -> None:
    stores.first.top_up("", offer="100")
    sold = stores.first.sell(stores.first.ticket(("service-3000", "lily")), stores.first.stored())
    stores.settle()
    stores.fetch(stores.second, refunds.wanted(stores.second.till, sold.op_id, _asked(sold, "30.00")))
    refund(stores.second, sold)
    assert value_of(stores.second) == (1000, 2000)
    stores.check()
    assert stores.lying("card/") == 12000


def test_without_its_right_only_a_manager_lets_it_pass_and_only_up_to_the_limit(stores: TwoStores) -> None:
    sold = sell(stores)
    with pytest.raises(PermissionNeeded):
        refunds.refund(
            stores.second.till,
            "c",
            CASHIER,
            sold.op_id,
            asked=_asked(sold, "30.00"),
            reason="x",
            funded=LIMIT,
        )
    with pytest.raises(FundedRefundTooLarge):
        refund(stores.second, sold, funded=dollars("29.99"))
    assert refund(stores.second, sold, funded=LIMIT).document.funded == dollars("30.00")
    with pytest.raises(AlreadyRefunded):
        refund(stores.second, sold, funded=LIMIT)


def test_what_the_merchant_gave_back_ends_with_the_right_when_both_come_home(stores: TwoStores) -> None:
    sold = sell(stores)
    refund(stores.second, sold, "20.00", funded=LIMIT)
    stores.settle()
    assert stores.lying(FUNDED_REFUND) == 0
    assert stores.lying(REFUND_RIGHT) == 1000
    assert twice(stores.chain.office) == []
    stores.check()


@pytest.mark.parametrize("second_first", [False, True])
def test_the_same_line_given_back_in_both_stores_is_an_exception_for_a_person(
    stores: TwoStores, second_first: bool
) -> None:
    sold = sell(stores)
    acts = [lambda: refund(stores.first, sold, "25.00"), lambda: refund(stores.second, sold, funded=LIMIT)]
    for act in reversed(acts) if second_first else acts:
        act()
    stores.check()
    for store in stores.chain.stores():
        (found,) = twice(store)
        assert (found.ticket, found.line, found.units) == (sold.sale.ticket, sold.sale.lines[0].line, 2500)


def test_head_office_prints_what_was_given_back_twice(
    stores: TwoStores, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    sold = sell(stores)
    folder = stores.chain.folder / "office"
    refund(stores.second, sold, funded=LIMIT)
    refund(stores.first, sold)
    stores.settle()
    stores.chain.office.close()
    assert main(["head-office", "exceptions", "--data", str(folder), "--json"]) == 0
    (told,) = json.loads(capsysbinary.readouterr().out)["exceptions"]
    assert told == {
        "what": "given-twice",
        "store": "S1",
        "about": sold.sale.receipt,
        "cents": 3000,
        "currency": "USD",
    }
    assert main(["head-office", "exceptions", "--data", str(folder)]) == 0
    assert sold.sale.receipt in capsysbinary.readouterr().out.decode()
