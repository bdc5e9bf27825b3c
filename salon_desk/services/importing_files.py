"""Reading the list of another program: CSV in whatever encoding it comes, and XLSX, as rows of text.

What the cells mean is `domain/importing.py`'s. Any thread: it touches no database. Bounded, because a file is what a stranger made.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

import msgspec

from salon_desk.domain.importing import Sheet
from salon_desk.services.importing_errors import FileUnreadable

MOST_BYTES = 64 * 1024 * 1024
MOST_UNPACKED = 512 * 1024 * 1024
MOST_ROWS = 250_000
MOST_COLUMNS = 200
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DELIMITERS = ",;\t|"
_PRECISE = Decimal("0.000001")


def read_file(path: Path) -> Sheet:
    """The table in a file. Raises FileUnreadable, OSError."""
    if path.stat().st_size > MOST_BYTES:
        raise FileUnreadable(path.name, "size")
    return read(path.read_bytes(), path.name)


def read(data: bytes, name: str) -> Sheet:
    """The table in the bytes of a file called `name`. Raises FileUnreadable."""
    if not data.strip():
        raise FileUnreadable(name, "empty")
    if data.startswith(b"PK"):
        return _workbook(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileUnreadable(name, "kind")  # an .xls of before 2007
    return _table(_csv(_text(data, name), name), name)


def content_id(sheet: Sheet) -> str:
    """A name for what stands in a table, the same whatever encoding or program it was saved with."""
    whole = hashlib.sha256()
    for cells in (sheet.headers, *sheet.rows):
        whole.update(msgspec.json.encode([cell.strip() for cell in cells]) + b"\n")
    return whole.hexdigest()


def _text(data: bytes, name: str) -> str:
    """UTF-8 and UTF-16 with a mark at their beginning or without, else what Chinese Windows writes."""
    try:
        for mark, encoding in _BOMS:
            if data.startswith(mark):
                return data[len(mark) :].decode(encoding)
        if data[:200].count(0) > len(data[:200]) // 4:
            return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    except UnicodeDecodeError:
        raise FileUnreadable(name, "encoding") from None
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnreadable(name, "encoding")


def _csv(text: str, name: str) -> Iterable[list[str]]:
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise FileUnreadable(name, "csv") from None


def _workbook(data: bytes, name: str) -> Sheet:
    """The first sheet with something in it."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise FileUnreadable(name, "size")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            for sheet in book.worksheets:
                rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
                if any(any(row) for row in rows):
                    return _table(rows, name)
        finally:
            book.close()
    except FileUnreadable:
        raise
    except Exception as error:  # whatever a damaged workbook makes of its reader
        raise FileUnreadable(name, "workbook") from error
    raise FileUnreadable(name, "empty")


def _cell(value: object) -> str:
    """A cell as people read it: whole numbers without a point, dates as ISO dates."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case str():
            return value
        case _:
            return _number(str(value))


def _number(text: str) -> str:
    """A number without what a spreadsheet's reckoning leaves behind its last digit: 45.300000000000004 is 45.3."""
    try:
        return format(Decimal(text).quantize(_PRECISE).normalize(), "f")
    except InvalidOperation:
        return text


def _table(rows: Iterable[list[str]], name: str) -> Sheet:
    kept: list[tuple[str, ...]] = []
    for row in rows:
        if not kept and not any(cell.strip() for cell in row):
            continue  # lines above the headers
        kept.append(tuple(cell.replace("\0", "") for cell in row[:MOST_COLUMNS]))
        if len(kept) > MOST_ROWS:
            raise FileUnreadable(name, "rows")
    if len(kept) < 2:
        raise FileUnreadable(name, "empty")
    return Sheet(headers=kept[0], rows=tuple(kept[1:]))
