"""What a device may push: the next operations of its own chain, whole, once; nothing else leaves a trace."""

from __future__ import annotations

import threading

import msgspec

from salon_desk.bootstrap.office_data import office_at
from salon_desk.head_office import overview
from salon_desk.head_office.intake import take_all
from salon_desk.operations.envelope import Envelope, seal
from salon_desk.storage.errors import ChainBroken, EnvelopeDamaged
from salon_desk.wire import codec
from salon_desk.wire.messages import JournalAnswer, JournalPush
from tests.integration.head_office.serving import Chain, HeadOffice, allergy, refused, said


def test_a_repeat_gets_the_same_answer_and_changes_nothing(served: HeadOffice) -> None:
    device = served.device()
    ops = device.recorded(5)
    position = served.position()
    for again in (ops, ops[:2], ops[3:], [*ops]):
        answer = said(device.push(again), JournalAnswer)
        assert (answer.applied_seq, answer.durable_seq) == (5, 5)
    assert served.position() == position
    longer = device.chain.record(2)
    assert said(device.push([*ops[3:], *longer]), JournalAnswer).applied_seq == 7
    assert served.position() == position + 2


def test_a_push_may_come_packed(served: HeadOffice) -> None:
    device = served.device()
    ops = device.chain.record(3)
    message = JournalPush(node=device.node, epoch=device.epoch, from_seq=1, ops=ops)
    packed = codec.pack(codec.encode(message))
    answer = device.post("/v1/journal", packed, headers={"content-encoding": "gzip"})
    assert said(answer, JournalAnswer).applied_seq == 3


def test_a_gap_names_the_wanted_number(served: HeadOffice) -> None:
    device = served.device()
    device.recorded(2)
    ops = device.chain.record(3)
    answer = refused(device.push(ops[1:]), 409)
    assert (answer.error, answer.wanted_seq) == ("gap", 3)
    empty = refused(device.push([], from_seq=9), 409)
    assert (empty.error, empty.wanted_seq) == ("gap", 3)
    assert said(device.push([], from_seq=3), JournalAnswer).applied_seq == 2


def test_a_fork_is_refused_and_its_evidence_is_kept(served: HeadOffice) -> None:
    device = served.device()
    device.recorded(3)
    position = served.position()
    copied = Chain(device.node, device.epoch, list(device.chain.ops[:1]))
    other = copied.record(1)
    answer = refused(device.push(other), 409)
    assert (answer.error, answer.wanted_seq) == ("fork", 4)
    assert refused(device.push(other), 409).error == "fork"
    further = Chain(device.node, device.epoch, [*device.chain.ops[:2], other[0]]).record(1)
    assert refused(device.push(further), 409).error == "fork"
    assert served.position() == position
    with office_at(served.place) as office:
        (state,) = overview.devices(office).devices
    assert sorted((fork.seq, fork.hash) for fork in state.forks) == sorted(
        (one.header.seq, one.hash) for one in (other[0], further[0])
    )
    device.recorded(1)


def test_a_device_pushes_no_chain_but_its_own(served: HeadOffice) -> None:
    device, other = served.device(), served.device()
    position = served.position()
    theirs = other.chain.record(2)
    assert refused(device.push(theirs, node=other.node, epoch=other.epoch), 403).error == "not-yours"
    assert refused(device.push(theirs), 403).error == "not-yours"
    mixed = [device.chain.record(1)[0], theirs[1]]
    assert refused(device.push(mixed), 403).error == "not-yours"
    elder = Chain(device.node, "an-older-epoch").record(1)
    assert refused(device.push(elder, epoch="an-older-epoch"), 403).error == "not-yours"
    office = Chain(served.context.identity.node, served.context.identity.epoch).record(1)
    assert refused(device.push(office, node=office[0].header.node), 403).error == "not-yours"
    assert served.position() == position


def test_what_is_not_what_was_hashed_is_refused_as_a_whole(served: HeadOffice) -> None:
    device = served.device()
    ops = device.chain.record(3)
    position = served.position()
    last = ops[2]
    longer = Envelope(last.header, last.hash, last.salt, b"{}")
    renamed = Envelope(msgspec.structs.replace(last.header, actor="bob"), last.hash, last.salt, last.body)
    for damaged in (longer, renamed, Envelope(last.header, last.hash, None, last.body)):
        assert refused(device.push([*ops[:2], damaged]), 422).error == "damaged"
    assert served.position() == position
    assert said(device.push(ops), JournalAnswer).applied_seq == 3


def test_an_origin_leaves_no_body_out_that_describes_nobody(served: HeadOffice) -> None:
    device = served.device()
    (op,) = device.chain.record()
    bare = Envelope(op.header, op.hash, None, None)
    assert refused(device.push([bare]), 422).error == "damaged"


def test_an_origin_may_have_forgotten_somebody_before_it_could_send(served: HeadOffice) -> None:
    device = served.device()
    (op,) = device.chain.record(1, allergy())
    assert device.push([Envelope(op.header, op.hash, None, None)]).ok


def test_more_than_both_sides_agreed_on_is_refused(served: HeadOffice) -> None:
    device = served.device()
    ops = device.chain.record(codec.MOST_OPERATIONS + 1)
    assert refused(device.push(ops), 413).error == "too-large"
    assert refused(device.post("/v1/journal", b" " * (codec.MOST_BYTES + 1)), 413).error == "too-large"
    bomb = codec.pack(b" " * (64 * 1024 * 1024))
    answer = device.post("/v1/journal", bomb, headers={"content-encoding": "gzip"})
    assert refused(answer, 413).error == "too-large"
    for unreadable in ({"content-encoding": "br"}, {"content-type": "text/csv"}):
        assert refused(device.post("/v1/journal", b"{}", headers=unreadable), 415).error == "malformed"


def test_the_same_push_fifty_times_at_once_is_recorded_once(served: HeadOffice) -> None:
    device = served.device()
    ops = device.chain.record(4)
    position = served.position()
    statuses: list[int] = []

    def push() -> None:
        for _ in range(5):
            statuses.append(device.push(ops).status_code)

    threads = [threading.Thread(target=push) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 50
    assert served.position() == position + 4


def test_an_operation_of_the_future_is_kept_and_passed_on(served: HeadOffice) -> None:
    device, other = served.device(), served.device()
    first, second, third = device.chain.record(3)
    chain = Chain(device.node, device.epoch, [first])
    unknown = chain.record(1)[0]
    header = msgspec.structs.replace(unknown.header, kind="hologram.shown", version=7)

    assert unknown.salt is not None
    assert unknown.body is not None
    unknown = seal(header, unknown.salt, unknown.body)
    after = Chain(device.node, device.epoch, [first, unknown]).record(1)
    assert said(device.push([first, unknown, *after]), JournalAnswer).applied_seq == 3
    got = [one for one in other.all_pages() if one.header.node == device.node]
    assert got == [first, unknown, *after]
    assert (second, third) != tuple(got[1:])


def test_a_refused_push_takes_none_of_those_with_it_that_came_at_the_same_time(served: HeadOffice) -> None:
    devices = [served.device() for _ in range(4)]
    whole, gap, damaged, also = ([*device.chain.record(3)] for device in devices)
    damaged[1] = Envelope(damaged[1].header, damaged[1].hash, damaged[1].salt, b"{}")
    pushes = [
        JournalPush(node=device.node, epoch=device.epoch, from_seq=ops[0].header.seq, ops=ops)
        for device, ops in zip(devices, (whole, gap[1:], damaged, also), strict=True)
    ]
    position = served.position()
    taken = served.context.access.run(lambda office: take_all(pushes, office))
    assert [type(one) for one in taken] == [tuple, ChainBroken, EnvelopeDamaged, tuple]
    assert served.position() == position + 6
    again = served.context.access.run(lambda office: take_all([pushes[0], pushes[3]], office))
    assert again == [(JournalAnswer(applied_seq=3, durable_seq=3), 0)] * 2
    assert served.position() == position + 6
