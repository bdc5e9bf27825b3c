"""A report as bytes in the format somebody asked for: text, JSON, PDF or XLSX.

The reports themselves are in `reports.py`, their words in `documents`. The one rule: all formats are made from the
same value, and the slow libraries of PDF and XLSX are imported only when one is asked for (PITFALLS 8).
"""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

import msgspec

from salon_desk.documents.day_report import DayReport, day_sheet
from salon_desk.documents.dormancy_report import DormancyReport, dormancy_sheet
from salon_desk.documents.layout import COLUMNS_80_MM, as_text
from salon_desk.documents.liability_report import LiabilityReport, liability_sheet
from salon_desk.documents.proof_report import ProofReport, proof_sheet
from salon_desk.documents.report_sheet import Sheet, sheet_document
from salon_desk.documents.restore_report import RestoreReport, restore_sheet
from salon_desk.documents.settlement_report import SettlementReport, settlement_sheet
from salon_desk.documents.shift_report import ShiftReport, shift_sheet
from salon_desk.i18n import Catalogue

Report = (
    ShiftReport
    | DayReport
    | LiabilityReport
    | SettlementReport
    | RestoreReport
    | DormancyReport
    | ProofReport
)


class ReportFormat(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    PDF = "pdf"
    XLSX = "xlsx"


def report_file(report: Report, form: ReportFormat, say: Catalogue) -> bytes:
    """The report in a format: UTF-8 text, one line of JSON, or the bytes of a PDF or XLSX file. Any thread."""
    match form:
        case ReportFormat.TEXT:
            return as_text(sheet_document(report_sheet(report, say), say), COLUMNS_80_MM).encode()
        case ReportFormat.JSON:
            return msgspec.json.encode(report) + b"\n"
        case ReportFormat.PDF:
            from salon_desk.services.report_pdf import pdf_file

            return pdf_file(report_sheet(report, say), say)
        case ReportFormat.XLSX:
            from salon_desk.services.report_xlsx import xlsx_file

            return xlsx_file(report_sheet(report, say))
        case _:
            assert_never(form)


def report_sheet(report: Report, say: Catalogue) -> Sheet:
    """Any report as head and sections."""
    match report:
        case ShiftReport():
            return shift_sheet(report, say)
        case DayReport():
            return day_sheet(report, say)
        case LiabilityReport():
            return liability_sheet(report, say)
        case SettlementReport():
            return settlement_sheet(report, say)
        case ProofReport():
            return proof_sheet(report, say)
        case RestoreReport():
            return restore_sheet(report, say)
        case DormancyReport():
            return dormancy_sheet(report, say)
        case _:
            assert_never(report)
