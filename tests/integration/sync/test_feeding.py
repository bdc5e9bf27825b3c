"""What others did comes in whole, once, in slices, and nothing that is wrong with it stops the till."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from msgspec import structs

from salon_desk.operations.description import Field, MemberDescribed
from salon_desk.operations.envelope import Envelope
from salon_desk.services import intake, lapses, link, moves, outbox
from salon_desk.services.intake import Pace, Taken
from salon_desk.services.link_status import LinkReason, LinkState
from salon_desk.services.parent import link as parent_link
from salon_desk.wire.messages import FeedAnswer, Recall, Seen
from tests.integration.head_office.serving import Chain
from tests.integration.storage.neighbours import unheard_of
from tests.integration.storage.tills import ASSET, journal_of
from tests.integration.sync.fake_parent import (
    NOW,
    FakeParent,
    Fault,
    busy,
    cut,
    double,
    lose_answer,
    lose_question,
    portal,
    refuse,
)
from tests.integration.sync.linked import LinkedTill, opened, sent_to, serving_fake
from tests.unit.sync.serving import Serving


@pytest.fixture
def others() -> Chain:
    return Chain("other-till", "other-epoch")


def _members(chain: Chain, number: int) -> list[Envelope]:
    made = []
    for _ in range(number):
        known = len(chain.ops)
        made += chain.record(1, MemberDescribed(id=f"m{known}", fields={"name": Field(1, f"王 {known}")}))
    return made


def _hashes(folder: Path, node: str) -> list[str]:
    return [one.hash for one in journal_of(folder) if one.header.node == node]


def test_what_others_did_before_and_after_joining_comes_in(
    alone: LinkedTill, served: Serving, parent: FakeParent, others: Chain, tmp_path: Path
) -> None:
    parent.stir(*_members(others, 30))
    alone.join(served.url)
    assert alone.synced()
    parent.stir(*_members(others, 5))
    alone.until(lambda status: status.position == 35)
    assert _hashes(tmp_path / "till", others.node) == [one.hash for one in others.ops]


def test_what_lapses_is_decided_by_the_parents_time_once_an_hour(
    alone: LinkedTill,
    served: Serving,
    parent: FakeParent,
    others: Chain,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def lapse(_till: object, instant: str, after: str) -> lapses.Round:
        asked.append((instant, after))
        return lapses.Round(0, "card/more" if len(asked) == 1 else "")

    monkeypatch.setattr(lapses, "lapse_due", lapse)
    parent.stir(*_members(others, 3))
    alone.join(served.url)
    alone.until(lambda status: status.position == 3)
    parent.stir(*_members(others, 1))
    alone.until(lambda status: status.position == 4)
    parent.stir(*_members(others, 1))
    alone.until(lambda status: status.position == 5)
    assert asked[:2] == [(NOW, ""), (NOW, "card/more")]
    assert len(asked) == 2


def test_a_till_that_is_up_to_date_waits_in_a_long_poll(
    linked: LinkedTill, parent: FakeParent, others: Chain
) -> None:
    with parent.changed:
        assert parent.changed.wait_for(lambda: parent.long_polls == 1, 30)
    parent.stir(*_members(others, 1))
    linked.until(lambda status: status.position == 1)


@pytest.mark.parametrize(
    "fault", [lose_answer, lose_question, double, busy, cut, portal], ids=lambda f: f.__name__
)
def test_a_bad_line_loses_nothing_and_doubles_nothing(
    alone: LinkedTill, served: Serving, parent: FakeParent, others: Chain, tmp_path: Path, fault: Fault
) -> None:
    parent.stir(*_members(others, 60))
    parent.page = 25
    parent.fault("feed", fault, fault, fault, fault)
    alone.join(served.url)
    assert alone.synced()
    assert _hashes(tmp_path / "till", others.node) == [one.hash for one in others.ops]
    assert len(parent.faults["/v1/feed"]) < 2


def test_others_operations_that_come_again_are_passed_over(
    linked: LinkedTill, parent: FakeParent, others: Chain
) -> None:
    first = _members(others, 3)
    parent.stir(*first, *first, *_members(others, 1))
    assert linked.synced()
    assert linked.run(lambda till: till.store.head.position) == 1 + 4


@pytest.mark.parametrize("wrong", ["gap", "hash", "fork"])
def test_a_feed_that_does_not_chain_stops_where_it_is_and_the_till_goes_on(
    linked: LinkedTill, parent: FakeParent, others: Chain, wrong: str
) -> None:
    good = _members(others, 3)
    parent.stir(*good)
    assert linked.synced()
    impostor = Chain(others.node, others.epoch)
    bad = {
        "gap": lambda: _members(others, 2)[1:],
        "hash": lambda: [structs.replace(_members(others, 1)[0], hash="0" * 64)],
        "fork": lambda: impostor.record(1),
    }[wrong]()
    told = len(parent.heads)
    parent.stir(*bad)
    reason = {
        "gap": LinkReason.CHAIN_BROKEN,
        "hash": LinkReason.DAMAGED,
        "fork": LinkReason.FORK,
    }[wrong]
    assert linked.until_state(LinkState.ATTENTION).reason is reason
    assert (len(parent.heads) > told) == (wrong == "fork")  # it may be an old copy, and is told so
    linked.sell(2)
    linked.until(lambda status: status.pending_parent == 0)
    assert len(parent.held) == 3
    with parent.changed:
        del parent.feed_ops[3:]
    parent.stir(*others.ops[3:])
    assert linked.synced()
    assert linked.link.status().state is LinkState.ONLINE


def test_a_parent_of_another_epoch_is_not_followed_blindly(
    linked: LinkedTill, parent: FakeParent, others: Chain
) -> None:
    assert linked.synced()
    parent.epoch = "restored"
    parent.stir(*_members(others, 2))
    assert linked.until_state(LinkState.ATTENTION).reason is LinkReason.RESTARTED
    assert linked.run(lambda till: till.store.head.position) == 1


def test_a_parent_that_says_restarted_needs_a_person(linked: LinkedTill, parent: FakeParent) -> None:
    assert linked.synced()
    parent.fault("feed", *[refuse("restarted", 409)] * 5)
    linked.link.wait_until_synced(0.1)
    assert linked.until_state(LinkState.ATTENTION).reason is LinkReason.RESTARTED


def test_a_parent_that_knows_more_of_this_till_than_the_till_needs_a_person(
    linked: LinkedTill, parent: FakeParent
) -> None:
    assert linked.synced()
    parent.held += Chain(linked.store.node, linked.store.epoch).record(3)
    linked.link.wait_until_synced(0.1)
    assert linked.until_state(LinkState.ATTENTION).reason is LinkReason.BEHIND_PARENT


def test_poison_is_set_aside_shown_and_lands_after_the_mending(
    linked: LinkedTill, parent: FakeParent, others: Chain
) -> None:
    known = _members(others, 1)
    strange = _strange(others)
    parent.stir(*known, strange, *_members(others, 3))
    assert linked.synced()
    status = linked.link.status()
    assert (status.set_aside, status.state) == (1, LinkState.ONLINE)
    shown = linked.run(link.view).aside
    assert [(one.op_id, one.kind, one.reason) for one in shown] == [
        (strange.header.op_id, "from.the.future", "unknown")
    ]
    assert linked.link.retry().result() == 0


def _strange(chain: Chain) -> Envelope:
    """An operation of a version to come, well chained."""
    chain.ops.append(unheard_of(chain.ops[-1], "from.the.future"))
    return chain.ops[-1]


def test_a_move_that_comes_by_the_feed_is_received_once_and_said_so(
    linked: LinkedTill, parent: FakeParent, others: Chain
) -> None:
    sent = sent_to(linked, others, "move-1", 7)
    parent.stir(*sent, *sent)
    assert linked.synced()
    assert linked.here() == 7
    kinds = [one.header.kind for one in parent.held]
    assert kinds.count("purse.received") == 1


def test_a_recall_is_answered_with_a_move_to_the_parent(
    linked: LinkedTill, parent: FakeParent, others: Chain
) -> None:
    parent.stir(*sent_to(linked, others, "move-1", 7))
    assert linked.synced()
    parent.recalls = [Recall(recall="r1", asset=ASSET, keep=2)]
    parent.stir()
    linked.until(lambda _status: any(one.header.kind == "purse.sent" for one in parent.held))
    parent.recalls = []
    assert linked.synced()
    assert linked.here() == 2
    assert [one.header.kind for one in parent.held].count("purse.sent") == 1


def test_a_move_that_cannot_be_recorded_holds_nothing_else_up(
    linked: LinkedTill, parent: FakeParent, others: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_arguments: object) -> int:
        raise ValueError("a bug")

    with monkeypatch.context() as broken:
        broken.setattr(moves, "receive_waiting", stumble)
        parent.stir(*sent_to(linked, others, "move-1", 7))
        assert linked.until_state(LinkState.ATTENTION).reason is LinkReason.FAULT
        parent.stir(*_members(others, 3))
        linked.until(lambda status: status.position == 5)
        assert not linked.link.wait_until_synced(0.2)
    assert linked.synced()
    assert linked.here() == 7
    assert linked.link.status().state is LinkState.ONLINE


def test_the_clock_offset_is_noted(linked: LinkedTill) -> None:
    status = linked.until(lambda status: status.clock_offset is not None)
    assert status.clock_offset is not None
    assert abs(status.clock_offset) <= 1


def test_the_ends_of_others_chains_are_told_as_a_witness(
    alone: LinkedTill, served: Serving, parent: FakeParent, others: Chain
) -> None:
    parent.stir(*_members(others, 3))
    alone.join(served.url)
    assert alone.synced()
    last = others.ops[-1]
    assert alone.until(lambda _status: bool(parent.heads))
    assert parent.heads[0].heads == [Seen(others.node, others.epoch, 3, last.hash)]


def test_a_contradiction_among_witnesses_needs_a_person(
    alone: LinkedTill, served: Serving, parent: FakeParent, others: Chain
) -> None:
    parent.contradicts = True
    parent.stir(*_members(others, 1))
    alone.join(served.url)
    assert alone.until_state(LinkState.ATTENTION).reason is LinkReason.CONTRADICTED


def test_a_first_copy_that_is_cut_off_goes_on_where_it_was(
    parent: FakeParent, others: Chain, tmp_path: Path
) -> None:
    parent.stir(*_members(others, 200))
    parent.page = 50
    with serving_fake(parent) as served:
        with opened(tmp_path / "till") as first:
            first.join(served.url)
            first.until(lambda status: 50 < status.position < 200)
        cursor = _cursor(tmp_path / "till")
        asked = len(served.asked)
        with opened(tmp_path / "till") as again:
            assert again.synced()
        after = [one.path for one in served.asked[asked:] if one.route == "/v1/feed"]
    assert cursor in (50, 100, 150)
    assert f"%3A{cursor}&" in after[0]
    assert _hashes(tmp_path / "till", others.node) == [one.hash for one in others.ops]


def _cursor(folder: Path) -> int:
    with opened(folder, start=False) as till:
        found = till.run(parent_link)
        assert found is not None
        return found.cursor


def test_work_of_the_cashier_gets_in_between_the_slices(
    alone: LinkedTill, served: Serving, parent: FakeParent, others: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a first copy runs, whatever is submitted waits for one slice and not for the page."""
    order: list[str] = []
    third, take_in = threading.Event(), intake.take_in

    def watched(*arguments: object, **named: object) -> Taken:
        order.append("slice")
        if len(order) == 3:
            third.set()
            assert queued.wait(30)
        return take_in(*arguments, **named)  # type: ignore[arg-type]

    queued = threading.Event()
    monkeypatch.setattr(intake, "take_in", watched)
    parent.stir(*_members(others, 300))
    alone.join(served.url)
    assert third.wait(30)
    sold = alone.worker.submit(lambda: order.append("sale"))
    queued.set()
    sold.result()
    assert alone.synced()
    assert order.index("sale") in (3, 4)
    assert len(order) > 8


def test_a_slice_never_has_more_than_twenty_operations() -> None:
    pace = Pace()
    for _ in range(50):
        pace.took(Taken(upto=0, fresh=pace.count, nanoseconds=1_000_000))
    assert pace.count == 20
    pace.took(Taken(upto=0, fresh=20, nanoseconds=50_000_000))
    assert pace.count == 10


def test_where_nobody_sells_slices_are_large_until_somebody_does() -> None:
    pace = Pace()
    for _ in range(50):
        pace.took(Taken(upto=0, fresh=pace.count, nanoseconds=1_000_000, quiet=True))
    assert pace.count == 200
    pace.took(Taken(upto=0, fresh=200, nanoseconds=1_000_000))
    assert pace.count == 20


def test_the_cursor_moves_with_the_last_slice_and_not_before(
    alone: LinkedTill, served: Serving, parent: FakeParent, others: Chain
) -> None:
    alone.join(served.url)
    assert alone.synced()
    answer = FeedAnswer(cursor="parent:parent-epoch:9", position=9, last=9, ops=_members(others, 9))
    alone.run(lambda till: intake.take_in(till, answer, 0, 4))
    assert alone.run(outbox.standing).position == 0
    alone.run(lambda till: intake.take_in(till, answer, 4, 20))
    assert alone.run(outbox.standing).position == 9


def test_calm_is_not_said_while_the_parent_has_more(
    linked: LinkedTill, parent: FakeParent, others: Chain
) -> None:
    assert linked.synced()
    parent.fault("feed", *[busy] * 1000)
    parent.stir(*_members(others, 3))
    assert not linked.link.wait_until_synced(0.2)
    parent.faults.clear()
    assert linked.synced()
    assert linked.link.status().position == 3
