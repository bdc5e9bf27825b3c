"""Two tills, a hub and head office in real processes: the line goes, the hub dies, another one takes over, all heals.

What was topped up at one counter is spent at the other through the hub while head office is down; nothing is lost or twice.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from salon_desk.storage.verify import verify
from tests.network.chain import Chain, Command, Till, chain, free_port

SALES = 6 * max(1, int(os.environ.get("SALON_DESK_NETWORK", "1")))


class Hub:
    """A hub's folder behind a fixed port."""

    def __init__(self, shops: Chain, name: str) -> None:
        self._shops = shops
        self.folder = shops.folder / name
        self.port = free_port()
        self._log = shops.folder / f"{name}.log"
        self._code = shops.office.enroll("S1", name)
        self.running: Command | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, and wait for the line that says so."""
        self.begin()
        self.ready()

    def begin(self) -> None:
        """Serve; nobody waits yet."""
        above = ("--head-office", self._shops.office.url, "--enroll", self._code)
        words = ("hub", "serve", "--data", self.folder, "--port", self.port, *above)
        self.running = Command(words, self._log, self._shops.environment)

    def ready(self) -> None:
        """Wait for the line that says that it serves."""
        assert self.running is not None
        self.running.wait_for_lines(1)
        assert self.running.said(), self.running.told()

    def kill(self) -> None:
        """SIGKILL."""
        if self.running is not None:
            self.running.kill()
            self.running = None

    def run(self, *words: str) -> dict[str, Any]:
        """A command about it that answers with one JSON object."""
        asked = (words[0], *words[1:], "--data", str(self.folder), "--json")
        ended = Command(asked, self._log, self._shops.environment).ended()
        assert ended.out, ended.err
        return ended.summary()


@pytest.mark.timeout(300)
def test_a_shop_shares_through_its_hub_without_head_office_and_through_another_when_that_dies(
    tmp_path: Path,
) -> None:
    with chain(("--data", str(tmp_path / "office")), tmp_path) as shops:
        hub, spare = Hub(shops, "hub"), Hub(shops, "spare")
        try:
            _live_through(shops, hub, spare)
        finally:
            hub.kill()
            spare.kill()


def _live_through(shops: Chain, hub: Hub, spare: Hub) -> None:
    hub.begin()
    spare.begin()
    one, two = shops.add("S1", "one"), shops.add("S1", "two")
    hub.ready()
    spare.ready()
    one.url = two.url = hub.url
    opening = [till.day(1, seed=7, until_synced=60) for till in (one, two)]
    announced = [op_id for day in opening for op_id in _played(day, 1)]
    shops.office.kill()
    listening = one.day(2, seed=8, until_synced=120)
    listening.wait_for_lines(2)
    announced += _until_value_comes(two)
    announced += listening.kill().announced()
    hub.kill()
    _move_to(spare, one, two)
    both = [till.day(2, seed=9) for till in (one, two)]
    announced += [op_id for day in both for op_id in _played(day, 2)]
    spare.kill()
    shops.office.start()
    spare.begin()
    hub.begin()
    spare.ready()
    hub.ready()
    _in_step(shops, hub, spare)
    for till in (one, two):
        found = Counter(one["op_id"] for one in till.journal())
        assert [op_id for op_id in announced if found[op_id] != 1] == []
        assert max(found.values()) == 1


def _until_value_comes(till: Till) -> list[str]:
    """Guests pay until one needs what lies at the other till: which of them does depends on what had come before."""
    announced: list[str] = []
    for seed in (8, 18, 28):
        announced += _played(till.day(SALES, seed=seed), SALES)
        if _value_that_came(till):
            return announced
    raise AssertionError("no value came through the hub")


def _played(day: Command, sales: int) -> list[str]:
    ended = day.ended()
    assert ended.status == 0, f"{ended.out}\n{ended.err}"
    summary = ended.summary()
    assert (summary["sales"], summary["problems"]) == (sales, []), summary
    return ended.announced()


def _value_that_came(till: Till) -> int:
    """Units that a till received since head office was gone: from the hub, which had them of the other till."""
    journal = till.journal()
    moves = [one["body"] for one in journal if one["kind"] == "purse.received"]
    sent = {one["body"]["move"]: one["body"] for one in journal if one["kind"] == "purse.sent"}
    wanted = [one for one in moves if sent.get(one["move"], {}).get("why") == "want"]
    return sum(change[1] for one in wanted for change in one["purse_changes"])


def _move_to(hub: Hub, *tills: Till) -> None:
    """Another hub, with codes that it makes itself; its own head office is out of reach."""
    hub.kill()
    hub.start()
    for till in tills:
        till.url, till.code = hub.url, str(hub.run("hub", "enroll", "--till", till.name)["code"])


def _in_step(shops: Chain, *hubs: Hub) -> None:
    """All nodes are well and print one digest; what is still on its way between them is given some rounds."""
    folders = [shops.folder / "office", *(till.folder for till in shops.tills), *(hub.folder for hub in hubs)]
    digests: set[str] = set()
    for _look in range(10):
        shops.settle()
        found = {folder.name: verify(folder) for folder in folders}
        assert {name: one.problems for name, one in found.items() if not one.ok} == {}
        digests = {one.digest for one in found.values()}
        if len(digests) == 1:
            return
    raise AssertionError(digests)
