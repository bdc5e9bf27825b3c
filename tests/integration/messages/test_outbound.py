"""The outbound thread: it works where nobody stands above, one process of a head office at a time, and ends in order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from salon_desk.bootstrap import messaging, office_messaging
from salon_desk.bootstrap.channels import Channels
from salon_desk.bootstrap.office_messaging import AtOffice
from salon_desk.bootstrap.outbound import LOOK_EVERY, MOST_ASKED, SHORTEST, Ended, Outbound, Work
from salon_desk.bootstrap.till_messaging import AtTill
from salon_desk.domain.message import Incoming
from salon_desk.services import channel_settings
from salon_desk.services.channel_settings import ChannelNotSet
from salon_desk.services.message_sending import OnStore
from salon_desk.services.worker import Worker
from salon_desk.storage.errors import CannotRecord
from salon_desk.storage.place import Place
from tests.integration.messages.desk import SMS, Provider, agree, intend, intent, stands
from tests.integration.messages.test_inbound import PHONE, standing
from tests.integration.services.shop import Shop
from tests.integration.storage.neighbours import hand
from tests.integration.storage.offices import office_at
from tests.integration.storage.tills import TurnedClock


@dataclass
class Desk:
    """A desk whose work is a test's."""

    todo: Sequence[Work] = ()
    sends: bool = True
    left: list[str] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)
    urgent: threading.Event = field(default_factory=threading.Event)

    def enter(self) -> OnStore | None:
        return (lambda work: work(None)) if self.sends else None  # type: ignore[arg-type]

    def works(self) -> Sequence[Work]:
        return self.todo

    def is_urgent(self) -> bool:
        return self.urgent.is_set()

    def leave(self) -> None:
        self.left.append(threading.current_thread().name)
        self.gone.set()


def work(seconds: float) -> Work:
    return lambda _on_store, _stopping: seconds


@pytest.mark.parametrize(
    ("waits", "until"), [((), LOOK_EVERY), ((7.0, 90.0), 7.0), ((0.0,), SHORTEST), ((900.0,), LOOK_EVERY)]
)
def test_it_looks_again_when_the_first_work_wants_it_and_once_a_minute(
    waits: Sequence[float], until: float
) -> None:
    assert Outbound(Desk([work(one) for one in waits])).look() == until


def test_whoever_does_not_send_does_nothing() -> None:
    desk = Desk([_fails(AssertionError())], sends=False)
    assert Outbound(desk).look() == LOOK_EVERY


@pytest.mark.parametrize(
    "trouble", [CannotRecord(reason="disk-full"), OSError("gone"), RuntimeError("a bug")]
)
def test_trouble_is_logged_and_looked_at_again_later(
    trouble: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    assert Outbound(Desk([_fails(trouble)])).look() == LOOK_EVERY
    assert "nothing is sent for now" in caplog.text


def test_the_thread_works_ends_when_it_is_told_and_leaves_on_itself() -> None:
    worked = threading.Event()

    def once(_on_store: OnStore, _stopping: Callable[[], bool]) -> float:
        worked.set()
        return LOOK_EVERY

    desk = Desk([once])
    outbound = Outbound(desk, first_look=0.0)
    outbound.start()
    assert worked.wait(10)
    worked.clear()
    outbound.wake()
    assert worked.wait(10)
    outbound.stop()
    outbound.stop()
    assert desk.left == ["outbound"]


def test_what_is_urgent_does_not_wait_for_the_next_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salon_desk.bootstrap.outbound.GLANCE_EVERY", 0.01)
    worked = threading.Event()

    def once(_on_store: OnStore, _stopping: Callable[[], bool]) -> float:
        desk.urgent.clear()
        worked.set()
        return LOOK_EVERY

    desk = Desk([once])
    outbound = Outbound(desk, first_look=60.0)
    outbound.start()
    desk.urgent.set()
    assert worked.wait(10)
    outbound.stop()


def test_a_glance_that_fails_does_not_end_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salon_desk.bootstrap.outbound.GLANCE_EVERY", 0.01)
    glanced = threading.Event()

    class Broken(Desk):
        def is_urgent(self) -> bool:
            glanced.set()
            raise ValueError("nobody foresaw it")

    outbound = Outbound(Broken(), first_look=60.0)
    outbound.start()
    assert glanced.wait(10)
    assert outbound.ask(threading.current_thread).result(10).name == "outbound"
    outbound.stop()


def test_what_is_asked_and_not_done_before_the_end_is_cancelled() -> None:
    desk = Desk()
    outbound = Outbound(desk)
    waiting = outbound.ask(threading.current_thread)
    outbound.stop()
    outbound.start()
    assert desk.gone.wait(10)
    outbound.stop()
    assert waiting.cancelled()


def test_what_is_asked_is_done_on_the_thread_and_whoever_asked_is_told() -> None:
    outbound = Outbound(Desk(), first_look=60.0)
    waiting = [outbound.ask(threading.current_thread) for _time in range(MOST_ASKED)]
    assert outbound.ask(threading.current_thread).cancelled()  # too much waits
    outbound.start()
    assert {future.result(10).name for future in waiting} == {"outbound"}

    def fails() -> None:
        raise ChannelNotSet("sms")

    with pytest.raises(ChannelNotSet):
        outbound.ask(fails).result(10)
    outbound.stop()
    assert outbound.ask(threading.current_thread).cancelled()


def test_a_store_that_was_closed_ends_the_thread() -> None:
    desk = Desk([_fails(Ended())])
    outbound = Outbound(desk, first_look=0.0)
    outbound.start()
    assert desk.gone.wait(10)
    assert desk.left == ["outbound"]


@pytest.fixture
def worker() -> Iterator[Worker]:
    found = Worker()
    yield found
    found.close()


def test_a_till_works_by_its_database_worker_until_that_is_closed(shop: Shop, worker: Worker) -> None:
    desk = AtTill(worker, shop.till.store, shop.till.rules)
    on_store = desk.enter()
    assert on_store is not None
    on_store(lambda _store: worker.assert_here())
    shop.till.store.relays = True
    assert desk.enter() is None
    shop.till.store.relays = False
    worker.close()
    with pytest.raises(Ended):
        desk.enter()


def test_a_look_evaluates_sends_and_hears(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    provider = Provider()
    came: list[Incoming] = []
    made: list[object] = []

    def channels_of(*_given: object) -> Channels:
        made.append(_given)
        source = SimpleNamespace(received=lambda _since: tuple(came))
        return Channels({SMS: provider}, source)

    monkeypatch.setattr(messaging, "channels_of", channels_of)
    store = shop.till.store
    works = messaging.works(store.node, shop.clock, shop.till.rules)

    def look() -> None:
        for one in works:
            assert one(lambda work: work(store), lambda: False) >= 0

    agree(shop)
    first = intend(shop, intent(shop))
    look()
    assert [one.reference for one in provider.taken] == [f"{first}-1"]
    came.append(Incoming(SMS, PHONE, "STOP", "SM5"))
    second = intend(shop, intent(shop, "b"))
    look()
    look()
    assert stands(store, second).reason == "opted_out"
    assert len(provider.taken) == 2  # the one confirmation
    assert len(standing(shop)) == 1
    assert len(made) == 1
    channel_settings.touch(store)
    look()
    assert len(made) == 2


def test_of_two_processes_of_a_head_office_one_sends(place: Place, shop: Shop) -> None:
    office = office_at(place)
    hand(shop.till.store, office)
    office.close()
    one, other = (AtOffice(place, TurnedClock()) for _process in range(2))
    on_store = one.enter()
    assert on_store is not None
    assert on_store(lambda store: store.node)
    assert other.enter() is None
    assert one.enter() is not None
    one.leave()
    with pytest.raises(Ended):
        on_store(lambda store: store.node)
    assert other.enter() is not None
    other.leave()


def test_a_head_office_that_was_restored_sends_nothing(
    tmp_path_factory: pytest.TempPathFactory, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(folder=tmp_path_factory.mktemp("office"))
    office = office_at(place)
    hand(shop.till.store, office)
    office.close()
    desk = AtOffice(place, TurnedClock())
    assert desk.enter() is not None
    monkeypatch.setattr(office_messaging, "may_send", lambda _transaction, _epoch: False)
    assert desk.enter() is None
    desk.leave()


def _fails(error: Exception) -> Work:
    def work(_on_store: OnStore, _stopping: Callable[[], bool]) -> float:
        raise error

    return work
