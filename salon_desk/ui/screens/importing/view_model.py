"""What the import shows, in a language: files, columns, rows, faults, figures. Pure, no Qt.

A row that is broken is named by its number in the file, so that it is found there.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from salon_desk.domain.importing import Broken, Fault, Row, Totals
from salon_desk.domain.importing_columns import Column
from salon_desk.domain.money import Money
from salon_desk.i18n import N_, Catalogue
from salon_desk.services.importing_reversing import Left, ListTaken
from salon_desk.ui import twice_words
from salon_desk.ui.screens.importing.files import FileFound
from salon_desk.ui.screens.importing.presenter import ImportingState, Step
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import ListRow

COLUMNS: Final = {
    Column.NAME: N_("Name"),
    Column.LATIN_NAME: N_("Name in Latin letters"),
    Column.PHONE: N_("Phone"),
    Column.OLD_NUMBER: N_("Number in the old system"),
    Column.CARD_CODE: N_("Card number"),
    Column.PAID: N_("Paid balance"),
    Column.BONUS: N_("Bonus balance"),
    Column.POINTS: N_("Points"),
    Column.GIFT_CODE: N_("Gift card number"),
    Column.GIFT_VALUE: N_("Gift card balance"),
    Column.SERIES: N_("Series"),
    Column.VISITS: N_("Visits left"),
    Column.VISIT_WORTH: N_("Worth of a visit"),
    Column.BIRTHDAY: N_("Birthday"),
    Column.EMAIL: N_("E-mail"),
    Column.WECHAT: N_("WeChat"),
    Column.ALLERGIES: N_("Allergies"),
    Column.NOTE: N_("Note"),
}
_FAULTS: Final = {
    Fault.NAME_MISSING: N_("no name"),
    Fault.BAD_PHONE: N_("“{value}” is no phone number"),
    Fault.BAD_AMOUNT: N_("“{value}” is no amount"),
    Fault.NEGATIVE: N_("“{value}” is below zero"),
    Fault.BAD_NUMBER: N_("“{value}” is no whole number"),
    Fault.BAD_BIRTHDAY: N_("“{value}” is no birthday"),
    Fault.BAD_EMAIL: N_("“{value}” is no e-mail address"),
    Fault.TEXT_TOO_LONG: N_("“{value}” is too long"),
    Fault.PHONE_TWICE: N_("phone {value} stands in row {other} under another name"),
    Fault.CARD_TWICE: N_("card {value} stands in row {other} as well"),
    Fault.GIFT_TWICE: N_("gift card {value} stands in row {other} as well"),
    Fault.NUMBER_TWICE: N_("number {value} stands in row {other} under another name"),
    Fault.GIFT_WITHOUT_CODE: N_("{value} on a gift card without a number"),
    Fault.SERIES_UNKNOWN: N_("visits of “{value}”: no service here has this name"),
    Fault.PHONE_TAKEN: N_("phone {value} belongs to a member of another name here"),
    Fault.CARD_TAKEN: N_("card {value} is here already"),
    Fault.GIFT_TAKEN: N_("gift card {value} is here already"),
    Fault.ALREADY_HERE: N_("carried over before"),
}
FIGURES: Final = {
    "members": N_("Members"),
    "paid": N_("Paid balance"),
    "bonus": N_("Bonus balance"),
    "points": N_("Points"),
    "visits": N_("Visits"),
    "gifts": N_("Gift cards"),
    "gift_value": N_("On gift cards"),
}
MONEY: Final = ("paid", "bonus", "gift_value")


def file_rows(files: tuple[FileFound, ...], words: Catalogue) -> tuple[ListRow, ...]:
    """The lists that lie on this machine."""
    return tuple(
        ListRow(
            key=str(one.path),
            title=one.path.name,
            detail=str(one.path.parent),
            figure=words.day(one.changed.date(), year=True),
            figure_detail=words.text("{n} kB", n=words.number(max(one.size // 1000, 1))),
        )
        for one in files
    )


def list_rows(lists: tuple[ListTaken, ...], currency: str, words: Catalogue) -> tuple[ListRow, ...]:
    """The lists that were taken over, newest first."""
    return tuple(
        ListRow(
            key=one.signed.list_id if one.here and not one.reversed else "",
            title=one.signed.file,
            detail=_state(one, words),
            figure=words.money(Money(one.signed.counted.get("paid", 0), currency)),
            figure_detail=words.plural("{n} member", "{n} members", one.signed.counted.get("members", 0)),
            enabled=one.here and not one.reversed,
            tone=Tone.DANGER if one.twice else Tone.PLAIN,
        )
        for one in lists
    )


def twice_words_of(lists: tuple[ListTaken, ...], words: Catalogue) -> str:
    """The first list that is owed twice, and what to do about it; empty where there is none."""
    found = next((one.twice for one in lists if one.twice is not None), None)
    return twice_words.detail(found, words) if found else ""


def _state(one: ListTaken, words: Catalogue) -> str:
    if one.reversed:
        return words.text("taken back")
    if one.twice is not None:
        return twice_words.short(one.twice, words)
    return words.text("signed by {name}", name=one.signed_by)


def column_rows(state: ImportingState, words: Catalogue) -> tuple[ListRow, ...]:
    """The columns of the list, what each is taken for, and what stands in it."""
    if state.sheet is None:
        return ()
    rows = []
    for at, (header, column) in enumerate(zip(state.sheet.headers, state.mapped, strict=True)):
        cells = (row[at] for row in state.sheet.rows if at < len(row) and row[at].strip())
        rows.append(
            ListRow(
                key=str(at),
                title=header or words.text("column {n}", n=at + 1),
                detail=next(cells, ""),
                figure=words.text(COLUMNS[column]) if column else words.text("not taken"),
                tone=Tone.PLAIN if column else Tone.AMBER,
            )
        )
    return tuple(rows)


def first_rows(state: ImportingState, words: Catalogue, most: int = 50) -> tuple[ListRow, ...]:
    """The first rows as they will be taken."""
    rows = state.plan.parsed.rows[:most] if state.plan else ()
    return tuple(_first(one, words) for one in rows)


def broken_rows(broken: tuple[Broken, ...], words: Catalogue) -> tuple[ListRow, ...]:
    """Rows that are not taken, and why."""
    return tuple(
        ListRow(
            key=str(at),
            title=words.text("Row {n}", n=one.row),
            detail=fault_words(one, words),
            tone=Tone.DANGER,
        )
        for at, one in enumerate(broken)
    )


def fault_words(one: Broken, words: Catalogue) -> str:
    """Why a row is not taken."""
    return words.text(_FAULTS[one.fault], value=one.value, other=one.other)


def left_rows(left: tuple[Left, ...], currency: str, words: Catalogue) -> tuple[ListRow, ...]:
    """What could not be taken back."""
    return tuple(
        ListRow(
            key=str(at),
            title=words.text("Spent, or in another till"),
            detail=one.asset.split("/")[0],
            figure=words.money(Money(one.units, currency))
            if one.asset.startswith(("card/", "gift/"))
            else words.number(one.units),
        )
        for at, one in enumerate(left)
    )


def figure(name: str, totals: Totals, currency: str, words: Catalogue) -> str:
    """One figure as people read it."""
    value = int(asdict(totals)[name])
    return words.money(Money(value, currency)) if name in MONEY else words.number(value)


def progress(state: ImportingState, words: Catalogue) -> str:
    """How far it is, and what to do next where it is over."""
    if not state.over:
        return words.text("{n} of {all} parts are recorded", n=state.batch, all=state.batches)
    if state.batch < state.batches:
        return words.text(
            "Stopped after {n} of {all} parts. What is recorded stays; choose the same list to go on.",
            n=state.batch,
            all=state.batches,
        )
    if state.step is Step.BACK:
        return words.text("Done. What lay here unspent is taken back.")
    return words.text("Done. Everything is recorded.")


def _first(row: Row, words: Catalogue) -> ListRow:
    member = row.member
    owed = [words.money(one) for one in (row.paid, row.bonus, row.gift_value) if one]
    owed += [words.text("{n} points", n=words.number(row.points))] if row.points else []
    owed += [words.plural("{n} visit", "{n} visits", row.visits)] if row.visits else []
    return ListRow(
        key=str(row.number),
        title=member.called(words.language),
        detail=" · ".join(filter(None, (member.phone, row.card_code, member.note))),
        figure=owed[0] if owed else "",
        figure_detail=" · ".join(owed[1:]),
    )
