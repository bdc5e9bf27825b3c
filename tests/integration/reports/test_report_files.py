"""Reports as files: the same figures in text, JSON, PDF and XLSX, in both scripts."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime

import openpyxl
import pytest

from salon_desk.documents.layout import as_text, cells
from salon_desk.documents.report_sheet import Line, Section, Sheet, sheet_document
from salon_desk.domain.money import Money
from salon_desk.i18n import LANGUAGES, Catalogue
from salon_desk.services import reports
from salon_desk.services.report_files import Report, ReportFormat, report_file, report_sheet
from salon_desk.services.report_pdf import pdf_file
from salon_desk.services.report_xlsx import xlsx_file
from tests.integration.services.shop import Shop

ENGLISH = Catalogue.load("en")


@pytest.fixture
def every_report(traded: Shop) -> list[Report]:
    """One of each."""
    with traded.till.read() as transaction:
        return [
            reports.x_report(transaction),
            reports.x_report(transaction, show_expected=False),
            reports.z_report(transaction),
            reports.daily_report(transaction),
            reports.liability_report(transaction),
        ]


def sheet(*sections: Section, title: str = "Report") -> Sheet:
    """A report of these sections."""
    at = datetime(2026, 11, 22, 20, 5, tzinfo=UTC)
    return Sheet("day_report", "en", "Lotus", title, (("Till", "1"),), sections, at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_report_is_written_in_each_format_and_language(
    every_report: list[Report], language: str
) -> None:
    say = Catalogue.load(language)
    for report in every_report:
        files = {form: report_file(report, form, say) for form in ReportFormat}
        assert files[ReportFormat.PDF].startswith(b"%PDF")
        assert files[ReportFormat.XLSX].startswith(b"PK")
        assert files[ReportFormat.TEXT].decode().endswith("\n")
        assert files[ReportFormat.JSON].count(b"\n") == 1


def test_json_carries_cents_and_currency(every_report: list[Report]) -> None:
    told = json.loads(report_file(every_report[2], ReportFormat.JSON, ENGLISH))
    assert told["figures"]["net"]["currency"] == "USD"
    assert isinstance(told["figures"]["net"]["cents"], int)
    assert told["z_number"] == 2


def test_a_hidden_expected_cash_stands_nowhere_on_the_paper(every_report: list[Report]) -> None:
    shown, hidden = (report_file(one, ReportFormat.TEXT, ENGLISH).decode() for one in every_report[:2])
    for word in ("Expected in the drawer", "Cash from sales and top-ups"):
        assert word in shown
        assert word not in hidden


@pytest.mark.parametrize("columns", [48, 32])
def test_columns_of_a_table_align_and_nothing_is_wider_than_the_paper(
    every_report: list[Report], columns: int
) -> None:
    for report in every_report:
        lines = as_text(sheet_document(report_sheet(report, ENGLISH), ENGLISH), columns).splitlines()
        assert max(map(cells, lines)) <= columns
        ends_with_value = re.compile(r"  [−+]?\$?[\d,.]+$")
        assert {cells(line) for line in lines if ends_with_value.search(line)} == {columns}


def test_a_spreadsheet_holds_numbers_that_add_up(every_report: list[Report]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(report_file(every_report[3], ReportFormat.XLSX, ENGLISH)))
    tenders = book["Tenders"]
    amounts = [row[2].value for row in tenders.iter_rows(min_row=3)]
    assert all(isinstance(amount, int | float) for amount in amounts)
    assert round(sum(amounts[:-1]), 2) == amounts[-1]
    assert '"$"' in tenders["C3"].number_format


def test_a_name_is_never_a_formula_and_never_too_long_for_a_sheet() -> None:
    long = Section(
        "Services / products: a title of far more than thirty-one letters", (_line("=1+1"),), ("Net",)
    )
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(sheet(long, long, title="*"))))
    first, second = book.worksheets[1:]
    assert (first["A3"].value, first["A3"].data_type) == ("=1+1", "s")
    assert first["B3"].value == 45
    assert len(second.title) <= 31
    assert first.title != second.title


def test_an_amount_of_another_currency_names_it() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx_file(sheet(Section("S", (Line("a", (Money(150, "CNY"),)),)))))
    )
    cell = next(row[1] for row in book.active.iter_rows() if row[0].value == "a")
    assert (cell.value, cell.number_format.count("CNY")) == (1.5, 2)


def test_a_long_pdf_breaks_pages_and_paints_no_bar_for_nothing() -> None:
    lines = tuple(
        _line(f"一个很长的服务名称 with a very long English name too, number {n}", n) for n in range(-3, 90)
    )
    long = Section("By technician", lines, ("Net",), bars=0)
    none = Section("By hour", (_line("10:00", 0),), ("Net",), bars=0)
    words = Section("Words", (Line("a", ("b",)),), ("c",), bars=0)
    data = pdf_file(sheet(long, none, words, Section("Empty", ())), ENGLISH)
    assert data.count(b"/Type /Page\n") > 3


def test_the_same_report_gives_the_same_pdf() -> None:
    one = sheet(Section("S", (_line("a"),)))
    assert pdf_file(one, ENGLISH) == pdf_file(one, ENGLISH)


def test_a_section_without_lines_is_left_out() -> None:
    text = as_text(sheet_document(sheet(Section("Nothing here", ())), ENGLISH))
    assert "Nothing here" not in text


def _line(name: str, dollars: int = 45) -> Line:
    return Line(name, (Money(dollars * 100, "USD"),))
