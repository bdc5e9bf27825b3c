"""A top-up is given back although it was used: what is elsewhere first, the rest deducted, or owed and recovered."""

from __future__ import annotations

import pytest

from salon_desk.domain.claim import RECEIVABLE
from salon_desk.domain.undo import Rest
from salon_desk.operations.claim import ReceivableRecovered
from salon_desk.services import top_up_undo, voids
from salon_desk.services.errors import NotRefundable, RightElsewhere
from salon_desk.services.payment import TopUpAsk
from salon_desk.services.refunds import GivenBack
from salon_desk.services.top_up_undo import How
from tests.integration.cover.facts import operations
from tests.integration.services.shop import MANAGER, Shop, cash, dollars
from tests.integration.undoing.two_stores import Store2, TwoStores, value_of


def undo(shop: Shop, document: str, **how: object) -> GivenBack:
    """By the manager."""
    return top_up_undo.undo(
        shop.till,
        shop.command(),
        MANAGER,
        document,
        reason="moving away",
        how=How(**how),  # type: ignore[arg-type]
    )


def spend(shop: Shop, item: str = "service-3000") -> str:
    """A ticket paid with the card; its id."""
    return shop.sell(shop.ticket((item, "lily")), shop.stored()).op_id


def cash_back(done: GivenBack) -> int:
    """What went out, in cents."""
    return -sum(tender.taken.cents for tender in done.document.tenders)


def test_a_used_top_up_gives_back_what_is_left_of_it_and_no_bonus(stores: TwoStores) -> None:
    bought = stores.first.top_up("", offer="100")
    spend(stores.first)  # $20 bonus, $10 paid
    done = undo(stores.first, bought.op_id)
    assert cash_back(done) == 9000
    assert (done.document.kept, done.document.owed) == (dollars("10.00"), dollars("0"))
    assert value_of(stores.first) == (0, 0)
    stores.check()


def test_used_bonus_is_taken_back_where_that_was_disclosed(stores: TwoStores) -> None:
    bought = stores.first.top_up("", offer="100")
    spend(stores.first)
    assert cash_back(undo(stores.first, bought.op_id, used_bonus=True)) == 7000
    stores.check()


def test_what_lies_elsewhere_is_wanted_before_anything_is_deducted(stores: TwoStores) -> None:
    bought = stores.second.top_up("", offer="100")  # of store S1: placement takes it home
    stores.settle()
    assert value_of(stores.second) == (0, 0)
    parts = top_up_undo.wanted(stores.second.till, bought.op_id)
    assert sum(part.units for part in parts) == 12000
    stores.fetch(stores.second, parts)
    assert top_up_undo.wanted(stores.second.till, bought.op_id) == ()
    assert cash_back(undo(stores.second, bought.op_id)) == 10000
    stores.check()
    assert stores.lying("card/") == 0


def test_what_is_out_of_reach_is_deducted_and_stays_the_members(stores: TwoStores) -> None:
    bought = stores.second.top_up("", offer="100")
    stores.settle()
    assert cash_back(undo(stores.second, bought.op_id)) == 0
    stores.check()
    assert stores.lying("card/") == 12000


def test_what_cannot_be_deducted_is_owed_and_recovered_once_from_the_next_issue_here(
    stores: TwoStores,
) -> None:
    bought = stores.first.top_up("", offer="100")
    spend(stores.first)
    done = undo(stores.first, bought.op_id, rest=Rest.OWE)
    assert cash_back(done) == 10000
    assert stores.lying(RECEIVABLE) == 1000
    stores.first.top_up("50.00")
    assert value_of(stores.first) == (4000, 0)
    stores.first.top_up("50.00")
    assert value_of(stores.first) == (9000, 0)
    stores.check()


def test_what_is_owed_is_recovered_by_head_office_from_value_issued_in_another_store(
    stores: TwoStores,
) -> None:
    bought = stores.first.top_up("", offer="100")
    spend(stores.first)
    undo(stores.first, bought.op_id, rest=Rest.OWE)
    stores.settle()
    assert stores.lying(RECEIVABLE) == 1000
    stores.second.top_up("50.00")
    stores.check()
    assert stores.lying(RECEIVABLE) == 0
    assert stores.lying("card/") == 4000
    assert len([one for one in operations(stores.chain.office) if isinstance(one, ReceivableRecovered)]) == 1


def test_a_top_up_is_undone_once_wherever_that_is_tried(stores: TwoStores) -> None:
    bought = stores.first.top_up("", offer="100")
    stores.settle()
    with pytest.raises(RightElsewhere):
        undo(stores.second, bought.op_id)
    stores.fetch(stores.second, top_up_undo.wanted(stores.second.till, bought.op_id))
    with pytest.raises(RightElsewhere):
        undo(stores.first, bought.op_id)
    assert cash_back(undo(stores.second, bought.op_id)) == 10000
    stores.settle()
    for shop in (stores.first, stores.second):
        with pytest.raises(NotRefundable):
            undo(shop, bought.op_id)
        assert top_up_undo.wanted(shop.till, bought.op_id) == ()
    with pytest.raises(NotRefundable):
        voids.void(stores.first.till, "again", MANAGER, bought.op_id, reason="again")
    stores.check()


def test_a_top_up_within_a_sale_is_given_back_beside_its_lines(stores: TwoStores) -> None:
    shop: Store2 = stores.first
    ask = (TopUpAsk(shop.card, offer="100"),)
    sold = shop.sell(shop.ticket(("service-3000", "lily")), cash(), top_ups=ask)
    spend(shop, "service-1000")
    assert cash_back(undo(shop, sold.op_id)) == 10000
    with pytest.raises(NotRefundable):
        undo(shop, sold.op_id)
    stores.check()
