"""A bank takes the payment of a top-up back: what is there is taken, the rest is lost or owed, once for each top-up."""

from __future__ import annotations

import pytest

from salon_desk.domain.claim import RECEIVABLE
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.services import cards, chargebacks, top_up_undo
from salon_desk.services.chargebacks import ChargedBack, Choice
from salon_desk.services.errors import CardIsFrozen, NotRefundable, RightElsewhere
from salon_desk.services.payment import TopUpAsk
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, external
from tests.integration.undoing.two_stores import TwoStores, value_of


def by_card(shop: Shop) -> str:
    """$100 + $20 bought on the card machine; the top-up's id."""
    ask = TopUpAsk(shop.card, offer="100")
    return cards.top_up(shop.till, shop.command(), CASHIER, ask, tenders=(external(),)).op_id


def charge_back(shop: Shop, top_up: str, **choice: bool) -> ChargedBack:
    """By the manager."""
    return chargebacks.charge_back(
        shop.till, shop.command(), MANAGER, top_up, reason="disputed", choice=Choice(**choice)
    )


def test_nothing_used_is_taken_back_whole_and_the_card_is_frozen(stores: TwoStores) -> None:
    before = account_sums(stores.first.till)
    done = charge_back(stores.first, by_card(stores.first)).operation
    assert (done.lost.cents, done.owed.cents) == (0, 0)
    assert account_sums(stores.first.till) == before
    with pytest.raises(CardIsFrozen):
        stores.first.top_up("10.00")
    stores.check()


@pytest.mark.parametrize("owe", [False, True])
def test_what_was_spent_is_a_loss_or_owed_as_the_manager_chooses(stores: TwoStores, owe: bool) -> None:
    top_up = by_card(stores.first)
    stores.first.sell(stores.first.ticket(("service-3000", "lily")), stores.first.stored())
    done = charge_back(stores.first, top_up, owe=owe, freeze=False).operation
    assert value_of(stores.first) == (0, 0)
    assert (done.lost.cents, done.owed.cents) == ((0, 1000) if owe else (1000, 0))
    assert account_sums(stores.first.till).get("Expenses:Chargebacks", 0) == (0 if owe else 1000)
    assert stores.lying(RECEIVABLE) == (1000 if owe else 0)
    stores.check()


def test_a_top_up_is_charged_back_once_and_never_beside_a_refund(stores: TwoStores) -> None:
    top_up = by_card(stores.first)
    stores.settle()
    with pytest.raises(RightElsewhere):
        charge_back(stores.second, top_up)
    stores.fetch(stores.second, top_up_undo.wanted(stores.second.till, top_up))
    assert charge_back(stores.second, top_up).operation.lost.cents == 0
    with pytest.raises(RightElsewhere):
        charge_back(stores.first, top_up)  # has not heard of it
    stores.settle()
    for shop in (stores.first, stores.second):
        with pytest.raises(NotRefundable):
            charge_back(shop, top_up)
        with pytest.raises(NotRefundable):
            top_up_undo.undo(shop.till, shop.command(), MANAGER, top_up, reason="again")
    stores.check()


def test_of_two_top_ups_in_one_sale_each_is_charged_back_with_what_paid_for_it(stores: TwoStores) -> None:
    shop = stores.first
    asks = (TopUpAsk(shop.card, pay=dollars("40.00")), TopUpAsk(shop.card, pay=dollars("50.00")))
    sold = shop.sell(shop.ticket(("service-1000", "lily")), external("40.00"), cash(), top_ups=asks)
    done = charge_back(shop, sold.op_id, freeze=False).operation
    assert done.amount == dollars("40.00")
    with pytest.raises(NotRefundable):  # cash paid for the other one
        chargebacks.charge_back(shop.till, "c", MANAGER, sold.op_id, reason="disputed", number=1)
    stores.check()


def test_cash_is_not_charged_back_and_a_cashier_does_not(stores: TwoStores) -> None:
    bought = stores.first.top_up("20.00")
    with pytest.raises(NotRefundable):
        charge_back(stores.first, bought.op_id)
    with pytest.raises(PermissionNeeded):
        chargebacks.charge_back(stores.first.till, "c", CASHIER, bought.op_id, reason="disputed")
