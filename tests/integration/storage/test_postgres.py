"""A head office's database under several writers, under failure, and from its first moment; on PostgreSQL and SQLite."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert

import salon_desk.storage
from salon_desk.cli import main as frame
from salon_desk.storage import journal, schema
from salon_desk.storage.engine import CommitFailed, Statement, Transaction
from salon_desk.storage.errors import (
    CannotRecord,
    DatabaseUnreachable,
    DatabaseUnusable,
    StoreDamaged,
    StoreMissing,
    StoreNewer,
)
from salon_desk.storage.office import Office, open_for_reading, open_office
from salon_desk.storage.place import Place, shown
from salon_desk.storage.postgres import PostgresDatabase, open_postgres
from salon_desk.storage.postgres_reading import open_postgres_reader
from salon_desk.storage.rebuild import STALE, rebuild_if_stale
from salon_desk.storage.receiving import receive
from salon_desk.storage.tables.local import settings
from salon_desk.storage.verify import verify
from tests.integration.storage.neighbours import tables_of
from tests.integration.storage.strangers import chain
from tests.integration.storage.tills import TurnedClock, journal_of, moving, new_id, no_sale, recorded
from tests.postgres import Server

SECRET = "s3cr3t"
WRITERS, EACH = 4, 12

_SETTING = Statement(lambda: insert(settings))


def office_at(place: Place) -> Office:
    return open_office(place, TurnedClock(), new_id)


@pytest.fixture
def office(postgres: str) -> Iterator[Office]:
    opened = office_at(Place(url=postgres))
    yield opened
    opened.close()


def positions(office: Office) -> list[int]:
    with office.database.read() as transaction:
        return [position for position, _envelope in journal.after(transaction, 0)]


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


def test_of_several_processes_that_come_to_an_empty_place_one_makes_it(place: Place) -> None:
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
    with pytest.raises(CannotRecord):
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


def described(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Columns with types and collations, constraints, indexes."""
    questions = {
        "columns": "SELECT table_name, column_name, data_type, is_nullable, collation_name, column_default "
        "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, ordinal_position",
        "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
        "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
    }
    with psycopg.connect(url) as server:
        return {
            name: [row for row in server.execute(sql.encode()) if row[0] != schema.REVISION_TABLE]
            for name, sql in questions.items()
        }


def test_the_steps_lead_from_nothing_to_exactly_the_tables_of_the_program(
    postgres: str, postgres_server: Server
) -> None:
    other = postgres_server.url(postgres_server.new_database())
    made, upgraded = open_postgres(postgres), open_postgres(other)
    with made.write():
        schema.create_tables(made)
    schema.migrate(upgraded, "0001")
    assert schema.revision(upgraded) == "0001"
    schema.prepare(upgraded, "here")
    assert described(other) == described(postgres)
    assert schema.revision(upgraded) == schema.REVISION
    texts = [row for row in described(postgres)["columns"] if row[2] == "text"]
    assert texts
    assert {row[4] for row in texts} == {"C"}
    for database in (made, upgraded):
        database.close()
    postgres_server.drop(other.partition("?")[0].rpartition("/")[2])


def test_stale_projections_are_built_anew(place: Place, traded: Any) -> None:
    office = office_at(place)
    receive(office, journal_of(traded))
    before = tables_of(office)
    with office.local() as transaction:
        transaction.run(_SETTING, name=STALE, value="x")
    office.database.driver().execute("DELETE FROM purses")
    assert rebuild_if_stale(office.database)
    assert tables_of(office) == before
    assert not rebuild_if_stale(office.database)
    office.close()


def statements() -> Iterator[tuple[str, Statement]]:
    """Every statement of the storage that stands in a module."""
    for module in pkgutil.walk_packages(salon_desk.storage.__path__, "salon_desk.storage."):
        if ".migrations" in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, one in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(one, Statement):
                    yield f"{module.name}.{name}[{number}]", one


_ANYTHING = {str: "x", int: 1, bytes: b"x"}
ONLY_AT_A_TILL = {"salon_desk.storage.queries.receipts._LATER[0]"}
"""They ask for what only SQLite can do."""


def complaint(transaction: Transaction, statement: Statement, compiled: Any, untyped: object) -> str:
    """Why PostgreSQL does not understand a statement; values without a type of their own are `untyped`."""
    given = {name: _ANYTHING.get(bound.type.python_type, untyped) for name, bound in compiled.binds.items()}
    try:
        with transaction.savepoint():
            transaction.all(statement, **given)
    except psycopg.IntegrityError:
        return ""
    except psycopg.Error as error:
        return str(error)
    return ""


def test_every_statement_is_understood_by_postgresql(office: Office) -> None:
    refused = []
    with office.database.trial() as transaction:
        for name, statement in statements():
            compiled = statement._build().compile(dialect=office.database.engine.dialect)
            said = [complaint(transaction, statement, compiled, untyped) for untyped in (None, "x", 1)]
            if all(said) and name not in ONLY_AT_A_TILL:
                refused.append(f"{name}: {said[0]}")
    assert refused == []


def test_a_password_is_never_said(capsys: pytest.CaptureFixture[str]) -> None:
    url = f"postgresql://owner:{SECRET}@127.0.0.1:1/salon?password={SECRET}"
    assert shown(url) == str(Place(url=url)) == "postgresql://127.0.0.1:1/salon"
    assert SECRET not in repr(Place(url=url))
    wrong = [
        url,
        url.replace("postgresql", "mysql"),
        f"postgresql://a:{SECRET}%zz@h/d",
        f"postgres://[{SECRET}",
        SECRET,
    ]
    for one in wrong:
        with pytest.raises((DatabaseUnreachable, DatabaseUnusable)) as refused:
            open_for_reading(Place(url=one))
        assert SECRET not in f"{refused.value!r} {refused.value}"
        assert frame.main(("verify", "--database", one, "--json")) == frame.REFUSED
        said = capsys.readouterr()
        assert SECRET not in said.out + said.err
        assert said.out == ""
        assert said.err.count("\n") == 1


def test_both_spellings_of_the_url_are_understood(postgres: str) -> None:
    office_at(Place(url=postgres)).close()
    open_postgres_reader(postgres.replace("postgresql://", "postgres://")).close()


def test_a_database_that_cannot_be_used_is_refused(postgres: str, postgres_server: Server) -> None:
    missing = postgres_server.url("nowhere")
    with pytest.raises(DatabaseUnreachable):
        office_at(Place(url=missing))
    strange = postgres_server.new_database("ENCODING 'SQL_ASCII' LOCALE 'C'")
    with pytest.raises(DatabaseUnusable, match="SQL_ASCII"):
        office_at(Place(url=postgres_server.url(strange)))
    postgres_server.drop(strange)
    with pytest.raises(StoreMissing):
        open_postgres_reader(postgres)
    with postgres_server.connect_to(postgres) as server:
        server.execute("CREATE TABLE somebody_elses (a int)")
    with pytest.raises(StoreDamaged):
        office_at(Place(url=postgres))


def test_a_newer_database_and_one_without_rights_are_refused(postgres: str, postgres_server: Server) -> None:
    place = Place(url=postgres)
    office_at(place).close()
    with postgres_server.connect_to(postgres) as server:
        server.execute("CREATE ROLE guest LOGIN")
        with pytest.raises(DatabaseUnusable):
            office_at(Place(url=postgres.replace("//postgres:@", "//guest:@")))
        server.execute("DROP ROLE guest")
        server.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreNewer):
        office_at(place)
    with pytest.raises(StoreNewer):
        open_postgres_reader(postgres)


def test_a_till_and_a_head_office_in_a_folder_do_not_load_the_driver_of_a_server() -> None:
    program = (
        "import sys, salon_desk.storage.office, salon_desk.storage.opening, salon_desk.storage.verify\n"
        "import salon_desk.cli.verify, salon_desk.cli.journal\n"
        "print(sorted(name for name in sys.modules if name.startswith('psycopg')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
