"""Fifty tills push and poll at once, four processes on PostgreSQL answer: no position skipped, none twice, no deadlock.

The same with a worker killed, and with the server's connections cut. `SALON_DESK_TILLS=20` makes it twenty times as long.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.bench.chains import traded
from salon_desk.bootstrap.office_data import office_at
from salon_desk.head_office import enrolment
from salon_desk.head_office.stores import ensure_store
from salon_desk.operations.envelope import Envelope
from salon_desk.storage import journal
from salon_desk.storage.office import open_for_reading
from salon_desk.storage.place import Place
from tests.integration.head_office.workers import workers_of
from tests.network.chain import Command
from tests.network.many_tills import A_BATCH, BATCHES, SCALE, TILLS, ManyTill, Progress, trade_at_once
from tests.postgres import Server

WORKERS = 4
STORES = ("S1", "S2", "S3")

pytestmark = [
    pytest.mark.timeout(240 + 60 * SCALE),
    pytest.mark.usefixtures("processes_are_not_measured"),
    pytest.mark.no_cover,
]


class Office:
    """A head office of several processes on a PostgreSQL."""

    def __init__(self, database: str, folder: Path) -> None:
        self.place = Place(url=database)
        self._words = ("--database", database)
        self._folder = folder
        self._environment = {"SALON_DESK_KEYS": str(folder / "keys")}
        serve = ("head-office", "serve", *self._words, "--workers", WORKERS, "--port", 0)
        self.serving = Command(serve, folder / "head-office.log", self._environment)
        self.serving.wait_for_lines(1)
        assert self.serving.said(), self.serving.told()
        self.address = self.serving.said()[0].strip()

    def codes(self) -> list[str]:
        """One for each till, of several stores."""
        with office_at(self.place) as office:
            for store in STORES:
                ensure_store(office, store)
            made = [
                enrolment.new_code(
                    office,
                    store=STORES[number % len(STORES)],
                    till_name=f"{number}",
                    made_by="",
                    confirmed=True,
                )
                for number in range(TILLS)
            ]
        return [one.code for one in made]

    def workers(self) -> list[int]:
        """The processes that answer."""
        return workers_of(self.serving.process)

    def verified(self) -> tuple[bool, list[object]]:
        """What `verify` says of it."""
        words = ("verify", *self._words, "--json")
        summary = Command(words, self._folder / "verify.log", self._environment).ended().summary()
        return summary["ok"], summary["problems"]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> list[Envelope]:
    """What each till has done: a shop and a few visits."""
    return traded(tmp_path_factory.mktemp("day") / "till", 4)


@pytest.fixture
def office(processes_are_not_measured: None, postgres: str, tmp_path: Path) -> Iterator[Office]:
    made = Office(postgres, tmp_path)
    yield made
    made.serving.process.terminate()
    assert made.serving.ended().status == 0


def test_no_position_is_skipped_and_none_is_given_twice(office: Office, day: list[Envelope]) -> None:
    tills = trade_at_once(office.address, office.codes(), day, lambda _progress: None)
    assert [till.lost for till in tills] == [0] * TILLS
    assert "Traceback" not in office.serving.told()
    _all_is_well(office, tills)


def test_nor_when_a_worker_is_killed(office: Office, day: list[Envelope]) -> None:
    killed = []

    def kill(progress: Progress) -> None:
        for share in (0.3, 0.6):
            progress.wait_for(share)
            killed.append(max(office.workers(), key=_open_files))
            os.kill(killed[-1], signal.SIGKILL)

    tills = trade_at_once(office.address, office.codes(), day, kill)
    while len(now := office.workers()) < WORKERS:
        assert office.serving.process.poll() is None
    assert not set(now) & set(killed)
    assert sum(till.lost for till in tills) > 0
    _all_is_well(office, tills)


def test_nor_when_the_database_cuts_connections(
    office: Office, day: list[Envelope], postgres: str, postgres_server: Server
) -> None:
    """One connection that is at work each time, and once all of them."""

    def cut(progress: Progress) -> None:
        for share, most in ((0.2, 1), (0.4, 1), (0.6, 100)):
            progress.wait_for(share)
            assert _cut(postgres_server, postgres, most) >= 1

    tills = trade_at_once(office.address, office.codes(), day, cut)
    assert sum(till.refused.count(503) for till in tills) > 0
    _all_is_well(office, tills)


def _open_files(process: int) -> int:
    """Whoever has most of them has most tills on the line."""
    return len(os.listdir(f"/proc/{process}/fd"))


def _cut(server: Server, url: str, most: int) -> int:
    """End connections to a database, those that wait for the lock or work first."""
    database = url.partition("?")[0].rpartition("/")[2]
    sql = (
        "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity WHERE datname = %s "
        "ORDER BY (state <> 'idle') DESC LIMIT %s) AS found"
    )
    with server.connect_to() as connection:
        found = connection.execute(sql, (database, most)).fetchone()
    assert found is not None
    return int(found[0])


def _all_is_well(office: Office, tills: list[ManyTill]) -> None:
    database = open_for_reading(office.place)
    with database.read() as transaction:
        feed = list(journal.after(transaction, 0))
    database.close()
    assert [position for position, _one in feed] == list(range(1, len(feed) + 1))
    nodes = Counter(one.header.node for _position, one in feed)
    assert [nodes[till.who.node] for till in tills] == [BATCHES * A_BATCH] * len(tills)
    assert len({one.hash for _position, one in feed}) == len(feed)
    for till in tills:
        chain = [one.hash for _position, one in feed if one.header.node == till.who.node]
        assert chain == [one.hash for one in till.chain]
        others = [one.hash for _position, one in feed if one.header.node != till.who.node]
        seen = [one.hash for one in till.seen]
        assert seen == others[: len(seen)]  # head office itself may have said more since
    assert office.verified() == (True, [])
