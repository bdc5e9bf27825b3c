"""Which databases a head office opens, which it refuses, and that a password is never said."""

from __future__ import annotations

import subprocess
import sys

import pytest

from salon_desk.cli import main as frame
from salon_desk.storage.errors import (
    DatabaseUnreachable,
    DatabaseUnusable,
    StoreDamaged,
    StoreMissing,
    StoreNewer,
)
from salon_desk.storage.office import open_for_reading
from salon_desk.storage.place import Place, shown
from salon_desk.storage.postgres_reading import open_postgres_reader
from tests.integration.storage.offices import office_at
from tests.postgres import Server

SECRET = "s3cr3t"


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
