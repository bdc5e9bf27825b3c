"""What the reports screen says in a language: the tables of a report as rows and bars, its head, the list of Zs.

No Qt here. The sections and their words are those of the paper, so that screen and paper never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from salon_desk.documents.report_sheet import Section, Sheet, Value, written
from salon_desk.domain.money import Money
from salon_desk.i18n import N_, Catalogue
from salon_desk.services.report_files import report_sheet
from salon_desk.storage.queries.closed_shifts import ClosedShift
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.reports.presenter import ReportsState
from salon_desk.ui.screens.reports.reading import ReportKind, ReportRead
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import Chip, ListRow

_TABS: Final = {
    ReportKind.SHIFT: N_("This shift (X)"),
    ReportKind.DAY: N_("Day"),
    ReportKind.Z: N_("Z reports"),
    ReportKind.OWED: N_("What is owed"),
    ReportKind.PROOF: N_("Unproven debits"),
}


@dataclass(frozen=True, slots=True)
class TableModel:
    """One table, ready to read. `shares`: how long each row's bar is, from -1 to 1; empty without bars."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: tuple[bool, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ReportModel:
    """The report that stands, ready to read. `chosen`: the place of the section in `sections`."""

    title: str
    head: str
    note: str
    sections: tuple[ListRow, ...]
    chosen: int
    table: TableModel | None
    empty_title: str
    empty_hint: str


def tabs(words: Catalogue) -> list[Chip]:
    """The reports there are."""
    return [Chip(words.text(_TABS[kind]), key=kind.value) for kind in ReportKind]


def report_model(state: ReportsState, words: Catalogue) -> ReportModel | None:
    """The report in a language; None while it is not read."""
    shown = state.read
    if shown is None:
        return None
    if shown.report is None:
        title = error_text(shown.refusal, words) if shown.refusal else ""
        hint = words.text("The other reports are still there, above.")
        return ReportModel(_title(shown, words), "", "", (), -1, None, title, hint)
    sheet = report_sheet(shown.report, words)
    filled = [(at, one) for at, one in enumerate(sheet.sections) if one.lines]
    chosen = next((at for at, one in filled if at == state.section), filled[0][0] if filled else -1)
    return ReportModel(
        title=_title(shown, words),
        head=_head(sheet, words),
        note=_note(state, words),
        sections=tuple(_section_row(at, one, words) for at, one in filled),
        chosen=next((place for place, (at, _one) in enumerate(filled) if at == chosen), -1),
        table=_table(sheet.sections[chosen], words) if chosen >= 0 else None,
        empty_title=words.text("Nothing was recorded on this day"),
        empty_hint="",
    )


def z_rows(shown: ReportRead, words: Catalogue) -> tuple[ListRow, ...]:
    """The Zs that can be chosen, newest first."""
    return tuple(_z_row(one, words) for one in shown.shifts)


def _title(shown: ReportRead, words: Catalogue) -> str:
    match shown.wanted.kind:
        case ReportKind.SHIFT:
            return words.text("X report")
        case ReportKind.DAY | ReportKind.PROOF:
            return words.day(date.fromisoformat(shown.day), year=True)
        case ReportKind.Z:
            found = next((one for one in shown.shifts if one.close_op == shown.close_op), None)
            return words.text("Z report {n}", n=found.z_number) if found else words.text("Z reports")
        case ReportKind.OWED:
            return words.text("What is owed")


def _head(sheet: Sheet, words: Catalogue) -> str:
    """The head's values in one line; the label of each is on the paper."""
    if sheet.kind == "day_report":
        return ""
    said = [words.text("{label}: {value}", label=label, value=value) for label, value in sheet.head]
    return " · ".join(said)


def _note(state: ReportsState, words: Catalogue) -> str:
    """Why the drawer is missing, for those who are to count it blind."""
    kinds = (ReportKind.SHIFT, ReportKind.DAY)
    if state.blind and state.wanted.kind in kinds:
        return words.text("What should be in the drawer is not shown: it is counted first.")
    return ""


def _section_row(at: int, section: Section, words: Catalogue) -> ListRow:
    """The section with its first sum, which is the one that people ask for."""
    main = next((line for line in section.lines if line.bold), None)
    if main is None:
        return ListRow(str(at), section.title)
    return ListRow(str(at), section.title, main.name, written(main.values[-1], words))


def _table(section: Section, words: Catalogue) -> TableModel:
    figures = max((len(line.values) for line in section.lines), default=1)
    headings = section.columns or ("",) * figures
    return TableModel(
        title=section.title,
        columns=(section.first_column, *headings),
        rows=tuple((line.name, *(written(value, words) for value in line.values)) for line in section.lines),
        strong=tuple(line.bold for line in section.lines),
        shares=_shares(section),
    )


def _shares(section: Section) -> tuple[float, ...]:
    if section.bars is None:
        return ()
    units = [_units(line.values[section.bars]) for line in section.lines]
    most = max((abs(one) for one in units), default=0)
    return tuple(one / most if most else 0.0 for one in units)


def _units(value: Value) -> int:
    match value:
        case Money():
            return value.cents
        case int():
            return value
        case _:
            return 0


def _z_row(one: ClosedShift, words: Catalogue) -> ListRow:
    return ListRow(
        key=one.close_op,
        title=words.text("Z report {n}", n=one.z_number),
        detail=words.day(date.fromisoformat(one.business_day), year=True),
        figure=words.money(one.over_short, signed=True),
        figure_detail=words.text("Over or short"),
        tone=Tone.DANGER if one.over_short.cents < 0 else Tone.PLAIN,
    )
