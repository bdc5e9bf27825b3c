"""A hub that dies, is replaced or comes back: every till goes on by itself, and whoever is asked again says the same."""

from __future__ import annotations

from salon_desk.bootstrap.hub import Joining
from salon_desk.services import parent
from salon_desk.services.link_status import LinkState
from salon_desk.services.till import Till
from salon_desk.storage.parent import ParentLink
from tests.integration.hub.shop import ServedHub, Shop, ask_until, here, issue, units_at


def _link(till: Till) -> ParentLink:
    found = parent.link(till)
    assert found is not None
    return found


def test_another_machine_becomes_hub_while_the_line_is_down_and_nothing_is_lost_or_twice(salon: Shop) -> None:
    one, two = salon.till("one"), salon.till("two")
    spare = ServedHub(salon.folder / "spare")
    spare.start(Joining(salon.office.url, salon.office.code("S1", "spare")))
    salon.settle()
    assert spare.synced()
    try:
        salon.cut()
        issue(one, 9)
        ask_until(two, 4)
        salon.hub.stop()
        one.sell(2)
        for till in (one, two):
            till.join(spare.url, spare.code())
            till.until(lambda status: status.state is LinkState.ONLINE and status.pending_parent == 0)
            assert till.run(_link).acknowledged_at_root < till.run(_link).acknowledged
        ask_until(one, 7)
        assert (here(one), here(two), spare.run(units_at)) == (7, 2, 0)
        first, salon.hub = salon.hub, spare
        salon.mend()
        salon.settle()
        first.start(Joining(salon.office.url))
        assert first.synced()
        salon.settle()
        assert first.synced()
        assert first.run(units_at) == 0
        assert len(salon.digests()) == 1
        first.stop()
    finally:
        spare.stop()


def test_a_till_whose_hub_is_gone_sells_on_and_goes_to_head_office_itself(salon: Shop) -> None:
    one = salon.till("one")
    salon.settle()
    salon.hub.stop()
    one.sell(3)
    one.until(lambda status: status.state is LinkState.OFFLINE)
    one.join(salon.office.url, salon.office.code("S1", "one again"))
    assert one.synced()
    assert one.link.status().pending_root == 0
    salon.hub.start()
    salon.settle()
    assert len(salon.digests()) == 1


def test_a_hub_whose_anchor_is_lost_opens_a_new_epoch_and_its_tills_follow_it(salon: Shop) -> None:
    one = salon.till("one")
    one.sell(2)
    salon.settle()
    before = salon.hub.store.epoch
    salon.hub.stop()
    (salon.hub.folder / "till.anchor").unlink()
    salon.hub.start()
    assert salon.hub.store.epoch != before
    one.sell(2)
    salon.settle()
    assert one.run(_link).epoch == salon.hub.store.epoch
    assert len(salon.digests()) == 1
