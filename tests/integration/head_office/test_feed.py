"""What a device hears of the others: everything once, in one order, at once or as soon as there is something."""

from __future__ import annotations

import threading
from concurrent.futures import Future

import pytest

from salon_desk.bootstrap.office_data import office_at
from salon_desk.head_office import feed as head_office_feed
from salon_desk.head_office.growth import Growth
from salon_desk.operations.shift import DrawerOpened
from salon_desk.storage import children
from salon_desk.wire import codec
from salon_desk.wire.messages import FeedAnswer
from tests.integration.head_office.serving import Device, HeadOffice, allergy, refused, said


def _later(device: Device, **query: object) -> Future[FeedAnswer]:
    """A page asked for on a thread of its own."""
    answer: Future[FeedAnswer] = Future()

    def ask() -> None:
        try:
            answer.set_result(device.page(**query))
        except BaseException as error:
            answer.set_exception(error)

    threading.Thread(target=ask).start()
    return answer


def _pages(device: Device, **query: object) -> list[FeedAnswer]:
    """Every page that there is."""
    found = [device.page(**query)]
    while found[-1].position != found[-1].last:
        found.append(device.page(**query))
    return found


class Polls:
    """How many long polls a head office holds: stands for `Growth.waiting` and can be waited for."""

    def __init__(self) -> None:
        self._number = 0
        self._news = threading.Condition()

    def __get__(self, _growth: Growth | None, _kind: type[Growth]) -> int:
        return self._number

    def __set__(self, _growth: Growth, number: int) -> None:
        with self._news:
            self._number = number
            self._news.notify_all()

    def wait_for(self, number: int) -> None:
        with self._news:
            assert self._news.wait_for(lambda: self._number >= number, 20)


@pytest.fixture
def polls(monkeypatch: pytest.MonkeyPatch) -> Polls:
    made = Polls()
    monkeypatch.setattr(Growth, "waiting", made, raising=False)
    return made


def test_each_hears_of_the_others_in_one_order_and_not_of_itself(served: HeadOffice) -> None:
    devices = [served.device(f"S{number}") for number in range(3)]
    for _round in range(3):
        for one in devices:
            one.recorded(2)
    heard = [one.all_pages(limit=4) for one in devices]
    for one, ops in zip(devices, heard, strict=True):
        assert all(op.header.node != one.node for op in ops)
        assert len({op.header.op_id for op in ops}) == len(ops)
    common = [
        [op.header.op_id for op in ops if op.header.node not in (devices[0].node, devices[1].node)]
        for ops in heard
    ]
    assert common[0] == common[1]
    assert [op.header.seq for op in heard[0] if op.header.node == devices[1].node] == [1, 2, 3, 4, 5, 6]


def test_the_cursor_moves_over_the_devices_own_operations(served: HeadOffice) -> None:
    device = served.device()
    device.all_pages()
    device.recorded(3)
    answer = device.page()
    assert answer.ops == []
    assert (answer.position, answer.last) == (served.position(), served.position())
    assert (answer.acknowledged, answer.acknowledged_at_root) == (3, 3)


def test_a_cursor_of_another_parent_or_epoch_starts_anew(served: HeadOffice) -> None:
    device = served.device()
    everything = device.all_pages()
    identity = served.context.identity
    for other in ("", f"other:{identity.epoch}:9", f"{identity.node}:other:999999", f"{identity.node}:e:x:1"):
        device.cursor = other
        assert device.all_pages() == everything


@pytest.mark.parametrize("cursor", ["1", "a:b", "a:b:", "a:b:-1", "a:b:1.5", f"a:b:{10**30}", "a:b:１"])
def test_what_is_no_cursor_is_refused(served: HeadOffice, cursor: str) -> None:
    device = served.device()
    assert refused(device.call("GET", "/v1/feed", params={"cursor": cursor}), 422).error == "malformed"


def test_who_is_ahead_of_this_node_is_told_that_it_was_restored(served: HeadOffice) -> None:
    device = served.device()
    identity = served.context.identity
    ahead = f"{identity.node}:{identity.epoch}:{served.position() + 1}"
    assert refused(device.call("GET", "/v1/feed", params={"cursor": ahead}), 409).error == "restarted"
    device.recorded(2)
    assert device.page(acknowledged=2).acknowledged == 2
    assert refused(device.call("GET", "/v1/feed", params={"acknowledged": 3}), 409).error == "restarted"


def test_a_page_ends_by_number_and_by_bytes(served: HeadOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(head_office_feed, "PAGE_BYTES", 4_000)
    device, other = served.device(), served.device()
    device.recorded(30)
    large = device.recorded(1, DrawerOpened(shift="s", reason="x" * 60_000))
    device.recorded(5)
    by_bytes, other.cursor = _pages(other), ""
    (alone,) = [page for page in by_bytes if large[0] in page.ops]
    assert alone.ops == large
    sizes = [len(codec.encode(page)) for page in by_bytes if page is not alone]
    assert max(sizes) < 6_000 < sum(sizes)
    by_number = _pages(other, limit=3)
    assert max(len(page.ops) for page in by_number) == 3
    assert [op for page in by_number for op in page.ops] == [op for page in by_bytes for op in page.ops]


def test_a_long_poll_is_woken_by_a_push(polls: Polls, served: HeadOffice) -> None:
    device, other = served.device(), served.device()
    device.all_pages()
    answer = _later(device, wait=20)
    polls.wait_for(1)
    ops = other.recorded(1)
    assert answer.result(10).ops == ops


def test_a_long_poll_is_woken_by_what_another_process_recorded(polls: Polls, served: HeadOffice) -> None:
    device = served.device()
    device.all_pages()
    answer = _later(device, wait=20)
    polls.wait_for(1)
    served.code_from_beside("S9")
    assert [one.header.kind for one in answer.result(10).ops] == ["store.described"]


def test_a_long_poll_ends_empty_when_its_time_is_over(served: HeadOffice) -> None:
    device = served.device()
    device.all_pages()
    answer = device.page(wait="0.05")
    assert answer.ops == []
    assert answer.now.endswith("Z")


def test_fifty_long_polls_hold_no_thread(polls: Polls, served: HeadOffice) -> None:
    devices = [served.device() for _ in range(10)]
    for device in devices:
        device.all_pages()
    answers = [_later(device, wait=20) for device in devices for _ in range(5)]
    polls.wait_for(50)
    working = [one for one in threading.enumerate() if one.name.startswith(("reader", "database"))]
    assert 0 < len(working) <= 5
    devices[0].recorded(1)
    for index, answer in enumerate(answers):
        if index >= 5:
            assert len(answer.result(20).ops) == 1
    served.context.growth._loop.call_soon_threadsafe(served.context.growth.close)  # type: ignore[union-attr]
    for answer in answers:
        answer.result(10)


def test_too_many_requests_of_one_device_are_refused_and_none_of_the_others(
    polls: Polls, served: HeadOffice
) -> None:
    device, other = served.device(), served.device()
    device.all_pages()
    other.all_pages()
    answers = [_later(device, wait=20) for _ in range(16)]
    polls.wait_for(16)
    limited = device.call("GET", "/v1/feed")
    assert refused(limited, 429).error == "too-many"
    assert limited.headers["retry-after"] == "1"
    assert refused(device.call("GET", "/v1/feed", params={"leaving": 1}), 429).error == "too-many"
    with office_at(served.place) as office, office.database.read() as transaction:
        known = children.by_node(transaction, device.node)
    assert known is not None
    assert not known.left_at, "what is refused writes nothing"
    ops = other.recorded(1)
    assert all(one.result(10).ops == ops for one in answers)
    assert device.call("GET", "/v1/feed").status_code == 200


def test_a_page_comes_packed_to_who_can_unpack_it(served: HeadOffice) -> None:
    device, other = served.device(), served.device()
    other.recorded(50)
    packed = device.call("GET", "/v1/feed")
    plain = device.call("GET", "/v1/feed", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert said(packed, FeedAnswer).ops == said(plain, FeedAnswer).ops


def test_a_body_that_a_store_must_not_see_stays_behind(served: HeadOffice) -> None:
    device, near, far = served.device("S1"), served.device("S1"), served.device("S2")
    (op,) = device.recorded(1, allergy())
    here = next(one for one in near.all_pages() if one.hash == op.hash)
    there = next(one for one in far.all_pages() if one.hash == op.hash)
    assert (here.salt, here.body) == (op.salt, op.body)
    assert (there.salt, there.body, there.header) == (None, None, op.header)
