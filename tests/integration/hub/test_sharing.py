"""Tills of one shop behind a hub: what they do is everywhere, and value goes between them whether the line is up or not."""

from __future__ import annotations

from salon_desk.storage import journal
from tests.integration.hub.shop import Shop, ask_until, here, units_at
from tests.integration.storage.tills import command, moving
from tests.integration.sync.linked import LinkedTill


def _issue(till: LinkedTill, units: int) -> None:
    """And wait until the parent holds it."""
    till.run(lambda of: journal.record(of.store, command(), lambda _t: moving(units)))
    till.until(lambda status: status.pending_parent == 0)


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
    _issue(one, 9)
    ask_until(two, 9)
    assert (here(one), here(two), salon.hub.run(units_at)) == (0, 9, 0)
    salon.mend()
    salon.settle()
    assert len(salon.digests()) == 1
