"""A head office restored from an old copy: whoever has seen more proves it, and from then on it sends no value to anybody."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from salon_desk.head_office import placement, wants
from salon_desk.storage import journal
from salon_desk.storage.office import Office
from salon_desk.storage.place import Place
from salon_desk.storage.queries import cards
from salon_desk.wire.messages import Part, WantAnswer, WantAsk
from tests.integration.epochs.folders import keep
from tests.integration.head_office.serving import Device, HeadOffice, refused, said, serving_at
from tests.integration.storage.tills import ASSET, command, moving


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
        asked = {"cursor": cursor} if proof == "feed" else {"acknowledged": 3, "epoch": device.epoch}
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


def test_a_device_that_asks_of_an_epoch_that_it_left_proves_nothing(tmp_path: Path) -> None:
    with serving_at(Place(folder=tmp_path / "head-office")) as served:
        device = served.device()
        device.recorded(3)
        assert device.page(acknowledged=3, epoch=device.epoch).epoch == device.epoch
        assert _health(served) == "ok"
