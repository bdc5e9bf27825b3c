"""A head office's database under several writers and under failure; on PostgreSQL and SQLite."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert

from salon_desk.storage import journal
from salon_desk.storage.engine import CommitFailed, Statement
from salon_desk.storage.errors import (
    CannotRecord,
    DatabaseUnreachable,
)
from salon_desk.storage.office import Office, open_for_reading
from salon_desk.storage.place import Place
from salon_desk.storage.postgres import PostgresDatabase, open_postgres
from salon_desk.storage.receiving import receive
from salon_desk.storage.tables.local import settings
from salon_desk.storage.verify import verify
from tests.integration.storage.neighbours import tables_of
from tests.integration.storage.offices import office_at, positions
from tests.integration.storage.strangers import chain
from tests.integration.storage.tills import moving, no_sale, recorded
from tests.postgres import Server

WRITERS, EACH = 4, 12

_SETTING = Statement(lambda: insert(settings))


def test_positions_are_gapless_and_no_cursor_ever_skips_one(place: Place) -> None:
    office_at(place).close()
    over = threading.Event()
    skipped: list[tuple[int, int]] = []

    def follow() -> None:
        """As a till does: what is behind the cursor, page after page."""
        database, cursor, last = open_for_reading(place), 0, False
        while not last:
            last = over.is_set()
            with database.read() as transaction:
                for position, _envelope in journal.after(transaction, cursor):
                    if position != cursor + 1:
                        skipped.append((cursor, position))
                    cursor = position
        database.close()

    def write() -> None:
        office = office_at(place)
        for _time in range(EACH):
            no_sale(office)
        office.close()

    with ThreadPoolExecutor(WRITERS + 1) as threads:
        follower = threads.submit(follow)
        for writer in [threads.submit(write) for _number in range(WRITERS)]:
            writer.result()
        over.set()
        follower.result()
    assert skipped == []
    office = office_at(place)
    assert positions(office) == list(range(1, WRITERS * EACH + 2))
    office.close()
    assert verify(place).problems == ()


_OPEN_AND_RECORD = """
import sys, uuid
from pathlib import Path
from salon_desk.storage.office import Place, open_office
from tests.integration.storage.tills import TurnedClock, no_sale
where = sys.argv[1]
place = Place(url=where) if "://" in where else Place(folder=Path(where))
print("ready", flush=True)
sys.stdin.readline()
office = open_office(place, TurnedClock(), lambda: str(uuid.uuid4()))
for number in range(5):
    no_sale(office, name=str(uuid.uuid4()))
print(office.node)
"""


def test_of_several_processes_that_come_to_an_empty_place_one_makes_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # four processes more, and nothing new
    if place.folder is not None:
        place.folder.mkdir()
    arguments = [sys.executable, "-c", _OPEN_AND_RECORD, str(place.folder or place.url)]
    started = [
        subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _n in range(4)
    ]
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    said = {one.communicate("go\n")[0] for one in started}
    assert len(said) == 1
    office = office_at(place)
    assert said == {f"{office.node}\n"}
    assert positions(office) == list(range(1, 22))
    office.close()
    assert verify(place).problems == ()


def test_the_call_that_meets_a_lost_connection_is_refused_and_the_next_one_goes_on(
    office: Office, postgres: str, postgres_server: Server
) -> None:
    done = no_sale(office).op_id
    reads: list[Callable[[], object]] = [lambda: recorded(office, done), lambda: positions(office)]
    writes: list[Callable[[], object]] = [
        lambda: no_sale(office),
        lambda: receive(office, chain([moving(1)])),
        lambda: office.local().__enter__(),
    ]
    for call in (*reads, *writes):
        assert postgres_server.kill_connections(postgres) >= 1
        with pytest.raises(DatabaseUnreachable):
            call()
        assert recorded(office, done)
    assert positions(office) == [1, 2]
    no_sale(office)
    receive(office, chain([moving(1)]))
    assert positions(office) == [1, 2, 3, 4, 5]


def test_a_connection_lost_in_the_middle_leaves_nothing_and_is_no_finding_about_a_body(
    office: Office, postgres: str, postgres_server: Server
) -> None:
    effects = office.effects

    def lose(*arguments: Any) -> None:
        effects(*arguments)
        postgres_server.kill_connections(postgres)

    office.effects = lose
    with pytest.raises(DatabaseUnreachable):
        receive(office, chain([moving(1)]))
    with pytest.raises(DatabaseUnreachable):
        no_sale(office)
    office.effects = effects
    assert positions(office) == [1]
    assert tables_of(office)["set_aside"] == []
    assert receive(office, chain([moving(1)])).set_aside == 0


class Losing:
    """In the place of an anchor: loses the connection right before the COMMIT."""

    end = 0

    def __init__(self, lose: Callable[[], object]) -> None:
        self._lose = lose

    def append(self, payload: bytes) -> None:
        self._lose()

    def withdraw(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_a_commit_that_was_lost_before_it_was_carried_out_is_refused(
    office: Office, postgres: str, postgres_server: Server
) -> None:
    before, office.anchor = office.anchor, Losing(lambda: postgres_server.kill_connections(postgres))
    with pytest.raises(CannotRecord):
        no_sale(office)
    office.anchor = before
    assert positions(office) == [1]
    no_sale(office)
    assert positions(office) == [1, 2]


def test_a_commit_whose_answer_was_lost_stands_also_when_another_process_has_gone_on(
    office: Office, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = office_at(Place(url=postgres))
    real = PostgresDatabase._commit

    def commit(database: PostgresDatabase, cursor: Any) -> None:
        real(database, cursor)
        monkeypatch.undo()
        no_sale(other)
        raise CommitFailed(psycopg.OperationalError("lost"), None, may_stand=True)

    monkeypatch.setattr(PostgresDatabase, "_commit", commit)
    done = no_sale(office).op_id
    assert recorded(office, done)
    assert positions(office) == [1, 2, 3]
    no_sale(office)
    assert positions(other) == [1, 2, 3, 4]
    other.close()
    assert verify(Place(url=postgres)).problems == ()


def test_reopening_waits_for_a_commit_that_is_still_under_way(office: Office, postgres: str) -> None:
    other = office_at(Place(url=postgres))
    entered, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with other.database.write() as transaction:
            entered.set()
            go_on.wait(60)
            transaction.run(_SETTING, name="held", value="")

    with ThreadPoolExecutor(2) as threads:
        holding = threads.submit(hold)
        entered.wait(60)
        reopening = threads.submit(office.database.reopen)
        with psycopg.connect(postgres, autocommit=True) as server:
            waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            while server.execute(waiting).fetchone() != (1,):
                assert not reopening.done()
        go_on.set()
        holding.result()
        reopening.result()
    other.close()


def test_an_error_that_was_swallowed_inside_is_not_committed_without_a_word(office: Office) -> None:
    def swallow() -> None:
        with office.database.write() as transaction:
            for _time in range(2):
                with contextlib.suppress(psycopg.IntegrityError):
                    transaction.run(_SETTING, name="one", value="")

    with pytest.raises(RuntimeError):
        swallow()
    with office.database.write() as transaction:
        transaction.run(_SETTING, name="one", value="")


def test_a_commit_is_on_disk_when_it_is_said_whatever_the_server_prefers(
    postgres: str, postgres_server: Server
) -> None:
    name = postgres.partition("?")[0].rpartition("/")[2]
    postgres_server.run(f"ALTER DATABASE {name} SET synchronous_commit = off")
    database = open_postgres(postgres)
    assert database.driver().execute("SHOW synchronous_commit").fetchone() == ("on",)
    database.close()


def test_a_database_that_may_only_be_read_is_trouble_and_no_finding(
    postgres: str, postgres_server: Server
) -> None:
    office_at(Place(url=postgres)).close()
    name = postgres.partition("?")[0].rpartition("/")[2]
    postgres_server.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    office = office_at(Place(url=postgres))
    with pytest.raises(CannotRecord):
        no_sale(office)
    with pytest.raises(CannotRecord):
        receive(office, chain([moving(1)]))
    office.close()
