"""The anchor: an append-only file that has every operation on disk before the database commits it (PROTOCOL 5).

No operation's meaning lives here, only framed bytes: `length, crc32, payload`, then zeros, in space laid out beforehand
so that a flush writes data and no metadata. A torn last frame is cut off; a damaged one before the end is an error.
"""

from __future__ import annotations

import os
import shutil
import struct
import zlib
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import BinaryIO

from salon_desk.storage import medium

MAGIC = b"SALONDESK-ANCHOR-1\n"
START = 4096
CHUNK = 1024 * 1024
SCRATCH = ".new"
"""Behind the name of a file that is to become the anchor; what a crash left of it is written anew."""
ASIDE = ".old-"
"""Behind the name of an anchor whose epoch has ended, before its number."""
_BLOCK = 1024 * 1024
_FRAME = struct.Struct("<II")
_FLAGS = os.O_RDWR | getattr(os, "O_BINARY", 0)


class AnchorDamaged(Exception):
    """The file is no anchor, or a frame before its end does not carry what was written."""


class AnchorUnsettled(Exception):
    """An entry could neither be written nor be cleared: nobody knows what the file holds until it is read again."""


class Anchor:
    """An open anchor file. One thread writes; every append is flushed before it returns."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._file = os.open(path, _FLAGS | (os.O_CREAT | os.O_EXCL if create else 0), 0o600)
        self._last_start = self._end = START
        try:
            if create:
                self._lay_out(0, CHUNK)
                _write(self._file, MAGIC, 0)
                _flush_whole(self._file)
                _flush_directory(path.parent)
            self._capacity = os.fstat(self._file).st_size
        except BaseException:
            self.close()
            raise

    @property
    def end(self) -> int:
        """Where the next entry will be written."""
        return self._end

    def scan(self) -> list[int]:
        """The offset of every whole entry; leaves the writing position behind the last one.

        Raises AnchorDamaged when the file is not an anchor, or when a whole entry lies behind one that is not: a
        crash tears the last one only. What was found is compared with the database by `guard.py`.
        """
        with open(self.path, "rb", buffering=_BLOCK) as file:
            require_magic(file)
            found = [(offset, offset + _FRAME.size + len(payload)) for offset, payload in entries_from(file)]
            end = found[-1][1] if found else START
            if entry_follows(file, end):
                raise AnchorDamaged(f"a damaged entry at {end}, before its end")
        self._last_start, self._end = (found[-1][0] if found else START), end
        return [offset for offset, _next in found]

    def entry(self, offset: int) -> bytes:
        """The entry at an offset that `scan` gave. Raises AnchorDamaged when it is not there any more."""
        with open(self.path, "rb") as file:
            for _offset, payload in entries_from(file, offset):
                return payload
        raise AnchorDamaged(f"no entry at {offset}")

    def payloads(self) -> Iterator[bytes]:
        """Every entry from the first on."""
        with open(self.path, "rb", buffering=_BLOCK) as file:
            for _offset, payload in entries_from(file):
                yield payload

    def append(self, payload: bytes) -> None:
        """Write one entry at the end and flush it.

        OSError (disk full) leaves the anchor as it was, durably; AnchorUnsettled when not even that is sure.
        """
        frame, end = self._framed(payload)
        try:
            _write(self._file, frame, self._end)
            _flush(self._file)
        except BaseException as error:
            try:
                self._clear(self._end, end)
            except OSError as again:
                raise AnchorUnsettled(str(again)) from error
            raise
        self._last_start, self._end = self._end, end

    def withdraw(self) -> None:
        """Take the last entry back durably, after a commit that is known not to stand. Raises OSError."""
        self._clear(self._last_start, self._end)
        self._end = self._last_start

    def rewrite(self, payloads: Iterable[bytes]) -> None:
        """Put these entries in the place of all that stand here, whole or not at all, whenever the power goes.

        OSError leaves the anchor as it was; AnchorUnsettled when nobody knows which of both a power cut would leave.
        """
        scratch = self.path.with_name(f"{self.path.name}{SCRATCH}")
        scratch.unlink(missing_ok=True)
        made = Anchor(scratch, create=True)
        try:
            for payload in payloads:
                frame, end = made._framed(payload)
                _write(made._file, frame, made._end)
                made._last_start, made._end = made._end, end
            _flush_whole(made._file)
        except BaseException:
            scratch.unlink(missing_ok=True)
            raise
        finally:
            made.close()
        self._become(made, scratch)

    def _become(self, made: Anchor, scratch: Path) -> None:
        """The file is closed meanwhile, for not every system replaces one that is open."""
        self.close()
        try:
            try:
                os.replace(scratch, self.path)
            finally:
                self._file = os.open(self.path, _FLAGS)
        except OSError as error:
            if self._file >= 0:
                raise
            raise AnchorUnsettled(str(error)) from error
        self._last_start, self._end, self._capacity = made._last_start, made._end, made._capacity
        try:
            _flush_directory(self.path.parent)
        except OSError as error:
            raise AnchorUnsettled(str(error)) from error

    def cut_torn_end(self) -> None:
        """Clear whatever a crash left behind the last whole entry, so that nothing later can be misread."""
        with open(self.path, "rb") as file:
            torn = _rest(file, self._end)
        if torn:
            self._clear(self._end, self._end + len(torn))

    def close(self) -> None:
        """Close the file; harmless the second time."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _framed(self, payload: bytes) -> tuple[bytes, int]:
        """An entry as it is written at the end, with space laid out for it; and where it will end."""
        frame = _FRAME.pack(len(payload), zlib.crc32(payload)) + payload
        end = self._end + len(frame)
        if end + _FRAME.size > self._capacity:
            self._lay_out(self._capacity, max(CHUNK, end + _FRAME.size - self._capacity))
        return frame, end

    def _clear(self, start: int, end: int) -> None:
        """Zeros over a stretch, in place, so that a full disk does not matter."""
        _write(self._file, bytes(end - start), start)
        _flush_whole(self._file)

    def _lay_out(self, offset: int, length: int) -> None:
        length = -(-length // CHUNK) * CHUNK
        try:
            _write(self._file, bytes(length), offset)
            _flush_whole(self._file)
        except OSError:
            os.ftruncate(self._file, offset)
            raise
        self._capacity = offset + length


def is_blank(path: Path) -> bool:
    """Whether an anchor was begun and nothing was ever written into it. Raises OSError."""
    with open(path, "rb", buffering=_BLOCK) as file:
        head = file.read(START)
        return not head.removeprefix(MAGIC).strip(b"\0") and not _rest(file, START)


def require_magic(file: BinaryIO) -> None:
    """Raise AnchorDamaged when the file is no anchor."""
    file.seek(0)
    if file.read(len(MAGIC)) != MAGIC:
        raise AnchorDamaged("it is not an anchor")


def entries_from(file: BinaryIO, start: int = START) -> Iterator[tuple[int, bytes]]:
    """Offset and payload of each whole entry from `start` on; ends at the first that is not whole.

    For reading beside the process that writes it: an entry that is just being written is not whole yet.
    """
    size = os.fstat(file.fileno()).st_size
    file.seek(start)
    while (payload := _payload(file, size)) is not None:
        yield start, payload
        start += _FRAME.size + len(payload)


def is_damaged(path: Path, start: int = START) -> bool:
    """Whether whole entries lie behind one that is not; looked at twice, for that one may just have been written."""
    broken = -1
    while True:
        with open(path, "rb", buffering=_BLOCK) as file:
            for offset, payload in entries_from(file, start):
                start = offset + _FRAME.size + len(payload)
            if not entry_follows(file, start):
                return False
        if start == broken:
            return True
        broken = start


def entry_follows(file: BinaryIO, broken: int) -> bool:
    """Whether a whole entry lies anywhere behind the broken one at this offset, within reach of a block."""
    size = os.fstat(file.fileno()).st_size
    rest = _rest(file, broken, most=_BLOCK)
    for offset in _candidates(rest):
        file.seek(broken + offset)
        if _payload(file, size) is not None:
            return True
    return False


def _candidates(rest: bytes) -> Iterator[int]:
    """Where a frame may begin: first where the broken one says that it ends, then everywhere."""
    if len(rest) < _FRAME.size:
        return
    told = _FRAME.size + _FRAME.unpack_from(rest)[0]
    if told < len(rest):
        yield told
    for offset in range(1, len(rest) - _FRAME.size):
        length = _FRAME.unpack_from(rest, offset)[0]
        if 0 < length <= len(rest):
            yield offset


def _payload(file: BinaryIO, size: int) -> bytes | None:
    head = file.read(_FRAME.size)
    if len(head) < _FRAME.size:
        return None
    length, check = _FRAME.unpack(head)
    if not 0 < length <= size:
        return None
    payload = file.read(length)
    return payload if len(payload) == length and zlib.crc32(payload) == check else None


def _rest(file: BinaryIO, start: int, most: int = -1) -> bytes:
    """What is not zero from an offset on: all of it, or at most so many bytes."""
    file.seek(start)
    return file.read(most).rstrip(b"\0")


def _write(file: int, data: bytes, offset: int) -> None:
    medium.in_use().write(file, data, offset)


def _flush(file: int) -> None:
    """What was written into space that was laid out before."""
    medium.in_use().flush(file, metadata=False)


def _flush_whole(file: int) -> None:
    medium.in_use().flush(file, metadata=True)


def keep_aside(path: Path) -> None:
    """Keep what an anchor holds under the next free name as well, durably; nothing where nothing stands. Raises OSError.

    The anchor itself stays, so that at no instant there is none.
    """
    if not path.exists() or is_blank(path):
        return
    taken = {one.name for one in path.parent.glob(f"{path.name}{ASIDE}*")}
    number = next(n for n in count(1) if f"{path.name}{ASIDE}{n}" not in taken)
    kept = path.with_name(f"{path.name}{ASIDE}{number}")
    try:
        os.link(path, kept)
    except (OSError, NotImplementedError):  # a file system without links
        shutil.copyfile(path, kept)
        with open(kept, "rb+") as file:
            _flush_whole(file.fileno())
    _flush_directory(path.parent)


def _flush_directory(path: Path) -> None:
    medium.in_use().flush_directory(path)
