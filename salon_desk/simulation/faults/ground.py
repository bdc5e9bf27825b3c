"""What all machines of the faulty chain stand on: the world's time, each one's wrong clock, ids, disks, the rules.

Ids are counted over all machines, so that the same seed gives the same ones; that two machines never draw the same id is the
product's own assumption about random ids.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from salon_desk import secrets
from salon_desk.domain.ids import NewId
from salon_desk.domain.rule_pack import RulePack
from salon_desk.simulation.faults.disk import Disks, Drive
from salon_desk.simulation.faults.wire import Network

BEGINNING = datetime(2026, 3, 2, 15, tzinfo=UTC)
EARLIEST, LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2100, 12, 30, tzinfo=UTC)


@dataclass(eq=False)
class Time:
    """Seconds since the beginning, the same for everybody; nobody can read it."""

    seconds: float = 0.0

    def monotonic(self) -> float:
        """For back-offs."""
        return self.seconds

    def now(self) -> datetime:
        """The right time."""
        return BEGINNING + timedelta(seconds=self.seconds)


@dataclass(eq=False)
class WrongClock:
    """One machine's clock: right, or years off."""

    time: Time
    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The present instant as this machine believes."""
        believed = self.time.now() + self.offset
        return min(max(believed, EARLIEST), LATEST)

    def set_to(self, year: int) -> None:
        """Somebody, or a dead battery, sets the year."""
        right = self.time.now()
        self.offset = datetime(year, right.month, min(right.day, 28), 15, tzinfo=UTC) - right


@dataclass(eq=False)
class Ground:
    """What every machine is given."""

    folder: Path
    chance: Random
    rules: RulePack
    new_id: NewId
    time: Time = field(default_factory=Time)
    faulty: bool = True
    disks: Disks = field(init=False)
    network: Network = field(init=False)

    def __post_init__(self) -> None:
        self.disks = Disks(self.chance)
        self.network = Network(self.chance)


@dataclass(eq=False)
class Machine:
    """A computer: the folder of one node, its own notes beside it, its clock."""

    ground: Ground
    name: str
    drive: Drive = field(init=False)
    clock: WrongClock = field(init=False)

    def __post_init__(self) -> None:
        self.drive = Drive(self.ground.folder / self.name)
        self.clock = WrongClock(self.ground.time)

    @property
    def folder(self) -> Path:
        """Where its node's data lies."""
        return self.drive.folder

    @property
    def notes(self) -> Path:
        """What the machine keeps outside the folder (`secrets.py`)."""
        return self.ground.folder / f"{self.name}.keys"

    @contextlib.contextmanager
    def acting(self) -> Iterator[None]:
        """What happens in the block happens on this machine."""
        before = os.environ.get(secrets.FOLDER_VARIABLE)
        os.environ[secrets.FOLDER_VARIABLE] = str(self.notes)
        try:
            with self.ground.disks.acting(self.drive):
                yield
        finally:
            if before is None:
                del os.environ[secrets.FOLDER_VARIABLE]
            else:
                os.environ[secrets.FOLDER_VARIABLE] = before

    def destroy(self) -> None:
        """Nothing of it is left."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.notes, ignore_errors=True)
