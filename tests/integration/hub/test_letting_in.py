"""Who is let in by a hub, and for whom it may speak: devices of its own store, known by their keys or confirmed by the owner."""

from __future__ import annotations

from msgspec.structs import replace

from salon_desk.bootstrap.office_data import office_at
from salon_desk.head_office import enrolment, overview
from salon_desk.operations.enrolment import DeviceEnrolled
from salon_desk.services.link_status import LinkState
from salon_desk.storage import children
from salon_desk.wire.messages import JournalAnswer, JournalPush
from tests.integration.head_office.serving import Chain, Device, refused, said
from tests.integration.hub.shop import Shop
from tests.integration.sync.linked import opened


def test_a_till_that_head_office_knows_is_let_in_with_a_code_of_the_hub_while_the_line_is_down(
    salon: Shop,
) -> None:
    one = salon.till("one", through="office")
    salon.settle()
    salon.cut()
    one.join(salon.hub.url, salon.hub.code())
    one.sell(2)
    assert one.until(lambda status: status.pending_parent == 0).state is LinkState.ONLINE


def test_a_device_that_is_new_to_the_chain_waits_for_the_owner_whichever_way_it_came(salon: Shop) -> None:
    salon.cut()
    with opened(salon.folder / "new") as new:
        new.join(salon.hub.url, salon.hub.code())
        new.until_state(LinkState.UNCONFIRMED)
        new.sell(2)
        salon.mend()
        assert salon.hub.synced()
        with office_at(salon.office.place) as office:
            waiting = [one for one in overview.devices(office).devices if not one.confirmed]
            assert [one.via for one in waiting] == [(salon.hub.store.node,)]
            enrolment.confirm(office, waiting[0].node)
        assert new.synced()
        salon.settle(new)
        assert len(salon.digests(new)) == 1


def test_a_code_that_nobody_made_is_refused_and_one_of_head_office_waits_for_the_line(salon: Shop) -> None:
    refused(Device(salon.hub.url).post("/v1/enroll", Device(salon.hub.url).ask("AAAAA-AAAAA")), 403)
    code = salon.office.code("S1", "late")
    salon.cut()
    device = Device(salon.hub.url)
    assert refused(device.post("/v1/enroll", device.ask(code)), 503).error == "unavailable"
    salon.mend()
    salon.hub.run(lambda _hub: None)
    assert salon.hub.synced()
    answer = device.enroll(code)
    assert (answer.parent, answer.store, answer.confirmed) == (salon.hub.store.node, "S1", True)
    assert device.enroll(code) == answer


def test_a_device_that_poses_as_a_till_of_the_shop_is_refused_without_its_key(salon: Shop) -> None:
    one = salon.till("one")
    salon.settle()
    thief = Device(salon.hub.url, node=one.store.node, epoch=one.store.epoch)
    assert refused(thief.post("/v1/enroll", thief.ask(salon.hub.code())), 403).error == "not-yours"
    thief.public_key = one.run(lambda _till: _key_of(salon, one.store.node))
    assert refused(thief.post("/v1/enroll", thief.ask(salon.hub.code())), 403).error == "not-yours"


def test_a_till_behind_a_hub_pushes_nothing_under_anothers_origin(salon: Shop) -> None:
    device, other = Device(salon.hub.url), Device(salon.hub.url)
    device.enroll(salon.office.code("S1", "a"))
    other.enroll(salon.office.code("S1", "b"))
    other.recorded(2)
    forged = Chain(other.node, other.epoch, list(other.chain.ops))
    push = JournalPush(node=other.node, epoch=other.epoch, from_seq=3, ops=forged.record(1))
    assert refused(device.post("/v1/journal", push), 403).error == "not-yours"
    under_own = JournalPush(
        node=device.node, epoch=device.epoch, from_seq=1, ops=Chain(other.node, "e").record(1)
    )
    assert refused(device.post("/v1/journal", under_own), 403).error == "not-yours"


def test_a_hub_speaks_for_no_device_of_another_store_and_a_till_for_nobody(salon: Shop) -> None:
    far, near = salon.office.device("S2"), salon.office.device("S1")
    far.recorded(1)
    claim = DeviceEnrolled(node=far.node, epoch=far.epoch, store="S2", name="far", public_key=far.public_key)
    near.recorded(1, claim)
    forged = JournalPush(node=far.node, epoch=far.epoch, from_seq=2, ops=far.chain.record(1))
    assert refused(near.post("/v1/journal", forged), 403).error == "not-yours"
    hub = Device(salon.office.url, node="rogue", epoch="rogue-epoch")
    hub.token = said(
        hub.post("/v1/enroll", _as_hub(hub, salon.office.code("S1", "rogue"))), enrolment.EnrollAnswer
    ).token
    hub.recorded(1, claim)
    assert refused(hub.post("/v1/journal", forged), 403).error == "not-yours"
    mine = DeviceEnrolled(
        node=near.node, epoch=near.epoch, store="S1", name="near", public_key=near.public_key
    )
    hub.recorded(1, mine)
    relayed = JournalPush(node=near.node, epoch=near.epoch, from_seq=2, ops=near.chain.record(1))
    assert said(hub.post("/v1/journal", relayed), JournalAnswer).applied_seq == 2


def test_a_hub_has_no_hubs(salon: Shop) -> None:
    hub = Device(salon.hub.url)
    assert refused(hub.post("/v1/enroll", _as_hub(hub, salon.hub.code())), 403).error == "not-yours"


def _as_hub(device: Device, code: str) -> enrolment.EnrollAsk:
    return replace(device.ask(code), hub=True)


def _key_of(salon: Shop, node: str) -> str:
    with office_at(salon.office.place) as office, office.database.read() as transaction:
        child = children.by_node(transaction, node)
    assert child is not None
    return child.public_key
