"""A till behind a hub that head office locks out: the hub learns it, and the till says so in plain words."""

from __future__ import annotations

from salon_desk.head_office import lost_tills
from salon_desk.services.link_status import LinkReason, LinkState
from tests.integration.hub.shop import Shop


def test_a_till_that_head_office_locks_out_is_told_nothing_by_its_hub_either(salon: Shop) -> None:
    one, two = salon.till("one"), salon.till("two")
    salon.settle()
    stolen = one.store.node
    salon.office.context.access.run(lambda office: lost_tills.lock_out(office, stolen))
    assert one.until_state(LinkState.REFUSED).reason is LinkReason.LOCKED_OUT
    position = one.run(lambda till: till.store.head.position)
    one.sell(2)
    one.until(lambda status: status.pending_parent == 0)
    two.sell(3)
    assert two.synced()
    assert one.run(lambda till: till.store.head.position) == position + 2
    salon.office.context.access.run(lambda office: lost_tills.lock_out(office, stolen, locked_out=False))
    assert salon.hub.synced()
    salon.settle()
    assert one.link.status().state is LinkState.ONLINE
    assert len(salon.digests()) == 1
