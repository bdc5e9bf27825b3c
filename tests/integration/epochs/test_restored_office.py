"""A head office restored from an old copy: whoever has seen more proves it, and from then on it sends no value to anybody."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from salon_desk.bootstrap.office_data import office_at
from salon_desk.head_office import overview, placement, vouchers, wants
from salon_desk.head_office import restored as restored_office
from salon_desk.head_office.context import Identity
from salon_desk.head_office.devices import witnessed
from salon_desk.head_office.stores import ensure_store
from salon_desk.services import parent
from salon_desk.services.link_status import LinkReason, LinkState
from salon_desk.storage import journal
from salon_desk.storage.office import Office
from salon_desk.storage.place import Place
from salon_desk.storage.queries import cards
from salon_desk.storage.queries.feed import chain_end
from salon_desk.storage.verify import verify
from salon_desk.wire.messages import HeadsAsk, Part, WantAnswer, WantAsk
from tests.integration.epochs.folders import keep, usable
from tests.integration.head_office.serving import Device, HeadOffice, refused, said, serving_at
from tests.integration.storage.tills import ASSET, command, moving
from tests.integration.sync.linked import LinkedTill, opened

_OF = {"feed": "position", "acknowledged": "acknowledged"}


def _health(served: HeadOffice) -> str:
    return str(requests.get(f"{served.url}/health", timeout=10).json()["status"])


def _issue(served: HeadOffice) -> None:
    served.context.access.run(lambda data: journal.record(data, command(), lambda _t: moving(100)))


def _want(device: Device, name: str) -> WantAnswer:
    ask = WantAsk(want_id=name, parts=[Part(ASSET, 10)])
    return said(device.post("/v1/want", ask), WantAnswer)


def _left(served: HeadOffice) -> int:
    def read(data: Office) -> int:
        with data.database.read() as transaction:
            return cards.units_here(transaction, ASSET, data.node, data.epoch)

    return served.context.access.run(read)


@pytest.fixture
def restored(tmp_path: Path) -> tuple[Place, Device, str]:
    """The place of a head office that was put back to before its last move, a device that got it, its cursor."""
    place = Place(folder=tmp_path / "head-office")
    with serving_at(place) as served:
        device = served.device()
        _issue(served)
        assert _health(served) == "ok"
        assert _want(device, "w0").slip is not None
    kept = keep(tmp_path / "head-office", tmp_path / "kept")
    with serving_at(place) as served:
        device.url = served.url
        assert _want(device, "w1").slip is not None
        device.recorded(3)
        device.all_pages()
    for file in (tmp_path / "head-office").iterdir():
        file.unlink()
    for file in kept.iterdir():
        file.rename(tmp_path / "head-office" / file.name)
    return place, device, device.cursor


@pytest.mark.parametrize("proof", ["feed", "acknowledged"])
def test_a_device_that_is_ahead_ends_the_sending(restored: tuple[Place, Device, str], proof: str) -> None:
    place, device, cursor = restored
    with serving_at(place) as served:
        device.url = served.url
        asked = {"cursor": cursor} if proof == "feed" else {"acknowledged": "3", "epoch": device.epoch}
        voucher = f"{_OF[proof]}_voucher"
        asked[voucher] = device.vouchers[voucher]
        assert refused(device.call("GET", "/v1/feed", params=asked), 409).error == "restarted"
        served.context.access.run(lambda _data: None)
        assert _health(served) == "restored"
        before = _left(served)
        assert _want(device, "w2").slip is None
        assert served.context.access.run(wants.settle) == 0
        assert served.context.access.run(placement.place) == 0
        assert _left(served) == before
        assert device.push(device.chain.ops).status_code == 200  # what tills record is taken in all the same
    with serving_at(place) as served:
        assert _health(served) == "restored"
    told = subprocess.run(
        [sys.executable, "-m", "salon_desk", "head-office", "devices", "--json", "--data", str(place.folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout)["restored"]["what"] == proof


@pytest.mark.parametrize("what", ["feed", "acknowledged"])
@pytest.mark.parametrize("whose", ["nobody's", "another device's", "another epoch's", "a lower number's"])
def test_a_device_that_only_says_that_it_is_ahead_stops_nothing(
    tmp_path: Path, what: str, whose: str
) -> None:
    with serving_at(Place(folder=tmp_path / "head-office")) as served:
        device, other = served.device(), served.device()
        for one in (other, device):
            one.recorded(3)
            one.all_pages()
        _issue(served)
        here = served.context.identity
        given = {
            "nobody's": f"999.{0:064x}",
            "another device's": _given(here, other, what),
            "another epoch's": _given(replace(here, epoch="another"), device, what),
            "a lower number's": device.vouchers[f"{_OF[what]}_voucher"],
        }[whose]
        asked = {"cursor": f"{here.node}:{here.epoch}:999"} if what == "feed" else {"acknowledged": "999"}
        asked |= {f"{_OF[what]}_voucher": given, "epoch": device.epoch}
        assert refused(device.call("GET", "/v1/feed", params=asked), 409).error == "restarted"
        served.context.access.run(lambda _data: None)
        assert _health(served) == "ok"
        assert _want(device, "w").slip is not None
        suspected = served.context.access.run(overview.devices).suspected
        assert suspected is not None
        assert (suspected.node, suspected.what, suspected.theirs) == (device.node, what, 999)


def _given(identity: Identity, device: Device, what: str) -> str:
    """What this identity would vouch for."""
    if what == "feed":
        return vouchers.given(identity, vouchers.FEED, device.node, "", 999)
    return vouchers.given(identity, vouchers.HELD, device.node, device.epoch, 999)


def test_a_device_that_asks_of_an_epoch_that_it_left_proves_nothing(tmp_path: Path) -> None:
    with serving_at(Place(folder=tmp_path / "head-office")) as served:
        device = served.device()
        device.recorded(3)
        assert device.page(acknowledged=3, epoch=device.epoch).epoch == device.epoch
        assert _health(served) == "ok"


@pytest.mark.parametrize("sales", [2, 0])
def test_head_office_goes_on_in_a_new_epoch_and_its_tills_follow(
    tmp_path: Path, folder: Path, sales: int
) -> None:
    place = Place(folder=tmp_path / "head-office")
    with serving_at(place) as served:
        with opened(folder) as till:
            till.join(served.url, served.code("S1", "one"))
            till.sell(5)
            assert till.synced()
        _issue(served)
    kept = keep(tmp_path / "head-office", tmp_path / "kept")
    with serving_at(place) as served, _reaching(served, folder) as till:
        till.sell(5)
        assert till.synced()
        for _ in range(3):
            _issue(served)
        served.context.access.run(lambda data: ensure_store(data, "S9"))
        assert till.synced()
    for file in (tmp_path / "head-office").iterdir():
        file.unlink()
    for file in kept.iterdir():
        file.rename(tmp_path / "head-office" / file.name)
    with serving_at(place) as served, _reaching(served, folder) as till:
        assert till.until_state(LinkState.ATTENTION).reason is LinkReason.RESTARTED
    with office_at(place) as office:
        old = office.epoch
        assert restored_office.go_on(office)
        assert not restored_office.go_on(office)
        assert usable(office) == 0
        assert [(one.epoch, one.units) for one in overview.devices(office).stranded] == [(old, 100)]
    with serving_at(place) as served:
        assert _health(served) == "ok"
        served.context.access.run(lambda data: ensure_store(data, "S9"))  # it has forgotten that it did
        with _reaching(served, folder) as till:
            till.sell(sales)
            for _ in range(3):
                assert till.synced()
            till.until_state(LinkState.ONLINE)
            assert till.store.opened_anew is None
            node, head = till.store.node, till.store.head
    with office_at(place) as office, office.database.read() as transaction:
        assert chain_end(transaction, node, till.store.epoch) == (head.seq, head.hash)
    assert verify(place.folder or folder).problems == ()
    assert verify(folder).problems == ()


def test_an_old_copy_that_has_recorded_more_than_a_till_had_seen_is_found_out_by_what_the_till_holds(
    tmp_path: Path, folder: Path
) -> None:
    place = Place(folder=tmp_path / "head-office")
    with serving_at(place) as served, opened(folder) as till:
        till.join(served.url, served.code("S1", "one"))
        assert till.synced()
    kept = keep(tmp_path / "head-office", tmp_path / "kept")
    with serving_at(place) as served, _reaching(served, folder) as till:
        _issue(served)
        assert till.synced()
    for file in kept.iterdir():
        shutil.copyfile(file, tmp_path / "head-office" / file.name)
    with serving_at(place) as served:
        for _time in range(5):
            _issue(served)
        with _reaching(served, folder) as till:
            till.until_state(LinkState.ATTENTION)
        served.context.access.run(lambda _data: None)
        assert _health(served) == "restored"
    with office_at(place) as office:
        assert restored_office.go_on(office)
    with serving_at(place) as served, _reaching(served, folder) as till:
        assert till.synced()
        seen = till.run(parent.ends_seen)
        told = served.context.access.run(lambda data: witnessed(data, "any", HeadsAsk(heads=seen)))
        assert told.contradicted == []  # it went on: nobody needs to look at it again
        assert _health(served) == "ok"


def test_an_old_copy_of_before_it_went_on_is_proven_by_who_followed_and_followed_once_it_goes_on(
    tmp_path: Path, folder: Path
) -> None:
    place, stranded = Place(folder=tmp_path / "head-office"), set()
    with serving_at(place) as served, opened(folder) as till:
        till.join(served.url, served.code("S1", "one"))
        till.sell(5)
        _issue(served)
        assert till.synced()
    kept = keep(tmp_path / "head-office", tmp_path / "kept")
    with office_at(place) as office:
        stranded.add(office.epoch)
        restored_office.note(office, "somebody", "feed", theirs=9, ours=1)
        assert restored_office.go_on(office)
        stranded.add(office.epoch)
    with serving_at(place) as served, _reaching(served, folder) as till:
        till.sell(1)
        assert till.synced()
    for file in kept.iterdir():
        shutil.copyfile(file, tmp_path / "head-office" / file.name)
    with serving_at(place) as served, _reaching(served, folder) as till:
        assert till.until_state(LinkState.ATTENTION).reason is LinkReason.RESTARTED
        served.context.access.run(lambda _data: None)
        assert _health(served) == "restored"
        assert served.context.access.run(overview.devices).restored.what == "epoch"  # type: ignore[union-attr]
    with office_at(place) as office:
        assert restored_office.go_on(office)
        assert office.epoch not in stranded
    with serving_at(place) as served, _reaching(served, folder) as till:
        till.sell(2)
        assert till.synced()
        assert _health(served) == "ok"
        node, head = till.store.node, till.store.head
    with office_at(place) as office, office.database.read() as transaction:
        assert chain_end(transaction, node, till.store.epoch) == (head.seq, head.hash)
    assert verify(place.folder or folder).problems == ()
    assert verify(folder).problems == ()


def test_a_head_office_that_nobody_proved_old_does_not_begin_anew(tmp_path: Path) -> None:
    with office_at(Place(folder=tmp_path / "head-office")) as office:
        epoch = office.epoch
        assert not restored_office.go_on(office)
        assert office.epoch == epoch


@contextlib.contextmanager
def _reaching(served: HeadOffice, folder: Path) -> Iterator[LinkedTill]:
    """The till, which finds its head office at the address that it has now."""
    with opened(folder, start=False) as till:
        till.run(lambda here: parent.moved_to(here, served.url))
        till.link.start()
        yield till
