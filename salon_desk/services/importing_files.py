"""Reading the list of another program: CSV in whatever encoding it comes, and XLSX, as rows of text.

What the cells mean is `domain/importing.py`'s. Any thread: it touches no database. Bounded, because a file is what a stranger made;
in slices, because on the database worker a cashier's sale comes in between (DESIGN 4).
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import msgspec

from salon_desk.domain.importing import OFTEN, Sheet
from salon_desk.services.importing_errors import FileUnreadable
from salon_desk.services.importing_workbook import Workbook
from salon_desk.services.slices import Pausing, Sliced, at_once

MOST_BYTES = 64 * 1024 * 1024
MOST_UNPACKED = 512 * 1024 * 1024
MOST_ROWS = 250_000
MOST_COLUMNS = 200
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DELIMITERS = ",;\t|"
_AT_ONCE = 256 * 1024


def reading(path: Path) -> Sliced[Sheet]:
    """A file that is to be read in slices of OFTEN lines. Raises, as it goes on, FileUnreadable, OSError."""
    return Sliced(lambda: _opened(path))


def read_file(path: Path) -> Sheet:
    """The table in a file, in one go. Raises FileUnreadable, OSError."""
    return at_once(_opened(path))


def read(data: bytes, name: str) -> Sheet:
    """The table in the bytes of a file called `name`, in one go. Raises FileUnreadable."""
    return at_once(slices(data, name))


def _opened(path: Path) -> Pausing[Sheet]:
    if path.stat().st_size > MOST_BYTES:
        raise FileUnreadable(path.name, "size")
    return (yield from slices(path.read_bytes(), path.name))


def slices(data: bytes, name: str) -> Pausing[Sheet]:
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
    return at_once(content_slices(sheet))


def content_slices(sheet: Sheet) -> Pausing[str]:
    """The same in slices."""
    whole = hashlib.sha256()
    for at, cells in enumerate((sheet.headers, *sheet.rows)):
        whole.update(msgspec.json.encode([cell.strip() for cell in cells]) + b"\n")
        if at % OFTEN == 0:
            yield
    return whole.hexdigest()


def _text(data: bytes, name: str) -> Pausing[str]:
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


def _decoded(data: bytes, encoding: str) -> Pausing[str | None]:
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


def _workbook(data: bytes, name: str) -> Pausing[Sheet]:
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


def _filled(rows: Iterator[list[str] | None], name: str) -> Pausing[list[list[str]]]:
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


def _table(rows: Iterator[list[str] | None], name: str) -> Pausing[Sheet]:
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
