"""Reading an XLSX workbook a few rows at a time, as text: shared strings, numbers, dates, the first sheet with something in it.

Written here because the usual reader takes its strings and styles in one go, seconds in a long list, and a cashier waits (DESIGN 4).
The one rule: whatever is read yields as often as it can, and nothing is written.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Generator, Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import IO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from salon_desk.domain.importing import OFTEN

MOST_GAP = 1_000_000
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Number formats that are dates without saying so; from 27 on those of Chinese and Japanese editions."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PRECISE = Decimal("0.000001")
_PAUSES = Generator[None, None, None]


class Workbook:
    """A workbook that is open. `rows` of one sheet after another; damage shows as any exception."""

    def __init__(self, data: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(data)
        self._strings: list[str] = []
        self._dates: frozenset[int] = frozenset()
        self._epoch = date(1899, 12, 30)
        self.sheets: tuple[str, ...] = ()

    def unpacked(self) -> int:
        """How many bytes everything in it comes to."""
        return sum(one.file_size for one in self._zip.infolist())

    def close(self) -> None:
        """Read no more."""
        self._zip.close()

    def open(self) -> _PAUSES:
        """Read what the sheets need: their names, the shared strings, which formats are dates."""
        main = next(iter(self._related("", "officeDocument").values()))
        sheets, styles, strings = (
            self._related(main, kind) for kind in ("worksheet", "styles", "sharedStrings")
        )
        book = ElementTree.fromstring(self._zip.read(main))
        ids = [_by_local(one.attrib, "id") for one in book.iter() if _local(one.tag) == "sheet"]
        self.sheets = tuple(sheets[one] for one in ids if one in sheets)
        if any(
            _local(one.tag) == "workbookPr" and one.get("date1904") in ("1", "true") for one in book.iter()
        ):
            self._epoch = date(1904, 1, 1)
        for part in styles.values():
            self._dates = _date_styles(ElementTree.fromstring(self._zip.read(part)))
        for part in strings.values():
            yield from self._read_strings(part)

    def rows(self, sheet: str) -> Iterator[list[str] | None]:
        """The rows of a sheet as text, and None as a pause; a row that is not there is empty."""
        expected = 1
        with self._zip.open(sheet) as source:
            for at, row in enumerate(_elements(source, "row")):
                number = int(row.get("r") or expected)
                for _missing in range(min(number - expected, MOST_GAP)):
                    yield []
                expected = number + 1
                yield self._cells(row)
                if at % OFTEN == 0:
                    yield None

    def _read_strings(self, part: str) -> _PAUSES:
        with self._zip.open(part) as source:
            for at, one in enumerate(_elements(source, "si")):
                self._strings.append(_text(one))
                if at % OFTEN == 0:
                    yield

    def _cells(self, row: Element) -> list[str]:
        cells: list[str] = []
        for one in row:
            if _local(one.tag) != "c":
                continue
            column = _column(one.get("r") or "")
            while len(cells) < column - 1:
                cells.append("")
            cells.append(self._cell(one))
        return cells

    def _cell(self, cell: Element) -> str:
        kind, value = cell.get("t", "n"), ""
        for part in cell:
            if _local(part.tag) == "is":
                return _text(part)
            if _local(part.tag) == "v":
                value = part.text or ""
        match kind:
            case "s":
                return self._strings[int(value)] if value else ""
            case "d":
                return value.partition("T")[0]
            case "n" if value and int(cell.get("s") or 0) in self._dates:
                return self._day(value)
            case "n":
                return _number(value)
            case _:
                return value

    def _day(self, value: str) -> str:
        """A day that is kept as a number of days; a time of day alone stays a number."""
        days = int(Decimal(value))
        if days < 1:
            return _number(value)
        if days < 60 and self._epoch.year == 1899:
            days += 1  # the first of March 1900 is day 61: spreadsheets believe in a 29th of February
        return (self._epoch + timedelta(days=days)).isoformat()

    def _related(self, part: str, kind: str) -> dict[str, str]:
        """By id, the parts of a kind that a part names; the workbook itself by the empty name."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self._zip.namelist():
            return {}
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip(
                "/"
            )
            for one in ElementTree.fromstring(self._zip.read(rels))
            if one.get("Type", "").endswith(f"/{kind}")
        }


def _elements(source: IO[bytes], name: str) -> Iterator[Element]:
    """Each element of a name when it is complete; what was read is let go."""
    above: list[Element] = []
    for event, element in ElementTree.iterparse(source, ("start", "end")):
        if event == "start":
            above.append(element)
            continue
        above.pop()
        if _local(element.tag) == name:
            yield element
            if above:
                above[-1].clear()


def _text(element: Element) -> str:
    """The runs of a string without its reading aids."""
    aids = {run for one in element.iter() if _local(one.tag) == "rPh" for run in one.iter()}
    return "".join(one.text or "" for one in element.iter() if _local(one.tag) == "t" and one not in aids)


def _date_styles(styles: Element) -> frozenset[int]:
    """The numbers of the cell styles that show a day."""
    formats, dates = {}, set()
    for one in styles.iter():
        if _local(one.tag) == "numFmt":
            formats[one.get("numFmtId")] = one.get("formatCode", "")
    for one in styles:
        if _local(one.tag) == "cellXfs":
            for at, style in enumerate(one):
                number = style.get("numFmtId") or "0"
                said = _QUOTED.sub("", formats.get(number, "")).lower()
                if any(sign in said for sign in "dy年月日") if said else int(number) in _DATES:
                    dates.add(at)
    return frozenset(dates)


def _number(text: str) -> str:
    """A number without what a spreadsheet's reckoning leaves behind its last digit: 45.300000000000004 is 45.3."""
    try:
        return format(Decimal(text).quantize(_PRECISE).normalize(), "f")
    except InvalidOperation:
        return text


def _column(place: str) -> int:
    """The number of a column, 1 for "A7"; 0 where a cell does not say its place."""
    found = 0
    for sign in place:
        if not sign.isalpha():
            break
        found = found * 26 + ord(sign.upper()) - 64
    return min(found, 16_384)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _by_local(attributes: dict[str, str], name: str) -> str:
    """An attribute by its name in whatever namespace; of two, the one in a namespace."""
    return next((value for key, value in attributes.items() if key.endswith("}" + name)), "")
