"""A till that was stolen: whoever holds it reads nothing of any member; what it recorded is taken in, and its owner can undo it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from salon_desk.bootstrap.office_data import office_at
from salon_desk.cli.main import main
from salon_desk.head_office import known_devices, lost_tills, overview
from salon_desk.storage.office import Place
from salon_desk.storage.queries import holders
from salon_desk.wire.messages import CodeAsk, HeadsAsk, JournalAnswer, Part, WantAsk
from tests.integration.head_office.serving import Device, HeadOffice, refused, said, serving_at
from tests.integration.storage.tills import ASSET


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HeadOffice]:
    """A head office that remembers nobody's token for a second; the rule is the same on either database."""
    monkeypatch.setattr(known_devices, "REMEMBERED", 0.0)
    with serving_at(Place(folder=tmp_path / "office")) as office:
        yield office


def _lock(served: HeadOffice, device: Device, *, locked_out: bool = True) -> bool:
    return served.context.access.run(
        lambda office: lost_tills.lock_out(office, device.node, locked_out=locked_out)
    )


def _reads(device: Device) -> list[requests.Response]:
    return [
        device.call("GET", "/v1/feed"),
        device.call("GET", "/v1/own"),
        device.call("GET", "/v1/me"),
        device.post("/v1/heads", HeadsAsk(heads=[])),
        device.post("/v1/want", WantAsk(want_id="w", parts=[Part(ASSET, 10)])),
        device.post("/v1/codes", CodeAsk(till_name="another")),
    ]


def test_a_device_that_is_locked_out_reads_nothing_and_hands_in_what_it_has(served: HeadOffice) -> None:
    device, other = served.device(), served.device("S2")
    device.recorded(2)
    assert {one.status_code for one in _reads(device)} == {200}
    assert _lock(served, device)
    assert not _lock(served, device)
    assert {refused(one, 403).error for one in _reads(device)} == {"locked-out"}
    assert said(device.push(device.chain.record(1)), JournalAnswer).applied_seq == 3
    assert {one.status_code for one in _reads(other)} == {200}
    assert _lock(served, device, locked_out=False)
    assert {one.status_code for one in _reads(device)} == {200}


def test_a_feed_that_was_held_open_when_its_device_was_locked_out_says_nothing_more(
    served: HeadOffice,
) -> None:
    device = served.device()
    device.all_pages()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(device.call, "GET", "/v1/feed", params={"cursor": device.cursor, "wait": "20"})
        while not served.context.growth.waiting:
            pass
        _lock(served, device)
        assert refused(waiting.result(30), 403).error == "locked-out"


def test_no_value_goes_to_a_device_that_is_locked_out(served: HeadOffice) -> None:
    device = served.device()

    def may_get() -> bool:
        with office_at(served.place) as office, office.database.read() as transaction:
            return holders.may_get(transaction, device.node) is not None

    assert may_get()
    _lock(served, device)
    assert not may_get()


@pytest.mark.parametrize(("reason", "locked_out"), [("stolen", True), ("被盗", True), ("burnt", False)])
def test_a_till_that_was_stolen_is_locked_out_and_let_in_when_it_is_found(
    served: HeadOffice, reason: str, locked_out: bool
) -> None:
    device = served.device()
    run = served.context.access.run

    def state() -> bool:
        return run(lambda office: overview.devices(office).devices[0].locked_out)

    assert run(lambda office: lost_tills.declare_dead(office, device.node, reason))
    assert state() is locked_out
    run(lambda office: lost_tills.found_again(office, device.node))
    assert not state()


def test_the_owner_locks_a_till_out_and_lets_it_in_by_command(
    tmp_path: Path, served: HeadOffice, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    served.device()

    def told(*words: str) -> dict[str, object]:
        assert main(["head-office", *words, "--data", str(tmp_path / "office"), "--json"]) == 0
        found: dict[str, object] = json.loads(capsysbinary.readouterr().out)
        return found

    assert told("lock-out", "--till", "S1/1")["locked_out"] is True
    assert main(["head-office", "devices", "--data", str(tmp_path / "office")]) == 0
    assert b"locked out" in capsysbinary.readouterr().out
    assert told("lock-out", "--till", "S1/1", "--undo")["let_in"] is True
    assert "'locked_out': False" in str(told("devices"))
