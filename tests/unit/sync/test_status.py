"""What the board says of the link: what needs a person first, and every change to whoever listens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from salon_desk.domain.clock import instant_text
from salon_desk.services.link_status import LinkReason, LinkState, LinkStatus
from salon_desk.services.outbox import Standing
from salon_desk.sync.status import StatusBoard

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class _Noon:
    def now(self) -> datetime:
        return NOON


def _standing(
    seq: int = 5, acknowledged: int = 5, root: int = 5, *, position: int = 0, target: int = 0
) -> Standing:
    return Standing(
        seq=seq,
        acknowledged=acknowledged,
        pending_parent=seq - acknowledged,
        pending_root=seq - root,
        position=position,
        target=target,
        set_aside=0,
        on_the_way=0,
    )


@pytest.fixture
def board() -> StatusBoard:
    made = StatusBoard(_Noon())
    made.linked()
    return made


def test_a_till_without_a_parent_is_not_linked_whatever_happens() -> None:
    board = StatusBoard(_Noon())
    board.missed(LinkReason.TIMEOUT)
    board.hold("x", LinkState.ATTENTION, LinkReason.FORK)
    assert board.now().state is LinkState.NOT_LINKED


def test_connecting_then_online_then_offline(board: StatusBoard) -> None:
    assert board.now().state is LinkState.CONNECTING
    board.reached()
    assert (board.now().state, board.now().contact_at) == (LinkState.ONLINE, instant_text(NOON))
    board.missed(LinkReason.TIMEOUT)
    assert (board.now().state, board.now().reason) == (LinkState.OFFLINE, LinkReason.TIMEOUT)
    assert board.now().contact_at == instant_text(NOON)


def test_what_needs_a_person_outranks_being_offline_and_being_refused(board: StatusBoard) -> None:
    board.hold("a", LinkState.UNCONFIRMED, LinkReason.UNCONFIRMED)
    board.hold("b", LinkState.REFUSED, LinkReason.UNAUTHORIZED)
    board.missed(LinkReason.TIMEOUT)
    assert board.now().state is LinkState.REFUSED
    board.hold("c", LinkState.ATTENTION, LinkReason.FORK)
    assert (board.now().state, board.now().reason) == (LinkState.ATTENTION, LinkReason.FORK)
    for who in "cba":
        board.release(who)
    assert board.now().state is LinkState.OFFLINE


def test_a_new_parent_forgets_the_troubles_with_the_old_one(board: StatusBoard) -> None:
    board.hold("a", LinkState.ATTENTION, LinkReason.FORK)
    board.linked()
    assert board.now().state is LinkState.CONNECTING


def test_what_waits_is_counted_from_the_last_word_of_the_parent(board: StatusBoard) -> None:
    board.counted(_standing(seq=5, acknowledged=4, root=2))
    assert (board.now().pending_parent, board.now().pending_root) == (1, 3)
    assert board.recorded(8)
    assert (board.now().pending_parent, board.now().pending_root) == (4, 6)
    assert not board.recorded(8)


def test_a_count_that_comes_late_does_not_hide_a_newer_sale(board: StatusBoard) -> None:
    board.recorded(9)
    board.counted(_standing(seq=8, acknowledged=8, root=8))
    assert board.now().pending_parent == 1


def test_a_parent_that_knows_more_than_the_till_needs_a_person(board: StatusBoard) -> None:
    board.counted(_standing(seq=5, acknowledged=7, root=7))
    assert (board.now().state, board.now().reason) == (LinkState.ATTENTION, LinkReason.BEHIND_PARENT)
    assert board.now().pending_parent == 0
    board.counted(_standing())
    assert board.now().state is LinkState.CONNECTING


def test_progress_is_told_in_steps_that_a_bar_can_show(board: StatusBoard) -> None:
    told: list[LinkStatus] = []
    board.listen(told.append)
    for position in range(0, 200_001, 20):
        board.progressed(position, 200_000)
    assert 190 < len(told) <= 201
    assert told[-1].position == 200_000
    assert told[-2].position < told[-2].target


def test_whoever_listens_hears_changes_only_until_he_leaves(board: StatusBoard) -> None:
    told: list[LinkStatus] = []
    leave = board.listen(told.append)
    board.reached()
    board.reached()
    assert len(told) == 1
    leave()
    leave()
    board.missed(LinkReason.TIMEOUT)
    assert len(told) == 1


def test_a_listener_that_stumbles_stops_nobody(board: StatusBoard) -> None:
    told: list[LinkStatus] = []

    def stumble(_status: LinkStatus) -> None:
        raise ValueError

    board.listen(stumble)
    board.listen(told.append)
    board.reached()
    assert told


@pytest.mark.parametrize("ahead", [-86_400, -3, 0, 7, 31_536_000])
def test_the_offset_is_the_parents_clock_less_this_one(board: StatusBoard, ahead: int) -> None:
    board.heard_time(instant_text(NOON + timedelta(seconds=ahead)), 0.2, held_back=False)
    assert board.now().clock_offset == ahead


def test_half_the_round_trip_is_added_but_not_the_time_an_answer_was_held_back(board: StatusBoard) -> None:
    board.heard_time(instant_text(NOON), 4.0, held_back=False)
    assert board.now().clock_offset == 2
    board.heard_time(instant_text(NOON), 0.1, held_back=False)
    board.heard_time(instant_text(NOON), 24.0, held_back=True)
    assert board.now().clock_offset == 0


@pytest.mark.parametrize("said", ["", "yesterday", "2026-99-99T00:00:00Z"])
def test_an_instant_that_is_none_is_passed_over(board: StatusBoard, said: str) -> None:
    board.heard_time(said, 0.1, held_back=False)
    assert board.now().clock_offset is None
