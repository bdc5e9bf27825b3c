"""Reading the list of another program: CSV in whatever encoding it comes, and XLSX, as rows of text.

What the cells mean is `domain/importing.py`'s. Any thread: it touches no database. Bounded, because a file is what a stranger made;
in slices, because on the database worker a cashier's sale comes in between (DESIGN 4).
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import msgspec

from salon_desk.domain.importing import Sheet
from salon_desk.services.importing_errors import FileUnreadable
from salon_desk.services.importing_workbook import OFTEN, Workbook

MOST_BYTES = 64 * 1024 * 1024
MOST_UNPACKED = 512 * 1024 * 1024
MOST_ROWS = 250_000
MOST_COLUMNS = 200
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DELIMITERS = ",;\t|"
_AT_ONCE = 256 * 1024
A_SLICE = 0.01
"""Seconds of reading in one go."""


Slices = Generator[None, None, Sheet]
"""A file under way: it pauses between a few rows, and gives the table at its end."""


class Reading:
    """A file that is read a slice at a time. Whoever goes on with it is on one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._slices: Slices | None = None
        self.lines = 0
        """About how many lines were read, the strings of a workbook among them."""

    def go_on(self, seconds: float = A_SLICE) -> Sheet | None:
        """Read for so long; the table when that was all of it. Raises FileUnreadable, OSError."""
        end = time.monotonic() + seconds
        if self._slices is None:
            if self._path.stat().st_size > MOST_BYTES:
                raise FileUnreadable(self._path.name, "size")
            self._slices = slices(self._path.read_bytes(), self._path.name)
        try:
            while True:
                next(self._slices)
                self.lines += OFTEN
                if time.monotonic() >= end:
                    return None
        except StopIteration as done:
            found: Sheet = done.value
            return found


def read_file(path: Path) -> Sheet:
    """The table in a file, in one go. Raises FileUnreadable, OSError."""
    reading = Reading(path)
    while (found := reading.go_on()) is None:
        pass
    return found


def read(data: bytes, name: str) -> Sheet:
    """The table in the bytes of a file called `name`, in one go. Raises FileUnreadable."""
    under_way = slices(data, name)
    while True:
        try:
            next(under_way)
        except StopIteration as done:
            found: Sheet = done.value
            return found


def slices(data: bytes, name: str) -> Slices:
    """The same in pieces of under a millisecond or two. Raises FileUnreadable."""
    if not data.strip():
        raise FileUnreadable(name, "empty")
    if data.startswith(b"PK"):
        return (yield from _workbook(data, name))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileUnreadable(name, "kind")  # an .xls of before 2007
    text = yield from _text(data, name)
    return (yield from _table(_csv(text, name), name))


def content_id(sheet: Sheet) -> str:
    """A name for what stands in a table, the same whatever encoding or program it was saved with."""
    whole = hashlib.sha256()
    for cells in (sheet.headers, *sheet.rows):
        whole.update(msgspec.json.encode([cell.strip() for cell in cells]) + b"\n")
    return whole.hexdigest()


def _text(data: bytes, name: str) -> Generator[None, None, str]:
    """UTF-8 and UTF-16 with a mark at their beginning or without, else what Chinese Windows writes."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            found = yield from _decoded(data[len(mark) :], encoding)
            break
    else:
        if data[:200].count(0) > len(data[:200]) // 4:
            found = yield from _decoded(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
        else:
            found = yield from _decoded(data, "utf-8")
            if found is None:
                found = yield from _decoded(data, "gb18030")
    if found is None:
        raise FileUnreadable(name, "encoding")
    return found


def _decoded(data: bytes, encoding: str) -> Generator[None, None, str | None]:
    """The text in some bytes; None where they are in another encoding."""
    decoder, parts = codecs.getincrementaldecoder(encoding)(), list[str]()
    try:
        for start in range(0, len(data), _AT_ONCE):
            parts.append(decoder.decode(data[start : start + _AT_ONCE]))
            yield
        parts.append(decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        return None
    return "".join(parts)


def _csv(text: str, name: str) -> Iterator[list[str] | None]:
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        for at, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            yield row
            if at % OFTEN == 0:
                yield None
    except csv.Error:
        raise FileUnreadable(name, "csv") from None


def _workbook(data: bytes, name: str) -> Slices:
    """The first sheet with something in it."""
    try:
        book = Workbook(io.BytesIO(data))
        try:
            if book.unpacked() > MOST_UNPACKED:
                raise FileUnreadable(name, "size")
            yield from book.open()
            for sheet in book.sheets:
                found = yield from _filled(book.rows(sheet), name)
                if found:
                    return (yield from _table(iter(found), name))
        finally:
            book.close()
    except FileUnreadable:
        raise
    except Exception as error:  # whatever a damaged workbook makes of its reader
        raise FileUnreadable(name, "workbook") from error
    raise FileUnreadable(name, "empty")


def _filled(rows: Iterator[list[str] | None], name: str) -> Generator[None, None, list[list[str]]]:
    """The rows of a sheet from its first that says something on; none where it says nothing."""
    found: list[list[str]] = []
    for row in rows:
        if row is None:
            yield
        elif found or any(cell.strip() for cell in row):
            found.append(row)
            if len(found) > MOST_ROWS:
                raise FileUnreadable(name, "rows")
    return found


def _table(rows: Iterator[list[str] | None], name: str) -> Slices:
    kept: list[tuple[str, ...]] = []
    for at, row in enumerate(rows):
        if row is None or at % OFTEN == 0:
            yield
        if row is None or (not kept and not any(cell.strip() for cell in row)):
            continue  # lines above the headers
        kept.append(tuple(cell.replace("\0", "") for cell in row[:MOST_COLUMNS]))
        if len(kept) > MOST_ROWS:
            raise FileUnreadable(name, "rows")
    if len(kept) < 2:
        raise FileUnreadable(name, "empty")
    return Sheet(headers=kept[0], rows=tuple(kept[1:]))
