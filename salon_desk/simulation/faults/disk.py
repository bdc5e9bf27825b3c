"""Disks that forget: what was not flushed is lost or torn at a crash, commits fail, and do so although they stand.

One Disks is in the place of the real medium (`storage/medium.py`) for the whole process; each machine has its Drive. A crash keeps
an image of the folder as a power cut would leave it and raises Crash; what the dying process still does is not in the image.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any

from salon_desk.storage.medium import Medium

LOGS = ("-wal", "-shm")
LOCK = ".lock"


class Fault(StrEnum):
    """What a drive does wrong, once."""

    COMMIT_REFUSED = "commit-refused"
    COMMIT_STANDS = "commit-stands"
    DISK_FULL = "disk-full"
    WRITE = "write"
    FLUSH = "flush"


class Crash(BaseException):
    """The process of a drive ends here."""

    def __init__(self, drive: Drive, where: str) -> None:
        super().__init__(f"{drive.folder.name}: {where}")
        self.drive = drive


@dataclass(eq=False)
class Drive:
    """The folder of one node on one machine, what is not flushed there, and what is to go wrong."""

    folder: Path
    until_crash: int = 0
    """Points of the disk until it crashes, 0 for never."""
    faults: list[Fault] = field(default_factory=list)
    unflushed: dict[int, list[tuple[int, bytes, int]]] = field(default_factory=dict)
    """By inode: offset, the bytes that stood there, how many were written."""
    weak: bool = False
    """Whether a commit returns before its log is flushed: for mutants."""

    @property
    def image(self) -> Path:
        """What a crash left."""
        return self.folder.with_name(f"{self.folder.name}.image")

    def take(self, *kinds: Fault) -> Fault | None:
        """The next fault if it is one of these."""
        if self.faults and self.faults[0] in kinds:
            return self.faults.pop(0)
        return None

    def keep_image(self, chance: Random, *, log: int | None = None) -> None:
        """Copy the folder as a power cut would leave it. `log`: bytes that are left of the database's log."""
        shutil.rmtree(self.image, ignore_errors=True)
        self.image.mkdir(parents=True)
        for path in sorted(self.folder.iterdir()):
            if path.name.endswith((LOGS[1], LOCK)):
                continue
            copy = self.image / path.name
            shutil.copyfile(path, copy)
            for offset, before, length in reversed(self.unflushed.get(path.stat().st_ino, [])):
                _forget(copy, offset, before, length, chance)
            if path.name.endswith(LOGS[0]):
                if self.weak:
                    os.truncate(copy, 0)
                elif log is not None:
                    os.truncate(copy, log)
        self.unflushed.clear()

    def put_image_back(self) -> None:
        """The folder is what the crash left; the process that crashed has let go of it."""
        replace_files(self.image, self.folder)
        shutil.rmtree(self.image)


def replace_files(source: Path, folder: Path) -> None:
    """The files of a folder, the folder itself staying the same one."""
    for path in folder.iterdir():
        if not path.name.endswith(LOCK):
            path.unlink()
    for path in sorted(source.iterdir()):
        shutil.copyfile(path, folder / path.name)


class Disks(Medium):
    """All drives; `acting` says on which one it is written now."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._acting: list[Drive] = []

    @contextlib.contextmanager
    def acting(self, drive: Drive) -> Iterator[None]:
        """What is written in the block goes to this drive."""
        self._acting.append(drive)
        try:
            yield
        finally:
            self._acting.pop()

    def write(self, file: int, data: bytes, offset: int) -> None:
        """Written, not flushed."""
        drive = self._drive()
        if drive is None:
            return super().write(file, data, offset)
        self._point(drive, "before a write")
        if drive.take(Fault.WRITE):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        before = os.pread(file, len(data), offset)
        super().write(file, data, offset)
        drive.unflushed.setdefault(os.fstat(file).st_ino, []).append((offset, before, len(data)))
        return None

    def flush(self, file: int, *, metadata: bool) -> None:
        """From here on it cannot be lost."""
        drive = self._drive()
        if drive is None:
            return super().flush(file, metadata=metadata)
        self._point(drive, "before a flush")
        if drive.take(Fault.FLUSH):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        drive.unflushed.pop(os.fstat(file).st_ino, None)
        self._point(drive, "after a flush")
        return None

    def flush_directory(self, path: Path) -> None:
        """Names are never lost here, but a crash may come before or behind them."""
        drive = self._drive()
        if drive is None:
            return super().flush_directory(path)
        return self._point(drive, "after a name")

    def commit(self, cursor: Any) -> None:
        """The log is flushed with it."""
        drive = self._drive()
        if drive is None:
            return super().commit(cursor)
        self._point(drive, "before a commit")
        if drive.take(Fault.COMMIT_REFUSED):
            raise _trouble(sqlite3.SQLITE_IOERR, "disk I/O error")
        if drive.take(Fault.DISK_FULL):
            raise _trouble(sqlite3.SQLITE_FULL, "database or disk is full")
        crashes = drive.until_crash == 1
        before = _log_size(drive) if crashes else 0
        super().commit(cursor)
        if drive.take(Fault.COMMIT_STANDS):
            raise _trouble(sqlite3.SQLITE_IOERR, "disk I/O error")
        after = _log_size(drive) if crashes else 0
        torn = crashes and before < after and self._chance.random() < 0.5
        where = "in a commit" if torn else "after a commit"
        return self._point(drive, where, log=self._chance.randrange(before, after) if torn else None)

    def _drive(self) -> Drive | None:
        return self._acting[-1] if self._acting else None

    def _point(self, drive: Drive, where: str, *, log: int | None = None) -> None:
        if drive.until_crash:
            drive.until_crash -= 1
            if not drive.until_crash:
                self.crash(drive, where, log=log)

    def crash(self, drive: Drive, where: str, *, log: int | None = None) -> None:
        """The power goes."""
        drive.until_crash = 0
        drive.faults.clear()
        drive.keep_image(self._chance, log=log)
        raise Crash(drive, where)


def _log_size(drive: Drive) -> int:
    sizes = [path.stat().st_size for path in drive.folder.iterdir() if path.name.endswith(LOGS[0])]
    return sum(sizes)


def _forget(copy: Path, offset: int, before: bytes, length: int, chance: Random) -> None:
    """What was written and not flushed: all there, torn, or gone."""
    kept = chance.choice((0, chance.randint(0, length), length))
    with open(copy, "r+b") as file:
        lost = before[kept:]
        file.seek(offset + kept)
        file.write(lost)
        if len(before) < length and kept < length:
            file.truncate(offset + max(kept, len(before)))


def _trouble(code: int, text: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code
    return error
