"""`day` with a head office: joining, taking the shop from there, remembering, trading on while it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from salon_desk.bootstrap.day import network
from salon_desk.bootstrap.day.network import Joining
from salon_desk.bootstrap.link import Link
from salon_desk.bootstrap.till import open_till
from salon_desk.cli import main as frame
from salon_desk.domain.errors import DomainError
from salon_desk.services import joining
from salon_desk.services.device_settings import DeviceChoice
from salon_desk.services.joining import ShopNotHere
from salon_desk.services.link_status import (
    EnrolmentRefused,
    HeadOfficeOutOfReach,
    LinkReason,
    LinkState,
    LinkStatus,
)
from tests.integration.day.played import DEMO
from tests.network.chain import Chain, Till, chain, free_port
from tests.network.proxy import FaultProxy


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """A head office that serves during these tests; one that is stopped is a test's own."""
    folder = tmp_path_factory.mktemp("chain")
    with chain(("--data", str(folder / "office")), folder) as served:
        yield served


@pytest.fixture
def alone(tmp_path: Path) -> Till:
    """A folder that belongs to nobody."""
    beside = tmp_path / "alone"
    beside.mkdir()
    return Till("alone", beside / "till", {"SALON_DESK_KEYS": str(tmp_path / "keys")})


def test_an_empty_folder_takes_its_shop_from_head_office_and_trades(shops: Chain) -> None:
    till = shops.add("S2", "counter")
    ended = till.day(4, until_synced=60).ended()
    assert (ended.status, len(ended.announced())) == (0, 4)
    summary = ended.summary()
    assert (summary["sales"], summary["z_number"], summary["problems"]) == (4, 1, [])
    assert (summary["pending"], summary["synced"]) == (0, True)
    journal = till.journal()
    own = [one for one in journal if one["node"] == journal[0]["node"]]
    assert "store.described" not in {one["kind"] for one in own}
    sales = [one["body"] for one in own if one["kind"] == "sale.completed"]
    assert {sale["store"] for sale in sales} == {"S2"}
    assert {sale["receipt"][:3] for sale in sales} == {"S2-"}


def test_a_used_folder_remembers_its_head_office_and_ignores_a_code_that_it_has_used(shops: Chain) -> None:
    till = shops.add("S1", "remembers")
    first = till.day(1, until_synced=60).ended()
    again = till.day(1, until_synced=60).ended()
    till.code = till.url = ""
    alone = till.day(1, until_synced=60).ended()
    assert [one.status for one in (first, again, alone)] == [0, 0, 0]
    assert [one.summary()["z_number"] for one in (first, again, alone)] == [1, 2, 3]
    assert alone.summary()["synced"]


def test_a_new_address_is_taken_over(shops: Chain) -> None:
    till = shops.add("S1", "moves")
    assert till.day(0, until_synced=60).ended().status == 0
    with FaultProxy(("127.0.0.1", shops.office.port), seed=1) as proxy:
        till.code, till.url = "", proxy.url
        assert till.day(0, until_synced=60).ended().status == 0
        before = proxy.counts["requests"]
        till.url = ""
        assert till.day(0, until_synced=60).ended().status == 0
        assert proxy.counts["requests"] > before > 0


def test_no_sales_record_nothing_of_its_own(shops: Chain) -> None:
    till = shops.add("S3", "quiet")
    assert till.day(0, until_synced=60).ended().summary()["sales"] == 0
    journal = till.journal()
    own = {one["kind"] for one in journal if one["node"] == journal[0]["node"]}
    assert own <= {"epoch.opened", "purse.received"}


def test_value_that_lies_elsewhere_comes_before_a_card_pays(tmp_path: Path) -> None:
    """Members at home in S1 and S3 pay in S2: what they own is sent when they are here, or at the latest when it is asked for."""
    with chain(("--data", str(tmp_path / "office")), tmp_path) as own:
        till = own.add("S2", "asks")
        ended = till.day(24, until_synced=60).ended()
        assert (ended.status, ended.summary()["problems"]) == (0, [])
        journal = till.journal()
        bodies = [one["body"] for one in journal if one["kind"] == "purse.sent"]
        followed = {body["move"] for body in bodies if body["why"] in ("checked-in", "want")}
        received = {one["body"]["move"] for one in journal if one["kind"] == "purse.received"}
        assert followed
        assert followed <= received
        own.in_step()


@pytest.mark.parametrize(("url", "code"), [(True, False), (False, True)], ids=["no code", "no address"])
def test_half_of_what_joining_needs_is_refused_in_one_line(
    shops: Chain, alone: Till, url: bool, code: bool
) -> None:
    alone.url, alone.code = shops.office.url if url else "", "ABCDE-FGHJK" if code else ""
    ended = alone.day(1).ended()
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)


def test_a_code_that_nobody_made_is_refused_and_the_right_one_works_afterwards(
    shops: Chain, alone: Till
) -> None:
    alone.url, alone.code = shops.office.url, "ABCDE-FGHJK"
    refused = alone.day(1).ended()
    assert (refused.status, refused.out) == (2, "")
    alone.code = shops.office.enroll("S1", "second try")
    ended = alone.day(1, until_synced=60).ended()
    assert (ended.status, ended.summary()["sales"]) == (0, 1)


def test_a_till_killed_while_it_takes_its_shop_goes_on(shops: Chain) -> None:
    till = shops.add("S1", "killed")
    started = till.day(2)
    while not (till.folder / "till.anchor").exists():
        assert started.process.poll() is None
    started.kill()
    ended = till.day(2, until_synced=60).ended()
    assert (ended.status, ended.summary()["sales"]) == (0, 2)
    assert till.verify().ok


def test_while_head_office_is_gone_the_day_goes_on_and_what_waits_is_counted(tmp_path: Path) -> None:
    with chain(("--data", str(tmp_path / "office")), tmp_path) as own:
        till = own.add("S1", "1")
        assert till.day(1, until_synced=60).ended().status == 0
        own.office.kill()
        cut_off = till.day(3).ended()
        assert (cut_off.status, cut_off.summary()["sales"], cut_off.summary()["problems"]) == (0, 3, [])
        waited = till.day(0, until_synced=1).ended()
        assert waited.status == 1
        assert waited.summary()["synced"] is False
        assert waited.summary()["pending"] == cut_off.summary()["pending"] > 3
        own.office.start()
        assert till.day(0, until_synced=60).ended().summary()["pending"] == 0
        own.settle()  # what head office arranged anew when it was back may have come after that
        own.in_step()


def test_a_head_office_that_never_answers_is_given_up_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(network, "LEAST_PATIENCE_S", 1.0)
    url = f"http://127.0.0.1:{free_port()}"
    words = ("day", "--data", str(tmp_path / "till"), "--head-office", url, "--enroll", "ABCDE-FGHJK")
    assert frame.main(words) == frame.REFUSED
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    ("state", "reason", "refusal"),
    [
        (LinkState.ONLINE, LinkReason.NONE, ShopNotHere(60)),
        (LinkState.OFFLINE, LinkReason.TIMEOUT, HeadOfficeOutOfReach("timeout")),
        (LinkState.CONNECTING, LinkReason.NONE, HeadOfficeOutOfReach("no-connection")),
        (LinkState.UNCONFIRMED, LinkReason.UNCONFIRMED, EnrolmentRefused("unconfirmed")),
        (LinkState.ATTENTION, LinkReason.CHAIN_BROKEN, EnrolmentRefused("chain-broken")),
    ],
)
def test_a_till_that_waited_for_its_shop_in_vain_says_why(
    shops: Chain,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    state: LinkState,
    reason: LinkReason,
    refusal: DomainError,
) -> None:
    """The shop never suffices, and the link says what the case wants."""
    monkeypatch.setattr(joining, "can_trade", lambda *_given: False)
    monkeypatch.setattr(Link, "status", lambda _link: LinkStatus(state=state, reason=reason))
    monkeypatch.setattr(Joining, "patience", 60.0)
    monkeypatch.setattr(network, "time", SimpleNamespace(monotonic=count(0, 61).__next__))
    running = open_till(tmp_path / "till", devices=DeviceChoice())
    try:
        with pytest.raises(type(refusal)) as raised:
            network.join(running, DEMO, Joining(shops.office.url, shops.office.enroll("S1", "waits")))
        assert raised.value == refusal
    finally:
        running.close()
