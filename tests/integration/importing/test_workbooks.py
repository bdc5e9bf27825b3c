"""Workbooks as people make them: dates, numbers, formulas' values, gaps, rich text, other sheets; read in slices."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest

from salon_desk.services import importing_files
from salon_desk.services.importing_errors import FileUnreadable
from salon_desk.services.importing_files import reading
from tests.integration.importing.lists import as_csv, as_workbook


def book(*sheets: list[list[object]], epoch: datetime | None = None) -> bytes:
    """A workbook with these sheets."""
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    if epoch is not None:
        made.epoch = epoch
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def cells(data: bytes) -> list[tuple[str, ...]]:
    sheet = importing_files.read(data, "a.xlsx")
    return [sheet.headers, *sheet.rows]


def test_cells_are_read_as_people_read_them() -> None:
    row: list[object] = ["单雪 & <Co>", 45.300000000000004, 7185550102, 6.465550104e9, True, None, "  x "]
    assert cells(book([["a", "b"], row])) == [
        ("a", "b"),
        ("单雪 & <Co>", "45.3", "7185550102", "6465550104", "1", "", "  x "),
    ]


@pytest.mark.parametrize("epoch", [None, datetime.fromisoformat("1904-01-01")], ids=["1900", "1904"])
def test_days_are_iso_days_in_either_count(epoch: datetime | None) -> None:
    days: list[object] = [
        date(2026, 11, 22),
        datetime.fromisoformat("1999-12-31T23:59"),
        date(2000, 2, 29),
        time(13, 30),
    ]
    assert cells(book([["a"], days], epoch=epoch))[1][:3] == ("2026-11-22", "1999-12-31", "2000-02-29")


def test_the_first_days_of_1900_are_those_of_spreadsheets() -> None:
    assert cells(book([["a"], [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1)]]))[1] == (
        "1900-01-01",
        "1900-02-28",
        "1900-03-01",
    )


def test_empty_sheets_are_passed_and_rows_that_are_not_there_are_empty() -> None:
    rows: list[list[object]] = [["a"], [], [1], [None, None], ["end"]]
    assert cells(book([], [[None]], rows, [["other"]])) == [("a",), (), ("1",), (), ("end",)]


def test_rich_text_is_read_without_its_reading_aids_and_values_of_formulas_are_taken() -> None:
    data = changed(
        as_workbook([["x"]], ["name"]),
        "xl/worksheets/sheet1.xml",
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>单</t></r><r><t>雪</t></r><rPh><t>shan</t></rPh></is></c></row>'
        '<row><c t="str"><f>A1&amp;"!"</f><v>hello!</v></c><c r="C3" t="e"><v>#N/A</v></c><c r="D3"/>'
        '<c r="E3" t="d"><v>2026-11-22T00:00:00</v></c></row></sheetData></worksheet>',
    )
    assert cells(data) == [("单雪",), ("hello!", "", "#N/A", "", "2026-11-22")]


def changed(data: bytes, part: str, text: str) -> bytes:
    """The workbook with another text in a part."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return made.getvalue()


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>"),
        ("xl/worksheets/sheet1.xml", '<w><row><c t="s"><v>99</v></c></row></w>'),
        ("xl/workbook.xml", "<no"),
        ("_rels/.rels", "<Relationships/>"),
    ],
)
def test_a_damaged_workbook_is_refused(part: str, text: str) -> None:
    with pytest.raises(FileUnreadable) as refused:
        importing_files.read(changed(as_workbook([["x"]]), part, text), "a.xlsx")
    assert refused.value.fault == "workbook"


@pytest.mark.parametrize("kind", ["csv", "gb18030", "xlsx"])
def test_a_file_is_read_in_slices_and_comes_to_the_same(tmp_path: Path, kind: str) -> None:
    rows = [[f"会员{number}", f"7185{number:06d}", "12.50"] for number in range(600)]
    headers = ["name", "phone", "paid"]
    data = (
        as_workbook(rows, headers) if kind == "xlsx" else as_csv(rows, kind.replace("csv", "utf-8"), headers)
    )
    path = tmp_path / f"members.{kind}"
    path.write_bytes(data)
    under_way, pauses = reading(path), 0
    while (found := under_way.go_on(0)) is None:
        pauses += 1
    assert pauses > 10
    assert found == importing_files.read_file(path)
    assert len(found.rows) == 600
    assert found.rows[599][1] == "7185000599"
