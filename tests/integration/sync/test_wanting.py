"""Asking for value at the counter: what comes is here at once, and nobody waits longer than agreed."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from salon_desk.bootstrap.link import Link
from salon_desk.services.link_status import LinkState
from salon_desk.services.ports import WantOutcome
from salon_desk.sync.want import DEADLINE
from salon_desk.wire.messages import Holding, Part, Slip, WantAnswer, WantAsk
from tests.integration.head_office.serving import Chain
from tests.integration.storage.tills import ASSET
from tests.integration.sync.fake_parent import FakeParent, busy, cut, lose_answer, portal, refuse
from tests.integration.sync.linked import LONG, LinkedTill, sent_to
from tests.unit.sync.serving import Asked, Reply, Serving

PARTS = (Part(ASSET, 5),)
REST = Holding(asset=ASSET, units=2, node="n3", store="S3", seen_at="2026-11-19T10:00:00.000Z")


class Alarm:
    """A deadline that rings when the test says so; what goes over the line has all the time it needs."""

    def __init__(self) -> None:
        self.rings: list[Callable[[], None]] = []
        self.called_off = 0
        self.seconds = 0.0

    def __call__(self, seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        self.seconds = seconds
        self.rings.append(ring)
        return self._call_off

    def _call_off(self) -> None:
        self.called_off += 1


@pytest.fixture
def alarm(linked: LinkedTill) -> Alarm:
    made = Alarm()
    linked.link._wants._alarm = made
    linked.link._wants._within = LONG
    assert linked.synced()
    return made


def _slip(linked: LinkedTill, units: int = 5) -> Slip:
    return Slip(
        move="move-1",
        from_node="parent",
        from_epoch="parent-epoch",
        to_node=linked.store.node,
        to_epoch=linked.store.epoch,
        parts=[Part(ASSET, units)],
    )


def _sends(linked: LinkedTill) -> Callable[[WantAsk], WantAnswer]:
    return lambda ask: WantAnswer(want_id=ask.want_id, slip=_slip(linked), rest=[REST], asked_elsewhere=True)


def _want(linked: LinkedTill) -> WantOutcome:
    return linked.link.want(PARTS, "checked-in").result(LONG)


def test_what_was_sent_is_in_the_purse_when_the_answer_comes(
    linked: LinkedTill, parent: FakeParent, alarm: Alarm
) -> None:
    parent.answer_want = _sends(linked)
    outcome = _want(linked)
    assert outcome == WantOutcome(reached=True, arrived=True, rest=(REST,), asked_elsewhere=True)
    assert linked.here() == 5
    assert parent.wants[0].parts == list(PARTS)
    assert parent.wants[0].reason == "checked-in"
    assert alarm.called_off == 1


def test_the_deadline_is_400_milliseconds(linked: LinkedTill) -> None:
    made = Alarm()
    linked.link._wants._alarm = made
    linked.link.want(PARTS).result(LONG)
    assert made.seconds == DEADLINE == 0.4


def test_each_want_has_an_id_of_its_own(linked: LinkedTill, parent: FakeParent, alarm: Alarm) -> None:
    _want(linked)
    _want(linked)
    assert len({one.want_id for one in parent.wants}) == 2


def test_a_parent_that_has_nothing_says_so(linked: LinkedTill, alarm: Alarm) -> None:
    assert _want(linked) == WantOutcome(reached=True)


@pytest.mark.parametrize("fault", [busy, cut, portal, lose_answer, refuse("too-many", 429)])
def test_trouble_on_the_line_is_not_reached_and_no_exception(
    linked: LinkedTill, parent: FakeParent, alarm: Alarm, fault
) -> None:
    parent.fault("want", fault)
    assert not _want(linked).reached


def test_nobody_waits_beyond_the_deadline_and_the_send_thread_is_free_again(
    linked: LinkedTill, parent: FakeParent, alarm: Alarm
) -> None:
    arrived = threading.Event()

    def hold(of: FakeParent, _asked: Asked, _answer: Callable[[Asked], Reply]) -> Reply:
        arrived.set()
        with of.changed:
            of.changed.wait_for(lambda: of.closing)
        return Reply(503)

    parent.fault("want", hold)
    asked = linked.link.want(PARTS)
    assert arrived.wait(LONG)
    assert not asked.done()
    alarm.rings[0]()
    assert asked.result(0) == WantOutcome(reached=False)
    linked.sell()
    assert linked.synced()


def test_a_want_behind_a_slow_push_is_answered_at_its_deadline_and_never_asked(
    linked: LinkedTill, parent: FakeParent, alarm: Alarm
) -> None:
    arrived, go_on = threading.Event(), threading.Event()

    def slow(_of: FakeParent, asked: Asked, answer: Callable[[Asked], Reply]) -> Reply:
        arrived.set()
        assert go_on.wait(LONG)
        return answer(asked)

    parent.fault("journal", slow)
    linked.sell()
    assert arrived.wait(LONG)
    asked = linked.link.want(PARTS)
    alarm.rings[0]()
    assert asked.result(0) == WantOutcome(reached=False)
    go_on.set()
    assert linked.synced()
    assert not parent.wants


def test_offline_the_answer_is_there_at_once(linked: LinkedTill, served: Serving, alarm: Alarm) -> None:
    served.close()
    linked.sell()
    linked.until_state(LinkState.OFFLINE)
    assert linked.link.want(PARTS).result(0) == WantOutcome(reached=False)
    assert not alarm.rings


def test_a_till_without_a_parent_asks_nobody(alone: LinkedTill) -> None:
    link: Link = alone.link
    assert link.want(PARTS).result(0) == WantOutcome(reached=False)


def test_a_slip_that_comes_twice_is_received_once(
    linked: LinkedTill, parent: FakeParent, alarm: Alarm
) -> None:
    parent.answer_want = _sends(linked)
    assert _want(linked).arrived
    assert _want(linked).reached
    assert linked.synced()
    assert linked.here() == 5
    assert [one.header.kind for one in parent.held].count("purse.received") == 1


def test_a_move_whose_answer_was_lost_comes_by_the_feed_once(
    linked: LinkedTill, parent: FakeParent, alarm: Alarm
) -> None:
    def sends(ask: WantAsk) -> WantAnswer:
        parent.stir(*sent_to(linked, Chain(parent.node, parent.epoch), "move-1", 5))
        return _sends(linked)(ask)

    parent.answer_want = sends
    parent.fault("want", lose_answer)
    assert not _want(linked).reached
    assert linked.synced()
    assert linked.here() == 5
    parent.answer_want = _sends(linked)
    assert _want(linked).reached
    assert linked.synced()
    assert linked.here() == 5
    assert [one.header.kind for one in parent.held].count("purse.received") == 1


def test_a_slip_for_another_till_is_not_received(
    linked: LinkedTill, parent: FakeParent, alarm: Alarm
) -> None:
    def wrong(ask: WantAsk) -> WantAnswer:
        slip = _slip(linked)
        return WantAnswer(
            want_id=ask.want_id,
            slip=Slip(
                **{**{name: getattr(slip, name) for name in slip.__struct_fields__}, "to_epoch": "old"}
            ),
            rest=[],
        )

    parent.answer_want = wrong
    assert _want(linked) == WantOutcome(reached=True, arrived=False)
    assert linked.here() == 0
