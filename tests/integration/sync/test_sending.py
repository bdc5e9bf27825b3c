"""The own chain goes up in order, once, whole, whatever the line does."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.operations.shift import DrawerOpened
from salon_desk.services import outbox
from salon_desk.services.link_status import LinkReason, LinkState
from salon_desk.wire import codec
from salon_desk.wire.messages import JournalPush
from tests.integration.head_office.serving import Chain
from tests.integration.storage.tills import journal_of, record
from tests.integration.sync.fake_parent import (
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
from tests.integration.sync.linked import LinkedTill, opened, serving_fake
from tests.unit.sync.serving import Serving


def _own(folder: Path, till: LinkedTill) -> list[str]:
    return [one.hash for one in journal_of(folder) if one.header.node == till.store.node]


def test_what_is_recorded_goes_up_by_itself(linked: LinkedTill, parent: FakeParent, tmp_path: Path) -> None:
    linked.sell(3)
    linked.until(lambda status: status.pending_parent == 0 and len(parent.held) == 4)
    assert [one.hash for one in parent.held] == _own(tmp_path / "till", linked)
    assert linked.run(outbox.pending) == (0, 0)


def test_exact_bytes_are_sent(linked: LinkedTill, parent: FakeParent, tmp_path: Path) -> None:
    linked.sell()
    assert linked.synced()
    assert parent.held == list(journal_of(tmp_path / "till"))


@pytest.mark.parametrize(
    "fault", [lose_answer, lose_question, double, busy, cut, portal], ids=lambda f: f.__name__
)
def test_a_bad_line_loses_nothing_and_doubles_nothing(
    linked: LinkedTill, parent: FakeParent, tmp_path: Path, fault: Fault
) -> None:
    assert linked.synced()
    parent.fault("journal", fault, fault, fault)
    linked.sell(5)
    assert linked.synced()
    assert [one.hash for one in parent.held] == _own(tmp_path / "till", linked)
    assert len(parent.faults["/v1/journal"]) < 3


def test_days_without_a_line_go_up_in_batches(alone: LinkedTill, parent: FakeParent, served: Serving) -> None:
    days = [DrawerOpened(shift="s", reason=f"{number}") for number in range(450)]
    alone.run(lambda till: record(till.store, *days))
    alone.join(served.url)
    assert alone.synced()
    assert [len(push.ops) for push in parent.pushed] == [200, 200, 51]
    assert [push.from_seq for push in parent.pushed] == [1, 201, 401]


def test_a_batch_stays_below_its_bytes_and_has_at_least_one_operation(alone: LinkedTill) -> None:
    alone.sell(3)
    batch = alone.run(lambda till: outbox.next_batch(till, 0, 10, 1))
    assert batch is not None
    assert len(batch.ops) == 1
    assert alone.run(lambda till: outbox.next_batch(till, 4, 10, 1)) is None


def test_pending_is_said_for_the_parent_and_for_the_root_apart(
    linked: LinkedTill, parent: FakeParent
) -> None:
    assert linked.synced()
    parent.durable_behind = 2
    linked.sell(2)
    status = linked.until(lambda status: (status.pending_parent, status.pending_root) == (0, 2))
    assert status.state is LinkState.ONLINE
    assert linked.run(outbox.pending) == (0, 2)
    assert not linked.link.wait_until_synced(0.3)


def test_a_parent_that_lost_a_part_is_sent_it_again(
    linked: LinkedTill, parent: FakeParent, tmp_path: Path
) -> None:
    linked.sell(5)
    assert linked.synced()
    with parent.changed:
        del parent.held[3:]
    linked.sell()
    linked.until(lambda status: len(parent.held) == 7 and status.pending_parent == 0)
    assert [one.hash for one in parent.held] == _own(tmp_path / "till", linked)


def test_a_fork_stops_the_sending_until_a_person_has_looked(linked: LinkedTill, parent: FakeParent) -> None:
    assert linked.synced()
    parent.held += Chain(linked.store.node, "another-epoch").record(1)
    linked.sell()
    status = linked.until_state(LinkState.ATTENTION)
    assert status.reason in (LinkReason.FORK, LinkReason.BEHIND_PARENT)
    pushes = len(parent.pushed)
    linked.sell()
    assert not linked.link.wait_until_synced(0.2)
    assert len(parent.pushed) == pushes
    with parent.changed:
        parent.held.pop()
    linked.link.retry().result()
    assert linked.synced()
    assert linked.link.status().state is LinkState.ONLINE


@pytest.mark.parametrize(
    ("error", "reason"),
    [("fork", LinkReason.FORK), ("restarted", LinkReason.RESTARTED), ("gap", LinkReason.BEHIND_PARENT)],
)
def test_a_refusal_that_a_person_must_see_is_shown(
    linked: LinkedTill, parent: FakeParent, error: str, reason: LinkReason
) -> None:
    assert linked.synced()
    parent.fault("journal", refuse(error, 409, wanted_seq=999))
    linked.sell()
    assert linked.until_state(LinkState.ATTENTION).reason is reason
    assert linked.sell()


def test_a_gap_is_filled_from_the_number_that_is_wanted(linked: LinkedTill, parent: FakeParent) -> None:
    linked.sell(4)
    assert linked.synced()
    parent.fault("journal", refuse("gap", 409, wanted_seq=2))
    linked.sell()
    assert linked.synced()
    assert parent.pushed[-1].from_seq == 2


def test_a_message_that_is_too_large_is_halved(
    linked: LinkedTill, parent: FakeParent, served: Serving
) -> None:
    assert linked.synced()
    before = len(served.asked)
    parent.fault("journal", refuse("too-large", 413), refuse("too-large", 413))
    linked.sell(8)
    assert linked.synced()
    assert len(parent.held) == 9
    pushed = [one for one in served.asked[before:] if one.route == "/v1/journal"]
    assert [len(codec.decode(one.body, JournalPush).ops) for one in pushed] == [8, 4, 2, 4, 2]


def test_a_token_that_is_no_longer_good_is_said_and_the_till_goes_on(
    linked: LinkedTill, parent: FakeParent
) -> None:
    assert linked.synced()
    parent.fault("journal", *[refuse("unauthorized", 401)] * 3)
    linked.sell()
    assert linked.until_state(LinkState.REFUSED).reason is LinkReason.UNAUTHORIZED
    assert linked.sell()


def test_after_a_restart_only_what_is_missing_is_sent(parent: FakeParent, tmp_path: Path) -> None:
    with serving_fake(parent) as served:
        with opened(tmp_path / "till") as first:
            first.join(served.url)
            first.sell(3)
            assert first.synced()
        pushes = len(parent.pushed)
        with opened(tmp_path / "till") as again:
            again.sell(2)
            assert again.synced()
        assert [push.from_seq for push in parent.pushed[pushes:]][:1] == [5]
        assert len(parent.held) == 6


def test_without_a_line_the_till_sells_and_says_how_much_waits(
    linked: LinkedTill, parent: FakeParent, served: Serving
) -> None:
    assert linked.synced()
    served.close()
    linked.sell(2)
    status = linked.until(lambda status: status.state is LinkState.OFFLINE)
    assert status.reason in (LinkReason.NO_CONNECTION, LinkReason.TIMEOUT)
    assert linked.until(lambda status: status.pending_parent == 2)
