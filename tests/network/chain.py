"""A chain in real processes for the tests of the network: head office on SQLite or PostgreSQL, and tills that trade.

Serving and trading go through the command line, as a shop's own scripts would; what is only looked at, or beside it, is done
from here, without a process each time. A head office that was killed starts again on its port; whatever a test leaves running
is killed at its end.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from salon_desk.bootstrap.office_data import office_at
from salon_desk.cli.journal import json_line
from salon_desk.head_office import enrolment
from salon_desk.head_office.stores import ensure_store
from salon_desk.storage.place import Place
from salon_desk.storage.verify import Verification, verify
from tests.integration.storage.tills import journal_of
from tests.network.proxy import FaultProxy

SCALE = max(1, int(os.environ.get("SALON_DESK_NETWORK", "1")))
"""How long the long tests are: 1 in every run, more by hand and in a campaign."""
READY_WITHIN_S = 60.0
ENDS_WITHIN_S = 180.0 + 60.0 * SCALE


class Command:
    """One command of the product in a process of its own; its log goes to a file."""

    def __init__(self, words: Sequence[object], log: Path, environment: Mapping[str, str]) -> None:
        self.log = log
        with log.open("a", encoding="utf-8") as kept:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "salon_desk", *map(str, words)],
                stdout=subprocess.PIPE,
                stderr=kept,
                text=True,
                encoding="utf-8",
                env={**os.environ, **environment},
            )
        self._lines: list[str] = []
        self._over = False
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for_lines(self, number: int, within: float = READY_WITHIN_S) -> None:
        """Until it said so many lines, or ended."""
        with self._news:
            came = self._news.wait_for(lambda: self._over or len(self._lines) >= number, within)
        assert came, f"it said {self._lines}\n{self.told()}"

    def said(self) -> list[str]:
        """The whole lines of its standard output so far."""
        with self._news:
            return list(self._lines)

    def ended(self, within: float = ENDS_WITHIN_S) -> Ended:
        """Wait for its end."""
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"it did not end:\n{self.told()}") from None
        self._reader.join()
        return Ended(self.process.returncode, "".join(self.said()), self.told())

    def kill(self) -> Ended:
        """SIGKILL, as when the power goes; what it had said by then."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        return Ended(self.process.returncode, "".join(self.said()), self.told())

    def told(self) -> str:
        """Its log."""
        return self.log.read_text("utf-8")

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                if line.endswith("\n"):
                    with self._news:
                        self._lines.append(line)
                        self._news.notify_all()
        with self._news:
            self._over = True
            self._news.notify_all()


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: exit status, standard output, log."""

    status: int
    out: str
    err: str

    def lines(self) -> list[dict[str, Any]]:
        """Its output as JSON, one object a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    def summary(self) -> dict[str, Any]:
        """The last line."""
        assert self.out, self.err
        return self.lines()[-1]

    def announced(self) -> list[str]:
        """The op ids of the sales that it said were done."""
        return [line["done"] for line in self.lines() if "done" in line]


@dataclass
class HeadOffice:
    """A head office behind a fixed port. `place`: the words that say where its data lies."""

    place: tuple[str, ...]
    folder: Path
    environment: dict[str, str]
    port: int = field(default_factory=lambda: free_port())
    running: Command | None = None

    @property
    def url(self) -> str:
        """Its own address, not that of a proxy."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, and wait for the line that says so. The demo chain is filled in where there is nothing yet."""
        words = ("head-office", "serve", *self.place, "--port", self.port, "--demo")
        self.running = Command(words, self.folder / "head-office.log", self.environment)
        self.running.wait_for_lines(1)
        assert self.running.said(), self.running.told()

    def kill(self) -> None:
        """A power cut."""
        if self.running is not None:
            self.running.kill()
            self.running = None

    def data(self) -> Place:
        """Where its data lies."""
        word, where = self.place
        return Place(folder=Path(where)) if word == "--data" else Place(url=where)

    def enroll(self, store: str, till: str) -> str:
        """A code for one till."""
        with office_at(self.data()) as office:
            ensure_store(office, store)
            made = enrolment.new_code(office, store=store, till_name=till, made_by="", confirmed=True)
        return made.code

    def verify(self) -> Verification:
        """What `verify` finds in it."""
        return verify(self.data())


@dataclass
class Till:
    """A till's folder, its code, and the address at which it looks for head office."""

    name: str
    folder: Path
    """Beside its log and its paper, in a folder that is this till's."""
    environment: dict[str, str]
    code: str = ""
    url: str = ""
    started: list[Command] = field(default_factory=list)

    def day(self, sales: int, *, seed: int = 1, until_synced: int | None = None) -> Command:
        """Start a day."""
        words: list[object] = ["day", "--data", self.folder, "--sales", sales, "--seed", seed, "--json"]
        words += ["--printer", f"file:{self.folder.parent / f'{self.name}.paper'}"]
        if self.url:
            words += ["--head-office", self.url]
        if self.code:
            words += ["--enroll", self.code]
        if until_synced is not None:
            words += ["--until-synced", until_synced]
        self.started.append(self._command(words))
        return self.started[-1]

    def kill(self) -> None:
        """Whatever of it still runs."""
        for command in self.started:
            command.kill()

    def verify(self) -> Verification:
        """What `verify` finds in it."""
        return verify(self.folder)

    def journal(self) -> list[dict[str, Any]]:
        """Its journal, one operation an object, as `journal --json` prints it."""
        return [json.loads(json_line(*one)) for one in enumerate(journal_of(self.folder), start=1)]

    def _command(self, words: Sequence[object]) -> Command:
        # a folder of its own for what the printers' library keeps: two processes that begin at once trip over one
        kept = self.folder.parent / f"{self.name}-library"
        kept.mkdir(exist_ok=True)
        own = {"ESCPOS_CAPABILITIES_PICKLE_DIR": str(kept)}
        return Command(words, self.folder.parent / f"{self.name}.log", {**self.environment, **own})


@dataclass
class Chain:
    """A head office and its tills."""

    office: HeadOffice
    folder: Path
    environment: dict[str, str]
    tills: list[Till] = field(default_factory=list)

    def add(self, store: str, name: str, *, line: FaultProxy | None = None) -> Till:
        """Enrol one more till, behind a proxy if one is given."""
        code = self.office.enroll(store, name)
        url = line.url if line else self.office.url
        beside = self.folder / name
        beside.mkdir()
        self.tills.append(Till(name, beside / "till", self.environment, code, url))
        return self.tills[-1]

    def settle(self, seconds: int = 120) -> None:
        """Let the tills exchange what is left, together, until all of them have as much."""
        told: list[int] = []
        for _round in range(5):
            days = [till.day(0, until_synced=seconds) for till in self.tills]
            told = [self._synced(till, day) for till, day in zip(self.tills, days, strict=True)]
            if len(set(told)) == 1:
                return
        raise AssertionError(f"operations by till, still after five rounds: {told}")

    def _synced(self, till: Till, day: Command) -> int:
        ended = day.ended()
        assert ended.status == 0, f"{till.name}: {ended.out}\n{ended.err}"
        summary = ended.summary()
        assert (summary["synced"], summary["pending"]) == (True, 0), summary
        return int(summary["operations"])

    def in_step(self) -> str:
        """Assert that all nodes are well and say the same digest; gives it."""
        found = {"head office": self.office.verify()}
        found |= {till.name: till.verify() for till in self.tills}
        problems = {name: one.problems for name, one in found.items() if not one.ok}
        assert problems == {}, problems
        digests = {name: one.digest for name, one in found.items()}
        assert len(set(digests.values())) == 1, digests
        return str(digests["head office"])


@contextlib.contextmanager
def chain(place: tuple[str, ...], folder: Path) -> Iterator[Chain]:
    """A chain whose head office serves the demo; everything is killed at the end."""
    environment = {"SALON_DESK_KEYS": str(folder / "keys")}
    office = HeadOffice(place, folder, environment)
    office.start()
    made = Chain(office, folder, environment)
    try:
        yield made
    finally:
        for till in made.tills:
            till.kill()
        office.kill()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
