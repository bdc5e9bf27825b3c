"""Joining a head office: once, by one code, over a secured line, and what is kept of it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from salon_desk import secrets
from salon_desk.services import link, parent
from salon_desk.services.link_status import (
    CodeRefused,
    EnrolmentRefused,
    HeadOfficeOutOfReach,
    LinkReason,
    LinkState,
)
from salon_desk.wire import codec
from salon_desk.wire.messages import EnrollAsk
from tests.integration.sync import fake_parent
from tests.integration.sync.fake_parent import CODE, FakeParent, busy, cut, lose_answer, lose_question
from tests.integration.sync.linked import LONG, LinkedTill, opened, serving_fake
from tests.unit.sync.certificates import self_signed
from tests.unit.sync.serving import Serving


def _threads() -> set[str]:
    """The link's threads that run now."""
    return {name for thread in threading.enumerate() if (name := thread.name).startswith("sync-")}


def _asks(served: Serving) -> list[EnrollAsk]:
    return [codec.decode(one.body, EnrollAsk) for one in served.asked if one.route == "/v1/enroll"]


def test_a_till_without_a_parent_starts_no_thread(alone: LinkedTill) -> None:
    assert alone.link.status().state is LinkState.NOT_LINKED
    assert not _threads()
    alone.sell()
    assert alone.link.status().state is LinkState.NOT_LINKED


def test_joining_shows_the_devices_key_and_keeps_the_parent(alone: LinkedTill, served: Serving) -> None:
    enrolled = alone.link.enroll(f" {served.url} ", f" {CODE} ").result(LONG)
    assert (enrolled.store, enrolled.confirmed) == ("S1", True)
    ask = _asks(served)[0]
    assert ask.public_key == secrets.node_keys(alone.store.node).public_hex
    assert (ask.node, ask.epoch) == (alone.store.node, alone.store.epoch)
    kept = alone.run(parent.link)
    assert kept is not None
    assert (kept.url, kept.node, kept.epoch, kept.cursor) == (served.url, "parent", "parent-epoch", 0)
    shown = alone.run(link.view)
    assert (shown.url, shown.fingerprint, shown.confirmed) == (served.url, enrolled.fingerprint, True)


def test_a_code_that_head_office_does_not_make_is_refused_with_its_reason(
    linked: LinkedTill, parent: FakeParent
) -> None:
    parent.fault("codes", fake_parent.refuse("malformed", 422))
    with pytest.raises(CodeRefused) as refused:
        linked.link.make_code("x" * 61).result(LONG)
    assert refused.value == CodeRefused("malformed", "x" * 61)


def test_neither_code_nor_token_lie_in_the_tills_folder(linked: LinkedTill, tmp_path: Path) -> None:
    assert linked.synced()
    for file in (tmp_path / "till").iterdir():
        data = file.read_bytes()
        assert CODE.encode() not in data
        assert b"token-of-the-till" not in data


@pytest.mark.parametrize("fault", [lose_answer, lose_question, busy, cut])
def test_an_answer_that_is_lost_is_asked_for_again(
    alone: LinkedTill, served: Serving, parent: FakeParent, fault
) -> None:
    parent.fault("enroll", fault, fault)
    assert alone.link.enroll(served.url, CODE).result(LONG).confirmed
    assert len(set(map(codec.encode, _asks(served)))) == 1


@pytest.mark.parametrize("again", [CODE, CODE.lower(), CODE.replace("-", ""), " abcde 12345 "])
def test_a_code_that_was_used_here_changes_nothing(linked: LinkedTill, served: Serving, again: str) -> None:
    assert linked.link.enroll(served.url, again).result(LONG).store in ("", "S1")
    assert linked.link.enroll("http://127.0.0.1:1", again).result(LONG).confirmed
    assert len(_asks(served)) == 1


def test_a_code_that_nobody_knows_is_refused_and_nothing_is_kept(alone: LinkedTill, served: Serving) -> None:
    with pytest.raises(EnrolmentRefused) as refused:
        alone.link.enroll(served.url, "WRONG").result(LONG)
    assert refused.value.reason == "code-unknown"
    assert alone.run(parent.link) is None
    assert alone.link.status().state is LinkState.NOT_LINKED


def test_nobody_there_is_said_after_a_few_tries(alone: LinkedTill) -> None:
    with pytest.raises(HeadOfficeOutOfReach) as refused:
        alone.link.enroll("http://127.0.0.1:1", CODE).result(LONG)
    assert refused.value.reason == LinkReason.NO_CONNECTION


def test_a_code_is_not_sent_in_the_clear_over_a_network(alone: LinkedTill) -> None:
    with pytest.raises(HeadOfficeOutOfReach) as refused:
        alone.link.enroll("http://head-office.example", CODE).result(LONG)
    assert refused.value.reason == LinkReason.NOT_SECURED


def test_a_given_certificate_is_trusted_for_everything_after(parent: FakeParent, tmp_path: Path) -> None:
    certificate = self_signed(tmp_path / "head.pem")
    served = Serving(parent, certificate)
    try:
        with opened(tmp_path / "till") as till:
            with pytest.raises(HeadOfficeOutOfReach) as refused:
                till.link.enroll(served.url, CODE).result(LONG)
            assert refused.value.reason == LinkReason.CERTIFICATE
            till.link.enroll(served.url, CODE, certificate=str(certificate)).result(LONG)
            assert till.synced()
    finally:
        parent.close()
        served.close()


def test_a_till_that_is_not_confirmed_waits_and_sends_nothing(
    alone: LinkedTill, served: Serving, parent: FakeParent
) -> None:
    parent.confirmed = False
    assert not alone.link.enroll(served.url, CODE).result(LONG).confirmed
    alone.until_state(LinkState.UNCONFIRMED)
    alone.sell(2)
    assert not alone.link.wait_until_synced(0.2)
    assert not parent.pushed
    parent.confirmed = True
    assert alone.synced()
    assert len(parent.held) == 3
    assert alone.link.status().state is LinkState.ONLINE
    assert alone.run(link.view).confirmed


def test_a_restart_remembers_the_parent_and_goes_on(parent: FakeParent, tmp_path: Path) -> None:
    with serving_fake(parent) as served:
        with opened(tmp_path / "till") as till:
            till.join(served.url)
            assert till.synced()
        with opened(tmp_path / "till") as till:
            till.sell()
            assert till.synced()
        assert len(_asks(served)) == 1


def test_joining_the_same_head_office_again_sends_and_reads_nothing_twice(
    linked: LinkedTill, served: Serving, parent: FakeParent, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked.sell(3)
    assert linked.synced()
    pushes = len(parent.pushed)
    monkeypatch.setattr(fake_parent, "CODE", "OTHER")
    linked.link.enroll(served.url, "OTHER").result(LONG)
    linked.sell()
    assert linked.synced()
    assert [push.from_seq for push in parent.pushed[pushes:]] == [5]


def test_another_address_of_the_same_head_office_is_used_from_then_on(
    linked: LinkedTill, parent: FakeParent
) -> None:
    assert linked.synced()
    with serving_fake(parent) as moved:
        linked.link.use_address(moved.url).result(LONG)
        linked.sell()
        assert linked.synced()
        assert {one.route for one in moved.asked} >= {"/v1/journal", "/v1/feed"}
        linked.link.stop()


def test_stopping_ends_a_long_poll_and_both_threads(linked: LinkedTill, parent: FakeParent) -> None:
    with parent.changed:
        assert parent.changed.wait_for(lambda: parent.long_polls > 0, LONG)
    assert _threads() == {"sync-feed", "sync-send"}
    linked.link.stop()
    assert not _threads()
    linked.link.stop()
    assert linked.sell()


def test_what_is_asked_of_a_link_that_has_stopped_is_answered(linked: LinkedTill, served: Serving) -> None:
    linked.link.stop()
    with pytest.raises(HeadOfficeOutOfReach):
        linked.link.enroll(served.url, "OTHER").result(LONG)
    assert not linked.link.wait_until_synced(LONG)
