"""The anchor: an append-only file that has every operation on disk before the database commits it (PROTOCOL 5).

No operation's meaning lives here, only framed bytes: `length, crc32, payload`, then zeros, in space laid out beforehand
so that a flush writes data and no metadata. A torn last frame is cut off; a damaged one before the end is an error.
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

MAGIC = b"SALONDESK-ANCHOR-1\n"
START = 4096
CHUNK = 1024 * 1024
_FRAME = struct.Struct("<II")
_flush = getattr(os, "fdatasync", os.fsync)


class AnchorDamaged(Exception):
    """The file is no anchor, or a frame before its end does not carry what was written."""


class Anchor:
    """An open anchor file. One thread writes; every append is flushed before it returns."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        flags = os.O_RDWR | getattr(os, "O_BINARY", 0) | (os.O_CREAT | os.O_EXCL if create else 0)
        self._file = os.open(path, flags, 0o600)
        if create:
            self._lay_out(0, CHUNK)
            _write(self._file, MAGIC, 0)
            os.fsync(self._file)
            _flush_directory(path.parent)
        self._capacity = os.fstat(self._file).st_size
        self._last_start = self._end = START

    def scan(self) -> list[int]:
        """The offset of every whole entry; leaves the writing position behind the last one.

        Raises AnchorDamaged when the file is not an anchor. A frame that does not check ends the scan; the
        caller compares what was found with the database (`guard.py`).
        """
        if _read(self._file, len(MAGIC), 0) != MAGIC:
            raise AnchorDamaged(f"{self.path} is not an anchor")
        offsets: list[int] = []
        end = START
        while (payload := self._frame_at(end)) is not None:
            offsets.append(end)
            end += _FRAME.size + len(payload)
        self._last_start, self._end = (offsets[-1] if offsets else START), end
        return offsets

    def entry(self, offset: int) -> bytes:
        """The entry at an offset that `scan` gave. Raises AnchorDamaged when it is not there any more."""
        payload = self._frame_at(offset)
        if payload is None:
            raise AnchorDamaged(f"no entry at {offset}")
        return payload

    def append(self, payload: bytes) -> None:
        """Write one entry at the end and flush it. OSError (disk full) leaves the anchor as it was."""
        frame = _FRAME.pack(len(payload), zlib.crc32(payload)) + payload
        end = self._end + len(frame)
        if end + _FRAME.size > self._capacity:
            self._lay_out(self._capacity, max(CHUNK, end + _FRAME.size - self._capacity))
        _write(self._file, frame, self._end)
        _flush(self._file)
        self._last_start, self._end = self._end, end

    def withdraw(self) -> None:
        """Take the last entry back durably, after a commit that is known not to stand."""
        _write(self._file, bytes(self._end - self._last_start), self._last_start)
        os.fsync(self._file)
        self._end = self._last_start

    def cut_torn_end(self) -> None:
        """Clear whatever a crash left behind the last whole entry, so that nothing later can be misread."""
        if any(_read(self._file, self._capacity - self._end, self._end)):
            os.ftruncate(self._file, self._end)
            self._capacity = self._end
            self._lay_out(self._end, CHUNK)

    def close(self) -> None:
        """Close the file; harmless the second time."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _frame_at(self, offset: int) -> bytes | None:
        head = _read(self._file, _FRAME.size, offset)
        if len(head) < _FRAME.size:
            return None
        length, check = _FRAME.unpack(head)
        if length == 0 or offset + _FRAME.size + length > self._capacity:
            return None
        payload = _read(self._file, length, offset + _FRAME.size)
        return payload if len(payload) == length and zlib.crc32(payload) == check else None

    def _lay_out(self, offset: int, length: int) -> None:
        length = -(-length // CHUNK) * CHUNK
        try:
            _write(self._file, bytes(length), offset)
            os.fsync(self._file)
        except OSError:
            os.ftruncate(self._file, offset)
            raise
        self._capacity = offset + length


def read_entries(path: Path) -> tuple[list[bytes], bool]:
    """The whole entries of an anchor that may be in use by another process, and whether a torn end follows.

    Opens for reading only. Raises AnchorDamaged, FileNotFoundError.
    """
    data = path.read_bytes()
    if not data.startswith(MAGIC):
        raise AnchorDamaged(f"{path} is not an anchor")
    entries, offset = [], START
    while offset + _FRAME.size <= len(data):
        length, check = _FRAME.unpack_from(data, offset)
        payload = data[offset + _FRAME.size : offset + _FRAME.size + length]
        if length == 0 or len(payload) < length or zlib.crc32(payload) != check:
            break
        entries.append(payload)
        offset += _FRAME.size + length
    return entries, any(data[offset:])


def _write(file: int, data: bytes, offset: int) -> None:
    view = memoryview(data)
    while view:
        written = os.pwrite(file, view, offset)
        view, offset = view[written:], offset + written


def _read(file: int, length: int, offset: int) -> bytes:
    return os.pread(file, length, offset)


def _flush_directory(path: Path) -> None:
    if hasattr(os, "O_DIRECTORY"):
        directory = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
