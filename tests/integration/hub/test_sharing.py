"""Tills of one shop behind a hub: what they do is everywhere, and value goes between them whether the line is up or not."""

from __future__ import annotations

from salon_desk.services import moves
from salon_desk.services.link_status import LinkState
from salon_desk.storage import journal
from salon_desk.storage.office import Office
from tests.integration.hub.shop import Shop, ask_until, here, issue, units_at


def test_what_a_till_does_behind_a_hub_is_at_head_office_and_at_every_other_till(salon: Shop) -> None:
    one, two = salon.till("one"), salon.till("two")
    far = salon.till("far", through="office", store="S2")
    one.sell(30)
    far.sell(5)
    salon.settle()
    assert len(salon.digests()) == 1
    status = one.link.status()
    assert (status.pending_parent, status.pending_root) == (0, 0)
    assert two.run(lambda till: till.store.head.position) == salon.office.position()


def test_value_goes_from_till_to_till_through_the_hub_while_the_line_is_down(salon: Shop) -> None:
    one, two = salon.till("one"), salon.till("two")
    salon.settle()
    salon.cut()
    issue(one, 9)
    ask_until(two, 9)
    assert (here(one), here(two), salon.hub.run(units_at)) == (0, 9, 0)
    salon.mend()
    salon.settle()
    assert len(salon.digests()) == 1


def test_value_of_another_store_comes_to_a_till_through_its_hub_and_never_lies_at_the_hub(
    salon: Shop,
) -> None:
    near, far = salon.till("near"), salon.till("far", through="office", store="S2")
    issue(far, 9)
    salon.settle()
    ask_until(near, 9)
    assert (here(near), here(far)) == (9, 0)
    salon.settle()
    assert len(salon.digests()) == 1
    assert _received_by_hub(salon) == 0


def test_another_store_gets_what_lies_at_a_till_behind_the_hub(salon: Shop) -> None:
    near, far = salon.till("near"), salon.till("far", through="office", store="S2")
    issue(near, 9)
    salon.settle()
    ask_until(far, 9)
    assert (here(near), here(far)) == (0, 9)
    salon.settle()
    assert len(salon.digests()) == 1
    assert _received_by_hub(salon) == 0


def test_what_is_missing_in_the_shop_comes_from_above_in_the_same_question(salon: Shop) -> None:
    one, two = salon.till("one"), salon.till("two")
    far = salon.till("far", through="office", store="S2")
    issue(two, 4)
    issue(far, 5)
    salon.settle()
    ask_until(one, 9)
    assert (here(one), here(two), here(far)) == (9, 0, 0)


def test_what_nobody_waits_for_any_more_lies_at_a_counter_and_not_at_the_hub(salon: Shop) -> None:
    one = salon.till("one")
    salon.settle()
    salon.cut()
    issue(one, 9)
    one.run(lambda till: moves.return_all(till, salon.hub.store.node, salon.hub.store.epoch))
    one.until(lambda status: status.pending_parent == 0)
    two = salon.till("two", code=salon.hub.code())
    assert two.link.status().state is not LinkState.NOT_LINKED
    assert salon.hub.run(units_at) == 0


def test_pending_is_told_apart_for_hub_and_head_office(salon: Shop) -> None:
    one = salon.till("one")
    salon.settle()
    salon.cut()
    one.sell(3)
    status = one.until(lambda status: status.pending_parent == 0)
    assert status.pending_root == 3
    salon.mend()
    assert one.until(lambda status: status.pending_root == 0).pending_parent == 0


def _received_by_hub(salon: Shop) -> int:
    def count(hub: Office) -> int:
        with hub.database.read() as transaction:
            found = journal.after(transaction, 0)
            return sum(
                one.header.node == hub.node and one.header.kind == "purse.received" for _p, one in found
            )

    return salon.hub.run(count)
