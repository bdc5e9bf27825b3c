"""A till behind a hub that has lost head office: its telephone asks head office itself, whose key the hub told it in time."""

from __future__ import annotations

from urllib.parse import urlsplit

import requests

from salon_desk import secrets
from salon_desk.domain.money import Money
from salon_desk.operations.card import CardIssued
from salon_desk.operations.payment import Funding
from salon_desk.services import bridge
from salon_desk.services.bridge import Need
from salon_desk.services.carry_over import carried_over
from salon_desk.services.till import Till
from salon_desk.storage import journal
from salon_desk.wire.messages import Root
from tests.integration.head_office.page_codes import codes_on
from tests.integration.hub.shop import Shop, here
from tests.integration.storage.tills import command
from tests.integration.sync.linked import LONG, LinkedTill

CARD = "card-one"
PAID = f"card/{CARD}/USD/paid"
NOWHERE = "http://127.0.0.1:9"


def _with_value(till: Till) -> None:
    value = Funding(card=CARD, paid=Money(5_000, "USD"), bonus=Money(0, "USD"))
    issued = CardIssued(card=CARD, code="4417", currency="USD", member="may")
    for operation in (issued, carried_over(value, reason="test")):
        journal.record(till.store, command(), lambda _tx, one=operation: one)


def _link(till: LinkedTill) -> str:
    """As the counter makes it: by head office's clock, for the till's stands at another day."""
    need, ahead = Need(CARD, Money(2_000, "USD")), till.link.status().clock_offset or 0
    return till.run(lambda of: bridge.link(of, secrets.node_keys(of.store.node), [need], ahead=ahead))


def test_a_telephone_goes_around_a_hub_that_has_lost_head_office(salon: Shop) -> None:
    near, far = salon.till("near"), salon.till("far", through="office", store="S2")
    far.run(_with_value)
    salon.settle()
    assert not near.link.status().root_cut
    assert salon.hub.running is not None
    salon.hub.running.link.use_address(NOWHERE).result(LONG)
    near.until(lambda status: status.root_cut)
    link = _link(near)
    assert link.startswith((f"{NOWHERE}/b/", f"{salon.office.url}/b/"))
    page = requests.post(salon.office.url + urlsplit(link).path, timeout=LONG)
    (code,) = codes_on(page.text)
    came = near.run(lambda of: bridge.receive(of, secrets.node_keys(of.store.node), code))
    assert came == (Money(2_000, "USD"),)
    assert (here(near, PAID), here(far, PAID)) == (2_000, 3_000)
    salon.hub.running.link.use_address(salon.office.url).result(LONG)
    near.until(lambda status: not status.root_cut)
    salon.settle()
    assert here(near, PAID) == 2_000
    assert len(salon.digests()) == 1


def test_a_hub_cannot_put_another_head_office_in_the_place_of_the_first(salon: Shop) -> None:
    near, far = salon.till("near"), salon.till("far", through="office", store="S2")
    far.run(_with_value)
    salon.settle()
    liar = Root(node="another", key=f"{7:064x}", address="http://127.0.0.1:7", in_reach=False)
    near.run(lambda till: bridge.root_heard(till, liar))
    assert _link(near).startswith(salon.office.url)
