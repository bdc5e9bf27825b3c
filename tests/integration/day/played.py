"""What tests of the scripted day look at: a folder's books read with plain SQL, and papers read back from bytes.

The plain SQL is on purpose: it shares nothing with the product but the schema.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from salon_desk.bootstrap.till import open_till
from salon_desk.bootstrap.trading_day import DaySummary, play
from salon_desk.devices.emulators.printer import EmulatedPrinter, ReceiptEvent
from salon_desk.services import demo_file
from salon_desk.services.device_settings import DeviceChoice
from salon_desk.settings import demo_shop

DEMO = demo_file.read(demo_shop())
_RECEIPT = re.compile(r"S1-1-\d{6}")


@dataclass(frozen=True, slots=True)
class Played:
    """A day that was played in this process: what it announced and how it ended."""

    announced: tuple[tuple[str, int], ...]
    summary: DaySummary

    @property
    def totals(self) -> list[int]:
        """The announced totals in their order."""
        return [cents for _op_id, cents in self.announced]


def play_in(folder: Path, sales: int, *, seed: int = 1, printer: str = "") -> Played:
    """Open the folder, play a day in it, close it."""
    announced: list[tuple[str, int]] = []
    running = open_till(folder, devices=DeviceChoice.printing(printer))
    try:
        summary = play(
            running,
            DEMO,
            sales=sales,
            seed=seed,
            announce=lambda op_id, cents: announced.append((op_id, cents)),
        )
    finally:
        running.close()
    return Played(tuple(announced), summary)


def copy_to_own(source: Path, folder: Path) -> Path:
    """A copy of a folder that its machine never met, so that it is no copy of another to the till that opens it."""
    shutil.copytree(source, folder)
    with contextlib.closing(sqlite3.connect(folder / "till.db")) as connection, connection:
        connection.execute("DELETE FROM local_settings WHERE name = 'home'")
    return folder


def start_day(folder: Path, sales: int, *words: str) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "salon_desk",
        "day",
        "--data",
        str(folder),
        "--sales",
        str(sales),
        "--json",
    ]
    return subprocess.Popen(
        [*command, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


class Books:
    """A closed folder's database, read with plain SQL."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "till.db")

    def close(self) -> None:
        self._connection.close()

    def all(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, given).fetchall()

    def one(self, query: str, *given: object) -> Any:
        return self._connection.execute(query, given).fetchone()[0]

    def kinds(self) -> Counter[str]:
        """How many operations of each kind."""
        return Counter(dict(self.all("SELECT kind, COUNT(*) FROM journal GROUP BY kind")))

    def bodies(self, kind: str) -> list[dict[str, Any]]:
        """The operations of a kind in the order in which they were recorded."""
        rows = self.all("SELECT body FROM journal WHERE kind = ? ORDER BY position", kind)
        return [json.loads(body) for (body,) in rows]

    def operations(self) -> int:
        return int(self.one("SELECT COUNT(*) FROM journal"))

    def agree(self) -> bool:
        """Whether the ledger is balanced and what is owed on cards is what lies in their purses."""
        owed = self.one(
            "SELECT COALESCE(SUM(cents), 0) FROM ledger WHERE account LIKE 'Liabilities:StoredValue%'"
        )
        purses = self.one("SELECT COALESCE(SUM(units), 0) FROM purses WHERE asset LIKE 'card/%'")
        return self.one("SELECT COALESCE(SUM(cents), 0) FROM ledger") == 0 and owed + purses == 0

    def receipts(self) -> set[str]:
        """The numbers of the receipts that were asked for on paper."""
        return {
            number
            for (number,) in self.all(
                "SELECT receipt FROM sales JOIN local_print_jobs AS job ON job.op_id = sales.op_id"
                " WHERE job.kind = 'receipt'"
            )
        }


@dataclass(frozen=True, slots=True)
class Papers:
    """Receipts as an emulated printer reads them from bytes: their numbers, first papers and copies apart."""

    first: Counter[str]
    copies: Counter[str]


def papers_in(sink: Path) -> Papers:
    """What was printed into a `file:` printer."""
    events: list[object] = []
    printer = EmulatedPrinter(None, events.append)
    printer.receive(sink.read_bytes())
    printer.idle()
    first, copies = Counter[str](), Counter[str]()
    for event in events:
        if isinstance(event, ReceiptEvent) and (number := _RECEIPT.search(event.text)):
            (copies if "COPY" in event.text else first)[number[0]] += 1
    return Papers(first, copies)
